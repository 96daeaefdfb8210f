//! Where a value stands in an object.

use std::fmt;

/// Where a value stands: a list that lives on the stack, and becomes text only when an error is made.
///
/// Displayed as `field.Path` of apimachinery: `spec.ports[0].name`, `metadata.labels[app]`, and `<nil>` for the root.
///
/// ```
/// use kgen::validation::Path;
///
/// let spec = Path::ROOT.child("spec");
/// assert_eq!(spec.child("ports").index(0).child("name").to_string(), "spec.ports[0].name");
/// assert_eq!(spec.key("app").to_string(), "spec[app]");
/// assert_eq!(Path::ROOT.to_string(), "<nil>");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

/// The last step of a path.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Child(&'a str),
    Index(usize),
    Key(&'a str),
}

impl<'a> Path<'a> {
    /// The object itself.
    pub const ROOT: Path<'static> = Path {
        parent: None,
        step: Step::Root,
    };

    /// The field `name` of what stands here, by its name in JSON.
    #[must_use]
    pub const fn child(&'a self, name: &'a str) -> Path<'a> {
        Path {
            parent: Some(self),
            step: Step::Child(name),
        }
    }

    /// An element of the list that stands here.
    #[must_use]
    pub const fn index(&'a self, index: usize) -> Path<'a> {
        Path {
            parent: Some(self),
            step: Step::Index(index),
        }
    }

    /// A value of the map that stands here.
    #[must_use]
    pub const fn key(&'a self, key: &'a str) -> Path<'a> {
        Path {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    /// Whether this is the object itself.
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// Writes the steps from the root to here; nothing for the root itself.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(parent) = self.parent else { return Ok(()) };
        parent.write(f)?;
        match self.step {
            Step::Root => Ok(()),
            Step::Child(name) if parent.is_root() => f.write_str(name),
            Step::Child(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Key(key) => write!(f, "[{key}]"),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_root() {
            f.write_str("<nil>")
        } else {
            self.write(f)
        }
    }
}
