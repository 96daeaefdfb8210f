//! The fields of a struct from the properties of its schema, and what the schema says of the whole.

use kgen_model::names::wire_name;
use kgen_model::{Builtin, Expr, Report, Span};

use super::at::At;
use super::mark;
use super::schema::{JsonType, Schema, wrong};
use super::ty::Ty;
use super::types::{Body, Holder, Member, Role, Types, Value, fields_required, named_strings, rules};
use super::words;

/// What every object has, whatever its schema says.
const OF_EVERY_OBJECT: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// The words of Kubernetes for what every object has, which need not be said again.
const WORDS: [(&str, &str); 2] = [
    (
        "apiVersion",
        "APIVersion defines the versioned schema of this representation of an object.\n\
         Servers should convert recognized schemas to the latest internal value, and\n\
         may reject unrecognized values.\n\
         More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources",
    ),
    (
        "kind",
        "Kind is a string value representing the REST resource this object represents.\n\
         Servers may infer this from the endpoint the client submits requests to.\n\
         Cannot be updated.\n\
         In CamelCase.\n\
         More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds",
    ),
];

/// Looks into the schema of a type.
pub(super) fn fill<'n, 't>(types: &mut Types<'n, 't, '_>, part: usize, schema: Schema<'n, 't>, report: &mut Report) {
    if let Body::Enum(_) = types.parts[part].body {
        if !types.options.closed_enums {
            types.parts[part].markers.push(mark::flag("closed", schema.at.span));
        }
        return;
    }
    let is_kind = matches!(types.parts[part].role, Role::Kind(_));
    let mut properties = properties(&schema, report);
    let mut markers = Vec::new();
    rules(&schema, &mut markers, report);
    let mut fields = Vec::new();
    if is_kind {
        let (own, others) = properties
            .into_iter()
            .partition(|at| OF_EVERY_OBJECT.contains(&at.key()));
        properties = others;
        fields.push(metadata(&own, schema.at.span, &mut markers, report));
    }
    let is_named = |name: &str| properties.iter().any(|at| at.key() == name);
    if schema.properties.is_some() {
        let unnamed: Vec<_> = schema
            .required
            .iter()
            .filter(|(name, _)| !is_named(name))
            .copied()
            .collect();
        if !unnamed.is_empty() {
            markers.push(fields_required(&unnamed));
        }
    }
    fields.extend(members(types, part, &schema, properties, is_kind, report));
    if let Some(span) = schema.preserve_unknown_fields {
        fields.push(unknown_members(&fields, span));
    }
    types.parts[part].markers.extend(markers);
    types.parts[part].body = Body::Struct(fields);
}

fn properties<'n, 't>(schema: &Schema<'n, 't>, report: &mut Report) -> Vec<At<'n, 't>> {
    let Some(at) = &schema.properties else {
        return Vec::new();
    };
    let Some(entries) = at.node.entries() else {
        wrong(at, "an object with a schema for each member", report);
        return Vec::new();
    };
    entries.iter().map(|entry| at.member(entry)).collect()
}

/// The fields in the order of the schema. They are looked at in the order of their names, so that the order of a
/// document makes no difference to names.
fn members<'n, 't>(
    types: &mut Types<'n, 't, '_>,
    part: usize,
    schema: &Schema<'n, 't>,
    properties: Vec<At<'n, 't>>,
    is_kind: bool,
    report: &mut Report,
) -> Vec<Member<'n>> {
    let mut order: Vec<usize> = (0..properties.len()).collect();
    order.sort_by_key(|at| properties[*at].key());
    let sorted: Vec<&str> = order.iter().map(|at| properties[*at].key()).collect();
    let taken: &[&str] = if is_kind {
        &["metadata", "api_version", "kind"]
    } else {
        &[]
    };
    let names = words::fields(&sorted, taken);
    let stems: Vec<String> = sorted.iter().map(|wire| words::pascal(wire)).collect();
    let mut members: Vec<Option<Member<'n>>> = Vec::new();
    members.resize_with(properties.len(), || None);
    for (index, (at, name)) in order.into_iter().zip(names).enumerate() {
        let stem = &stems[index];
        let singular = words::singular(stem);
        let is_free = stems.iter().all(|other| *other != singular);
        let holder = Holder {
            part,
            stem,
            singular: if is_free { &singular } else { stem },
        };
        let property = &properties[at];
        let required = schema.required.iter().find(|(wire, _)| *wire == property.key());
        let required = required.map(|(_, span)| *span);
        members[at] = member(types, schema, property, name, holder, required, report);
    }
    members.into_iter().flatten().collect()
}

fn member<'n, 't>(
    types: &mut Types<'n, 't, '_>,
    schema: &Schema<'n, 't>,
    property: &At<'n, 't>,
    name: String,
    holder: Holder<'_>,
    required: Option<Span>,
    report: &mut Report,
) -> Option<Member<'n>> {
    let (wire, span) = (property.key(), property.span);
    let Value {
        ty,
        docs,
        markers: said,
        nullable,
        has_default,
    } = match embedded_metadata(schema, property) {
        Some(value) => value,
        None => types.value(property.clone(), holder, report)?,
    };
    let mut markers = Vec::new();
    if wire_name(&name) != wire {
        markers.push(mark::assign("name", wire, span));
    }
    let is_plain = required.is_some() && !nullable && !has_default;
    if let Some(span) = required.filter(|_| !is_plain) {
        markers.push(mark::flag("required", span));
    }
    if docs.is_empty() && !types.docs_of(&ty).is_empty() {
        markers.push(mark::assign("description", "", span));
    }
    if ty.holds_float() {
        markers.push(mark::flag("allow_float", span));
    }
    markers.extend(said);
    Some(Member {
        name,
        span,
        docs,
        ty: if is_plain { ty } else { ty.option() },
        markers,
    })
}

