//! What schemars' derive makes of types.

use std::cell::RefCell;

use kgen_model::schemars::{Body, Definition, DefinitionId, Field, Fixed, Merge, Type};
use kgen_model::{ListType, Literal, MapType, Model};

use super::{Fault, Members, Place, about, flatten, get, kubernetes, members, object, stated, strings, unions};

/// Builds schemas from definitions.
pub(super) struct Derive<'m> {
    pub(super) model: &'m Model,
    /// The definitions that are being built, outermost first.
    open: RefCell<Vec<DefinitionId>>,
    faults: RefCell<Vec<Fault>>,
}

impl<'m> Derive<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            model,
            open: RefCell::default(),
            faults: RefCell::default(),
        }
    }

    /// What is wrong with what was built.
    pub(super) fn faults(&self) -> Vec<Fault> {
        self.faults.take()
    }

    /// A fault in the definition that is being built.
    fn fault(&self, message: String) {
        let innermost = self.open.borrow().last().copied();
        let place = innermost.map_or_else(|| Place::Path(String::new()), Place::Definition);
        self.faults.borrow_mut().push(Fault { place, message });
    }

    fn of(&self, id: DefinitionId) -> &'m Definition {
        &self.model.schemars[id.0 as usize]
    }

    pub(super) fn definition(&self, id: DefinitionId) -> Literal {
        let definition = self.of(id);
        if self.open.borrow().contains(&id) {
            let message = format!(
                "`{}` holds itself, which a schema without references cannot say",
                definition.name
            );
            self.faults.borrow_mut().push(Fault {
                place: Place::Definition(id),
                message,
            });
            return Literal::Bool(true);
        }
        self.open.borrow_mut().push(id);
        let mut schema = stated::replacement(&definition.stated).unwrap_or_else(|| self.body(&definition.body));
        self.open.borrow_mut().pop();
        about::add(&mut schema, &definition.about);
        about::extend(&mut schema, &definition.about);
        about::validate(&mut schema, &definition.rules);
        stated::add(&mut schema, &definition.stated);
        schema
    }

    /// What a type or variant without a tag is.
    pub(super) fn body(&self, body: &Body) -> Literal {
        match body {
            Body::Type(ty) => self.ty(ty),
            Body::Unit => null(),
            Body::Newtype(field) => self.field(field),
            Body::Tuple(fields) => self.tuple(fields),
            Body::Struct(members) => self.strukt(members),
            Body::Enum(union) => unions::union(self, union),
            Body::Unknown => Literal::Bool(true),
        }
    }

    fn tuple(&self, fields: &[Field]) -> Literal {
        let mut schema = object([("type", Literal::from("array")), ("maxItems", count(fields.len()))]);
        if !fields.is_empty() {
            let items = fields.iter().map(|field| self.field(field)).collect();
            let members = members(&mut schema);
            members.insert("prefixItems".to_owned(), Literal::List(items));
            members.insert("minItems".to_owned(), count(fields.len()));
        }
        schema
    }

    pub(super) fn strukt(&self, of: &kgen_model::schemars::Members) -> Literal {
        let mut schema = object([("type", Literal::from("object"))]);
        if of.closed {
            members(&mut schema).insert("additionalProperties".to_owned(), Literal::Bool(false));
        }
        for field in &of.fields {
            if field.flatten {
                let other = self.flattened(&field.ty, field.required);
                flatten::into(&mut schema, other);
            } else {
                let optional = field.defaulted || (!field.required && self.is_option(&field.ty));
                let property = self.field(field);
                insert_property(members(&mut schema), &field.wire, property, optional);
            }
        }
        schema
    }

    fn flattened(&self, ty: &Type, required: bool) -> Literal {
        let schema = self.non_optional(ty);
        flatten::prepared(schema, self.is_option(ty) && !required)
    }

    /// What a field is, with what is said about it.
    pub(super) fn field(&self, field: &Field) -> Literal {
        self.field_of(
            field,
            match field.required {
                true => self.non_optional(&field.ty),
                false => self.ty(&field.ty),
            },
        )
    }

    /// What is said about a field, added to what its type is.
    pub(super) fn field_of(&self, field: &Field, schema: Literal) -> Literal {
        let mut schema = stated::replacement(&field.stated).unwrap_or(schema);
        about::add(&mut schema, &field.about);
        about::check(&mut schema, &field.checks);
        if field.read_only {
            members(&mut schema).insert("writeOnly".to_owned(), Literal::Bool(true));
        }
        if let Some(default) = &field.default {
            members(&mut schema).insert("default".to_owned(), default.clone());
        }
        about::extend(&mut schema, &field.about);
        about::validate(&mut schema, &field.rules);
        if let Some(merge) = &field.merge {
            members(&mut schema).extend(strategy(merge));
        }
        stated::add(&mut schema, &field.stated);
        schema
    }

    /// What a type is.
    pub(super) fn ty(&self, ty: &Type) -> Literal {
        match ty {
            Type::Fixed(Fixed { schema, .. }) => schema.clone(),
            Type::Any | Type::Unknown => Literal::Bool(true),
            Type::Null => null(),
            Type::Option(inner) => flatten::or_null(self.ty(inner)),
            Type::List(inner) => array(self.ty(inner)),
            Type::Set(inner) => {
                let mut schema = array(self.ty(inner));
                members(&mut schema).insert("uniqueItems".to_owned(), Literal::Bool(true));
                schema
            }
            Type::Array(_, 0) => object([("type", Literal::from("array")), ("maxItems", Literal::Int(0))]),
            Type::Array(inner, length) => {
                let mut schema = array(self.ty(inner));
                let length = Literal::Int(i128::from(*length));
                let bounds = ["minItems", "maxItems"].map(|bound| (bound.to_owned(), length.clone()));
                members(&mut schema).extend(bounds);
                schema
            }
            Type::Map(key, value) => map(&self.ty(key), &self.ty(value)),
            Type::Tuple(types) => {
                let items = types.iter().map(|ty| self.ty(ty)).collect();
                object([
                    ("type", Literal::from("array")),
                    ("prefixItems", Literal::List(items)),
                    ("minItems", count(types.len())),
                    ("maxItems", count(types.len())),
                ])
            }
            Type::Kubernetes(name) => kubernetes::schema(name, &mut |message| self.fault(message)),
            Type::Defined(id) => self.definition(*id),
        }
    }

    /// What a type is without the `Option` around it.
    fn non_optional(&self, ty: &Type) -> Literal {
        match self.behind(ty) {
            Type::Option(inner) => self.non_optional(inner),
            _ => self.ty(ty),
        }
    }

    fn is_option(&self, ty: &Type) -> bool {
        matches!(self.behind(ty), Type::Option(_))
    }

    /// The type that a transparent one stands for.
    fn behind<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'm: 't,
    {
        let mut ty = ty;
        for _ in 0..self.model.schemars.len() {
            let Type::Defined(id) = ty else { break };
            match self.of(*id).forwards() {
                Some(inner) => ty = inner,
                None => break,
            }
        }
        ty
    }
}

