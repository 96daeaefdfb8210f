//! Values that Rust computes where kgen reads: defaults, examples, constants. What is computed by more than literals,
//! constants and struct literals has no value here.

mod calls;
mod defaults;
mod written;

use std::collections::BTreeMap;

use super::super::scope::{Scopes, Target};
use crate::draft::Draft;
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;
use crate::schemars::{Body, Definition, DefinitionId, Type, Union, Variant};

pub(super) use written::skips;

/// How many constants and functions may stand for one another. Longer chains are cycles.
const LONGEST_CHAIN: usize = 48;

/// What values are computed from.
#[derive(Clone, Copy)]
pub(super) struct Values<'v> {
    pub(super) draft: &'v Draft,
    pub(super) scopes: &'v Scopes<'v>,
    pub(super) definitions: &'v [Option<Definition>],
    /// The modules and indices of the definitions' types.
    pub(super) homes: &'v [(usize, usize)],
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct At<'t> {
    pub(super) module: usize,
    /// The type that the value is of, if that is known.
    pub(super) ty: Option<&'t Type>,
    /// What `Self` stands for.
    pub(super) own: Option<DefinitionId>,
    pub(super) depth: usize,
}

impl<'t> At<'t> {
    /// A place in a module where a value of any type may stand.
    pub(super) fn module(module: usize) -> Self {
        Self {
            module,
            ty: None,
            own: None,
            depth: 0,
        }
    }

    fn of<'u>(self, ty: Option<&'u Type>) -> At<'u> {
        At {
            module: self.module,
            ty,
            own: self.own,
            depth: self.depth + 1,
        }
    }
}

