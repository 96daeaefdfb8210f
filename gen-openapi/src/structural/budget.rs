//! Which of the rules that follow from others a server would take: it estimates what CEL costs before it accepts a
//! definition, and refuses rules about changes of values that have no old ones. Rules that a person wrote stay.

use std::collections::BTreeSet;

use kgen_model::{ListType, Span};

use super::size::{unlimited_list, unlimited_map};
use crate::schema::{AdditionalProperties, Derived, JsonType, Schema};

/// What a server allows for one rule in all places where it is evaluated for one object.
///
/// Source: `StaticEstimatedCostLimit` of k8s.io/apiextensions-apiserver.
const OF_A_RULE: u64 = 10_000_000;

/// A part of what it allows for all rules of a definition, since there are those of other versions and of persons too.
///
/// Source: `StaticEstimatedCRDCostLimit`.
const OF_ALL: u64 = 50_000_000;

/// A rule that the definition does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Where it was said.
    pub span: Span,
    /// The marker that said it.
    pub word: &'static str,
    /// The reason.
    pub why: Why,
}

/// Why a definition does not hold a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// CEL cannot say it.
    Unsayable,
    /// It could cost too much.
    TooDear,
    /// It compares with the old value in a list whose elements have no identity.
    Unordered,
}

/// Takes out what a server would refuse.
pub(super) fn settle(schema: &mut Schema) -> Vec<LeftOut> {
    let mut walk = Walk {
        spent: 0,
        left_out: Vec::new(),
    };
    let whole = Around {
        count: 1,
        ordered: true,
    };
    walk.enter(schema, whole);
    walk.left_out
}

struct Walk {
    spent: u64,
    left_out: Vec<LeftOut>,
}

/// What lies around a value.
#[derive(Clone, Copy)]
struct Around {
    /// How many such values there can be in one object.
    count: u64,
    /// Whether each has a known old one.
    ordered: bool,
}

impl Walk {
    fn enter(&mut self, schema: &mut Schema, around: Around) {
        let refused: BTreeSet<String> = std::mem::take(&mut schema.kubernetes.derived)
            .into_iter()
            .filter_map(|rule| self.refused(rule, around))
            .collect();
        schema
            .kubernetes
            .validations
            .retain(|rule| !refused.contains(&rule.rule));
        for member in schema.properties.values_mut() {
            self.enter(member, around);
        }
        let is_map = matches!(schema.kubernetes.list_type, Some(ListType::Map(_)));
        if let Some(items) = &mut schema.items {
            let inside = Around {
                count: around
                    .count
                    .saturating_mul(schema.limits.max_items.unwrap_or(unlimited_list(is_number(items)))),
                ordered: around.ordered && is_map,
            };
            self.enter(items, inside);
        }
        if let Some(AdditionalProperties::Each(values)) = &mut schema.additional_properties {
            let inside = Around {
                count: around
                    .count
                    .saturating_mul(schema.limits.max_properties.unwrap_or(unlimited_map())),
                ..around
            };
            self.enter(values, inside);
        }
    }

    /// The text of a rule that cannot stand; what is said in vain is told.
    fn refused(&mut self, rule: Derived, around: Around) -> Option<String> {
        let Derived { text, work, span, word } = rule;
        let mut leave_out = |why| self.left_out.push(LeftOut { span, word, why });
        let Some(text) = text else {
            leave_out(Why::Unsayable);
            return None;
        };
        let cost = work.saturating_mul(around.count);
        if !around.ordered && text.contains("oldSelf") {
            leave_out(Why::Unordered);
            return Some(text);
        }
        if cost > OF_A_RULE || self.spent.saturating_add(cost) > OF_ALL {
            leave_out(Why::TooDear);
            return Some(text);
        }
        self.spent += cost;
        None
    }
}

fn is_number(schema: &Schema) -> bool {
    matches!(schema.type_, Some(JsonType::Integer | JsonType::Number))
}
