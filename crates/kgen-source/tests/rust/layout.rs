//! Which files are which modules, and what happens to files that cannot be read.

use std::fs;
use std::path::{Path, PathBuf};

use kgen_model::{Draft, Report, Sources};
use kgen_source::{Input, load};
use tempfile::TempDir;

/// A folder with these files in it. Each declares a unit struct named `InLibRs` for `lib.rs`, beside its own text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("files lie in folders")).expect("the folder is ours");
    fs::write(path, bytes).expect("the folder is ours");
}

struct Loaded {
    draft: Draft,
    report: Report,
    sources: Sources,
}

fn load_root(folder: &TempDir, root: &str, skip: &[&str]) -> Loaded {
    load_as(folder, root, &["crate"], skip)
}

fn load_as(folder: &TempDir, root: &str, module: &[&str], skip: &[&str]) -> Loaded {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let module_path = module.iter().map(|&name| name.to_owned()).collect();
    let skip = skip.iter().map(|path| folder.path().join(path)).collect();
    let input = Input {
        root: folder.path().join(root),
        module_path,
        skip,
    };
    let draft = load(&input, &mut sources, &mut report);
    Loaded { draft, report, sources }
}

impl Loaded {
    /// `module = file`, in the order of the draft.
    fn modules(&self, folder: &TempDir) -> Vec<String> {
        let modules = self.draft.modules.iter();
        modules
            .map(|module| {
                let file = self.sources.path(module.file);
                let file = file.strip_prefix(folder.path()).unwrap_or(file);
                format!("{} = {}", module.path.join("::"), slashed(file))
            })
            .collect()
    }

