//! `kgen all` and `kgen GENERATOR..`: runs generators and brings the disk up to date, or says what is not.

use std::path::Path;
use std::time::Duration;

use kgen_build::disk::{Change, ChangeKind, Plan};
use kgen_build::words::counted;
use kgen_build::{Generator, Outcome, Request, Stamps};
use kgen_model::{Diagnostic, Report, Sources};

use crate::args::GenerateArgs;
use crate::serve;
use crate::terminal::Terminal;

/// The target folder is the one that the environment names.
pub(crate) fn run(
    args: &GenerateArgs,
    target: Option<&Path>,
    generators: &[&dyn Generator],
    terminal: &Terminal,
) -> bool {
    if let Some(out) = serve::wanted(args) {
        return serve::run(args, out, generators, terminal);
    }
    let request = Request {
        config: args.config.clone(),
        generators: args.generators.clone(),
        output: args.out.clone(),
        ..Request::new(&args.path)
    };
    if !args.check && !args.dry_run {
        let stamps = Stamps::in_target(&args.path, target);
        let is_written = write(&request, stamps.as_ref(), generators, terminal);
        if let Some(out) = args.out.as_ref().filter(|_| kgen_build::is_definitions(&args.path))
            && is_written
        {
            note_crate(&args.path, out, terminal);
        }
        return is_written;
    }
    let Outcome {
        report, sources, plan, ..
    } = outcome(&request, generators, terminal).0;
    terminal.report(&report, &sources);
    if report.has_errors() {
        terminal.failure(&report);
        return false;
    }
    if args.check {
        return check(&plan, terminal);
    }
    plan.changes
        .iter()
        .for_each(|change| terminal.output(&format!("{}\n", listed(change, &plan))));
    true
}

/// What is missing where the output lies in no crate.
fn note_crate(path: &Path, out: &Path, terminal: &Terminal) {
    if out.join("src/generated/mod.rs").exists() && !out.join("Cargo.toml").exists() {
        terminal.summary(&format!(
            "`{out}` is no crate yet: it wants a `Cargo.toml` that depends on `kgen`, and `pub mod generated;` in \
             `src/lib.rs`; `kgen registry {path} --out {out}` makes it an API server",
            out = out.display(),
            path = path.display(),
        ));
    }
}

/// Generates and writes, unless a stamp says that nothing has changed.
pub(crate) fn write(
    request: &Request,
    stamps: Option<&Stamps>,
    generators: &[&dyn Generator],
    terminal: &Terminal,
) -> bool {
    let progress = terminal.progress();
    if let Some(last) = stamps.and_then(|stamps| stamps.last(request)) {
        let unchanged = Plan {
            unchanged: last.outputs.len(),
            ..Plan::default()
        };
        terminal.summary(&summary(&unchanged, progress.elapsed()));
        return true;
    }
    let (mut outcome, elapsed) = outcome(request, generators, terminal);
    if !outcome.report.has_errors() {
        outcome.plan.apply(&mut outcome.report);
    }
    if let Some(stamps) = stamps {
        stamps.remember(request, &outcome);
    }
    terminal.report(&outcome.report, &outcome.sources);
    if outcome.report.has_errors() {
        terminal.failure(&outcome.report);
        return false;
    }
    outcome
        .plan
        .changes
        .iter()
        .for_each(|change| terminal.detail(&listed(change, &outcome.plan)));
    terminal.summary(&summary(&outcome.plan, elapsed));
    true
}

fn outcome(request: &Request, generators: &[&dyn Generator], terminal: &Terminal) -> (Outcome, Duration) {
    let progress = terminal.progress();
    let outcome = kgen_build::run(request, generators, &|step| progress.show(step));
    (outcome, progress.elapsed())
}

/// `2 files written, 5 unchanged, 1 removed in 0.03 s`
fn summary(plan: &Plan, elapsed: Duration) -> String {
    let written = plan.count(ChangeKind::Create) + plan.count(ChangeKind::Update);
    let removed = match plan.count(ChangeKind::Remove) {
        0 => String::new(),
        removed => format!(", {removed} removed"),
    };
    let seconds = elapsed.as_secs_f64();
    format!(
        "{} written, {} unchanged{removed} in {seconds:.2} s",
        counted(written, "file"),
        plan.unchanged
    )
}

fn listed(change: &Change, plan: &Plan) -> String {
    let word = match change.kind {
        ChangeKind::Create => "create",
        ChangeKind::Update => "update",
        ChangeKind::Remove => "remove",
    };
    format!("{word} {}", plan.root.join(&change.path).display())
}

/// Shows what is out of date: to people as a diff, to programs as a message a file.
fn check(plan: &Plan, terminal: &Terminal) -> bool {
    if plan.changes.is_empty() {
        terminal.summary(&format!("{} up to date", counted(plan.unchanged, "file")));
        return true;
    }
    if terminal.is_human() {
        plan.changes.iter().for_each(|change| terminal.output(&change.diff()));
        let count = counted(plan.changes.len(), "file");
        terminal.summary(&format!(
            "{count} out of date; run kgen again without `--check` and commit the result"
        ));
        return false;
    }
    let mut report = Report::default();
    for change in &plan.changes {
        let path = plan.root.join(&change.path);
        let state = match change.kind {
            ChangeKind::Create => "is missing",
            ChangeKind::Update => "is out of date",
            ChangeKind::Remove => "is stale",
        };
        report.push(Diagnostic::error_without_span(
            "out-of-date",
            format!("`{}` {state}", path.display()),
        ));
    }
    terminal.report(&report, &Sources::default());
    false
}
