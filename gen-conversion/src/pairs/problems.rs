//! What stands in the way of a conversion, in words.

use kgen_model::model::VariantConversion;
use kgen_model::names::closest;
use kgen_model::{Diagnostic, Field, Model, Shape, Span, TypeDef, TypeRef};

/// A variant of an enum or of a union.
pub(super) struct Variant<'m> {
    pub(super) name: &'m str,
    pub(super) ty: Option<&'m TypeRef>,
    pub(super) conversion: &'m VariantConversion,
    pub(super) span: Span,
}

/// `v1::OrderSpec`: the name with its version, or with the last of its modules.
fn called(ty: &TypeDef) -> String {
    let is_version = |name: &&String| {
        name.strip_prefix('v')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let module = ty.module.iter().rev().find(is_version).or(ty.module.last());
    match module {
        Some(module) if module != "crate" => format!("{module}::{}", ty.name),
        _ => ty.name.clone(),
    }
}

/// A field of the version that nobody mapped.
pub(super) fn unmapped(field: &Field, version: &TypeDef, hub: &TypeDef, likely: Option<&Field>) -> Diagnostic {
    let (of, to) = (called(version), called(hub));
    let message = format!("`{}` of `{of}` has no counterpart in `{to}`", field.name);
    let diagnostic = Diagnostic::error("unmapped-field", field.span, message)
        .label(format!("`{to}` has no `{}`", field.name))
        .related(hub.span, "the stored version of the struct");
    let choices = "`renamed = \"..\"`, `moved = \".spec.x\"`, `dropped`, `dropped(keep)`, or `convert_with` with \
                   `converts` at the struct";
    match likely {
        Some(likely) => diagnostic
            .related(likely.span, "this has no counterpart either")
            .help(format!(
                "did you mean `renamed = \"{}\"`? Else say where it is: {choices}",
                likely.name
            )),
        None if field.conversion.added.is_some() => {
            diagnostic.help("`added` is for fields of the stored version; here the word is `dropped`")
        }
        None => diagnostic.help(format!("say where it is: {choices}")),
    }
}

/// A field of the hub that nobody mapped.
pub(super) fn only_in_hub(field: &Field, version: &TypeDef, hub: &TypeDef) -> Diagnostic {
    let (of, to) = (called(hub), called(version));
    let message = format!("`{}` of `{of}` has no counterpart in `{to}`", field.name);
    Diagnostic::error("unmapped-field", field.span, message)
        .label("nothing of the other version becomes this")
        .related(version.span, "the other version of the struct")
        .help(format!(
            "if older versions lack it, mark it `added` or `added(keep)`; else say at a field of `{to}`: `renamed = \"{}\"`",
            field.name
        ))
}

/// Two fields of different types.
pub(super) fn fields_differ(model: &Model, version: &Field, hub: &Field) -> Diagnostic {
    let message = format!("`{}` cannot be converted: the types differ", version.name);
    let diagnostic = Diagnostic::error("unconvertible-field", version.span, message)
        .label(in_words(model, &version.ty))
        .related(hub.span, format!("{} in the stored version", in_words(model, &hub.ty)));
    if version.ty.is_option() == hub.ty.is_option() {
        diagnostic.help("write the conversion: `convert_with = path`")
    } else {
        diagnostic.help(
            "`None` needs a value in the plain field: mark that `optional`, so that absent and empty are the same, or give \
             it a `default` that the other version does not contradict; else write the conversion: `convert_with = path`",
        )
    }
}

/// Two types of different sorts.
pub(super) fn types_differ(model: &Model, version: &TypeDef, hub: &TypeDef) -> Diagnostic {
    let message = format!("`{}` cannot be converted to `{}`", called(version), called(hub));
    Diagnostic::error("unconvertible-field", version.span, message)
        .label(sort(model, version))
        .related(hub.span, format!("{} in the stored version", sort(model, hub)))
        .help("write the conversion, and name it at the type: `convert_with = path`")
}

fn sort(model: &Model, ty: &TypeDef) -> String {
    match &ty.shape {
        Shape::Struct(_) => "a struct".to_owned(),
        Shape::Newtype(inner) => in_words(model, inner),
        Shape::Enum(_) => "an enum of names".to_owned(),
        Shape::Union(_) => "an enum with data".to_owned(),
    }
}

/// A type as a person writes it.
fn in_words(model: &Model, ty: &TypeRef) -> String {
    format!("`{}`", plain(model, ty))
}

fn plain(model: &Model, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Bool => "bool".to_owned(),
        TypeRef::Int(int) => format!("{int:?}").to_lowercase(),
        TypeRef::Float(float) => format!("{float:?}").to_lowercase(),
        TypeRef::String => "String".to_owned(),
        TypeRef::Builtin(builtin) => format!("{builtin:?}"),
        TypeRef::Named(id) => called(model.ty(*id)),
        TypeRef::Option(inner) => format!("Option<{}>", plain(model, inner)),
        TypeRef::Boxed(inner) => format!("Box<{}>", plain(model, inner)),
        TypeRef::List(inner) => format!("Vec<{}>", plain(model, inner)),
        TypeRef::Array(inner, length) => format!("[{}; {length}]", plain(model, inner)),
        TypeRef::Map { kind, key, value } => {
            format!("{kind:?}Map<{}, {}>", plain(model, key), plain(model, value))
        }
    }
}

