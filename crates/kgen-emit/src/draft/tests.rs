use std::collections::BTreeMap;

use kgen_model::draft::{DraftBody, DraftField, DraftSegment, DraftType, DraftTypeKind, DraftTypeRef};
use kgen_model::model::Declaration;
use kgen_model::{Draft, Expr, ExprKind, Literal, Name, Report, Sources, Span};
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::*;

const SPAN: Span = Span {
    file: kgen_model::FileId(0),
    start: 0,
    end: 0,
};

fn assign(name: &str, value: Literal) -> Expr {
    let value = Box::new(Expr {
        span: SPAN,
        kind: ExprKind::Literal(value),
    });
    let name = Name {
        text: name.to_owned(),
        span: SPAN,
    };
    Expr {
        span: SPAN,
        kind: ExprKind::Assign { name, value },
    }
}

fn path(names: &[&str], args: Vec<DraftTypeRef>) -> DraftTypeRef {
    let segments = names.iter().map(|name| DraftSegment {
        name: (*name).to_owned(),
        args: Vec::new(),
    });
    let mut segments: Vec<_> = segments.collect();
    if let Some(last) = segments.last_mut() {
        last.args = args;
    }
    DraftTypeRef {
        span: SPAN,
        kind: DraftTypeKind::Path {
            segments,
            global: false,
        },
    }
}

/// A struct `A` with the field `type`, both of which say this.
fn draft(docs: &str, markers: Vec<Expr>, ty: DraftTypeRef) -> Draft {
    let field = DraftField {
        name: "type".to_owned(),
        span: SPAN,
        docs: docs.to_owned(),
        ty,
        markers: markers.clone(),
        serde: Vec::new(),
        deprecated: Some(docs.to_owned()),
        public: true,
        foreign: None,
    };
    let ty = DraftType {
        name: "A".to_owned(),
        span: SPAN,
        docs: docs.to_owned(),
        generics: Vec::new(),
        other_generics: None,
        markers,
        serde: Vec::new(),
        derives: vec!["Clone".to_owned(), "Api".to_owned()],
        deprecated: None,
        public: true,
        exported: true,
        declaration: Declaration::Generated,
        body: DraftBody::Struct(vec![field]),
        foreign: None,
    };
    let module = DraftModule {
        path: vec!["crate".to_owned()],
        types: vec![ty],
        ..DraftModule::default()
    };
    Draft { modules: vec![module] }
}

fn printed(draft: &Draft) -> String {
    files(draft).remove(0).text
}

fn read(text: &str) -> DraftModule {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let module = ["crate".to_owned()];
    let mut draft = kgen_source::load_text("lib.rs", text, &module, &mut sources, &mut report);
    assert!(!report.has_errors(), "{text}\n{report:?}");
    draft.modules.remove(0)
}

/// What is said, and what it says of the schema's description.
fn said(docs: &str, markers: &[Expr]) -> (String, Vec<String>) {
    let mut description = docs.to_owned();
    let mut others = Vec::new();
    for marker in markers {
        match &marker.kind {
            ExprKind::Assign { name, value } if name.text == "description" => {
                description = value
                    .literal()
                    .and_then(|it| it.as_str().map(str::to_owned))
                    .unwrap_or_default();
            }
            _ => others.push(markers::flat(marker)),
        }
    }
    (description, others)
}

#[test]
fn a_struct_reads_as_if_written_by_hand() {
    let wanted = "\
#![allow(
    rustdoc::bare_urls,
    reason = \"the docs are the descriptions of the schema, word for word\"
)]

use std::collections::BTreeMap;

