//! What is wrong, where, and in which words.

use crate::common::load;

fn finds(text: &str, wanted: &[&str]) {
    assert_eq!(load(text).findings(), wanted, "{text}");
}

#[test]
fn syntax_errors_have_the_parsers_words() {
    finds("struct A { a B }", &["syntax-error \"B\" expected `:`"]);
    finds("struct A { a: B, c }", &["syntax-error \"}\" expected `:`"]);
    finds(
        "struct",
        &["syntax-error \"\" unexpected end of input, expected identifier"],
    );
    finds(
        "struct enum;",
        &["syntax-error \"enum\" expected identifier, found keyword `enum`"],
    );
}

#[test]
fn delimiters_that_do_not_fit() {
    finds("struct A {\n    a: B,\n", &["syntax-error \"{\" `{` is never closed"]);
    finds("struct A { a: B } }", &["syntax-error \"}\" `}` closes nothing"]);
    finds(
        "struct A { a: Vec<(B> }",
        &["syntax-error \"}\" `}` does not close `(` / \"(\" opened here"],
    );
    finds(
        "mod a {\n    struct B {\n        c: D,\n    struct E {}\n}\n",
        &["syntax-error \"{\" `{` is never closed / \"{\" what closes this one is indented differently"],
    );
}

#[test]
fn literals_and_comments_that_never_end() {
    finds(
        "const A: &str = \"b;\n",
        &["syntax-error \"\\\"\" this string is never closed"],
    );
    finds(
        "const A: &str = r#\"b\";\n",
        &["syntax-error \"r#\\\"\" this raw string is never closed"],
    );
    finds("/* a", &["syntax-error \"/*\" this comment is never closed"]);
}

#[test]
fn other_tokens_that_are_none() {
    finds(
        "const A: &str = \"\\d\";",
        &["syntax-error \"\\\\d\" `\\d` is no escape"],
    );
    finds("struct A { a: é€ }", &["syntax-error \"€\" `€` is no part of Rust"]);
    finds(
        "const A: u8 = 0b12;",
        &["syntax-error \"0b12\" `0b12` is no part of Rust"],
    );
}

#[test]
fn nesting_has_a_limit() {
    let nested = format!("const A: B = {}{};", "(".repeat(300), ")".repeat(300));
    finds(&nested, &["nested-too-deeply \"(\" this nests too deeply to be read"]);
    let run = format!("const A: B = {}1;", "!".repeat(3000));
    finds(&run, &["nested-too-deeply \"!\" this nests too deeply to be read"]);
}

#[test]
fn what_is_within_the_limits_is_read() {
    let nested = |open: &str, close: &str, times: usize| format!("{}1{}", open.repeat(times), close.repeat(times));
    for value in [
        nested("(", ")", 250),
        nested("{ if true { match 1 { _ => ", "} } }", 80),
        nested("|a| {", "}", 250),
        nested("!", "", 2000),
        nested("&", "", 2000),
        nested("a = ", "", 1000),
        nested("|| ", "", 1000),
        nested("1 + ", "", 1000),
        nested("return ", "", 2000),
        nested("a.", "", 1000),
        format!("{}{{}}", "if a {} else ".repeat(500)),
        format!("1 as {}u8{}", "V<".repeat(500), ">".repeat(500)),
        format!("a{}", ".b()".repeat(650)),
    ] {
        load(&format!("const A: B = {value};"));
    }
    for file in [
        format!("type A = {}u8;", "&".repeat(2000)),
        format!("type A = {}u8;", "fn() -> ".repeat(500)),
        format!("use {}a;", "a::".repeat(650)),
        format!("#[kgen({}a{})] struct A;", "a(".repeat(250), ")".repeat(250)),
        format!("#[kgen(json!({}1{}))] struct A;", "[".repeat(250), "]".repeat(250)),
        format!("{}{}", "mod a {".repeat(250), "}".repeat(250)),
    ] {
        load(&file);
    }
}

#[test]
fn bodies_of_functions_are_not_looked_at() {
    let loaded = load("fn a() { this is (no) Rust } struct B;");
    assert_eq!(loaded.findings(), Vec::<String>::new());
    assert_eq!(loaded.draft.modules[0].types.len(), 1);
}