/// Two fields that become one.
pub(super) fn twice(field: &Field, first: &Field, hub: &Field) -> Diagnostic {
    let message = format!("`{}` and `{}` both become `{}`", first.name, field.name, hub.name);
    Diagnostic::error("converted-twice", said(field, "renamed"), message)
        .related(first.span, "this field does already")
        .related(hub.span, "the field of the stored version")
        .help("give each a counterpart of its own, or let a function merge them: `convert_with` with `converts`")
}

/// Two fields that are moved to one place.
pub(super) fn moved_twice(field: &Field, path: &str, first: &Field) -> Diagnostic {
    let message = format!("two fields become `{path}`");
    Diagnostic::error("converted-twice", said(field, "moved"), message)
        .related(first.span, "this field does already")
        .help("give each a counterpart of its own, or let a function merge them: `convert_with` with `converts`")
}

/// A field that has no value where it comes from a version without it.
pub(super) fn not_total(field: &Field, marker: &str) -> Diagnostic {
    let message = format!("`{}` is required, but other versions have no value for it", field.name);
    Diagnostic::error("conversion-not-total", field.span, message)
        .label(format!("marked `{marker}`"))
        .help("give it a default, make it `optional`, or make it an `Option`")
}

/// A name that leads nowhere, said at a field.
pub(super) fn unknown_field_at(field: &Field, marker: &str, name: &str, in_ty: &TypeDef) -> Diagnostic {
    unknown(said(field, marker), marker, name, in_ty)
}

/// A name that leads nowhere, said at a type.
pub(super) fn unknown_field(ty: &TypeDef, marker: &str, name: &str, in_ty: &TypeDef) -> Diagnostic {
    unknown(ty.facts.places.of(marker).unwrap_or(ty.span), marker, name, in_ty)
}

fn unknown(span: Span, marker: &str, name: &str, in_ty: &TypeDef) -> Diagnostic {
    let message = format!("`{}` has no field `{name}`", called(in_ty));
    let fields = in_ty.fields().unwrap_or_default();
    let diagnostic = Diagnostic::error("unknown-counterpart", span, message).related(in_ty.span, "this struct");
    match closest(name, fields.iter().map(|field| field.name.as_str())) {
        Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
        None => diagnostic.help(format!("`{marker}` uses the Rust names of fields")),
    }
}

/// A moved path that leads nowhere.
pub(super) fn unknown_path(field: &Field, path: &str, name: &str, in_ty: Option<&TypeDef>) -> Diagnostic {
    let message = match in_ty {
        Some(ty) => format!("`{path}` leads nowhere: `{}` has no member `{name}`", called(ty)),
        None => format!("`{path}` leads nowhere: only structs have members such as `{name}`"),
    };
    let members = in_ty.and_then(TypeDef::fields).unwrap_or_default();
    let diagnostic = Diagnostic::error("unknown-counterpart", said(field, "moved"), message);
    match closest(name, members.iter().map(|field| field.wire.as_str())) {
        Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
        None => diagnostic.help("`moved` is a path in documents of the stored version, from the object down"),
    }
}

/// A field below a list, which has no one place in the object.
pub(super) fn below_list(field: &Field, marker: &'static str) -> Diagnostic {
    let message = format!(
        "`{}` stands below a list or map, so `{marker}` has no one place for it",
        field.name
    );
    Diagnostic::error("field-without-place", said(field, marker_name(marker)), message)
        .help("let a function convert the struct that holds the list: `convert_with` with `converts`")
}

fn marker_name(marker: &str) -> &str {
    marker.split('(').next().unwrap_or(marker)
}

/// The annotation of a field has no legal name.
pub(super) fn long_annotation(field: &Field, marker: &str, key: &str) -> Diagnostic {
    let message = format!(
        "`{}` cannot be kept: the annotation `{key}` would have too long a name",
        field.name
    );
    Diagnostic::error("field-without-place", said(field, marker), message)
        .help("names of annotations have at most 63 characters; keep the value with a function of your own")
}

/// A type that a function cannot begin with.
pub(super) fn no_default(version: &TypeDef, ty: &TypeDef) -> Diagnostic {
    let span = version.facts.places.of("convert_with").unwrap_or(version.span);
    let message = format!(
        "a function fills in `{}`, which has no `Default` to begin with",
        called(ty)
    );
    Diagnostic::error("missing-derive", span, message)
        .related(ty.span, "this type")
        .help(format!("derive `Default` for `{}`", ty.name))
}

