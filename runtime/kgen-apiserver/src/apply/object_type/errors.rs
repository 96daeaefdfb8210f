//! What is wrong with a value.

use std::fmt;

/// A value that does not fit its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    /// The path to the value, such as `.spec.ports[port=80]`.
    pub path: String,
    /// What is wrong with it.
    pub problem: String,
}

/// Everything that is wrong with an object. There is at least one error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeErrors(Vec<TypeError>);

/// A client that sends an object of many thousand mistakes does not need all of them.
const MOST: usize = 100;

impl TypeErrors {
    pub(super) fn checked(errors: Vec<TypeError>) -> Result<(), Self> {
        if errors.is_empty() { Ok(()) } else { Err(Self(errors)) }
    }

    /// The errors in the order of the object, a hundred at most.
    pub fn errors(&self) -> &[TypeError] {
        &self.0
    }
}

/// Notes an error at the value itself.
pub(super) fn note(errors: &mut Vec<TypeError>, problem: impl Into<String>) {
    if errors.len() < MOST {
        errors.push(TypeError {
            path: String::new(),
            problem: problem.into(),
        });
    }
}

/// Tells the errors from `first` on that they are below `element`.
pub(super) fn prefix(errors: &mut [TypeError], first: usize, element: impl FnOnce() -> String) {
    if let Some(errors) = errors.get_mut(first..).filter(|errors| !errors.is_empty()) {
        let element = element();
        for error in errors {
            error.path.insert_str(0, &element);
        }
    }
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.path, self.problem)
        }
    }
}

/// One error as it is, several below a heading.
impl fmt::Display for TypeErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.0.as_slice() {
            return only.fmt(f);
        }
        f.write_str("errors:")?;
        self.0.iter().try_for_each(|error| write!(f, "\n  {error}"))
    }
}

impl std::error::Error for TypeErrors {}
