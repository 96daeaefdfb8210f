//! Patterns against what Go's `regexp` says: `patterns.json` has patterns of real CRDs and corners of the syntax, with texts
//! that match and texts that do not.

use kgen::serde_json;
use kgen::validation::{Errors, Path, Pattern, rules};

#[test]
fn patterns_match_what_they_match_in_go() {
    let facts: Vec<(String, Vec<String>, Vec<String>)> =
        serde_json::from_str(include_str!("patterns.json")).expect("facts are JSON");
    for (text, matching, others) in facts {
        let text: &'static str = text.leak();
        let pattern = Pattern::new(text);
        for value in matching {
            assert_eq!(pattern.is_match(&value), Ok(true), "{text} on {value:?}");
        }
        for value in others {
            assert_eq!(pattern.is_match(&value), Ok(false), "{text} on {value:?}");
        }
    }
}

#[test]
fn what_does_not_match_is_told_as_by_an_api_server() {
    static NAME: Pattern = Pattern::new("^[a-z]+$");
    let spec = Path::ROOT.child("spec");
    let mut errors = Errors::new();
    rules::pattern(&mut errors, &spec.child("x"), "abc", &NAME);
    assert!(errors.is_empty());
    rules::pattern(&mut errors, &spec.child("x"), "A", &NAME);
    assert_eq!(
        errors.to_string(),
        r#"spec.x: Invalid value: "A": spec.x in body should match '^[a-z]+$'"#
    );
}

#[test]
fn a_broken_pattern_matches_nothing_and_says_why() {
    static BROKEN: Pattern = Pattern::new("(");
    let mut errors = Errors::new();
    rules::pattern(&mut errors, &Path::ROOT.child("x"), "A", &BROKEN);
    let text = errors.to_string();
    assert!(
        text.starts_with(r#"x: Invalid value: "A": x in body should match '(, but pattern is invalid: "#),
        "{text}"
    );
}
