//! What becomes of fields that a type does not have, and of those that are there twice.

use kgen::codec::Finding;

use crate::request::Warnings;

/// What a client wants to hear of fields that are passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldValidation {
    /// Nothing.
    Ignore,
    /// A warning for each.
    #[default]
    Warn,
    /// The request is refused.
    Strict,
}

/// How many findings are told.
const MOST_TOLD: usize = 100;

impl FieldValidation {
    /// Reads the option of a query; empty means the default.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "" | "Warn" => Some(Self::Warn),
            "Ignore" => Some(Self::Ignore),
            "Strict" => Some(Self::Strict),
            _ => None,
        }
    }

    /// Whether anybody wants to know.
    pub(super) fn looks(self) -> bool {
        self != Self::Ignore
    }

    /// Tells what was found, as warnings or as the reason of a refusal.
    ///
    /// # Errors
    /// What a refusal says.
    pub(super) fn settle(self, findings: &Findings, warnings: &Warnings) -> Result<(), String> {
        match self {
            Self::Ignore => Ok(()),
            Self::Warn => {
                findings
                    .lines()
                    .take(MOST_TOLD)
                    .for_each(|line| warnings.add(line.as_str()));
                Ok(())
            }
            Self::Strict if findings.is_empty() => Ok(()),
            Self::Strict => Err(findings.to_error()),
        }
    }
}

/// What was found in a body.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    /// Keys that a map of YAML has twice, with their lines.
    pub(super) repeated: Vec<String>,
    /// Unknown and repeated fields, in words.
    pub(super) fields: Vec<String>,
}

impl Findings {
    /// What was found in JSON. Something may stand before each of it.
    pub(super) fn of(fields: &[Finding], prefix: &str) -> Self {
        Self {
            repeated: Vec::new(),
            fields: fields.iter().map(|finding| format!("{prefix}{finding}")).collect(),
        }
    }

    /// The same with what was found later.
    pub(super) fn and(mut self, later: &[Finding]) -> Self {
        self.fields.extend(later.iter().map(ToString::to_string));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.repeated.is_empty() && self.fields.is_empty()
    }

    fn lines(&self) -> impl Iterator<Item = &String> {
        self.repeated.iter().chain(&self.fields)
    }

    fn to_error(&self) -> String {
        let repeated = (!self.repeated.is_empty()).then(|| repeated_keys(&self.repeated));
        let fields = self.fields.iter().cloned();
        let all: Vec<String> = repeated.into_iter().chain(fields).take(MOST_TOLD).collect();
        format!("strict decoding error: {}", all.join(", "))
    }
}

/// What Go's decoder of YAML says of keys that are there twice.
pub(super) fn repeated_keys(lines: &[String]) -> String {
    format!("yaml: unmarshal errors:\n  {}", lines.join("\n  "))
}
