//! Selectors as reviews of access name them: requirements on labels or fields. An authorizer may allow what is narrowed
//! by them, such as the pods of one node.

use kgen::selector::{FieldSelector, LabelSelector, Operator};
use serde::Serialize;

/// The requirements of a selector.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Requirements {
    requirements: Vec<Requirement>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Requirement {
    key: String,
    operator: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
}

impl Requirements {
    /// Those of a field selector; none if it is not valid, since the request is refused then, whoever may make it.
    pub(super) fn on_fields(selector: &str) -> Option<Self> {
        let selector: FieldSelector = selector.parse().ok()?;
        let requirements = selector.terms().iter().map(|term| Requirement {
            key: term.field.clone(),
            operator: if term.equals { "In" } else { "NotIn" },
            values: vec![term.value.clone()],
        });
        Self::of(requirements.collect())
    }

    /// Those of a label selector; none if it is not valid. Reviews have no words for `<` and `>`, and less that is known
    /// to be selected is no danger.
    pub(super) fn on_labels(selector: &str) -> Option<Self> {
        let selector: LabelSelector = selector.parse().ok()?;
        let requirements = selector.requirements().iter().filter_map(|requirement| {
            let (operator, values) = match &requirement.operator {
                Operator::In(values) => ("In", values.iter().cloned().collect()),
                Operator::NotIn(values) => ("NotIn", values.iter().cloned().collect()),
                Operator::Exists => ("Exists", Vec::new()),
                Operator::DoesNotExist => ("DoesNotExist", Vec::new()),
                Operator::GreaterThan(_) | Operator::LessThan(_) => return None,
            };
            let key = requirement.key.clone();
            Some(Requirement { key, operator, values })
        });
        Self::of(requirements.collect())
    }

    fn of(requirements: Vec<Requirement>) -> Option<Self> {
        (!requirements.is_empty()).then_some(Self { requirements })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(requirements: Option<Requirements>) -> String {
        let requirements = requirements.map(|all| all.requirements).unwrap_or_default();
        let texts = requirements.iter().map(|requirement| {
            let Requirement { key, operator, values } = requirement;
            format!("{key} {operator} {values:?}")
        });
        texts.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn s149_field_selectors_become_requirements() {
        let fields = |selector| text(Requirements::on_fields(selector));
        assert_eq!(fields(r"a==b\,c,d!=e"), r#"a In ["b,c"]; d NotIn ["e"]"#);
        assert_eq!(fields(""), "");
        assert_eq!(fields("a"), "");
    }

    #[test]
    fn s149_label_selectors_become_requirements() {
        let labels = |selector| text(Requirements::on_labels(selector));
        assert_eq!(
            labels("a in (z,b),c!=d,e,!f,g>1"),
            r#"a In ["b", "z"]; c NotIn ["d"]; e Exists []; f DoesNotExist []"#
        );
        assert_eq!(labels("g<1"), "");
        assert_eq!(labels("a in b"), "");
    }
}
