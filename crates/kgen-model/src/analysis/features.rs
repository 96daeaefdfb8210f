//! The features that rules depend on.

use std::collections::BTreeSet;

use crate::facts::{Facts, RuleKind};
use crate::model::{Exclusion, Model, Origin, Shape, TypeDef};

impl Model {
    /// The features and options that rules of this crate's types depend on, by name.
    #[must_use]
    pub fn features(&self) -> BTreeSet<&str> {
        let mut features = BTreeSet::new();
        for ty in self.types.iter().filter(|ty| ty.origin == Origin::Source) {
            of_type(ty, &mut features);
        }
        features
    }
}

fn of_type<'m>(ty: &'m TypeDef, features: &mut BTreeSet<&'m str>) {
    of_facts(&ty.facts, features);
    match &ty.shape {
        Shape::Struct(fields) => fields.iter().for_each(|field| of_facts(&field.facts, features)),
        Shape::Union(union) => union
            .variants
            .iter()
            .for_each(|variant| of_facts(&variant.facts, features)),
        Shape::Enum(values) => {
            features.extend(
                values
                    .variants
                    .iter()
                    .filter_map(|value| match value.excluded.as_ref()? {
                        Exclusion::IfEnabled(feature) | Exclusion::IfDisabled(feature) => Some(feature.as_str()),
                        Exclusion::Always => None,
                    }),
            );
        }
        Shape::Newtype(_) => {}
    }
}

fn of_facts<'m>(facts: &'m Facts, features: &mut BTreeSet<&'m str>) {
    for rule in &facts.rules {
        match &rule.kind {
            RuleKind::IfFeature { feature, facts, .. } => {
                features.insert(feature);
                of_facts(facts, features);
            }
            RuleKind::IfMode { facts, .. } | RuleKind::Maturity { facts, .. } => of_facts(facts, features),
            RuleKind::OnUpdate(facts) | RuleKind::Not(facts) => of_facts(facts, features),
            RuleKind::AllOf(cases) | RuleKind::AnyOf(cases) | RuleKind::OneOf(cases) => {
                cases.iter().for_each(|case| of_facts(case, features));
            }
            // Nothing nests in these.
            _ => {}
        }
    }
    let nested = facts.each.iter().chain(&facts.each_key).map(|facts| &**facts);
    let nested = nested.chain(facts.subfields.iter().map(|(_, facts)| facts));
    nested
        .chain(facts.items.iter().map(|item| &item.facts))
        .for_each(|facts| of_facts(facts, features));
}