#[test]
fn markers_of_bad_syntax() {
    let cases = [
        ("a = 1 + 2", "\"+\" `+` is not legal in a marker"),
        ("a == 1", "\"=\" `=` is not legal in a marker"),
        ("a => 1", "\"=\" `=` is not legal in a marker"),
        ("a = b = c", "\"=\" `=` is not legal in a marker"),
        ("a = |x| x", "\"|\" `|` is not legal in a marker"),
        ("a = &B", "\"&\" `&` is not legal in a marker"),
        (
            "a = B { c: 1 }",
            "\"{ c: 1 }\" a block or struct literal is not legal in a marker",
        ),
        ("a = (1)", "\"(1)\" a value in parentheses is not legal in a marker"),
        (
            "a = \"b\"(c)",
            "\"(c)\" a value in parentheses is not legal in a marker",
        ),
        ("a =", "\"=\" `a =` lacks a value"),
        ("a = , b", "\"=\" `a =` lacks a value"),
        ("a b", "\"b\" a comma is missing before `b`"),
        ("a \"b\"", "\"\\\"b\\\"\" a comma is missing before `\"b\"`"),
        (", a", "\",\" a marker is missing before `,`"),
        ("a = B::<C>::D", "\"<\" a name is missing behind `B::`"),
        ("a = B::", "\"B\" a name is missing behind `B::`"),
        ("a = ::1", "\"::\" a name is missing behind `::`"),
        ("a = Vec<B>", "\"<\" `<` is not legal in a marker"),
        ("a = 'b'", "\"'b'\" `'b'` is a character; write a string"),
        ("a = b\"c\"", "\"b\\\"c\\\"\" `b\"c\"` is of bytes; write a string"),
        ("a = -\"b\"", "\"-\\\"b\\\"\" `\"b\"` has no negative"),
        ("a = -b", "\"-\" `-` is not legal in a marker"),
        ("a = 1e999", "\"1e999\" `1e999` is out of range"),
        (
            "a = 170141183460469231731687303715884105728",
            "\"170141183460469231731687303715884105728\" `170141183460469231731687303715884105728` is out of range",
        ),
        ("a = vec![1]", "\"vec!\" the macro `vec!` is not legal in a marker"),
        ("a = json!", "\"json!\" `json!` lacks its parentheses"),
        ("a = 'b", "\"'\" `'` is not legal in a marker"),
    ];
    for (text, wanted) in cases {
        finds(
            &format!("#[kgen({text})] struct A;"),
            &[&format!("bad-marker-syntax {wanted}")],
        );
    }
    finds(
        "#[kgen] struct A;",
        &["bad-marker-syntax \"kgen\" `kgen` lacks its parentheses"],
    );
    finds(
        "#[kgen = \"a\"] struct A;",
        &["bad-marker-syntax \"kgen = \\\"a\\\"\" `kgen` lacks its parentheses"],
    );
}

#[test]
fn json_of_bad_syntax() {
    let cases = [
        ("", "\"()\" `json!` lacks a value"),
        ("1 2", "\"2\" `2` is not legal behind a JSON value"),
        ("A::B", "\"A\" `A` is no JSON"),
        ("[1, (2)]", "\"(2)\" `(..)` is no JSON"),
        ("[1 2]", "\"2\" a comma is missing before `2`"),
        ("[,]", "\",\" `,` is no JSON"),
        ("-", "\"-\" a number is missing behind `-`"),
        ("'a'", "\"'a'\" `'a'` is a character; write a string"),
        ("{a: 1}", "\"a\" the key `a` is no string"),
        ("{1: 1}", "\"1\" the key `1` is no string"),
        ("{\"a\" 1}", "\"\\\"a\\\"\" `:` is missing behind the key `\"a\"`"),
        ("{\"a\":}", "\"\\\"a\\\"\" the key `\"a\"` lacks a value"),
        (
            "{\"a\": 1, \"a\": 2}",
            "\"\\\"a\\\"\" the key `\"a\"` stands here twice / \"\\\"a\\\"\" first here",
        ),
    ];
    for (text, wanted) in cases {
        finds(
            &format!("#[kgen(a = json!({text}))] struct A;"),
            &[&format!("bad-marker-syntax {wanted}")],
        );
    }
}

#[test]
fn all_bad_markers_of_a_file_are_found() {
    let loaded = load(
        "#[kgen(a = |x| x, b(c + 1, d = -), e = json!([A, B]))] struct A { #[kgen(=)] f: G }
         enum H { #[kgen(*)] I { #[kgen(&)] j: K } } kgen::version! { ? }",
    );
    let wanted = [
        "\"|\"", "\"+\"", "\"-\"", "\"A\"", "\"B\"", "\"=\"", "\"*\"", "\"&\"", "\"?\"",
    ];
    let mut found: Vec<String> = Vec::new();
    for finding in loaded.findings() {
        found.extend(finding.split(' ').nth(1).map(str::to_owned));
    }
    found.sort_unstable();
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn good_markers_survive_bad_neighbours() {
    let loaded = load("#[kgen(a, b = |x| x, c)] struct A;");
    assert_eq!(crate::common::exprs(&loaded.draft.modules[0].types[0].markers), "a, c");
}

#[test]
fn markers_on_unnamed_fields_are_misplaced() {
    let message = "markers have no effect on an unnamed field";
    finds(
        "struct A(#[kgen(b, c = 1)] D);",
        &[&format!("misplaced-marker \"b, c = 1\" {message}")],
    );
    finds(
        "enum A { B(C, #[kgen(d)] E) }",
        &[&format!("misplaced-marker \"d\" {message}")],
    );
}
