//! Makes docs/conformance.md from what `cargo test` printed:
//!
//!     cargo test --workspace 2>&1 | tee test.log
//!     cargo run -p kgen-tests --bin conformance < test.log            # writes the page
//!     cargo run -p kgen-tests --bin conformance -- --check < test.log # fails if a statement is not as the page says
//!
//! The statements are those of `statements.tsv`. A test shows a statement if its name begins with `s` and the
//! statement's number of three digits (`s099_s117_…` shows two), or if the statement names it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::process::ExitCode;
use std::{env, fs, io};

use kgen_tests::root;

const PAGE: &str = "docs/conformance.md";

fn main() -> ExitCode {
    let mut log = String::new();
    if let Err(error) = io::stdin().read_to_string(&mut log) {
        return failed(&format!("the log of the tests cannot be read: {error}"));
    }
    let statements = statements();
    let outcomes = outcomes(&log);
    if outcomes.is_empty() {
        return failed("the log on standard input holds no results of tests: give it what `cargo test` printed");
    }
    let results: Vec<Outcome> = statements.iter().map(|statement| statement.result(&outcomes)).collect();
    let page = page(&statements, &results, &reasons());
    let path = root().join(PAGE);
    if !env::args().any(|argument| argument == "--check") {
        return match fs::write(&path, page) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&format!("{PAGE} cannot be written: {error}")),
        };
    }
    let known = recorded(&fs::read_to_string(&path).unwrap_or_default());
    let lost = statements.iter().zip(&results).filter(|(statement, result)| {
        known.contains(&statement.number) && matches!(result, Outcome::Failed | Outcome::Untested)
    });
    let lost: Vec<String> = lost
        .map(|(statement, _)| format!("{} ({})", statement.number, statement.text))
        .collect();
    match lost.as_slice() {
        [] => ExitCode::SUCCESS,
        lost => failed(&format!(
            "{PAGE} says that these are shown, and they are not: {}",
            lost.join("; ")
        )),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("error: {why}");
    ExitCode::FAILURE
}

/// What an API server must or should do.
struct Statement<'a> {
    section: &'a str,
    number: u16,
    rank: &'a str,
    text: &'a str,
    /// Targets and beginnings of names of further tests.
    also: Vec<(&'a str, &'a str)>,
}

/// What came of a test, or of all tests of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Untested,
    /// What the test needs was not there.
    Ignored,
    Passed(usize),
    Failed,
}

/// A test that ran.
struct Test<'a> {
    target: String,
    name: &'a str,
    outcome: Outcome,
}

fn statements() -> Vec<Statement<'static>> {
    let mut section = "";
    let lines = include_str!("statements.tsv")
        .lines()
        .filter(|line| !line.starts_with("# "));
    let statements = lines.filter_map(|line| {
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
            return None;
        }
        let mut columns = line.split('\t');
        let number = columns.next()?.parse().ok()?;
        let (rank, text) = (columns.next()?, columns.next()?);
        let also = columns.next().unwrap_or_default().split(',');
        let also = also.filter_map(|name| name.split_once(':')).collect();
        Some(Statement {
            section,
            number,
            rank,
            text,
            also,
        })
    });
    statements.collect()
}

fn reasons() -> BTreeMap<u16, &'static str> {
    let lines = include_str!("reasons.tsv")
        .lines()
        .filter(|line| !line.starts_with("# "));
    let reasons = lines.filter_map(|line| line.split_once('\t'));
    reasons
        .filter_map(|(number, reason)| Some((number.parse().ok()?, reason)))
        .collect()
}

/// All results in the output of `cargo test`.
fn outcomes(log: &str) -> Vec<Test<'_>> {
    let mut target = String::new();
    let mut tests = Vec::new();
    for line in log.lines() {
        if let Some(running) = line.trim_start().strip_prefix("Running ") {
            // `tests/x.rs (target/debug/deps/x-0123456789abcdef)`
            let program = running.rsplit('/').next().unwrap_or_default();
            target = program.rsplit_once('-').map_or(program, |(name, _)| name).to_owned();
        }
        let Some((name, outcome)) = line.strip_prefix("test ").and_then(|test| test.rsplit_once(" ... ")) else {
            continue;
        };
        let outcome = match outcome.split([',', ' ']).next() {
            Some("ok") => Outcome::Passed(1),
            Some("ignored") => Outcome::Ignored,
            _ => Outcome::Failed,
        };
        tests.push(Test {
            target: target.clone(),
            name: name.trim(),
            outcome,
        });
    }
    tests
}

impl Statement<'_> {
    fn result(&self, tests: &[Test<'_>]) -> Outcome {
        let of_this = tests.iter().filter(|test| self.is_shown_by(test));
        of_this.fold(Outcome::Untested, |result, test| match (result, test.outcome) {
            (Outcome::Passed(sum), Outcome::Passed(more)) => Outcome::Passed(sum + more),
            (one, other) => one.max(other),
        })
    }

    fn is_shown_by(&self, test: &Test<'_>) -> bool {
        let name = test.name.rsplit("::").next().unwrap_or_default();
        let numbers = name.split('_').map_while(|part| {
            let number = part.strip_prefix('s').unwrap_or(part);
            let is_number = number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit());
            number.parse().ok().filter(|_: &u16| is_number)
        });
        let is_numbered = name.starts_with('s') && numbers.into_iter().any(|number| number == self.number);
        let is_named = |(target, beginning): &(&str, &str)| test.target == *target && test.name.starts_with(beginning);
        is_numbered || self.also.iter().any(is_named)
    }
}

fn page(statements: &[Statement<'_>], results: &[Outcome], reasons: &BTreeMap<u16, &str>) -> String {
    let mut page = String::from(
        "# Conformance of the API server\n\n\
         What the API server has to do, and which of it the tests show. Ranks: M must, S should, L later. The page is made\n\
         from the results of the tests by `cargo run -p kgen-tests --bin conformance`.\n\n",
    );
    for (rank, word) in [("M", "must"), ("S", "should"), ("L", "later")] {
        let of_rank = || {
            statements
                .iter()
                .zip(results)
                .filter(|(statement, _)| statement.rank == rank)
        };
        let passed = of_rank()
            .filter(|(_, result)| matches!(result, Outcome::Passed(_)))
            .count();
        let _ = writeln!(page, "- {word}: {passed} of {} shown", of_rank().count());
    }
    let mut section = "";
    for (statement, result) in statements.iter().zip(results) {
        if statement.section != section {
            section = statement.section;
            let _ = write!(page, "\n## {section}\n\n| | | statement | tests |\n|---|---|---|---|\n");
        }
        let shown = match result {
            Outcome::Passed(1) => "passed".to_owned(),
            Outcome::Passed(count) => format!("{count} passed"),
            Outcome::Failed => "FAILED".to_owned(),
            Outcome::Ignored => "not run: what it needs is missing".to_owned(),
            Outcome::Untested => reasons
                .get(&statement.number)
                .map_or_else(|| "none".to_owned(), |reason| format!("none: {reason}")),
        };
        let Statement { number, rank, text, .. } = statement;
        let _ = writeln!(page, "| {number} | {rank} | {text} | {shown} |");
    }
    page
}

/// The statements that a page says are shown.
fn recorded(page: &str) -> Vec<u16> {
    let rows = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.trim_end().ends_with("passed |"));
    rows.filter_map(|row| row.split('|').nth(1)?.trim().parse().ok())
        .collect()
}