/// Adds a member to an object.
pub(super) fn insert_property(schema: &mut Members, name: &str, property: Literal, optional: bool) {
    let properties = schema.entry("properties".to_owned()).or_insert_with(|| object([]));
    members(properties).insert(name.to_owned(), property);
    if !optional {
        let required = schema.entry("required".to_owned()).or_insert_with(|| strings([]));
        if let Literal::List(names) = required {
            names.push(Literal::from(name));
        }
    }
}

pub(super) fn null() -> Literal {
    object([("type", Literal::from("null"))])
}

fn array(items: Literal) -> Literal {
    object([("type", Literal::from("array")), ("items", items)])
}

fn count(length: usize) -> Literal {
    Literal::Int(length as i128)
}

/// A map, whose keys are strings of any form, of some form, or of a few values.
fn map(key: &Literal, value: &Literal) -> Literal {
    let single = [key.clone()];
    let options = match get(key, "anyOf") {
        Some(Literal::List(options)) => options.as_slice(),
        _ => &single,
    };
    let (mut is_open, mut patterns, mut names, mut numbers) = (false, Vec::new(), Vec::new(), None);
    for option in options {
        let text = |keyword: &str| get(option, keyword).and_then(Literal::as_str);
        match (text("pattern"), get(option, "enum"), text("type")) {
            (Some(pattern), _, Some("string")) => patterns.push(pattern.to_owned()),
            (None, Some(Literal::List(values)), Some("string")) => {
                names.extend(values.iter().filter_map(Literal::as_str));
            }
            (_, _, Some("integer")) if get(option, "minimum") == Some(&Literal::Int(0)) => {
                numbers = numbers.or(Some(r"^\d+$"));
            }
            (_, _, Some("integer")) => numbers = Some(r"^-?\d+$"),
            _ => is_open = true,
        }
    }
    patterns.extend(numbers.map(str::to_owned));
    let additional = if is_open { value.clone() } else { Literal::Bool(false) };
    let mut schema = object([("type", Literal::from("object")), ("additionalProperties", additional)]);
    let each = |names: Vec<&str>| object(names.into_iter().map(|name| (name, value.clone())));
    if !patterns.is_empty() {
        let patterns = patterns.iter().map(String::as_str).collect();
        members(&mut schema).insert("patternProperties".to_owned(), each(patterns));
    }
    if !names.is_empty() {
        members(&mut schema).insert("properties".to_owned(), each(names));
    }
    schema
}

