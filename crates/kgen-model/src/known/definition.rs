//! Builds the type of one definition from its lines in the two tables, as k8s-openapi has it in Rust.

use std::collections::BTreeMap;

use super::facts::{self, Departures, Holder};
use super::rust_names::rust_field;
use super::table::{Entry, Line, OVERLAY, PUBLISHED};
use super::{Known, named, rust_path, unpublished};
use crate::facts::Facts;
use crate::model::{
    Builtin, Declaration, Field, FieldConversion, FieldLayout, Float, Int, MapKind, Origin, Presence, SerdeOwner,
    Shape, TypeDef, TypeId, TypeRef,
};
use crate::span::Span;

/// Gives the id of a definition that another one refers to.
pub(super) type Reference<'a> = dyn FnMut(&'static str) -> TypeId + 'a;

/// What k8s-openapi's rule for types needs to know of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A part of an object.
    Part,
    /// An object, with `apiVersion`, `kind` and `metadata`. The former two are fields here, as in JSON, although
    /// k8s-openapi has them as constants of its traits; `metadata` is never an `Option` there.
    Object,
    /// A list of objects, which is an instance of `k8s_openapi::List`.
    List,
}

/// Builds the type of a definition. `reference` gives the id of another definition, which need not be built yet:
/// definitions may be recursive. `None` if Kubernetes has no definition of this name.
pub fn definition(name: &str, reference: &mut dyn FnMut(&'static str) -> TypeId) -> Option<TypeDef> {
    let (shape, description) = match unpublished::shape(name, reference) {
        Some((shape, description)) => (shape, Some(description)),
        None => (Shape::Struct(fields(name, reference)?), None),
    };
    let mut facts = Facts {
        description: description.map(str::to_owned),
        ..Facts::default()
    };
    facts.schema = unpublished::schema(name);
    let mut departures = Departures::default();
    let lines = [PUBLISHED.entry(name), OVERLAY.entry(name)];
    for head in lines.into_iter().flatten().map(|entry| entry.head) {
        departures = facts::read(head.words(), &mut facts)?;
        facts.description = head.description.map(str::to_owned).or(facts.description);
    }
    let mut module = rust_path(name);
    Some(TypeDef {
        name: module.pop()?,
        module,
        args: list_item(name, reference).into_iter().collect(),
        version: None,
        schema_name: name.to_owned(),
        origin: Origin::Kubernetes,
        declaration: Declaration::Written,
        shape,
        facts,
        traits: traits(departures),
        by_hand: Vec::new(),
        newtype_field: None,
        exported: true,
        serde: SerdeOwner::Own,
        default_with: None,
        convert_with: None,
        converts: Default::default(),
        generate: BTreeMap::new(),
        feature_gate: None,
        deprecated: None,
        span: Span::default(),
    })
}

/// Whether a definition is a list of objects.
pub(super) fn is_list(name: &str) -> bool {
    PUBLISHED.entry(name).is_some_and(|entry| role(entry) == Role::List)
}

fn list_item(name: &str, reference: &mut Reference<'_>) -> Option<TypeRef> {
    let entry = PUBLISHED.entry(name).filter(|entry| role(*entry) == Role::List)?;
    let items = entry
        .fields()
        .find(|line| line.name.starts_with("items"))?
        .words()
        .next()?;
    type_ref(items.trim_matches(['[', ']']), entry.package, reference)
}

fn role(entry: Entry) -> Role {
    let has = |name| entry.field(name).is_some();
    match entry
        .field("metadata?:")
        .or_else(|| entry.field("metadata:"))
        .and_then(|line| line.words().next())
    {
        Some(_) if !has("apiVersion?:") || !has("kind?:") => Role::Part,
        Some("meta.v1.ListMeta" | "ListMeta") if has("items:") => Role::List,
        Some(_) => Role::Object,
        None => Role::Part,
    }
}

fn traits(departures: Departures) -> Vec<String> {
    let mut traits = vec!["Clone", "Debug", "PartialEq"];
    traits.extend((!departures.no_default).then_some("Default"));
    traits.extend((!departures.no_merge).then_some("DeepMerge"));
    traits.into_iter().map(str::to_owned).collect()
}

fn fields(name: &str, reference: &mut Reference<'_>) -> Option<Vec<Field>> {
    let entry = PUBLISHED.entry(name)?;
    let overlay = OVERLAY.entry(name);
    let is_object = role(entry) != Role::Part;
    let read = |line: Line| {
        let wire = line.name.trim_end_matches([':', '?']);
        let mut words = line.words();
        let ty = type_ref(words.next()?, entry.package, reference)?;
        let more = overlay.and_then(|overlay| overlay.field(wire));
        let mut facts = Facts::default();
        let departures = facts::read(words.chain(more.into_iter().flat_map(Line::words)), &mut facts)?;
        facts.description = more.and_then(|line| line.description).map(str::to_owned);
        let optional = line.name.ends_with("?:");
        let holder = match departures.holder {
            None if is_object && wire == "metadata" => Holder::Plain,
            None if optional => Holder::Option,
            None => Holder::Plain,
            Some(holder) => holder,
        };
        let presence = match (optional && !departures.required, &facts.default) {
            (false, _) => Presence::Required,
            (true, Some(_)) => Presence::Defaulted,
            (true, None) => Presence::Optional,
        };
        Some(field(wire, held(ty, holder), presence, facts))
    };
    entry.fields().map(read).collect()
}

fn held(ty: TypeRef, holder: Holder) -> TypeRef {
    match holder {
        Holder::Plain => ty,
        Holder::Option => TypeRef::Option(Box::new(ty)),
        Holder::Boxed => TypeRef::Option(Box::new(TypeRef::Boxed(Box::new(ty)))),
    }
}

fn field(wire: &str, ty: TypeRef, presence: Presence, facts: Facts) -> Field {
    Field {
        name: rust_field(wire),
        wire: wire.to_owned(),
        ty,
        presence,
        layout: FieldLayout::Member,
        facts,
        conversion: FieldConversion::default(),
        feature_gate: None,
        deprecated: None,
        span: Span::default(),
    }
}

fn type_ref(word: &str, package: &str, reference: &mut Reference<'_>) -> Option<TypeRef> {
    if let Some(element) = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return Some(TypeRef::List(Box::new(type_ref(element, package, reference)?)));
    }
    if let Some(value) = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let value = Box::new(type_ref(value, package, reference)?);
        return Some(TypeRef::Map {
            kind: MapKind::BTree,
            key: Box::new(TypeRef::String),
            value,
        });
    }
    Some(match word {
        "string" => TypeRef::String,
        "bool" => TypeRef::Bool,
        "i32" => TypeRef::Int(Int::I32),
        "i64" => TypeRef::Int(Int::I64),
        "f64" => TypeRef::Float(Float::F64),
        "bytes" => TypeRef::Builtin(Builtin::ByteString),
        "time" => TypeRef::Builtin(Builtin::Time),
        "microtime" => TypeRef::Builtin(Builtin::MicroTime),
        "quantity" => TypeRef::Builtin(Builtin::Quantity),
        "int-or-string" => TypeRef::Builtin(Builtin::IntOrString),
        "raw" => TypeRef::Builtin(Builtin::RawExtension),
        "json" => TypeRef::Builtin(Builtin::Json),
        "fields" => TypeRef::Builtin(Builtin::FieldsV1),
        _ => match named(&format!("{package}.{word}")) {
            Some(Known::Definition(name)) => TypeRef::Named(reference(name)),
            Some(Known::Builtin(builtin)) => TypeRef::Builtin(builtin),
            None => TypeRef::Named(reference(PUBLISHED.expand(word)?)),
        },
    })
}
