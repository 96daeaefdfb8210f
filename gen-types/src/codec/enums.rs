//! Enums of names.

use kgen_model::model::EnumDef;

/// How an enum of names is read and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumPlan {
    /// The variants with their names on the wire.
    pub variants: Vec<(String, String)>,
    /// The variant that keeps other names.
    pub other: Option<String>,
}

pub(super) fn plan(def: &EnumDef) -> EnumPlan {
    let variants = def
        .variants
        .iter()
        .map(|variant| (variant.name.clone(), variant.wire.clone()));
    EnumPlan {
        variants: variants.collect(),
        other: def.other.clone(),
    }
}
