//! Values that Rust computes where kgen reads: defaults, examples, constants. What is computed by more than literals,
//! constants and struct literals has no value here.

use std::collections::BTreeMap;

use super::super::scope::{Scopes, Target};
use super::std_types::object;
use crate::draft::{Draft, DraftConst};
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;
use crate::model::Presence;
use crate::schemars::{Body, Definition, DefinitionId, Field, Members, Tag, Type, Union, Variant};

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

    fn call(&self, name: &str, args: &[Expr], at: At<'_>) -> Option<Literal> {
        let first = || args.first();
        let last = name.rsplit("::").next().unwrap_or_default();
        match (name, last) {
            (
                ".to_string"
                | ".to_owned"
                | ".into"
                | ".clone"
                | ".to_vec"
                | ".as_str"
                | ".into_iter"
                | ".collect"
                | "Box::new"
                | "Arc::new"
                | "Rc::new"
                | "Some"
                | "Vec::from"
                | "String::from"
                | "BTreeMap::from"
                | "HashMap::from"
                | "BTreeSet::from"
                | "HashSet::from"
                | "Cow::Borrowed"
                | "Cow::from"
                | "Value::from"
                | "IntOrString::Int"
                | "IntOrString::String"
                | "Quantity"
                | "PathBuf::from",
                _,
            ) => self.value(first()?, at.of(at.ty)),
            ("Default::default", _) => self.default_of(at.ty?, at.depth + 1),
            ("String::new", _) => Some(Literal::from("")),
            ("Vec::new" | "BTreeSet::new" | "HashSet::new" | "VecDeque::new", _) => Some(Literal::List(Vec::new())),
            ("BTreeMap::new" | "HashMap::new", _) => Some(Literal::Object(BTreeMap::new())),
            ("+" | "-" | "*", _) => self.arithmetic(name, args, at),
            ("concat!", _) => {
                let parts: Option<Vec<Literal>> = args.iter().map(|arg| self.value(arg, at.of(None))).collect();
                let text = |part: Literal| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
                Some(Literal::String(parts?.into_iter().map(text).collect()))
            }
            (_, "from_secs" | "from_millis") => duration(last, &self.value(first()?, at.of(None))?),
            _ => self.own_call(name, args, at),
        }
    }

    fn arithmetic(&self, operator: &str, args: &[Expr], at: At<'_>) -> Option<Literal> {
        let [left, right] = args else { return None };
        let (Literal::Int(left), Literal::Int(right)) =
            (self.value(left, at.of(at.ty))?, self.value(right, at.of(at.ty))?)
        else {
            return None;
        };
        let value = match operator {
            "+" => left.checked_add(right),
            "-" => left.checked_sub(right),
            _ => left.checked_mul(right),
        };
        value.map(Literal::Int)
    }

    /// A struct literal, a newtype, a variant with data, or a function of the crate.
    fn own_call(&self, name: &str, args: &[Expr], at: At<'_>) -> Option<Literal> {
        let path = self.with_self(name, at)?;
        let segments: Vec<&str> = path.split("::").collect();
        match self.scopes.lookup(at.module, &segments, false)? {
            Target::Type(home, index) => {
                let id = self.id(home, index, at)?;
                match &self.definition(id)?.body {
                    Body::Struct(members) => {
                        let values = self.members(id, members, args, at)?;
                        Some(self.written(members, &values))
                    }
                    Body::Newtype(field) => {
                        let argument = match &args.first()?.kind {
                            ExprKind::Assign { value, .. } => value,
                            _ => args.first()?,
                        };
                        self.value(argument, at.of(Some(&field.ty)))
                    }
                    Body::Type(_) | Body::Unit | Body::Tuple(_) | Body::Enum(_) | Body::Unknown => None,
                }
            }
            Target::Associated(home, index, member) => {
                if let Some((id, variant)) = self.variant(home, index, &member) {
                    let content = match &variant.body {
                        Body::Newtype(field) => self.value(args.first()?, at.of(Some(&field.ty)))?,
                        Body::Struct(members) => {
                            let values = self.members(id, members, args, at)?;
                            self.written(members, &values)
                        }
                        _ => return None,
                    };
                    return self.tagged(self.union(id)?, variant, Some(content));
                }
                if member == "default" && args.is_empty() {
                    return self.default_of(&Type::Defined(self.id(home, index, at)?), at.depth + 1);
                }
                let name = format!("{}::{member}", self.scopes.ty(home, index).name);
                self.function(home, &name, self.id(home, index, at), at)
                    .filter(|_| args.is_empty())
            }
            Target::Function(path) => self.function_at(&path, at).filter(|_| args.is_empty()),
            Target::External(path) if args.is_empty() && last_is(&path, "default") => {
                at.ty.and_then(|ty| self.default_of(ty, at.depth + 1))
            }
            Target::External(path) if path.len() > 1 && (last_is(&path, "from") || last_is(&path, "new")) => {
                args.first().and_then(|argument| self.value(argument, at.of(at.ty)))
            }
            Target::External(_) | Target::Alias(..) | Target::Const(..) | Target::Module(_) => None,
        }
    }

    /// What a function gives that an attribute names by its path.
    pub(super) fn function_named(&self, path: &str, at: At<'_>) -> Option<Literal> {
        self.call(path, &[], at)
    }

    fn function_at(&self, path: &[String], at: At<'_>) -> Option<Literal> {
        let longest = (1..path.len()).rev();
        let mut modules = longest.filter_map(|length| {
            let home = self
                .draft
                .modules
                .iter()
                .position(|module| module.path == path[..length])?;
            Some((home, path[length..].join("::")))
        });
        let (home, name) = modules.next()?;
        self.function(home, &name, at.own, at)
    }

    fn function(&self, home: usize, name: &str, own: Option<DefinitionId>, at: At<'_>) -> Option<Literal> {
        let value = self.function_value(home, name)?;
        let at = At {
            module: home,
            ty: at.ty,
            own,
            depth: at.depth + 1,
        };
        self.value(value.value.as_ref()?, at)
    }

    fn function_value(&self, home: usize, name: &str) -> Option<&DraftConst> {
        self.draft.modules[home].values.iter().find(|value| value.name == name)
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

    /// A variant as serde writes it.
    fn tagged(&self, union: &Union, variant: &Variant, content: Option<Literal>) -> Option<Literal> {
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

    /// The fields of a struct literal by their Rust names.
    fn members(
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

    /// What `Default` gives to the fields of a struct, by their Rust names.
    pub(super) fn default_members(&self, id: DefinitionId, depth: usize) -> Option<BTreeMap<String, Literal>> {
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
    pub(super) fn members_of(
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

    /// A struct as serde writes it.
    fn written(&self, members: &Members, values: &BTreeMap<String, Literal>) -> Literal {
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

    /// What `Default` gives, as JSON.
    pub(super) fn default_of(&self, ty: &Type, depth: usize) -> Option<Literal> {
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
                let crate::draft::DraftBody::Enum(variants) = &draft.body else {
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
}

/// Whether serde leaves a field with this value out. `None` if its function is not one of std's.
pub(super) fn skips(field: &Field, value: &Literal) -> Option<bool> {
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

fn last_is(path: &[String], name: &str) -> bool {
    path.last().is_some_and(|last| last == name)
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

fn duration(unit: &str, count: &Literal) -> Option<Literal> {
    let Literal::Int(count) = count else { return None };
    let (secs, nanos) = match unit {
        "from_millis" => (count / 1000, count % 1000 * 1_000_000),
        _ => (*count, 0),
    };
    Some(object([("secs", Literal::Int(secs)), ("nanos", Literal::Int(nanos))]))
}

/// What k8s-openapi's `Default` writes: members that may be absent are.
fn kubernetes_default(name: &str) -> Option<Literal> {
    match name.rsplit('.').next().unwrap_or_default() {
        "Quantity" => return Some(Literal::from("")),
        "IntOrString" => return Some(Literal::Int(0)),
        "RawExtension" | "FieldsV1" | "Time" | "MicroTime" => return None,
        _ => {}
    }
    let definition = crate::known::definition(name, &mut |_| crate::model::TypeId(0))?;
    let is_absent = |field: &crate::model::Field| field.ty.is_option() && field.presence != Presence::Required;
    definition
        .fields()?
        .iter()
        .all(is_absent)
        .then(|| Literal::Object(BTreeMap::new()))
}