    /// Code, text at the place, message, without the folder's name.
    fn findings(&self, folder: &TempDir) -> Vec<String> {
        let findings = self.report.diagnostics().iter();
        findings
            .map(|finding| {
                let at = finding.span.map_or("nowhere".to_owned(), |span| {
                    let file = self.sources.file(span.file).expect("spans lie in loaded files");
                    format!(
                        "{}:{:?}",
                        span.start,
                        &file.text[span.start as usize..span.end as usize]
                    )
                });
                let help = finding.help.as_deref().unwrap_or("no help");
                let text = format!("{} {at} {}; {help}", finding.code, finding.message);
                text.replace('\\', "/")
                    .replace(&format!("{}/", slashed(folder.path())), "")
            })
            .collect()
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

const NONE: [String; 0] = [];

#[test]
fn modules_lie_where_rustc_looks_for_them() {
    let folder = folder(&[
        (
            "lib.rs",
            "mod a; mod b; mod c { mod d; } #[path = \"odd/e.rs\"] mod e; mod r#type; #[path = \"f\"] mod f { mod g; }",
        ),
        ("a.rs", "mod a1; #[path = \"a2.rs\"] mod a2; mod a3 { mod a4; }"),
        ("a/a1.rs", ""),
        ("a2.rs", "mod a5;"),
        ("a5.rs", ""),
        ("a/a3/a4.rs", ""),
        ("b/mod.rs", "mod b1;"),
        ("b/b1.rs", ""),
        ("c/d.rs", ""),
        ("odd/e.rs", "mod e1;"),
        ("odd/e1/mod.rs", ""),
        ("type.rs", ""),
        ("f/g.rs", ""),
        ("unused.rs", "not Rust"),
    ]);
    let loaded = load_root(&folder, ".", &[]);
    assert_eq!(loaded.findings(&folder), NONE);
    let wanted = [
        "crate = lib.rs",
        "crate::a = a.rs",
        "crate::a::a1 = a/a1.rs",
        "crate::a::a2 = a2.rs",
        "crate::a::a2::a5 = a5.rs",
        "crate::a::a3 = a.rs",
        "crate::a::a3::a4 = a/a3/a4.rs",
        "crate::b = b/mod.rs",
        "crate::b::b1 = b/b1.rs",
        "crate::c = lib.rs",
        "crate::c::d = c/d.rs",
        "crate::e = odd/e.rs",
        "crate::e::e1 = odd/e1/mod.rs",
        "crate::f = lib.rs",
        "crate::f::g = f/g.rs",
        "crate::type = type.rs",
    ];
    assert_eq!(loaded.modules(&folder), wanted);
}

#[test]
fn documentation_on_the_declaration_counts() {
    let folder = folder(&[("lib.rs", "/// a\nmod b;"), ("b.rs", "//! c")]);
    assert_eq!(load_root(&folder, "lib.rs", &[]).draft.modules[1].docs, "a\nc");
}

#[test]
fn a_folder_is_its_root_file() {
    for root in ["lib.rs", "main.rs", "mod.rs"] {
        let folder = folder(&[(root, "mod a;"), ("a.rs", ""), ("b.rs", "not Rust")]);
        let wanted = [format!("crate = {root}"), "crate::a = a.rs".to_owned()];
        assert_eq!(load_root(&folder, "", &[]).modules(&folder), wanted);
    }
}

#[test]
fn a_folder_without_a_root_is_all_of_its_files() {
    let folder = folder(&[
        ("b.rs", ""),
        ("a.rs", ""),
        ("c/d.rs", ""),
        ("e/mod.rs", "mod f;"),
        ("e/f.rs", ""),
        ("e/unused.rs", "not Rust"),
        ("g.rs", "mod h;"),
        ("g/h.rs", ""),
        (".hidden/i.rs", "not Rust"),
        ("out/j.rs", "not Rust"),
        ("k.txt", "not Rust"),
    ]);
    let loaded = load_as(&folder, "", &["crate", "api"], &["out"]);
    assert_eq!(loaded.findings(&folder), NONE);
    // The folders are modules too, whose file is the first of those in them.
    let wanted = [
        "crate::api = a.rs",
        "crate::api::a = a.rs",
        "crate::api::b = b.rs",
        "crate::api::c = c/d.rs",
        "crate::api::c::d = c/d.rs",
        "crate::api::e = e/mod.rs",
        "crate::api::e::f = e/f.rs",
        "crate::api::g = g.rs",
        "crate::api::g::h = g/h.rs",
    ];
    assert_eq!(loaded.modules(&folder), wanted);
}

#[test]
fn a_folder_may_have_its_file_beside_it() {
    let folder = folder(&[("api.rs", "mod a;"), ("api/a.rs", ""), ("api/b.rs", "not Rust")]);
    let loaded = load_as(&folder, "api", &["crate", "api"], &[]);
    assert_eq!(
        loaded.modules(&folder),
        ["crate::api = api.rs", "crate::api::a = api/a.rs"]
    );
}

#[test]
fn a_file_is_its_module() {
    let folder = folder(&[("api.rs", "mod a;"), ("api/a.rs", "")]);
    let loaded = load_as(&folder, "api.rs", &["crate", "api"], &[]);
    assert_eq!(
        loaded.modules(&folder),
        ["crate::api = api.rs", "crate::api::a = api/a.rs"]
    );
}

#[test]
fn names_that_are_no_modules() {
    let folder = folder(&[("a-b.rs", ""), ("fn.rs", "")]);
    let loaded = load_root(&folder, "", &[]);
    assert_eq!(loaded.modules(&folder), ["crate = fn.rs", "crate::fn = fn.rs"]);
    let wanted = "bad-module-name nowhere `a-b.rs` cannot be a module: its name is no identifier; \
                  rename it, or name the files to load one by one";
    assert_eq!(loaded.findings(&folder), [wanted]);
}

#[test]
fn a_folder_without_rust_holds_no_sources() {
    let folder = folder(&[("src/a.txt", "")]);
    let wanted = "no-sources nowhere `src` holds no Rust files; name the folder of the API's types";
    assert_eq!(load_root(&folder, "src", &[]).findings(&folder), [wanted]);
}

#[test]
fn missing_files_are_named() {
    let folder = folder(&[("lib.rs", "mod a; mod b { mod c; #[path = \"d.rs\"] mod e; }")]);
    let loaded = load_root(&folder, "lib.rs", &[]);
    let wanted = [
        "missing-module 4:\"a\" the file of module `a` is missing; create `a.rs` or `a/mod.rs`",
        "missing-module 19:\"c\" the file of module `c` is missing; create `b/c.rs` or `b/c/mod.rs`",
        "missing-module 43:\"e\" the file of module `e` is missing; create `b/d.rs`",
    ];
    assert_eq!(loaded.findings(&folder), wanted);
}

#[test]
fn generated_modules_may_be_missing_and_are_not_read() {
    let text = "mod generated; #[path = \"out/x.rs\"] mod x; #[cfg(test)] mod tests;";
    let folder = folder(&[("lib.rs", text)]);
    let skip = ["generated", "out"];
    assert_eq!(load_root(&folder, "lib.rs", &skip).findings(&folder), NONE);
    write(folder.path(), "generated/mod.rs", b"not Rust");
    write(folder.path(), "out/x.rs", b"not Rust");
    let loaded = load_root(&folder, "lib.rs", &skip);
    assert_eq!(loaded.findings(&folder), NONE);
    assert_eq!(loaded.modules(&folder), ["crate = lib.rs"]);
}

#[test]
fn a_module_named_like_the_generated_root_may_be_missing_elsewhere() {
    let folder = folder(&[("lib.rs", "mod generated;")]);
    assert_eq!(
        load_root(&folder, "lib.rs", &["target/generated"]).findings(&folder),
        NONE
    );
}

#[test]
fn two_files_for_one_module_are_ambiguous() {
    let folder = folder(&[("lib.rs", "mod a;"), ("a.rs", ""), ("a/mod.rs", "")]);
    let wanted = "ambiguous-module 4:\"a\" module `a` has two files: `a.rs` and `a/mod.rs`; remove one of them";
    assert_eq!(load_root(&folder, "lib.rs", &[]).findings(&folder), [wanted]);
}

#[test]
fn circles_are_found() {
    let folder = folder(&[
        ("lib.rs", "mod a;"),
        ("a.rs", "#[path = \"./lib.rs\"] mod b; #[path = \"a.rs\"] mod c;"),
    ]);
    let loaded = load_root(&folder, "lib.rs", &[]);
    let help = "let `#[path]` name a file that does not declare this module";
    let wanted = [
        format!("module-cycle 25:\"b\" module `b` is in `./lib.rs`, which it is a part of; {help}"),
        format!("module-cycle 49:\"c\" module `c` is in `a.rs`, which it is a part of; {help}"),
    ];
    assert_eq!(loaded.findings(&folder), wanted);
}

#[test]
fn a_file_may_be_two_modules() {
    let folder = folder(&[
        ("lib.rs", "#[path = \"a.rs\"] mod b; #[path = \"a.rs\"] mod c;"),
        ("a.rs", "struct A;"),
    ]);
    let loaded = load_root(&folder, "lib.rs", &[]);
    assert_eq!(
        loaded.modules(&folder),
        ["crate = lib.rs", "crate::b = a.rs", "crate::c = a.rs"]
    );
    assert_eq!(loaded.sources.iter().count(), 2);
}

#[test]
fn files_that_are_no_text() {
    let folder = folder(&[("lib.rs", "mod a; mod b; mod c;"), ("c.rs", "struct C;")]);
    write(folder.path(), "a.rs", b"// Caf\xe9\nstruct A;");
    fs::File::create(folder.path().join("b.rs"))
        .and_then(|file| file.set_len(17 << 20))
        .expect("the folder is ours");
    let loaded = load_root(&folder, "lib.rs", &[]);
    let wanted = [
        "not-utf8 6:\"\u{fffd}\" `a.rs` is no UTF-8: the byte at offset 6 is illegal; save it as UTF-8",
        "file-too-large 11:\"b\" `b.rs` is larger than 16 MiB; split it into modules",
    ];
    assert_eq!(loaded.findings(&folder), wanted);
    assert_eq!(loaded.modules(&folder), ["crate = lib.rs", "crate::c = c.rs"]);
}

#[test]
fn a_root_that_is_not_there() {
    let folder = folder(&[]);
    let wanted = "unreadable-file nowhere `a.rs` cannot be read: it does not exist; check the path and its rights";
    assert_eq!(load_root(&folder, "a.rs", &[]).findings(&folder), [wanted]);
}

#[test]
fn the_same_files_give_the_same_draft() {
    let names: Vec<String> = (0..40).map(|index| format!("m{}", (index * 7) % 40)).collect();
    let lib: String = names.iter().map(|name| format!("mod {name};")).collect();
    let folder = folder(&[("lib.rs", &lib)]);
    for name in &names {
        let text = format!("mod below; struct {}; #[kgen(+)] struct B;", name.to_uppercase());
        write(folder.path(), &format!("{name}.rs"), text.as_bytes());
        write(folder.path(), &format!("{name}/below.rs"), b"struct A;");
    }
    let seen = |loaded: &Loaded| {
        let files: Vec<PathBuf> = loaded.sources.iter().map(|(_, file)| file.path.clone()).collect();
        (format!("{:?}", loaded.draft), loaded.report.clone(), files)
    };
    let first = seen(&load_root(&folder, "lib.rs", &[]));
    let mut sorted = first.2[1..41].to_vec();
    sorted.sort();
    assert_eq!(
        first.2[1..41],
        sorted,
        "files of a wave are in the order of their paths"
    );
    assert_eq!(first.1.diagnostics().len(), 40);
    for _ in 0..20 {
        assert_eq!(seen(&load_root(&folder, "lib.rs", &[])), first);
    }
}