/// See https://example.com.
#[derive(Clone, kgen::Api)]
#[kgen(pattern = r\"^\\d+$\", default = json!({\"a\": [1, -2.5]}))]
pub struct A {
    /// See https://example.com.
    #[kgen(pattern = r\"^\\d+$\", default = json!({\"a\": [1, -2.5]}))]
    #[deprecated = \"See https://example.com.\"]
    pub r#type: Option<BTreeMap<String, r#move::A>>,
}
";
    let default = Literal::Object(BTreeMap::from([(
        "a".to_owned(),
        Literal::List(vec![Literal::Int(1), Literal::Float(-2.5)]),
    )]));
    let map = path(
        &["std", "collections", "BTreeMap"],
        vec![path(&["String"], vec![]), path(&["move", "A"], vec![])],
    );
    let ty = path(&["Option"], vec![map]);
    let markers = vec![assign("pattern", Literal::from("^\\d+$")), assign("default", default)];
    let draft = with_imports(draft("See https://example.com.", markers, ty), |path| match path {
        ["move", ..] => None,
        path => Some(path.join("::")),
    });
    assert_eq!(printed(&draft), wanted);
}

#[test]
fn strings_are_raw_where_that_spares_backslashes() {
    for (text, wanted) in [
        ("a", "\"a\""),
        ("it's", "\"it's\""),
        ("a\\d", "r\"a\\d\""),
        ("a\"b", "r#\"a\"b\"#"),
        ("a\"#b", "r##\"a\"#b\"##"),
        ("a\\\n", "\"a\\\\\\n\""),
        ("\u{202e}", "\"\\u{202e}\""),
    ] {
        assert_eq!(markers::string(text), wanted);
    }
}

#[test]
fn names_that_a_module_has_itself_are_imported_under_others() {
    let draft = draft("", vec![], path(&["other", "A"], vec![]));
    let text = printed(&with_imports(draft, |path| Some(path.join("::"))));
    assert!(text.contains("use other::A as OtherA;\n"), "{text}");
    assert!(text.contains("r#type: OtherA,"), "{text}");
}

fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "word",
        " ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "```",
        "~~~",
        "```rust\n",
        "`",
        "[a]",
        "<b>",
        "*/",
        "/*",
        "\"",
        "\"#",
        "\\",
        "\\n",
        "\r\n",
        "\r",
        "\u{0}",
        "\u{202e}",
        "\u{feff}",
        "é",
        "https://example.com",
        "{}",
        "$",
        "!",
        "'",
        "\u{a0}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..16).prop_map(|pieces| pieces.concat())
}

fn literal() -> impl Strategy<Value = Literal> {
    let scalar = prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Bool),
        any::<i128>().prop_map(Literal::Int),
        proptest::num::f64::NORMAL.prop_map(Literal::Float),
        text().prop_map(Literal::String),
    ];
    scalar.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Literal::List),
            proptest::collection::btree_map(text(), inner, 0..4).prop_map(Literal::Object),
        ]
    })
}

/// The code that rustdoc would run.
fn tests_of(docs: &str) -> Vec<String> {
    let blocks = Parser::new(docs).filter_map(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented".to_owned()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language != "text" => {
            Some(language.to_string())
        }
        _ => None,
    });
    blocks.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_survives(docs in text(), string in text(), value in literal()) {
        let markers = vec![
            assign("pattern", Literal::String(string)),
            assign("default", value.clone()),
            Expr { span: SPAN, kind: ExprKind::List(vec![Expr { span: SPAN, kind: ExprKind::Literal(value) }]) },
        ];
        let draft = draft(&docs, markers.clone(), path(&["String"], vec![]));
        let text = printed(&draft);
        let module = read(&text);
        let wanted = said(&docs, &markers);
        let ty = &module.types[0];
        prop_assert_eq!(&said(&ty.docs, &ty.markers), &wanted, "{}", text);
        prop_assert!(tests_of(&ty.docs).is_empty(), "{}", text);
        let DraftBody::Struct(fields) = &ty.body else { panic!("a struct stays a struct") };
        prop_assert_eq!(&said(&fields[0].docs, &fields[0].markers), &wanted, "{}", text);
        prop_assert_eq!(fields[0].deprecated.as_deref(), Some(docs.as_str()));
    }
}
