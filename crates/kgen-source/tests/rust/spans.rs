//! Spans cover what they should, whatever stands before the code.

use kgen_model::draft::{DraftBody, DraftPayload, DraftTypeKind};
use kgen_model::{Expr, ExprKind, Span};

use crate::common::{Loaded, load};

const TEXT: &str = r#"use a::{b as c, d::*};
kgen::version! { group = "é" }
#[kgen(é = "ü", a::b(c = [-1, json!({"d": 1})]))]
struct Ä<T, 'x, const N: u8> { /* ö */ r#type: ::std::Vec<&u8, [Ö; 3]> }
enum E { V(<T as U>::W), X { y: Z } }
type Alias = B;
const C: &[u8] = &[ -1 ];
"#;

fn all(loaded: &Loaded) -> Vec<String> {
    let module = &loaded.draft.modules[0];
    let mut found: Vec<Span> = module.uses.iter().map(|import| import.span).collect();
    found.extend(module.versions.iter().map(|version| version.span));
    for ty in &module.types {
        found.push(ty.span);
        found.extend(ty.other_generics);
        ty.markers.iter().for_each(|marker| expr(marker, &mut found));
        match &ty.body {
            DraftBody::Struct(fields) => {
                found.extend(fields.iter().map(|field| field.span));
                for field in fields {
                    found.push(field.ty.span);
                    if let DraftTypeKind::Path { segments, .. } = &field.ty.kind {
                        found.extend(segments.iter().flat_map(|segment| &segment.args).map(|ty| ty.span));
                    }
                }
            }
            DraftBody::Enum(variants) => {
                for variant in variants {
                    found.push(variant.span);
                    match &variant.payload {
                        DraftPayload::Newtype(ty) => found.push(ty.span),
                        DraftPayload::Struct(fields) => found.extend(fields.iter().map(|field| field.span)),
                        DraftPayload::Unit | DraftPayload::Tuple => {}
                    }
                }
            }
            DraftBody::Newtype(_) | DraftBody::Unit | DraftBody::Tuple | DraftBody::CUnion => {}
        }
    }
    found.extend(module.aliases.iter().flat_map(|alias| [alias.span, alias.ty.span]));
    for constant in &module.consts {
        found.push(constant.span);
        constant.value.iter().for_each(|value| expr(value, &mut found));
    }
    found.into_iter().map(|span| loaded.slice(span).to_owned()).collect()
}

fn expr(item: &Expr, found: &mut Vec<Span>) {
    found.push(item.span);
    match &item.kind {
        ExprKind::Assign { name, value } => {
            found.push(name.span);
            expr(value, found);
        }
        ExprKind::Call { name, args } => {
            found.push(name.span);
            args.iter().for_each(|item| expr(item, found));
        }
        ExprKind::List(items) => items.iter().for_each(|item| expr(item, found)),
        ExprKind::Literal(_) | ExprKind::Path(_) => {}
    }
}

const WANTED: [&str; 29] = [
    "b as c",
    "*",
    "kgen::version! { group = \"é\" }",
    "Ä",
    "'x",
    "é = \"ü\"",
    "é",
    "\"ü\"",
    "a::b(c = [-1, json!({\"d\": 1})])",
    "a::b",
    "c = [-1, json!({\"d\": 1})]",
    "c",
    "[-1, json!({\"d\": 1})]",
    "-1",
    "json!({\"d\": 1})",
    "r#type",
    "::std::Vec<&u8, [Ö; 3]>",
    "&u8",
    "[Ö; 3]",
    "E",
    "V",
    "<T as U>::W",
    "X",
    "y",
    "Alias",
    "B",
    "C",
    "[ -1 ]",
    "-1",
];

#[test]
fn spans_count_from_the_first_byte_of_the_file() {
    let prefixes = [
        "",
        "\u{feff}",
        "\u{feff}\u{feff}",
        "#!/usr/bin/env rüst [\n",
        "\u{feff}#!/usr/bin/env rust\r\n",
        "#![allow(a)]\n",
        "#! /* é */ [allow(a)]\n",
        "//! ä\n",
    ];
    for prefix in prefixes {
        let loaded = load(&format!("{prefix}{TEXT}"));
        assert_eq!(loaded.findings(), Vec::<String>::new(), "{prefix:?}");
        assert_eq!(all(&loaded), WANTED, "{prefix:?}");
    }
}

#[test]
fn a_shebang_may_be_the_whole_file() {
    for text in ["#!", "#!/bin/x", "\u{feff}", "", "\n", "#!\n"] {
        assert_eq!(load(text).findings(), Vec::<String>::new(), "{text:?}");
    }
}

#[test]
fn findings_behind_a_prefix_are_in_place() {
    for text in [
        "\u{feff}#!x\nstruct é {",
        "\u{feff}#!x\nstruct é(",
        "\u{feff}#!x\nfn é() { ( }",
    ] {
        let loaded = load(text);
        let span = loaded.report.diagnostics()[0].span.expect("syntax errors have a place");
        assert!(["{", "(", "}"].contains(&loaded.slice(span)), "{:?}", loaded.findings());
    }
}
