//! What `Default` gives.

use std::collections::BTreeMap;

use super::{At, LONGEST_CHAIN, Values};
use crate::draft::DraftBody;
use crate::expr::ExprKind;
use crate::known;
use crate::literal::Literal;
use crate::model::{Field, Presence, TypeId};
use crate::schemars::{Body, DefinitionId, Type};

impl Values<'_> {
    /// What `Default` gives, as JSON.
    pub(in super::super) fn default_of(&self, ty: &Type, depth: usize) -> Option<Literal> {
        if depth > LONGEST_CHAIN {
            return None;
        }
        match ty {
            Type::Fixed(fixed) => fixed.default.clone(),
            Type::Any | Type::Null | Type::Option(_) => Some(Literal::Null),
            Type::List(_) | Type::Set(_) => Some(Literal::List(Vec::new())),
            Type::Map(..) => Some(Literal::Object(BTreeMap::new())),
            Type::Array(inner, length) => {
                let value = self.default_of(inner, depth + 1)?;
                Some(Literal::List(vec![value; usize::try_from(*length).ok()?]))
            }
            Type::Tuple(types) => {
                let values: Option<Vec<Literal>> = types.iter().map(|ty| self.default_of(ty, depth + 1)).collect();
                values.map(Literal::List)
            }
            Type::Kubernetes(name) => kubernetes_default(name),
            Type::Defined(id) => self.default_of_definition(*id, depth + 1),
            Type::Unknown => None,
        }
    }

    fn default_of_definition(&self, id: DefinitionId, depth: usize) -> Option<Literal> {
        let (home, index) = self.homes[id.0 as usize];
        let draft = self.scopes.ty(home, index);
        let derived = draft.derives.iter().any(|name| name == "Default");
        match &self.definition(id)?.body {
            Body::Struct(members) => Some(self.written(members, &self.default_members(id, depth)?)),
            Body::Newtype(field) if derived => self.default_of(&field.ty, depth),
            Body::Unit => Some(Literal::Null),
            Body::Enum(union) if derived => {
                let DraftBody::Enum(variants) = &draft.body else {
                    return None;
                };
                let default = variants.iter().find(|variant| variant.default)?;
                let variant = union.variants.iter().find(|variant| variant.name == default.name)?;
                self.tagged(union, variant, None)
            }
            Body::Newtype(_) | Body::Enum(_) | Body::Tuple(_) | Body::Type(_) | Body::Unknown => {
                let at = At {
                    module: home,
                    ty: Some(&Type::Defined(id)),
                    own: Some(id),
                    depth,
                };
                self.function(home, &format!("{}::default", draft.name), Some(id), at)
            }
        }
    }

    /// What `Default` gives to the fields of a struct, by their Rust names.
    pub(in super::super) fn default_members(
        &self,
        id: DefinitionId,
        depth: usize,
    ) -> Option<BTreeMap<String, Literal>> {
        let definition = self.definition(id).filter(|_| depth <= LONGEST_CHAIN)?;
        let Body::Struct(members) = &definition.body else {
            return None;
        };
        let (home, index) = self.homes[id.0 as usize];
        let draft = self.scopes.ty(home, index);
        if draft.derives.iter().any(|name| name == "Default") {
            let fields = members.fields.iter();
            return fields
                .map(|field| Some((field.name.clone(), self.default_of(&field.ty, depth + 1)?)))
                .collect();
        }
        self.members_of(id, home, &format!("{}::default", draft.name), depth)
    }

    /// What a function that gives the struct sets its fields to.
    pub(in super::super) fn members_of(
        &self,
        id: DefinitionId,
        home: usize,
        function: &str,
        depth: usize,
    ) -> Option<BTreeMap<String, Literal>> {
        let Body::Struct(members) = &self.definition(id)?.body else {
            return None;
        };
        let value = self.function_value(home, function)?;
        let ExprKind::Call { name, args } = &value.value.as_ref()?.kind else {
            return None;
        };
        let at = At {
            module: home,
            ty: None,
            own: Some(id),
            depth,
        };
        if args.is_empty() && name.text.ends_with("default") {
            return self.default_members(id, depth + 1);
        }
        self.members(id, members, args, at)
    }
}

/// What k8s-openapi's `Default` writes: members that may be absent are.
fn kubernetes_default(name: &str) -> Option<Literal> {
    match name.rsplit('.').next().unwrap_or_default() {
        "Quantity" => return Some(Literal::from("")),
        "IntOrString" => return Some(Literal::Int(0)),
        "RawExtension" | "FieldsV1" | "Time" | "MicroTime" => return None,
        _ => {}
    }
    let definition = known::definition(name, &mut |_| TypeId(0))?;
    let is_absent = |field: &Field| field.ty.is_option() && field.presence != Presence::Required;
    definition
        .fields()?
        .iter()
        .all(is_absent)
        .then(|| Literal::Object(BTreeMap::new()))
}