/// A field that is taken away or filled in, and has no default.
pub(super) fn field_without_default(at: &Field, field: &Field) -> Diagnostic {
    let message = format!("the type of `{}` has no `Default` to begin with", field.name);
    let marker = if at.conversion.convert_with.is_some() {
        "convert_with"
    } else {
        "moved"
    };
    Diagnostic::error("missing-derive", said(at, marker), message)
        .related(field.span, "this field")
        .help("derive `Default` for its type, or make it an `Option`")
}

/// A moved field whose way leads through something that cannot be filled in.
pub(super) fn way_without_default(field: &Field, through: &Field) -> Diagnostic {
    let message = format!(
        "`{}` is moved into `{}`, which has no `Default` to begin with",
        field.name, through.name
    );
    Diagnostic::error("missing-derive", said(field, "moved"), message)
        .related(through.span, "this field")
        .help("derive `Default` for its type")
}

/// A function without fields, or fields without a function.
pub(super) fn converts_nothing(version: &TypeDef, hub: &TypeDef) -> Diagnostic {
    let places = &version.facts.places;
    let span = places.of("convert_with").or_else(|| places.of("converts"));
    let (message, help) = if version.convert_with.is_some() {
        let message = "it is not said which fields the function converts".to_owned();
        let help = "name them: `converts(fields = [\"..\"], storage = [\"..\"])`; all others are converted by name";
        (message, help)
    } else {
        let message = "`converts` names fields, but no function converts them".to_owned();
        (message, "name the function as well: `convert_with = path`")
    };
    Diagnostic::error("converts-nothing", span.unwrap_or(version.span), message)
        .related(hub.span, "the stored version of the struct")
        .help(help)
}

/// Markers of other versions at the stored one.
pub(super) fn on_storage(hub: &TypeDef) -> Vec<Diagnostic> {
    let refused = |span: Span, marker: &str| {
        let message = format!("`{marker}` stands at the stored version");
        Diagnostic::error("marker-on-storage", span, message)
            .help("say it at the version that differs; the stored version says only `added`")
    };
    let of_type = ["convert_with", "converts"];
    let of_field = ["renamed", "moved", "dropped", "convert_with"];
    let places = &hub.facts.places;
    let at_type = of_type
        .iter()
        .filter_map(|marker| Some(refused(places.of(marker)?, marker)));
    let fields = hub.fields().unwrap_or_default().iter();
    let at_fields = fields.flat_map(|field| {
        let places = &field.facts.places;
        of_field
            .iter()
            .filter_map(|marker| Some(refused(places.of(marker)?, marker)))
    });
    at_type.chain(at_fields).collect()
}

/// A variant that one side lacks.
pub(super) fn variant_alone(variant: &Variant<'_>, of: &TypeDef, other: &TypeDef, marker: &str) -> Diagnostic {
    let message = format!(
        "`{}::{}` has no counterpart in `{}`",
        called(of),
        variant.name,
        called(other)
    );
    Diagnostic::error("unmapped-variant", variant.span, message)
        .related(other.span, "the other version of the enum")
        .help(format!(
            "say its name there with `renamed = \"..\"`, or mark it `{marker}`: objects that hold it cannot be converted"
        ))
}

/// A variant whose new name is none.
pub(super) fn unknown_variant(variant: &Variant<'_>, name: &str, hub: &TypeDef, close: Option<&str>) -> Diagnostic {
    let message = format!("`{}` has no variant `{name}`", called(hub));
    let diagnostic = Diagnostic::error("unknown-counterpart", variant.span, message).related(hub.span, "this enum");
    match close {
        Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
        None => diagnostic.help("`renamed` uses the Rust names of variants"),
    }
}

/// Two variants that become one.
pub(super) fn variant_twice(variant: &Variant<'_>, hub: &Variant<'_>) -> Diagnostic {
    let message = format!("two variants become `{}`", hub.name);
    Diagnostic::error("converted-twice", variant.span, message)
        .related(hub.span, "the variant of the stored version")
        .help("give each a counterpart of its own, or write the conversion: `convert_with = path` at the enum")
}

/// Two variants that carry different things.
pub(super) fn payloads_differ(model: &Model, variant: &Variant<'_>, hub: &Variant<'_>) -> Diagnostic {
    let words = |ty: Option<&TypeRef>| ty.map_or_else(|| "nothing".to_owned(), |ty| in_words(model, ty));
    let message = format!("`{}` cannot be converted: what it carries differs", variant.name);
    Diagnostic::error("unconvertible-field", variant.span, message)
        .label(words(variant.ty))
        .related(hub.span, format!("{} in the stored version", words(hub.ty)))
        .help("write the conversion, and name it at the enum: `convert_with = path`")
}

/// Where a marker of a field stands.
fn said(field: &Field, marker: &str) -> Span {
    field.facts.places.of(marker).unwrap_or(field.span)
}
