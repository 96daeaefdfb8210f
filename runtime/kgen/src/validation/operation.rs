//! What is being done to an object.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::BuildHasher;

use super::text::Quoted;
use super::{Error, Errors, Path};

/// Whether an object is made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The object is new.
    Create,
    /// The object replaces a stored one.
    Update,
}

/// Tells which options, mostly feature gates, are on.
pub trait Options {
    /// Whether the option is on; `None` if nobody has decided that, which is an error of the program.
    fn is_on(&self, option: &str) -> Option<bool>;
}

impl Options for [(&str, bool)] {
    fn is_on(&self, option: &str) -> Option<bool> {
        self.iter().find(|(name, _)| *name == option).map(|(_, on)| *on)
    }
}

impl<const N: usize> Options for [(&str, bool); N] {
    fn is_on(&self, option: &str) -> Option<bool> {
        self.as_slice().is_on(option)
    }
}

impl Options for BTreeMap<String, bool> {
    fn is_on(&self, option: &str) -> Option<bool> {
        self.get(option).copied()
    }
}

impl<S: BuildHasher> Options for HashMap<String, bool, S> {
    fn is_on(&self, option: &str) -> Option<bool> {
        self.get(option).copied()
    }
}

/// What is being done: create or update, through which subresource, and which options are on.
///
/// ```
/// use kgen::validation::Operation;
///
/// let operation = Operation::update().subresource("status").options(&[("FancyPorts", true)]);
/// assert!(operation.is_update());
/// assert_eq!(operation.subresource_path(), "/status");
/// ```
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    action: Action,
    subresource: &'a str,
    options: &'a dyn Options,
}

impl<'a> Operation<'a> {
    /// An object is made, no options are defined.
    #[must_use]
    pub const fn create() -> Self {
        Self::new(Action::Create)
    }

    /// An object is changed, no options are defined.
    #[must_use]
    pub const fn update() -> Self {
        Self::new(Action::Update)
    }

    /// An action on the object itself, no options are defined.
    #[must_use]
    pub const fn new(action: Action) -> Self {
        Self {
            action,
            subresource: "",
            options: &[] as &[(&str, bool); 0],
        }
    }

    /// The same through a subresource: `status`, or `x/y` for one below another.
    #[must_use]
    pub const fn subresource(self, subresource: &'a str) -> Self {
        Self { subresource, ..self }
    }

    /// The same with these options defined.
    #[must_use]
    pub const fn options(self, options: &'a dyn Options) -> Self {
        Self { options, ..self }
    }

    /// What is done.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// Whether a stored object is changed.
    #[must_use]
    pub const fn is_update(&self) -> bool {
        matches!(self.action, Action::Update)
    }

    /// The subresource as a path: `/` for the object itself, or `/status`.
    #[must_use]
    pub fn subresource_path(&self) -> String {
        format!("/{}", self.subresource)
    }

    /// The subresource as it was given; empty for the object itself.
    #[must_use]
    pub const fn subresource_name(&self) -> &'a str {
        self.subresource
    }

    /// Whether a value was stored and is the same now, so that it need not be checked again (ratcheting).
    pub fn unchanged<T: PartialEq + ?Sized>(&self, value: &T, old: Option<&T>) -> bool {
        self.is_update() && old.is_some_and(|old| value == old)
    }

    /// Whether rules under `+k8s:ifEnabled(option)` apply. An undefined option is an internal error and applies to nothing.
    pub fn if_enabled(&self, errors: &mut Errors, path: &Path<'_>, option: &str) -> bool {
        self.option(errors, path, option) == Some(true)
    }

    /// Whether rules under `+k8s:ifDisabled(option)` apply. An undefined option is an internal error and applies to nothing.
    pub fn if_disabled(&self, errors: &mut Errors, path: &Path<'_>, option: &str) -> bool {
        self.option(errors, path, option) == Some(false)
    }

    /// Whether an option is on; `None` if it is undefined.
    #[must_use]
    pub fn is_on(&self, option: &str) -> Option<bool> {
        self.options.is_on(option)
    }

    /// Whether an option is on; reports one that is undefined.
    pub(super) fn option(&self, errors: &mut Errors, path: &Path<'_>, option: &str) -> Option<bool> {
        let on = self.is_on(option);
        if on.is_none() {
            errors.push_with(|| Error::internal(path, format!("undefined validation option {}", Quoted(option))));
        }
        on
    }
}

impl fmt::Debug for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("action", &self.action)
            .field("subresource", &self.subresource)
            .finish_non_exhaustive()
    }
}
