//! How lists and maps merge: what `list` and `map` ask of their elements, and scopes that reach into what has no parts.

use crate::names::closest;
use crate::{Diagnostic, Facts, ListType, MapType, Model, Presence, Report, RuleKind, TypeRef};

use super::kind::Kind;
use super::place::Place;
use crate::analysis::{Member, members};

pub(super) fn check(model: &Model, place: &Place<'_>, report: &mut Report) {
    let kind = Kind::of(model, place);
    let misplaced = [
        (place.facts.list.is_some(), "list", &[Kind::List][..]),
        (place.facts.map.is_some(), "map", &[Kind::Map, Kind::Object]),
        (place.facts.each.is_some(), "each", &[Kind::List, Kind::Map]),
        (place.facts.each_key.is_some(), "each_key", &[Kind::Map]),
        (!place.facts.items.is_empty(), "item", &[Kind::List]),
        (
            place.facts.schema.embedded_resource,
            "embedded_resource",
            &[Kind::Object, Kind::Map],
        ),
        (
            !place.facts.subfields.is_empty(),
            "subfield",
            &[Kind::Object, Kind::Map],
        ),
    ];
    for (_, word, wanted) in misplaced.into_iter().filter(|(said, ..)| *said) {
        if kind != Kind::Any && !wanted.contains(&kind) {
            let message = format!("`{word}` does not fit `{}`, which is {}", place.name, kind.noun());
            let nouns: Vec<_> = wanted.iter().map(|kind| kind.noun()).collect();
            let help = format!("`{word}` is about {}", nouns.join(" or "));
            report.push(Diagnostic::error("rule-does-not-fit", place.at(word), message).help(help));
        }
    }
    report.extend(not_int_or_string(model, place));
    report.extend(item_without_key(place, kind));
    let Some(element) = place.ty.as_ref().and_then(|ty| element(model, ty)) else {
        return;
    };
    match &place.facts.list {
        Some(ListType::Map(keys)) => check_map(model, place, element, keys, report),
        Some(ListType::Set) => report.extend(bad_set(model, place, element)),
        Some(ListType::Atomic) | None => {}
    }
    report.extend(nullable_element(place));
}

/// What takes an integer or a string in JSON has to be one in Rust.
fn not_int_or_string(model: &Model, place: &Place<'_>) -> Option<Diagnostic> {
    let kind = Kind::of_type(model, place.ty.as_ref().filter(|_| !place.inside.declaration)?);
    let fits = matches!(kind, Kind::Integer | Kind::String | Kind::IntOrString | Kind::Any);
    (place.facts.schema.int_or_string.is_some() && !fits).then(|| {
        let message = format!(
            "`int_or_string` does not fit `{}`, which is {}",
            place.name,
            kind.noun()
        );
        Diagnostic::error("rule-does-not-fit", place.at("int_or_string"), message).help("use `IntOrString` as its type")
    })
}

fn item_without_key(place: &Place<'_>, kind: Kind) -> Option<Diagnostic> {
    let is_keyed = |rule: &RuleKind| matches!(rule, RuleKind::Unique(ListType::Map(_)));
    let has_keys = matches!(place.facts.list, Some(ListType::Map(_))) || place.facts.rule_kinds().any(is_keyed);
    (kind == Kind::List && !place.facts.items.is_empty() && !has_keys).then(|| {
        let message = format!("`item` does not fit `{}`, whose elements have no keys", place.name);
        Diagnostic::error("rule-does-not-fit", place.at("item"), message).help("write `list = map(key = \"..\")`")
    })
}

fn element<'a>(model: &'a Model, ty: &'a TypeRef) -> Option<&'a TypeRef> {
    match model.wire_type(ty) {
        TypeRef::List(inner) | TypeRef::Array(inner, _) => Some(inner),
        _ => None,
    }
}

