//! A type with members, for rules that compare and show whole items.

use kgen::serde::Serialize;
use kgen::serde::ser::{SerializeStruct, Serializer};

/// A port of a container: its members are not in the order of their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Port {
    pub(crate) name: String,
    pub(crate) container: i32,
}

impl Port {
    pub(crate) fn new(name: &str, container: i32) -> Self {
        Self {
            name: name.to_owned(),
            container,
        }
    }
}

impl Serialize for Port {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut port = serializer.serialize_struct("Port", 2)?;
        port.serialize_field("name", &self.name)?;
        port.serialize_field("container", &self.container)?;
        port.end()
    }
}
