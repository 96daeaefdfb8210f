//! What is shown, and how: reports, progress, summaries. The only place that prints beside the results of commands.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use kgen_build::words::counted;
use kgen_build::{Step, Style, json_lines, render};
use kgen_model::{Diagnostic, Report, Severity, Sources};

use crate::args::{Color, Global, MessageFormat};

/// Nothing is shown of a run that takes less.
const MOMENT: Duration = Duration::from_millis(300);

/// What the surroundings say about the terminal.
pub(crate) struct Environment {
    is_terminal: bool,
    wants_no_color: bool,
    width: Option<usize>,
}

impl Environment {
    pub(crate) fn read() -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            is_terminal: std::io::stderr().is_terminal(),
            wants_no_color: is_set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb"),
            width: std::env::var("COLUMNS")
                .ok()
                .and_then(|width| width.parse().ok())
                .filter(|width| *width >= 40),
        }
    }
}

/// Where everything is shown.
pub(crate) struct Terminal {
    style: Style,
    format: MessageFormat,
    quiet: bool,
    verbose: bool,
    shows_progress: bool,
}

impl Terminal {
    pub(crate) fn new(global: &Global, environment: &Environment) -> Self {
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => environment.is_terminal && !environment.wants_no_color,
        };
        let is_human = matches!(global.message_format, MessageFormat::Human);
        Self {
            style: Style {
                color,
                width: environment.width.unwrap_or(Style::default().width),
            },
            format: global.message_format,
            quiet: global.quiet,
            verbose: global.verbose,
            shows_progress: environment.is_terminal && is_human && !global.quiet,
        }
    }

    /// Whether messages go to people, and not to programs.
    pub(crate) fn is_human(&self) -> bool {
        matches!(self.format, MessageFormat::Human)
    }

    /// Prints the result of a command. A reader that went away is no mistake of ours.
    pub(crate) fn output(&self, text: &str) {
        let _ = std::io::stdout().write_all(text.as_bytes());
    }

    /// Shows a report: to people on the standard error, to programs on the standard output.
    pub(crate) fn report(&self, report: &Report, sources: &Sources) {
        match self.format {
            MessageFormat::Human => eprint!("{}", render(report, sources, self.style)),
            MessageFormat::Json => self.output(&json_lines(report, sources)),
        }
    }

    /// Shows one error that has no place in the input.
    pub(crate) fn error(&self, diagnostic: Diagnostic) {
        let mut report = Report::default();
        report.push(diagnostic);
        self.report(&report, &Sources::default());
    }

    /// The last line of a run that found errors.
    pub(crate) fn failure(&self, report: &Report) {
        let of = |severity| {
            report
                .diagnostics()
                .iter()
                .filter(|found| found.severity == severity)
                .count()
        };
        let warnings = match of(Severity::Warning) {
            0 => String::new(),
            warnings => format!(", {}", counted(warnings, "warning")),
        };
        self.summary(&format!("{}{warnings}", counted(of(Severity::Error), "error")));
    }

    /// The last line of a command that went well.
    pub(crate) fn summary(&self, text: &str) {
        if !self.quiet && self.is_human() {
            eprintln!("kgen: {text}");
        }
    }

    /// A line for those who want to know more.
    pub(crate) fn detail(&self, text: &str) {
        if self.verbose && self.is_human() {
            eprintln!("{text}");
        }
    }

    /// A line that appears when a run takes longer than a moment.
    pub(crate) fn progress(&self) -> Progress {
        Progress {
            is_on: self.shows_progress,
            start: Instant::now(),
            width: Mutex::new(0),
        }
    }
}

/// One line on the terminal that is written again and again. It vanishes when the run is over.
pub(crate) struct Progress {
    is_on: bool,
    start: Instant,
    /// How much of the line is written.
    width: Mutex<usize>,
}

impl Progress {
    pub(crate) fn show(&self, step: Step) {
        if !self.is_on || self.start.elapsed() < MOMENT {
            return;
        }
        let text = match step {
            Step::Load => "kgen: reading".to_owned(),
            Step::Resolve => "kgen: checking".to_owned(),
            Step::Generate(done, all) => format!("kgen: generating {done}/{all}"),
            Step::Compare => "kgen: comparing".to_owned(),
        };
        self.write(&text);
    }

    /// How long the run has taken.
    pub(crate) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn write(&self, text: &str) {
        let Ok(mut width) = self.width.lock() else { return };
        eprint!("\r{text:<0$}{1}", *width, if text.is_empty() { "\r" } else { "" });
        // The line is only a comfort: a terminal that is gone is no reason to fail.
        let _ = std::io::stderr().flush();
        *width = text.len();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.width.lock().is_ok_and(|width| *width > 0) {
            self.write("");
        }
    }
}