fn check_map(model: &Model, place: &Place<'_>, element: &TypeRef, keys: &[String], report: &mut Report) {
    let name = &place.name;
    if keys.is_empty() {
        let message = format!("the list map `{name}` has no key");
        let help = "name the members that identify an element: `list = map(key = \"name\")`";
        report.push(Diagnostic::error("list-map-key", place.at("list"), message).help(help));
    }
    let Some(members) = members(model, element) else {
        let noun = Kind::of_type(model, element).noun();
        let message = format!("the elements of the list map `{name}` are no objects with members but {noun}");
        let help = "write `list = set` for scalars, or `list = atomic`";
        report.push(Diagnostic::error("list-map-key", place.at("list"), message).help(help));
        return;
    };
    for key in keys {
        match members.iter().find(|member| member.wire == key) {
            None => report.push(unknown_key(place, key, &members)),
            Some(member) => report.extend(bad_key(model, place, member)),
        }
    }
}

fn unknown_key(place: &Place<'_>, key: &str, members: &[Member<'_>]) -> Diagnostic {
    let message = format!(
        "the elements of `{}` have no member `{key}` to be their key",
        place.name
    );
    let diagnostic = Diagnostic::error("list-map-key", place.at("list"), message);
    match closest(key, members.iter().map(|member| member.wire)) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("keys are named as in JSON"),
    }
}

/// A key is a scalar that every element has.
fn bad_key(model: &Model, place: &Place<'_>, member: &Member<'_>) -> Option<Diagnostic> {
    let (name, key) = (&place.name, member.wire);
    let kind = Kind::of_type(model, member.ty);
    let error = |message: String, help: &str| Diagnostic::error("list-map-key", place.at("list"), message).help(help);
    let said = member.facts.map(|facts| facts.schema.nullable);
    if !kind.is_scalar() {
        let message = format!(
            "the key `{key}` of the list map `{name}` is {}, which identifies nothing",
            kind.noun()
        );
        return Some(error(message, "keys are strings, numbers or bools"));
    }
    if said == Some(true) {
        let message = format!("the key `{key}` of the list map `{name}` can be null");
        return Some(error(message, "take `nullable` away: every element has its keys"));
    }
    let is_there = match member.presence {
        Presence::Required | Presence::Defaulted => true,
        Presence::Optional => member.facts.is_some_and(|facts| facts.default.is_some()) || requires(place, key),
    };
    (!is_there).then(|| {
        let message = format!("the key `{key}` of the list map `{name}` may be absent");
        error(message, "make the member required, or give it a `default`")
    })
}

/// Whether the list itself requires a member of its elements.
fn requires(place: &Place<'_>, key: &str) -> bool {
    let is_required = |facts: &Facts| facts.rule_kinds().any(|rule| *rule == RuleKind::Required);
    let each = place.facts.each.as_deref();
    each.is_some_and(|each| {
        each.subfields
            .iter()
            .any(|(name, facts)| name == key && is_required(facts))
    })
}

/// The elements of a set are compared as a whole, so that objects in it have one owner each.
fn bad_set(model: &Model, place: &Place<'_>, element: &TypeRef) -> Option<Diagnostic> {
    let kind = Kind::of_type(model, element);
    let of_type = match model.wire_type(element) {
        TypeRef::Named(id) => model.ty(*id).facts.map,
        _ => None,
    };
    let map = place.facts.each.as_deref().and_then(|each| each.map).or(of_type);
    let is_object = matches!(kind, Kind::Object | Kind::Map);
    (is_object && map != Some(MapType::Atomic)).then(|| {
        let message = format!(
            "the set `{}` holds objects whose members have owners of their own",
            place.name
        );
        let help = "write `list = map(key = \"..\")`, or `each(map = atomic)` if an element is replaced as a whole";
        Diagnostic::error("set-of-objects", place.at("list"), message).help(help)
    })
}

fn nullable_element(place: &Place<'_>) -> Option<Diagnostic> {
    let is_nullable = place.facts.each.as_deref().is_some_and(|each| each.schema.nullable);
    let has_identity = matches!(place.facts.list, Some(ListType::Set | ListType::Map(_)));
    (is_nullable && has_identity).then(|| {
        let message = format!("the elements of `{}` can be null, which identifies nothing", place.name);
        Diagnostic::error("nullable-element", place.at("list"), message)
            .help("take `nullable` away, or write `list = atomic`")
    })
}
