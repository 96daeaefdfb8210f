//! The command as a person runs it: output, exit codes, files.

mod common;

use std::fs;
use std::path::Path;

use common::{Folder, folder};

/// A folder with a crate in `shop`.
fn shop() -> Folder {
    let folder = folder();
    let run = folder.kgen(&[
        "new",
        "shop",
        "--group",
        "shop.example.com",
        "--version",
        "v1",
        "--kind",
        "Order",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    folder
}

/// Replaces a text that must be there.
fn replace(folder: &Folder, path: &str, from: &str, to: &str) {
    let text = folder.read(path);
    assert!(text.contains(from), "{path}: {text}");
    folder.write(path, &text.replace(from, to));
}

#[test]
fn without_words_there_is_help() {
    let run = folder().kgen(&[]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("Usage: kgen [OPTIONS] all|GENERATOR.. [PATH]"),
        "{}",
        run.err
    );
}

#[test]
fn help_names_every_generator_and_has_examples() {
    let run = folder().kgen(&["--help"]);
    assert_eq!(run.code, Some(0));
    for generator in kgen_build::generators() {
        assert!(run.out.contains(generator.about()), "{}", run.out);
    }
    for command in ["explain", "model", "new", "import", "add", "completions"] {
        let run = folder().kgen(&[command, "--help"]);
        assert!(run.out.contains("Examples:"), "{command}: {}", run.out);
    }
}

#[test]
fn a_mistyped_generator_is_a_mistake_of_usage() {
    let run = folder().kgen(&["crdd", "."]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("did you mean `crd`?"), "{}", run.err);
}

#[test]
fn flags_of_generators_do_not_go_with_commands() {
    assert_eq!(folder().kgen(&["--check", "list"]).code, Some(2));
    assert_eq!(folder().kgen(&["all", "--check", "--dry-run"]).code, Some(2));
}

#[test]
fn list_shows_the_generators() {
    let run = folder().kgen(&["list"]);
    assert_eq!(
        (run.code, run.out.lines().count()),
        (Some(0), kgen_build::generators().len())
    );
}

#[test]
fn explain_knows_markers_and_codes() {
    assert!(folder().kgen(&["explain"]).out.contains("minimum"));
    assert!(folder().kgen(&["explain", "minimum"]).out.contains("marker minimum"));
    let run = folder().kgen(&["explain", "minimun"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("did you mean `minimum`?"), "{}", run.err);
}

#[test]
fn all_writes_once_and_check_agrees() {
    let shop = shop();
    let run = shop.kgen(&["all", "shop"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.err.starts_with("kgen: 0 files written, "), "{}", run.err);
    let run = shop.kgen(&["all", "shop", "--check"]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("up to date"), "{}", run.err);
}

#[test]
fn an_unchanged_run_ends_at_once() {
    let shop = shop();
    fs::create_dir(shop.path("shop/target")).expect("the folder can be written");
    shop.write("shop/target/CACHEDIR.TAG", "");
    let run = || shop.kgen(&["all", "shop"]).err;
    let first = run();
    assert!(shop.exists("shop/target/kgen"));
    let unchanged = |text: &str| text.split_once(" in ").map(|(counts, _)| counts.to_owned());
    assert_eq!(unchanged(&run()), unchanged(&first));
    replace(&shop, "shop/src/v1.rs", "settings:", "options:");
    assert!(!run().starts_with("kgen: 0 files written"));
    assert!(run().starts_with("kgen: 0 files written"));
    fs::remove_dir_all(shop.path("shop/crds")).expect("the folder can be removed");
    assert!(run().starts_with("kgen: 1 file written"));
}

#[test]
fn check_shows_what_is_out_of_date_and_writes_nothing() {
    let shop = shop();
    replace(&shop, "shop/src/v1.rs", "settings:", "options:");
    let before = shop.read("shop/crds/shop.example.com_orders.yaml");
    let run = shop.kgen(&["all", "shop", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.contains("--- a/crds/shop.example.com_orders.yaml\n+++ b/crds/"),
        "{}",
        run.out
    );
    assert!(run.out.contains("+              options:"), "{}", run.out);
    assert!(run.err.contains("out of date"), "{}", run.err);
    assert_eq!(shop.read("shop/crds/shop.example.com_orders.yaml"), before);
    let run = shop.kgen(&["all", "shop", "--check", "--message-format", "json"]);
    assert!(
        run.out.contains(r#""code":"out-of-date""#) && run.err.is_empty(),
        "{}{}",
        run.out,
        run.err
    );
}

#[test]
fn a_dry_run_lists_files_and_writes_nothing() {
    let shop = shop();
    fs::remove_dir_all(shop.path("shop/crds")).expect("the folder can be removed");
    let run = shop.kgen(&["all", "shop", "--dry-run"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (Some(0), "create shop/crds/shop.example.com_orders.yaml\n")
    );
    assert!(!shop.exists("shop/crds"));
}

#[test]
fn generators_can_be_chosen_and_put_elsewhere() {
    let shop = shop();
    let run = shop.kgen(&["crd", "shop", "--out", "deploy", "-v"]);
    assert_eq!(run.code, Some(0));
    assert!(shop.exists("deploy/crds/shop.example.com_orders.yaml"));
    assert!(!shop.exists("deploy/openapi"));
    assert!(
        run.err.contains("create deploy/crds/shop.example.com_orders.yaml"),
        "{}",
        run.err
    );
}

#[test]
fn a_part_of_a_crate_does_not_narrow_what_the_whole_made() {
    let shop = shop();
    assert_eq!(shop.kgen(&["add", "version", "v2", "shop"]).code, Some(0));
    let definition = "shop/crds/shop.example.com_orders.yaml";
    let (before, copies) = (shop.read(definition), "shop/src/generated/v2/deepcopy.rs");
    let run = shop.kgen(&["all", "shop/src/v2.rs"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.starts_with("error[narrowed-file]: `"), "{}", run.err);
    assert_eq!(shop.read(definition), before);

    fs::remove_file(shop.path(copies)).expect("deep copies were made");
    let run = shop.kgen(&["deepcopy", "shop/src/v2.rs"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(shop.exists(copies));
    let run = shop.kgen(&["crd", "shop/src/v2.rs"]);
    assert!(run.err.contains("from `src/v1.rs`"), "{}", run.err);
    // What is gone from the crate cannot be lost.
    fs::remove_file(shop.path("shop/src/v1.rs")).expect("the first version is there");
    assert_eq!(shop.kgen(&["crd", "shop/src/v2.rs"]).code, Some(0));
}

#[test]
fn mistakes_show_their_source() {
    let shop = shop();
    replace(&shop, "shop/src/v1.rs", "minimum = 0", "minimun = 0");
    let run = shop.kgen(&["all", "shop"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.starts_with("error[unknown-marker]: "), "{}", run.err);
    assert!(run.err.contains("--> shop/src/v1.rs:"), "{}", run.err);
    assert!(run.err.ends_with("kgen: 1 error\n"), "{}", run.err);
    assert!(!run.err.contains('\u{1b}'));
    assert!(shop.kgen(&["all", "shop", "--color", "always"]).err.contains('\u{1b}'));
}

#[test]
fn mistakes_are_json_for_programs() {
    let shop = shop();
    replace(&shop, "shop/src/v1.rs", "minimum = 0", "minimun = 0");
    let run = shop.kgen(&["all", "shop", "--message-format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let message: serde_json::Value = serde_json::from_str(&run.out).expect("one line of JSON");
    assert_eq!(message["code"], "unknown-marker");
    assert_eq!(message["file"], "shop/src/v1.rs");
    assert_eq!(message["suggestion"]["replacement"], "minimum");
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let run = shop().kgen(&["all", "shop", "-q"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
}

#[test]
fn a_path_without_a_crate_is_an_error() {
    let folder = folder();
    let run = folder.kgen(&["all"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with("error[no-crate]"), "{}", run.err);
    assert!(
        folder
            .kgen(&["all", "./nowhere"])
            .err
            .starts_with("error[missing-path]")
    );
}

#[test]
fn the_model_is_json() {
    let run = shop().kgen(&["model", "shop"]);
    let model: serde_json::Value = serde_json::from_str(&run.out).expect("the model is JSON");
    assert_eq!(model["resources"][0]["kind"], "Order");
}

#[test]
fn new_leaves_folders_in_use_alone() {
    let shop = shop();
    let run = shop.kgen(&[
        "new",
        "shop",
        "--group",
        "a.example.com",
        "--version",
        "v1",
        "--kind",
        "Other",
    ]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with("error[folder-not-empty]"), "{}", run.err);
}

#[test]
fn new_refuses_names_that_cannot_be() {
    for (group, version, kind) in [
        ("shop", "v1", "Order"),
        ("a.example.com", "1", "Order"),
        ("a.example.com", "v1", "order"),
    ] {
        let folder = folder();
        let run = folder.kgen(&["new", "shop", "--group", group, "--version", version, "--kind", kind]);
        assert_eq!(run.code, Some(1));
        assert!(run.err.starts_with("error[bad-name]"), "{}", run.err);
        assert!(!folder.exists("shop"));
    }
}

#[test]
fn new_can_begin_with_a_kind_of_the_cluster() {
    let folder = folder();
    let args = [
        "new",
        "fleet",
        "--group",
        "a.example.com",
        "--version",
        "v1alpha1",
        "--kind",
        "HTTPServer",
        "--cluster",
    ];
    assert_eq!(folder.kgen(&args).code, Some(0));
    assert!(
        folder
            .read("fleet/crds/a.example.com_httpservers.yaml")
            .contains("scope: Cluster")
    );
}

#[test]
fn new_depends_on_the_checkout_that_the_command_comes_from() {
    let folder = folder();
    let args = [
        "new",
        "shop",
        "--group",
        "a.example.com",
        "--version",
        "v1",
        "--kind",
        "Order",
    ];
    assert_eq!(folder.kgen(&args).code, Some(0));
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtime/kgen");
    let runtime = runtime.canonicalize().expect("the runtime lies beside the command");
    let manifest = folder.read("shop/Cargo.toml");
    assert!(
        manifest.contains(&format!("kgen = {{ path = {runtime:?} }}")),
        "{manifest}"
    );
}

#[test]
fn a_kind_can_be_added() {
    let shop = shop();
    let run = shop.kgen(&["add", "kind", "GiftCard", "shop"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        shop.read("shop/src/v1.rs")
            .contains("storage }\n\npub mod gift_card;\n\n")
    );
    assert!(shop.read("shop/src/v1/gift_card.rs").contains("pub struct GiftCard {"));
    assert!(shop.exists("shop/crds/shop.example.com_giftcards.yaml"));
    let run = shop.kgen(&["add", "kind", "GiftCard", "shop"]);
    assert!(run.err.starts_with("error[duplicate-kind]"), "{}", run.err);
}

#[test]
fn a_version_can_be_added() {
    let shop = shop();
    assert_eq!(shop.kgen(&["add", "kind", "GiftCard", "shop"]).code, Some(0));
    let run = shop.kgen(&["add", "version", "v2", "shop"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(shop.read("shop/src/lib.rs").contains("pub mod v1;\npub mod v2;\n"));
    assert!(
        shop.read("shop/src/v2.rs")
            .contains(r#"kgen::version! { group = "shop.example.com", version = "v2" }"#)
    );
    assert!(shop.exists("shop/src/v2/gift_card.rs"));
    assert!(shop.read("shop/crds/shop.example.com_orders.yaml").contains("name: v2"));
    let run = shop.kgen(&["add", "version", "v2", "shop"]);
    assert!(run.err.starts_with("error[duplicate-version]"), "{}", run.err);
    let run = shop.kgen(&["add", "kind", "Refund", "shop", "--version", "v3"]);
    assert!(run.err.starts_with("error[missing-version]"), "{}", run.err);
}

#[test]
fn completions_name_generators() {
    let run = folder().kgen(&["completions", "bash"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("openapi"), "{}", run.out);
}
