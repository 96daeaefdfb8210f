//! An object, what is done with it, and the errors that are wanted.

use std::fmt;

use serde_json::Value;

/// One validation.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The name of the object's type.
    pub ty: String,
    /// The object.
    pub new: Value,
    /// The object that it replaces: its presence makes an update of it.
    pub old: Option<Value>,
    /// The features that are defined.
    pub options: Vec<(&'static str, bool)>,
    /// The errors, as text.
    pub wanted: Vec<String>,
}

impl Case {
    /// An object is made.
    pub(crate) fn create(ty: &str, new: Value, wanted: &[&str]) -> Self {
        let wanted = wanted.iter().map(|error| (*error).to_owned()).collect();
        Self {
            ty: ty.to_owned(),
            new,
            old: None,
            options: Vec::new(),
            wanted,
        }
    }

    /// An object is replaced.
    pub(crate) fn update(ty: &str, old: Value, new: Value, wanted: &[&str]) -> Self {
        let old = Some(old);
        Self {
            old,
            ..Self::create(ty, new, wanted)
        }
    }

    /// A feature is on, or off.
    pub(crate) fn with(mut self, feature: &'static str, on: bool) -> Self {
        self.options.push((feature, on));
        self
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.ty, self.new)?;
        if let Some(old) = &self.old {
            write!(f, " instead of {old}")?;
        }
        write!(f, " {:?}", self.options)
    }
}