impl Values<'_> {
    /// The value of an expression, as JSON.
    pub(super) fn value(&self, expr: &Expr, at: At<'_>) -> Option<Literal> {
        if at.depth > LONGEST_CHAIN {
            return None;
        }
        if let Some(Type::Option(inner)) = at.ty {
            return match &expr.kind {
                ExprKind::Path(none) if none == "None" => Some(Literal::Null),
                ExprKind::Call { name, args } if name.text == "Some" => self.value(args.first()?, at.of(Some(inner))),
                ExprKind::Call { name, args } if args.is_empty() && name.text.ends_with("default") => {
                    Some(Literal::Null)
                }
                _ => self.value(
                    expr,
                    At {
                        ty: Some(inner),
                        ..at.of(None)
                    },
                ),
            };
        }
        match &expr.kind {
            ExprKind::Literal(literal) => Some(literal.clone()),
            ExprKind::List(items) => self.list(items, at),
            ExprKind::Path(path) => self.path(path, at),
            ExprKind::Call { name, args } => self.call(&name.text, args, at),
            ExprKind::Assign { .. } => None,
        }
    }

    fn list(&self, items: &[Expr], at: At<'_>) -> Option<Literal> {
        let many = |ty: Option<&Type>| -> Option<Vec<Literal>> {
            items.iter().map(|item| self.value(item, at.of(ty))).collect()
        };
        match at.ty {
            Some(Type::Tuple(types)) => {
                let pairs = items.iter().zip(types);
                let values: Option<Vec<Literal>> = pairs.map(|(item, ty)| self.value(item, at.of(Some(ty)))).collect();
                values.map(Literal::List)
            }
            Some(Type::Map(key, value)) => {
                let entries = items.iter().map(|item| match &item.kind {
                    ExprKind::List(pair) => match pair.as_slice() {
                        [k, v] => {
                            let name = self.value(k, at.of(Some(key)))?.as_str()?.to_owned();
                            Some((name, self.value(v, at.of(Some(value)))?))
                        }
                        _ => None,
                    },
                    _ => None,
                });
                entries.collect::<Option<BTreeMap<_, _>>>().map(Literal::Object)
            }
            Some(Type::List(inner) | Type::Array(inner, _)) => many(Some(inner)).map(Literal::List),
            Some(Type::Set(inner)) => {
                let mut values = many(Some(inner))?;
                values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
                values.dedup();
                Some(Literal::List(values))
            }
            _ => many(None).map(Literal::List),
        }
    }

    fn path(&self, path: &str, at: At<'_>) -> Option<Literal> {
        let path = self.with_self(path, at)?;
        let segments: Vec<&str> = path.split("::").collect();
        match self.scopes.lookup(at.module, &segments, false)? {
            Target::Const(home, index) => {
                let value = self.scopes.constant(home, index).value.as_ref()?;
                self.value(
                    value,
                    At {
                        module: home,
                        ..at.of(at.ty)
                    },
                )
            }
            Target::Associated(home, index, name) => {
                let ty = &self.scopes.ty(home, index).name;
                if let Some((id, variant)) = self.variant(home, index, &name) {
                    return self.tagged(self.union(id)?, variant, None);
                }
                let name = format!("{ty}::{name}");
                let constants = &self.draft.modules[home].consts;
                let constant = constants.iter().find(|constant| constant.name == name)?;
                self.value(
                    constant.value.as_ref()?,
                    At {
                        module: home,
                        ..at.of(at.ty)
                    },
                )
            }
            Target::External(path) => bound_of_integer(&path),
            Target::Type(..) | Target::Alias(..) | Target::Function(_) | Target::Module(_) => None,
        }
    }

    /// A path with the name of the type in place of `Self`.
    fn with_self(&self, path: &str, at: At<'_>) -> Option<String> {
        match path.strip_prefix("Self") {
            Some(rest) if rest.is_empty() || rest.starts_with("::") => {
                let (module, index) = self.homes[at.own?.0 as usize];
                let home = self.draft.modules[module].path.join("::");
                Some(format!("{home}::{}{rest}", self.scopes.ty(module, index).name))
            }
            _ => Some(path.to_owned()),
        }
    }

    fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(id.0 as usize)?.as_ref()
    }

    fn union(&self, id: DefinitionId) -> Option<&Union> {
        match &self.definition(id)?.body {
            Body::Enum(union) => Some(union),
            _ => None,
        }
    }

    /// The definition of a type: the expected one, or the only one that is made of it.
    fn id(&self, home: usize, index: usize, at: At<'_>) -> Option<DefinitionId> {
        let is_it = |id: &DefinitionId| self.homes[id.0 as usize] == (home, index);
        let expected = match at.ty {
            Some(Type::Defined(id)) => Some(*id).filter(is_it),
            _ => None,
        };
        let all = (0..).map(DefinitionId).take(self.homes.len());
        expected
            .or_else(|| at.own.filter(is_it))
            .or_else(|| all.into_iter().find(is_it))
    }

    fn variant(&self, home: usize, index: usize, name: &str) -> Option<(DefinitionId, &Variant)> {
        let id = self.id(home, index, At::module(home))?;
        let variant = self.union(id)?.variants.iter().find(|variant| variant.name == name)?;
        Some((id, variant))
    }
}

/// `i32::MAX` and its like.
fn bound_of_integer(path: &[String]) -> Option<Literal> {
    let [.., ty, bound] = path else { return None };
    let (minimum, maximum): (i128, i128) = match ty.as_str() {
        "i8" => (i8::MIN.into(), i8::MAX.into()),
        "i16" => (i16::MIN.into(), i16::MAX.into()),
        "i32" => (i32::MIN.into(), i32::MAX.into()),
        "i64" => (i64::MIN.into(), i64::MAX.into()),
        "u8" => (0, u8::MAX.into()),
        "u16" => (0, u16::MAX.into()),
        "u32" => (0, u32::MAX.into()),
        "u64" => (0, u64::MAX.into()),
        _ => return None,
    };
    match bound.as_str() {
        "MIN" => Some(Literal::Int(minimum)),
        "MAX" => Some(Literal::Int(maximum)),
        _ => None,
    }
}
