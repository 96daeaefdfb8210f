//! What both versions of OpenAPI write alike.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::GroupVersionKind;

/// An object whose members a function gives, as often as it is written.
pub(super) struct Object<F>(pub(super) F);

impl<F, I, K, V> Serialize for Object<F>
where
    F: Fn() -> I,
    I: Iterator<Item = (K, V)>,
    K: Serialize,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

/// What a document is about.
pub(super) struct Info<'a> {
    pub(super) title: &'a str,
    pub(super) version: &'a str,
}

impl Serialize for Info<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("title", self.title), ("version", self.version)])
    }
}

/// A kind as an object.
pub(super) struct KindOf<'a>(pub(super) &'a GroupVersionKind);

impl Serialize for KindOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let GroupVersionKind { group, version, kind } = self.0;
        serializer.collect_map([("group", group), ("version", version), ("kind", kind)])
    }
}

/// How requests are authenticated: by a token in a header.
pub(super) struct Security;

pub(super) const SECURITY: Security = Security;

impl Security {
    /// The scheme's name.
    pub(super) const NAME: &'static str = "BearerToken";
}

impl Serialize for Security {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scheme = [
            ("type", "apiKey"),
            ("description", "A bearer token."),
            ("name", "authorization"),
            ("in", "header"),
        ];
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(Self::NAME, &Object(|| scheme.into_iter()))?;
        map.end()
    }
}
