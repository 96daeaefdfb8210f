//! Structs, enums and aliases.

use std::fmt::Write;

use kgen_model::draft::{
    DraftAlias, DraftBody, DraftField, DraftModule, DraftPayload, DraftSegment, DraftType, DraftTypeKind, DraftTypeRef,
    DraftVariant,
};
use kgen_model::{Expr, ExprKind, Literal, Name, Span};

use super::markers::{attributes, string};
use super::{WIDTH, prose, raw};
use crate::rust::ident;

/// What the prelude has no derives of, with the crates that people have them from.
const DERIVES: &[(&str, &str)] = &[
    ("Api", "kgen"),
    ("CustomResource", "kube"),
    ("Deserialize", "serde"),
    ("JsonSchema", "schemars"),
    ("Serialize", "serde"),
];

/// The docs of everything in a module.
pub(super) fn docs(module: &DraftModule) -> impl Iterator<Item = &str> {
    let aliases = module.aliases.iter().map(|alias| alias.docs.as_str());
    aliases.chain(places(module).map(|(docs, _)| docs))
}

/// The markers of everything in a module, place by place.
pub(super) fn markers(module: &DraftModule) -> impl Iterator<Item = &[Expr]> {
    places(module).map(|(_, markers)| markers)
}

/// Types, fields and variants with what is said of them.
fn places(module: &DraftModule) -> impl Iterator<Item = (&str, &[Expr])> {
    module.types.iter().flat_map(|ty| {
        let inner: Vec<(&str, &[Expr])> = match &ty.body {
            DraftBody::Struct(fields) => fields.iter().map(place).collect(),
            DraftBody::Enum(variants) => variants.iter().flat_map(places_of_variant).collect(),
            DraftBody::Newtype(_) | DraftBody::Unit | DraftBody::Tuple | DraftBody::CUnion => Vec::new(),
        };
        std::iter::once((ty.docs.as_str(), ty.markers.as_slice())).chain(inner)
    })
}

fn place(field: &DraftField) -> (&str, &[Expr]) {
    (&field.docs, &field.markers)
}

fn places_of_variant(variant: &DraftVariant) -> Vec<(&str, &[Expr])> {
    let fields = match &variant.payload {
        DraftPayload::Struct(fields) => fields.as_slice(),
        DraftPayload::Unit | DraftPayload::Newtype(_) | DraftPayload::Tuple => &[],
    };
    let own = (variant.docs.as_str(), variant.markers.as_slice());
    std::iter::once(own).chain(fields.iter().map(place)).collect()
}

pub(super) fn alias(alias: &DraftAlias) -> String {
    let DraftAlias {
        name,
        span: _,
        docs,
        generics,
        ty,
    } = alias;
    let head = format!("pub type {}{}", ident(name), parameters(generics));
    format!("{}{head} = {};\n", prose::comment("///", docs, 0), type_ref(ty))
}

pub(super) fn ty(ty: &DraftType, module: &DraftModule) -> String {
    let DraftType {
        name,
        generics,
        derives,
        public,
        exported,
        body,
        ..
    } = ty;
    let mut text = prose::comment("///", &ty.docs, 0);
    if !derives.is_empty() {
        let derives: Vec<String> = derives.iter().map(|derive| derive_path(derive, module)).collect();
        let line = format!("#[derive({})]\n", derives.join(", "));
        text += &if line.len() <= WIDTH + 1 {
            line
        } else {
            format!("#[derive(\n    {},\n)]\n", derives.join(", "))
        };
    }
    text += &said(&ty.docs, &ty.markers, &ty.serde, ty.deprecated.as_deref(), 0);
    let visibility = match (exported, public) {
        (true, _) => "pub ",
        (false, true) => "pub(crate) ",
        (false, false) => "",
    };
    let head = format!("{}{}", ident(name), parameters(generics));
    text += &match body {
        DraftBody::Struct(members) => header(&format!("{visibility}struct {head}"), &fields(members, "pub ")),
        DraftBody::Newtype(inner) => format!("{visibility}struct {head}(pub {});\n", type_ref(inner)),
        DraftBody::Unit => format!("{visibility}struct {head};\n"),
        DraftBody::Tuple => format!("{visibility}struct {head}((), ());\n"),
        DraftBody::Enum(variants) => {
            let variants: String = variants.iter().map(variant).collect();
            header(&format!("{visibility}enum {head}"), &variants)
        }
        DraftBody::CUnion => format!("{visibility}union {head} {{\n    nothing: (),\n}}\n"),
    };
    text
}

/// What stands between the docs and the name, apart from derives.
fn said(docs: &str, markers: &[Expr], serde: &[Expr], deprecated: Option<&str>, indent: usize) -> String {
    let mut all = markers.to_vec();
    let is_said = |marker: &Expr| marker.name().is_some_and(|name| name.text == "description");
    if !prose::is_carried(docs) && !markers.iter().any(is_said) {
        all.push(description(docs));
    }
    let mut text = attributes("kgen", &all, indent);
    text += &attributes("serde", serde, indent);
    match deprecated {
        None => {}
        Some("") => {
            let _ = writeln!(text, "{:indent$}#[deprecated]", "");
        }
        Some(note) => {
            let _ = writeln!(text, "{:indent$}#[deprecated = {}]", "", string(note));
        }
    }
    text
}

