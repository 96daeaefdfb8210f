use super::*;

struct Output {
    folder: tempfile::TempDir,
}

fn output(files: &[(&str, &str)]) -> Output {
    let output = Output {
        folder: tempfile::tempdir().expect("a temporary folder"),
    };
    for (path, text) in files {
        write(&output.folder.path().join(path), text).expect("the folder can be written");
    }
    output
}

fn file(path: &str, text: &str) -> File {
    File::text("serde", "src/v1.rs", path, "//", text)
}

fn text(path: &str) -> String {
    file(path, "old\n").text
}

fn reach(generators: Option<&[&str]>, source: Option<&str>) -> Reach {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Reach {
        generators: generators.map(names),
        source: source.map(str::to_owned),
        krate: None,
    }
}

impl Output {
    fn plan(&self, wanted: &[File], reach: &Reach) -> (Plan, Report) {
        let mut report = Report::default();
        let made = made(self.folder.path(), &[Path::new("gen")], &mut report);
        (plan(self.folder.path(), &made, wanted, reach, &mut report), report)
    }

    fn run(&self, wanted: &[File], reach: &Reach) -> Vec<(String, ChangeKind)> {
        let (plan, mut report) = self.plan(wanted, reach);
        plan.apply(&mut report);
        assert_eq!(report.diagnostics(), []);
        plan.changes
            .iter()
            .map(|change| (slashed(&change.path), change.kind))
            .collect()
    }

    fn files(&self) -> Vec<String> {
        let mut paths = BTreeSet::new();
        walk(self.folder.path(), Path::new(""), &mut paths, &mut Report::default());
        paths.iter().map(|path| slashed(path)).collect()
    }

    fn codes(&self, wanted: &[File]) -> Vec<&'static str> {
        let (_, report) = self.plan(wanted, &reach(None, None));
        report.diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
    }
}

#[test]
fn files_are_created_updated_and_left_alone() {
    let output = output(&[("gen/a.rs", &text("a")), ("gen/b.rs", &text("b"))]);
    let wanted = [
        file("gen/a.rs", "old\n"),
        file("gen/b.rs", "new\n"),
        file("gen/v1/c.rs", "new\n"),
    ];
    let changes = output.run(&wanted, &reach(None, None));
    assert_eq!(
        changes,
        [
            ("gen/b.rs".to_owned(), ChangeKind::Update),
            ("gen/v1/c.rs".to_owned(), ChangeKind::Create)
        ]
    );
    assert_eq!(output.files(), ["gen/a.rs", "gen/b.rs", "gen/v1/c.rs"]);
    assert_eq!(output.run(&wanted, &reach(None, None)), []);
}

#[test]
fn an_unchanged_file_is_not_touched() {
    let output = output(&[("gen/a.rs", &text("a"))]);
    let modified = || {
        fs::metadata(output.folder.path().join("gen/a.rs"))
            .and_then(|data| data.modified())
            .ok()
    };
    let before = modified();
    output.run(
        &[file("gen/a.rs", "old\n"), file("gen/b.rs", "new\n")],
        &reach(None, None),
    );
    assert_eq!(modified(), before);
}

#[test]
fn stale_files_go_with_their_folders() {
    let output = output(&[
        ("gen/v1/a.rs", &text("a")),
        ("gen/by_hand.rs", "fn f() {}\n"),
        ("other/a.rs", &text("a")),
    ]);
    output.run(&[], &reach(None, None));
    assert_eq!(output.files(), ["gen/by_hand.rs", "other/a.rs"]);
    assert!(!output.folder.path().join("gen/v1").exists());
}

#[test]
fn only_what_ran_makes_files_stale() {
    let output = output(&[("gen/a.rs", &text("a"))]);
    output.run(&[], &reach(Some(&["openapi"]), None));
    assert_eq!(output.files(), ["gen/a.rs"]);
    output.run(&[], &reach(Some(&["serde"]), None));
    assert!(output.files().is_empty());
}

#[test]
fn only_what_was_read_makes_files_stale() {
    let output = output(&[("gen/a.rs", &text("a"))]);
    output.run(&[], &reach(None, Some("src/v2.rs")));
    assert_eq!(output.files(), ["gen/a.rs"]);
    output.run(&[], &reach(None, Some("src")));
    assert!(output.files().is_empty());
}

#[test]
fn files_of_a_person_are_not_overwritten() {
    let output = output(&[("gen/a.rs", "fn f() {}\n"), ("gen/b.rs", "")]);
    assert_eq!(
        output.codes(&[file("gen/a.rs", "new\n"), file("gen/b.rs", "new\n")]),
        ["foreign-file"]
    );
}

#[test]
fn a_folder_in_the_way_is_an_error() {
    let output = output(&[("gen/a.rs/b.rs", "")]);
    assert_eq!(output.codes(&[file("gen/a.rs", "new\n")]), ["unwritable-file"]);
}

#[test]
fn a_file_in_place_of_the_folder_is_an_error() {
    let output = output(&[("gen", "")]);
    assert_eq!(
        output.codes(&[file("gen/a.rs", "new\n")]),
        ["unreadable-file", "unwritable-file"]
    );
}

#[test]
fn what_cannot_be_written_leaves_everything_as_it_was() {
    let output = output(&[("gen/a.rs", &text("a")), ("gen/z", "")]);
    let change = |path: &str| Change {
        path: path.into(),
        kind: ChangeKind::Create,
        old: None,
        new: Some("new\n".to_owned()),
    };
    let plan = Plan {
        root: output.folder.path().to_owned(),
        changes: vec![change("gen/a.rs"), change("gen/z/b.rs")],
        unchanged: 0,
    };
    let mut report = Report::default();
    plan.apply(&mut report);
    assert_eq!(report.diagnostics()[0].code, "unwritable-file");
    assert_eq!(output.files(), ["gen/a.rs", "gen/z"]);
    assert_eq!(
        fs::read_to_string(output.folder.path().join("gen/a.rs")).ok(),
        Some(text("a"))
    );
}

#[test]
fn crlf_of_a_checkout_is_no_change() {
    let output = output(&[("gen/a.rs", &text("a").replace('\n', "\r\n"))]);
    assert_eq!(output.run(&[file("gen/a.rs", "old\n")], &reach(None, None)), []);
}

#[test]
fn changes_show_as_diffs() {
    let output = output(&[("gen/a.rs", &text("a"))]);
    let (plan, _) = output.plan(&[file("gen/a.rs", "new\n")], &reach(None, None));
    assert!(
        plan.changes[0].diff().ends_with("-old\n+new\n"),
        "{}",
        plan.changes[0].diff()
    );
}
