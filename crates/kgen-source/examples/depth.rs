use kgen_model::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n: usize = a[2].parse().unwrap();
    let nested = |open: &str, close: &str| format!("fn a() {{ {}1{} }}", open.repeat(n), close.repeat(n));
    let text = match a[1].as_str() {
        "paren" => nested("(", ")"),
        "match" => nested("{ if true { match 1 { _ => ", "} } }"),
        "closure" => nested("|a| {", "}"),
        "not" => nested("!", ""),
        "ref" => nested("&", ""),
        "assign" => nested("a = ", ""),
        "bars" => nested("|| ", ""),
        "plus" => nested("1 + ", ""),
        "return" => nested("return ", ""),
        "else" => nested("if a {} else ", "{}"),
        "dot" => nested("a.b", ""),
        "dots" => format!("fn a() {{ a{} }}", ".b".repeat(n)),
        "calls" => format!("fn a() {{ a{} }}", ".b()".repeat(n)),
        "q" => format!("fn a() {{ a{} }}", "?".repeat(n)),
        "types" => format!("fn a() {{ 1 as {}u8{} }}", "V<".repeat(n), ">".repeat(n)),
        "tref" => format!("type A = {}u8;", "&".repeat(n)),
        "fnptr" => format!("type A = {}u8;", "fn() -> ".repeat(n)),
        "impl" => format!("type A = {}u8;", "impl ".repeat(n)),
        "use" => format!("use {}a;", "a::".repeat(n)),
        "pat" => format!("fn a() {{ let {}a = 1; }}", "&".repeat(n)),
        "patat" => format!("fn a() {{ let {}a = 1; }}", "a @ ".repeat(n)),
        "markers" => format!("#[kgen({}a{})] struct A;", "a(".repeat(n), ")".repeat(n)),
        "list" => format!("#[kgen(a = {}a{})] struct A;", "[".repeat(n), "]".repeat(n)),
        "json" => format!("#[kgen(json!({}1{}))] struct A;", "[".repeat(n), "]".repeat(n)),
        "consts" => format!("const A: B = {}1{};", "[".repeat(n), "]".repeat(n)),
        "mods" => format!("{}{}", "mod a {".repeat(n), "}".repeat(n)),
        _ => panic!(),
    };
    let (mut s, mut r) = (Sources::default(), Report::default());
    let _ = kgen_source::load_text("x", text, &["crate".into()], &mut s, &mut r);
    println!("{:?}", r.diagnostics().first().map(|d| &d.message));
}
