//! What the server tells, of requests and of itself.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use super::{Options, set, set_path, set_some};
use crate::cli::config::v1alpha1::{LogFormat, ServerConfiguration};

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Messages")]
pub(super) struct MessagesFlags {
    /// File that gets one JSON object for each request; - is the standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    audit_log_path: Option<PathBuf>,
    /// Form of what the server tells on the standard error [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    logging_format: Option<LogWord>,
    /// How much the server tells, from 0 to 10; 4 and more is for those who look for a fault [default: 0]
    #[arg(long = "v", short, value_name = "N")]
    verbosity: Option<i32>,
}

/// What `--logging-format` knows.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogWord {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

pub(super) const OPTIONS: Options = &[
    ("audit.logPath", "audit-log-path"),
    ("logging.format", "logging-format"),
    ("logging.verbosity", "v"),
];

impl MessagesFlags {
    pub(super) fn apply(self, config: &mut ServerConfiguration) {
        set_path(&mut config.audit.log_path, self.audit_log_path);
        set_some(&mut config.logging.format, self.logging_format.map(LogFormat::from));
        set(&mut config.logging.verbosity, self.verbosity);
    }
}

impl From<LogWord> for LogFormat {
    fn from(word: LogWord) -> Self {
        match word {
            LogWord::Text => Self::Text,
            LogWord::Json => Self::Json,
        }
    }
}
