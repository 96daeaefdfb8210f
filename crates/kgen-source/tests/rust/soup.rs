//! Arbitrary tokens: whatever a person writes, nothing panics, and every span lies in its file.

use proptest::prelude::*;

use crate::common::load;

const WORDS: [&str; 44] = [
    "a",
    "r#type",
    "enum",
    "null",
    "true",
    "json",
    "json!",
    "é",
    "_",
    "Self",
    "crate",
    "::",
    ":",
    "=",
    "==",
    "=>",
    ",",
    ";",
    "-",
    "-1",
    "+",
    "!",
    "|",
    "&",
    "<",
    ">",
    "'a",
    "'b'",
    "#",
    "?",
    "1",
    "0xff_u8",
    "1.5e3",
    "1e999",
    "\"s\"",
    "r#\"t\"#",
    "b\"u\"",
    "\"\\d\"",
    "\"\\u{110000}\"",
    "99999999999999999999999999999999999999999",
    "/*",
    "//",
    "\n",
    "\u{feff}",
];

/// Tokens with groups that close.
fn tokens() -> impl Strategy<Value = String> {
    let word = prop::sample::select(&WORDS[..]).prop_map(str::to_owned);
    word.prop_recursive(4, 64, 6, |inner| {
        let delimiter = prop::sample::select(&[("(", ")"), ("[", "]"), ("{", "}"), ("", "")][..]);
        (delimiter, prop::collection::vec(inner, 0..6))
            .prop_map(|((open, close), words)| format!("{open}{}{close}", words.join(" ")))
    })
}

fn check(text: &str) {
    let loaded = load(text);
    for finding in loaded.report.diagnostics() {
        assert!(finding.help.is_some() || finding.code == "syntax-error", "{finding:?}");
        let spans = finding
            .span
            .into_iter()
            .chain(finding.related.iter().map(|label| label.span));
        for span in spans {
            // Slicing panics outside of the text and inside of a character.
            loaded.slice(span);
        }
    }
    for marker in loaded
        .draft
        .modules
        .iter()
        .flat_map(|module| &module.types)
        .flat_map(|ty| &ty.markers)
    {
        loaded.slice(marker.span);
    }
}

proptest! {
    #[test]
    fn markers_of_any_tokens(tokens in tokens()) {
        check(&format!("#[kgen({tokens})] struct A {{ #[kgen(each({tokens}), a = json!({tokens}))] b: C }}"));
        check(&format!("#[serde({tokens})] #[cfg_attr({tokens})] #[deprecated({tokens})] #[cfg({tokens})] struct A;"));
        check(&format!("kgen::version! {{ {tokens} }} #[{tokens}] struct A;"));
    }

    #[test]
    fn files_of_any_tokens(tokens in tokens()) {
        check(&tokens);
        check(&format!("struct A {{ a: {tokens} }} const B: C = {tokens};"));
    }

    #[test]
    fn files_of_any_text(text in "[\\PC\n\r\t\"'/*#!(){}\\[\\]\\\\]{0,40}") {
        check(&text);
        check(&format!("const A: B = {text}"));
    }
}
