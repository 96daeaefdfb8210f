//! All that is wrong with an object.

use std::collections::HashSet;
use std::fmt;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::StatusCause;

use super::{Error, ErrorKind, Level};

/// All that is wrong with an object, in the order of finding.
///
/// Displayed as the aggregate of apimachinery: one error bare, several as `[a, b]`, the same message once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    list: Vec<Error>,
    mode: Mode,
}

/// What becomes of an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Collect,
    /// Errors are counted and not even made.
    Count(usize),
}

impl Errors {
    /// No errors yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            list: Vec::new(),
            mode: Mode::Collect,
        }
    }

    /// No errors yet, and they are only going to be counted: for finding out whether rules hold, without allocating.
    #[must_use]
    pub const fn counting() -> Self {
        Self {
            list: Vec::new(),
            mode: Mode::Count(0),
        }
    }

    /// Adds an error.
    pub fn push(&mut self, error: Error) {
        match &mut self.mode {
            Mode::Collect => self.list.push(error),
            Mode::Count(count) => *count += 1,
        }
    }

    /// Adds an error that is only made if it is not just counted. Rules use this.
    #[cold]
    pub fn push_with(&mut self, make: impl FnOnce() -> Error) {
        match &mut self.mode {
            Mode::Collect => self.list.push(make()),
            Mode::Count(count) => *count += 1,
        }
    }

    /// How many errors there are. Comparing it before and after rules tells whether they hold.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.mode {
            Mode::Collect => self.list.len(),
            Mode::Count(count) => count,
        }
    }

    /// Whether all is well.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The errors in order; none if they were only counted.
    pub fn iter(&self) -> std::slice::Iter<'_, Error> {
        self.list.iter()
    }

    /// Marks what was found since there were `len` errors as found by rules of this level.
    pub fn mark_from(&mut self, len: usize, level: Level) {
        for error in self.list.iter_mut().skip(len) {
            error.level = level;
        }
    }

    /// Says of what was found since there were `len` errors which rule found it.
    pub fn set_origin_from(&mut self, len: usize, origin: &'static str) {
        for error in self.list.iter_mut().skip(len) {
            error.origin = origin;
        }
    }

    /// Puts words before the details of what was found since there were `len` errors.
    pub fn prefix_detail_from(&mut self, len: usize, prefix: &str) {
        for error in self.list.iter_mut().skip(len) {
            error.detail.insert_str(0, prefix);
        }
    }

    /// Leaves out what is not enforced: errors of alpha rules, and those of beta rules unless `beta` says so. Internal
    /// errors stay.
    #[must_use]
    pub fn enforced(mut self, beta: bool) -> Self {
        self.list.retain(|error| match (error.kind, error.level) {
            (ErrorKind::Internal, _) | (_, Level::Stable) => true,
            (_, Level::Beta) => beta,
            (_, Level::Alpha) => false,
        });
        self
    }

    /// The errors as an `Err`, if there are any.
    ///
    /// # Errors
    /// The errors themselves.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The causes that a `Status` of reason `Invalid` lists, one an error.
    pub fn causes(&self) -> impl Iterator<Item = StatusCause> + '_ {
        self.iter().map(StatusCause::from)
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut seen = HashSet::new();
        let messages: Vec<String> = self
            .iter()
            .map(Error::to_string)
            .filter(|message| seen.insert(message.clone()))
            .collect();
        match messages.as_slice() {
            [] => Ok(()),
            [message] => f.write_str(message),
            messages => write!(f, "[{}]", messages.join(", ")),
        }
    }
}

impl std::error::Error for Errors {}

impl Extend<Error> for Errors {
    fn extend<I: IntoIterator<Item = Error>>(&mut self, errors: I) {
        errors.into_iter().for_each(|error| self.push(error));
    }
}

impl FromIterator<Error> for Errors {
    fn from_iter<I: IntoIterator<Item = Error>>(errors: I) -> Self {
        Self {
            list: errors.into_iter().collect(),
            mode: Mode::Collect,
        }
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Error;
    type IntoIter = std::slice::Iter<'a, Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