/// The metadata of an object inside of another: servers know what it is, and the schema says no more than that.
fn embedded_metadata<'n>(schema: &Schema<'n, '_>, property: &At<'n, '_>) -> Option<Value<'n>> {
    schema.embedded_resource.filter(|_| property.key() == "metadata")?;
    let entries = property.node.entries()?;
    let is_bare = entries
        .iter()
        .all(|entry| matches!(entry.key.as_ref(), "type" | "description"));
    let docs = property
        .node
        .get("description")
        .and_then(super::yaml::Node::text)
        .unwrap_or_default();
    let type_ = mark::assign("type", JsonType::Object.name(), property.span);
    is_bare.then(|| Value {
        ty: Ty::Foreign(["kgen", "k8s", "ObjectMeta"].map(str::to_owned).to_vec(), true),
        docs,
        markers: vec![mark::call("schema", vec![type_], property.span)],
        nullable: false,
        has_default: false,
    })
}

/// Where members go that the schema does not name.
fn unknown_members<'n>(fields: &[Member<'_>], span: Span) -> Member<'n> {
    let used = fields.iter().map(|field| field.name.clone()).collect();
    let words = ["flatten", "schemaless", "preserve_unknown_fields"];
    Member {
        name: words::unlike("other", "_", &used),
        span,
        docs: "Members that the schema does not name.",
        ty: Ty::any_members(),
        markers: words.into_iter().map(|word| mark::flag(word, span)).collect(),
    }
}

/// The field `metadata`, and what the schema says of it and of the other members that every object has.
fn metadata<'n>(own: &[At<'n, '_>], span: Span, markers: &mut Vec<Expr>, report: &mut Report) -> Member<'n> {
    let has = |name: &&str| own.iter().any(|at| at.key() == *name);
    let omitted: Vec<Expr> = OF_EVERY_OBJECT
        .into_iter()
        .filter(|name| !has(name))
        .map(|name| mark::literal(name, span))
        .collect();
    if !omitted.is_empty() {
        markers.push(mark::call("omits", omitted, span));
    }
    let mut of_field = Vec::new();
    for at in own {
        let Some(schema) = Schema::read(at.clone(), report) else {
            continue;
        };
        let wanted = if at.key() == "metadata" {
            JsonType::Object
        } else {
            JsonType::String
        };
        if schema.type_ != Some(wanted) {
            let message = format!("`{}` of an object is of the type `{}`", at.key(), wanted.name());
            report.push(
                at.error("not-structural", message)
                    .help(format!("write `type: {}`", wanted.name())),
            );
            continue;
        }
        let mut said = Vec::new();
        let usual = WORDS
            .iter()
            .find(|(name, _)| *name == at.key())
            .map_or("", |(_, words)| words);
        let docs = schema.description.unwrap_or_default();
        if docs != usual {
            said.push(mark::assign("description", docs, at.span));
        }
        said.extend(schema.of_place.iter().cloned());
        said.extend(limits(&schema, report));
        if at.key() == "metadata" {
            of_field = of_metadata(&schema, report);
        }
        if !said.is_empty() {
            let name = mark::literal(at.key(), at.span);
            markers.push(mark::call(
                "subfield",
                std::iter::once(name).chain(said).collect(),
                at.span,
            ));
        }
    }
    Member {
        name: "metadata".to_owned(),
        span,
        docs: "Name, labels and the rest of the object's metadata.",
        ty: Ty::Foreign(["kgen", "k8s", "ObjectMeta"].map(str::to_owned).to_vec(), true),
        markers: of_field,
    }
}

/// Limits of the name, which are all that a definition may say of metadata.
fn of_metadata(schema: &Schema<'_, '_>, report: &mut Report) -> Vec<Expr> {
    let mut markers = Vec::new();
    for at in properties(schema, report) {
        let Some(inner) = Schema::read(at.clone(), report) else {
            continue;
        };
        if inner.type_ != Some(JsonType::String) {
            let message = format!("`metadata.{}` is no string here", at.key());
            let help = "a definition may limit `name` and `generateName`, which are strings";
            report.push(at.error("not-structural", message).help(help));
        }
        let mut said = vec![mark::literal(at.key(), at.span)];
        said.extend(inner.description.map(|docs| mark::assign("description", docs, at.span)));
        said.extend(inner.of_place.iter().cloned());
        said.extend(limits(&inner, report));
        markers.push(mark::call("subfield", said, at.span));
    }
    markers
}

/// All that is said of the values of a member that every object has.
fn limits(schema: &Schema<'_, '_>, report: &mut Report) -> Vec<Expr> {
    let mut markers = Vec::new();
    rules(schema, &mut markers, report);
    if named_strings(schema).is_some() {
        markers.extend(schema.enum_marker(report));
    }
    markers.extend(schema.format.map(|(format, span)| mark::assign("format", format, span)));
    if schema.properties.is_some() && !schema.required.is_empty() {
        markers.push(fields_required(&schema.required));
    }
    markers.extend(
        schema
            .preserve_unknown_fields
            .map(|span| mark::flag("preserve_unknown_fields", span)),
    );
    markers
}

impl<'n> Member<'n> {
    /// Whether the field's type is one that has no default of its own.
    pub(super) fn lacks_default(&self, has: impl Fn(usize) -> bool) -> bool {
        match &self.ty {
            Ty::Option(_) | Ty::List(_) | Ty::Map(_) | Ty::Plain(_) => false,
            Ty::Builtin(builtin) => !Builtin::has_default(*builtin),
            Ty::Foreign(_, has_default) => !has_default,
            Ty::Own(own) => !has(*own),
        }
    }
}
