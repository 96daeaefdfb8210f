//! Enums with data.

use kgen_model::model::{UnionDef, UnionRepr};

use super::names::union_names;

/// How an enum with data is read and written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnionPlan {
    /// The names on the wire: the discriminator, if there is one, and the members.
    pub fields: Vec<String>,
    /// The discriminator's values: of the members, then of the variants without data.
    pub tags: Vec<String>,
    /// The discriminator.
    pub tag: Option<String>,
    /// The variants in the order of declaration.
    pub variants: Vec<Member>,
}

/// A variant of an enum with data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The Rust name.
    pub name: String,
    /// The member's name on the wire.
    pub wire: String,
    /// The discriminator's value.
    pub tag: String,
    /// Whether it carries anything.
    pub has_data: bool,
}

pub(super) fn plan(def: &UnionDef) -> UnionPlan {
    let variants: Vec<Member> = def
        .variants
        .iter()
        .map(|variant| Member {
            name: variant.name.clone(),
            wire: variant.wire.clone(),
            tag: variant.tag.clone(),
            has_data: variant.ty.is_some(),
        })
        .collect();
    let tag = match &def.repr {
        UnionRepr::Discriminated { tag } => Some(tag.clone()),
        UnionRepr::External | UnionRepr::Internal { .. } | UnionRepr::Adjacent { .. } | UnionRepr::Untagged => None,
    };
    let (with_data, without): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| variant.has_data);
    let tags = with_data.into_iter().chain(without).map(|variant| variant.tag.clone());
    UnionPlan {
        fields: union_names(def),
        tags: if tag.is_some() { tags.collect() } else { Vec::new() },
        tag,
        variants,
    }
}
