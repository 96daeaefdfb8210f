//! Small inputs and the facts that they give.

use crate::common::{dump, load};

/// Loads one text as `crate` and compares what is below the module's line.
fn gives(text: &str, wanted: &str) {
    let loaded = load(text);
    assert_eq!(loaded.findings(), Vec::<String>::new(), "{text}");
    let dump = dump(&loaded.draft);
    let lines: Vec<&str> = dump
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("  ").unwrap_or(line))
        .collect();
    let wanted: Vec<&str> = wanted
        .lines()
        .map(|line| line.strip_prefix("        ").unwrap_or(line))
        .collect();
    let wanted: Vec<&str> = wanted.into_iter().filter(|line| !line.trim().is_empty()).collect();
    assert_eq!(lines, wanted, "{text}");
}

/// What `#[kgen(..)]` holds, as text.
fn markers(text: &str) -> String {
    let loaded = load(&format!("#[kgen({text})] struct A;"));
    assert_eq!(loaded.findings(), Vec::<String>::new(), "{text}");
    crate::common::exprs(&loaded.draft.modules[0].types[0].markers)
}

/// The type of a field, as text.
fn ty(text: &str) -> String {
    let loaded = load(&format!("struct A {{ a: {text} }}"));
    assert_eq!(loaded.findings(), Vec::<String>::new(), "{text}");
    let dump = dump(&loaded.draft);
    dump.lines()
        .last()
        .and_then(|line| line.trim().strip_prefix("a: "))
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn bodies() {
    gives("struct A { pub a: B, c: D }", "struct A\n  pub a: B\n  c: D");
    gives("struct A {}", "struct A");
    gives("pub struct A(B);", "pub newtype A\n  B");
    gives("struct A;", "unit A");
    gives("struct A();", "tuple A");
    gives("struct A(B, C);", "tuple A");
    gives("union A { a: B }", "union A");
    gives("enum A {}", "enum A");
    gives(
        "enum A { B, C(D), E(F, G), H(), I { j: K }, L = 1 }",
        "enum A
          B
          C(D)
          E(..)
          H(..)
          I {}
            pub j: K
          L",
    );
}

#[test]
fn visibility_beyond_the_module_is_public() {
    for public in ["pub", "pub(crate)", "pub(super)", "pub(in crate::a)"] {
        gives(&format!("{public} struct A;"), "pub unit A");
    }
    gives("pub(self) struct A;", "unit A");
}

#[test]
fn generic_parameters() {
    gives("struct A<T: B, U = C>(T) where U: D;", "newtype A<T, U>\n  T");
    gives(
        "struct A<'a, const N: usize, T>(T);",
        "newtype A<T> other generics\n  T",
    );
    gives("type A<T> = B<T>;", "type A<T> = B<T>");
}

#[test]
fn raw_identifiers_lose_their_prefix() {
    gives(
        "use r#mod::r#use as r#as; struct r#type { r#struct: r#enum::r#fn<r#match> } enum A { r#Enum } fn r#do() {}",
        "use as = mod::use
        struct type
          struct: enum::fn<match>
        enum A
          Enum
        fn do",
    );
}

#[test]
fn types_of_paths_and_arrays() {
    for text in [
        "String",
        "std::collections::BTreeMap<String, Vec<Line>>",
        "::a::B",
        "a::B<C>::D<E>",
        "Self",
        "[u8; 4]",
    ] {
        assert_eq!(ty(text), text);
    }
    assert_eq!(ty("Vec::<T>"), "Vec<T>");
    assert_eq!(ty("((Option<(A)>))"), "Option<A>");
    assert_eq!(ty("[[A; 0x10]; N]"), "[[A; 16]; ?]");
}

#[test]
fn other_types_are_named_in_words() {
    let cases = [
        ("&'static str", "(a reference)"),
        ("()", "(the unit type)"),
        ("(A, B)", "(A, B)"),
        ("fn(A) -> B", "(a function pointer)"),
        ("dyn A", "(a trait object)"),
        ("impl A", "(an `impl` type)"),
        ("[A]", "(a slice)"),
        ("!", "(the never type)"),
        ("*const A", "(a raw pointer)"),
        ("<A as B>::C", "(an associated type)"),
        ("_", "(an inferred type)"),
        ("a!()", "(a macro)"),
        ("Box<dyn Fn(A) -> B>", "Box<(a trait object)>"),
        ("Cow<'static, str>", "Cow<(a lifetime), str>"),
        ("A<3>", "A<(a constant)>"),
        ("A<{ 3 }>", "A<(a constant)>"),
        ("A<B = C>", "A<(an associated type)>"),
        ("Vec<&A>", "Vec<(a reference)>"),
    ];
    for (text, wanted) in cases {
        assert_eq!(ty(text), wanted, "{text}");
    }
}

#[test]
fn markers_of_all_forms() {
    for text in [
        "optional",
        "name = \"a\"",
        "default = 1",
        "minimum = -1",
        "multiple_of = 1.5",
        "maximum = -1.5",
        "served = false",
        "default = null",
        "default = PaymentMethod::Invoice",
        "convert_with = ::a::b",
        "with = crate::a::b",
        "enum_values = [\"a\", 1, A::B, [null]]",
        "list = map(key = \"a\", key = \"b\")",
        "column(\"Name\", path = \".a\", priority = 1)",
        "client()",
        "type = \"a\", enum = struct, default, crate, self",
    ] {
        assert_eq!(markers(text), text);
    }
}

#[test]
fn markers_are_written_in_many_ways() {
    let cases = [
        ("", ""),
        ("a,", "a"),
        (
            "a = 0xff_u8, b = 0b11, c = 0o17, d = 1_000i64",
            "a = 255, b = 3, c = 15, d = 1000",
        ),
        ("a = 1e3, b = 2f32, c = 1.", "a = 1000.0, b = 2.0, c = 1.0"),
        ("a=-1,b=-0.5", "a = -1, b = -0.5"),
        ("a = - 1", "a = -1"),
        (
            "a = r\"\\d\", b = r#\"\"\"#, c = \"\\u{e9}\"",
            "a = \"\\\\d\", b = \"\\\"\", c = \"é\"",
        ),
        ("r#type = r#enum::r#A", "type = enum::A"),
        (
            "a = 170141183460469231731687303715884105727",
            "a = 170141183460469231731687303715884105727",
        ),
        (
            "a = -170141183460469231731687303715884105728",
            "a = -170141183460469231731687303715884105728",
        ),
        ("a(b,), c = [1,]", "a(b), c = [1]"),
    ];
    for (text, wanted) in cases {
        assert_eq!(markers(text), wanted, "{text}");
    }
}

#[test]
fn json_of_all_forms() {
    let cases = [
        ("{}", "{}"),
        ("[]", "[]"),
        ("null", "null"),
        ("-1", "-1"),
        ("-1.5", "-1.5"),
        (
            "{\"b\": [true, false, null, 0x10,], \"a\": {\"c\": \"d\",},}",
            r#"{"a":{"c":"d"},"b":[true,false,null,16]}"#,
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(
            markers(&format!("default = json!({text})")),
            format!("default = {wanted}")
        );
    }
    assert_eq!(markers("a = serde_json::json!{[1]}, json![2]"), "a = [1], 2");
}

#[test]
fn several_attributes_are_one() {
    gives(
        "#[kgen(a)] #[kgen(b)] #[kgen[c]] struct A { #[kgen(d)] #[kgen(e)] f: G }",
        "struct A kgen(a, b, c)\n  f: G kgen(d, e)",
    );
}

#[test]
fn serde_is_read_and_never_wrong() {
    gives(
        "#[serde(rename_all = \"camelCase\", tag = \"t\")] struct A { #[serde(rename(serialize = \"a\"), default)] b: C }",
        "struct A serde(rename_all = \"camelCase\", tag = \"t\")\n  b: C serde(rename(serialize = \"a\"), default)",
    );
    gives(
        "#[serde(a = 1 + 2, |x| y, b)] #[serde] #[serde = 1] struct A;",
        "unit A serde(a = 1, b)",
    );
}

#[test]
fn attributes_behind_conditions() {
    gives(
        "#[cfg_attr(feature = \"a\", derive(B, c::D), kgen(e), serde(f), cfg_attr(unix, kgen(g)))] struct A;",
        "unit A derive(B, D) kgen(e, g) serde(f)",
    );
    gives("#[cfg_attr(test, derive(B), kgen(c))] struct A;", "unit A");
    gives("#[cfg_attr(docsrs, doc = \"a\", deprecated)] struct A;", "unit A");
}

#[test]
fn items_of_tests_are_none() {
    gives(
        "#[cfg(test)] struct A; #[cfg(all(test, unix))] mod b { } #[cfg(test)] fn c() {} #[cfg(test)] kgen::version! {}
         #[cfg(not(test))] struct D { #[cfg(test)] e: F, #[cfg(unix)] g: H } enum I { #[cfg(test)] J }",
        "struct D\n  g: H\nenum I",
    );
    assert_eq!(dump(&load("#![cfg(test)] struct A;").draft), "");
}

#[test]
fn derives_are_last_segments() {
    gives(
        "#[derive(Clone, ::kgen::Api,)] #[derive()] #[derive(Debug)] struct A;",
        "unit A derive(Clone, Api, Debug)",
    );
}

#[test]
fn deprecation_with_its_note() {
    gives("#[deprecated] struct A;", "unit A deprecated(\"\")");
    gives("#[deprecated = \"b\"] struct A;", "unit A deprecated(\"b\")");
    gives(
        "#[deprecated(since = \"1\", note = \"b\")] struct A;",
        "unit A deprecated(\"b\")",
    );
    gives("enum A { #[deprecated] B }", "enum A\n  B deprecated(\"\")");
}

#[test]
fn documentation_of_all_forms() {
    gives(
        "/// a\n///   b\n///\n/// c\n///\nstruct A;",
        "unit A // \"a\\n  b\\n\\nc\"",
    );
    gives("/** a */ struct A;", "unit A // \"a\"");
    gives("/**\n * a\n *   b\n */\nstruct A;", "unit A // \"a\\n  b\"");
    gives(
        "#[doc = \" a\"] #[doc = \"b\"] #[doc(hidden)] struct A;",
        "unit A // \"a\\nb\"",
    );
    gives("/// a\r\n/// b\r\nstruct A;", "unit A // \"a\\nb\"");
    gives("// a\n/* b */ struct A;", "unit A");
    let modules = load("//! a\n/// b\nmod c { //! d\n }");
    assert_eq!(
        dump(&modules.draft),
        "mod crate // \"a\"\n  mod c\nmod crate::c // \"b\\nd\"\n"
    );
}

#[test]
fn imports_are_flat() {
    gives(
        "use a::b; pub use c::{self, d as e, f::*, {g}}; use ::h::i; use self::j; use k as _; extern crate l as m;
         pub(crate) use super::n; use o::{self as p};",
        "use b = a::b
        pub use c = c
        pub use e = c::d
        pub use * = c::f
        pub use g = c::g
        use i = h::i
        use j = self::j
        use _ = k
        use m = l
        pub use n = super::n
        use p = o",
    );
}

#[test]
fn constants_that_markers_can_hold() {
    gives(
        "const A: u8 = 1; const B: &[&str] = &[\"a\", C]; const D: f64 = -1.5; const E: F = F::G; const H: u8 = (1);
         const I: u8 = 1 + 1; const J: String = String::new(); const K: (u8, u8) = (1, 2); const L: V = json!([1]);
         const _: () = (); const M: F = F::<G>::H; const N: &[u8] = b\"a\";",
        "const A = 1
        const B = [\"a\", C]
        const D = -1.5
        const E = F::G
        const H = 1
        const I = ?
        const J = ?
        const K = ?
        const L = [1]
        const M = ?
        const N = ?",
    );
}

#[test]
fn implementations() {
    gives(
        "fn a() {} impl A { const B: u8 = 1; fn c() {} #[cfg(test)] fn d() {} } impl<T> std::ops::Deref for e::F<T> { fn g() {} const H: u8 = 1; }
         impl !Send for A {} impl I for &A {}",
        "const A::B = 1
        fn a, A::c, e::F::g
        impl Deref for e::F",
    );
}

#[test]
fn versions_by_path_and_by_import() {
    gives(
        "kgen::version! { group = \"a\", storage }",
        "version(group = \"a\", storage)",
    );
    gives("::kgen::version!(a); kgen::version![b];", "version(a)\nversion(b)");
    gives("version! {}", "version()");
    gives("v! { a } use kgen::version as v;", "use v = kgen::version\nversion(a)");
    gives("use other::version; version! { | }", "use version = other::version");
    gives(
        "other::version! { | } macro_rules! version { () => {} } kgen::other! {}",
        "",
    );
}

#[test]
fn inline_modules_are_modules() {
    let loaded = load("mod a { struct B; pub mod c { struct D; } } struct E;");
    let wanted = "mod crate\n  mod a\n  unit E\nmod crate::a\n  unit B\nmod crate::a::c\n  unit D\n";
    assert_eq!(dump(&loaded.draft), wanted);
}
