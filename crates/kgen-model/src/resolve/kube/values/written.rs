//! Structs and variants as serde writes them.

use std::collections::BTreeMap;

use super::{At, Values};
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;
use crate::resolve::kube::std_types::object;
use crate::schemars::{DefinitionId, Field, Members, Tag, Union, Variant};

impl Values<'_> {
    /// The fields of a struct literal by their Rust names.
    pub(super) fn members(
        &self,
        id: DefinitionId,
        members: &Members,
        args: &[Expr],
        at: At<'_>,
    ) -> Option<BTreeMap<String, Literal>> {
        let mut values = BTreeMap::new();
        for argument in args {
            let ExprKind::Assign { name, value } = &argument.kind else {
                return None;
            };
            if name.text == ".." {
                let rest = self.default_members(id, at.depth + 1)?;
                rest.into_iter().for_each(|(name, value)| {
                    values.entry(name).or_insert(value);
                });
            } else if let Some(field) = members.fields.iter().find(|field| field.name == name.text) {
                values.insert(field.name.clone(), self.value(value, at.of(Some(&field.ty)))?);
            }
        }
        Some(values)
    }

    /// A variant as serde writes it.
    pub(super) fn tagged(&self, union: &Union, variant: &Variant, content: Option<Literal>) -> Option<Literal> {
        let name = || Literal::from(variant.wire.as_str());
        let tag = if variant.untagged { &Tag::Untagged } else { &union.tag };
        Some(match (tag, content) {
            (Tag::External, None) => name(),
            (Tag::External, Some(content)) => object([(variant.wire.as_str(), content)]),
            (Tag::Internal(tag), None) => object([(tag.as_str(), name())]),
            (Tag::Internal(tag), Some(Literal::Object(mut members))) => {
                members.insert(tag.clone(), name());
                Literal::Object(members)
            }
            (Tag::Internal(_), Some(_)) => return None,
            (Tag::Adjacent { tag, .. }, None) => object([(tag.as_str(), name())]),
            (Tag::Adjacent { tag, content: at }, Some(content)) => {
                object([(tag.as_str(), name()), (at.as_str(), content)])
            }
            (Tag::Untagged, content) => content.unwrap_or(Literal::Null),
        })
    }

    /// A struct as serde writes it.
    pub(super) fn written(&self, members: &Members, values: &BTreeMap<String, Literal>) -> Literal {
        let mut written = BTreeMap::new();
        for field in members.fields.iter().filter(|field| !field.read_only) {
            let Some(value) = values.get(&field.name) else { continue };
            match value {
                Literal::Object(inner) if field.flatten => written.extend(inner.clone()),
                Literal::Null if field.flatten => {}
                _ if skips(field, value) == Some(true) => {}
                _ => {
                    written.insert(field.wire.clone(), value.clone());
                }
            }
        }
        Literal::Object(written)
    }
}

/// Whether serde leaves a field with this value out. `None` if its function is not one of std's.
pub(in super::super) fn skips(field: &Field, value: &Literal) -> Option<bool> {
    let Some(function) = &field.skip_if else {
        return Some(false);
    };
    match function.rsplit("::").next().unwrap_or_default() {
        "is_none" => Some(*value == Literal::Null),
        "is_empty" => Some(match value {
            Literal::List(values) => values.is_empty(),
            Literal::Object(members) => members.is_empty(),
            Literal::String(text) => text.is_empty(),
            Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Float(_) => return None,
        }),
        "not" => Some(*value == Literal::Bool(false)),
        _ => None,
    }
}