fn description(text: &str) -> Expr {
    let span = Span::default();
    let value = Box::new(Expr {
        span,
        kind: ExprKind::Literal(Literal::from(text)),
    });
    let name = Name {
        text: "description".to_owned(),
        span,
    };
    Expr {
        span,
        kind: ExprKind::Assign { name, value },
    }
}

/// A head with what it holds in braces.
fn header(head: &str, inner: &str) -> String {
    let gap = if head.chars().count() + 2 > WIDTH { "\n" } else { " " };
    if inner.is_empty() {
        format!("{head}{gap}{{}}\n")
    } else {
        format!("{head}{gap}{{\n{inner}}}\n")
    }
}

fn derive_path(derive: &str, module: &DraftModule) -> String {
    let is_imported = module.uses.iter().any(|leaf| leaf.name == derive);
    match DERIVES.iter().find(|(name, _)| *name == derive) {
        Some((name, krate)) if !is_imported => format!("{krate}::{name}"),
        Some(_) | None => derive.to_owned(),
    }
}

fn parameters(generics: &[String]) -> String {
    if generics.is_empty() {
        return String::new();
    }
    let names: Vec<String> = generics.iter().map(|name| ident(name).to_string()).collect();
    format!("<{}>", names.join(", "))
}

fn fields(fields: &[DraftField], visibility: &str) -> String {
    fields.iter().map(|member| field(member, visibility, 4)).collect()
}

fn field(field: &DraftField, visibility: &str, indent: usize) -> String {
    let mut text = prose::comment("///", &field.docs, indent);
    text += &said(
        &field.docs,
        &field.markers,
        &field.serde,
        field.deprecated.as_deref(),
        indent,
    );
    let visibility = if field.public { visibility } else { "" };
    let name = ident(&field.name);
    let head = format!("{:indent$}{visibility}{name}:", "");
    text + &head + &laid_type(&field.ty, head.chars().count(), indent) + ",\n"
}

/// A type behind the colon of a field, broken where it is too long for the line.
fn laid_type(ty: &DraftTypeRef, column: usize, indent: usize) -> String {
    let flat = type_ref(ty);
    if column + flat.chars().count() + 2 <= WIDTH {
        return format!(" {flat}");
    }
    let below = format!("\n{:1$}{flat}", "", indent + 4);
    match &ty.kind {
        DraftTypeKind::Path { segments, .. } if below.chars().count() > WIDTH => match segments.last() {
            Some(last) if !last.args.is_empty() => {
                let args = last.args.iter().map(type_ref);
                let args: String = args.map(|arg| format!("{:1$}{arg},\n", "", indent + 4)).collect();
                format!(" {}<\n{args}{:indent$}>", raw(&last.name), "")
            }
            Some(_) | None => below,
        },
        DraftTypeKind::Path { .. }
        | DraftTypeKind::Array(..)
        | DraftTypeKind::Tuple(_)
        | DraftTypeKind::Unsupported(_) => below,
    }
}

fn variant(variant: &DraftVariant) -> String {
    let DraftVariant {
        name,
        span: _,
        docs,
        payload,
        markers,
        serde,
        deprecated,
        default,
        // Only kgen's own types are printed.
        foreign: _,
    } = variant;
    let mut text = prose::comment("///", docs, 4);
    text += &said(docs, markers, serde, deprecated.as_deref(), 4);
    if *default {
        text += "    #[default]\n";
    }
    let name = ident(name);
    text += &match payload {
        DraftPayload::Unit => format!("    {name},\n"),
        DraftPayload::Newtype(inner) => format!("    {name}({}),\n", type_ref(inner)),
        DraftPayload::Tuple => format!("    {name}((), ()),\n"),
        DraftPayload::Struct(members) if members.is_empty() => format!("    {name} {{}},\n"),
        DraftPayload::Struct(members) => {
            let members: String = members.iter().map(|member| field(member, "", 8)).collect();
            format!("    {name} {{\n{members}    }},\n")
        }
    };
    text
}

fn type_ref(ty: &DraftTypeRef) -> String {
    match &ty.kind {
        DraftTypeKind::Path { segments, global } => {
            let segments: Vec<String> = segments.iter().map(segment).collect();
            format!("{}{}", if *global { "::" } else { "" }, segments.join("::"))
        }
        DraftTypeKind::Array(inner, length) => match length {
            Some(length) => format!("[{}; {length}]", type_ref(inner)),
            None => format!("[{}; usize::MAX]", type_ref(inner)),
        },
        DraftTypeKind::Tuple(elements) => {
            let elements: String = elements
                .iter()
                .map(|element| format!("{}, ", type_ref(element)))
                .collect();
            format!("({})", elements.trim_end())
        }
        // What no API can hold. It is refused when it is read again, as it was before.
        DraftTypeKind::Unsupported(_) => "()".to_owned(),
    }
}

fn segment(segment: &DraftSegment) -> String {
    let DraftSegment { name, args } = segment;
    if args.is_empty() {
        return raw(name);
    }
    let args: Vec<String> = args.iter().map(type_ref).collect();
    format!("{}<{}>", raw(name), args.join(", "))
}