fn strategy(merge: &Merge) -> Members {
    let (keyword, value) = match merge {
        Merge::List(ListType::Atomic) => ("x-kubernetes-list-type", "atomic"),
        Merge::List(ListType::Set) => ("x-kubernetes-list-type", "set"),
        Merge::List(ListType::Map(_)) => ("x-kubernetes-list-type", "map"),
        Merge::Map(MapType::Atomic) => ("x-kubernetes-map-type", "atomic"),
        Merge::Map(MapType::Granular) => ("x-kubernetes-map-type", "granular"),
        Merge::Struct(MapType::Atomic) => ("x-kubernetes-struct-type", "atomic"),
        Merge::Struct(MapType::Granular) => ("x-kubernetes-struct-type", "granular"),
    };
    let mut members = Members::from([(keyword.to_owned(), Literal::from(value))]);
    if let Merge::List(ListType::Map(keys)) = merge {
        let keys = strings(keys.iter().map(String::as_str));
        members.insert("x-kubernetes-list-map-keys".to_owned(), keys);
    }
    members
}

/// The types that stand for a body or for one of its variants.
pub(super) fn types_in_place(body: &Body) -> Vec<Type> {
    match body {
        Body::Type(ty) => vec![ty.clone()],
        Body::Enum(union) => union
            .variants
            .iter()
            .flat_map(|variant| types_in_place(&variant.body))
            .collect(),
        Body::Unit | Body::Newtype(_) | Body::Tuple(_) | Body::Struct(_) | Body::Unknown => Vec::new(),
    }
}

/// The definitions that a type names.
pub(super) fn named(ty: &Type, found: &mut dyn FnMut(DefinitionId)) {
    match ty {
        Type::Option(inner) | Type::List(inner) | Type::Set(inner) | Type::Array(inner, _) => named(inner, found),
        Type::Map(key, value) => {
            named(key, found);
            named(value, found);
        }
        Type::Tuple(types) => types.iter().for_each(|ty| named(ty, found)),
        Type::Defined(id) => found(*id),
        Type::Fixed(_) | Type::Any | Type::Null | Type::Kubernetes(_) | Type::Unknown => {}
    }
}
