//! A stored object as readers share it: its bytes, what selectors look at, and each encoding of it once.

use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use serde::Deserialize;

use super::{Entry, Revision};

/// One state of one object. All lists and watches that show this state share it.
pub struct Item {
    entry: Entry,
    attributes: Result<Arc<Attributes>, Arc<Undecodable>>,
    encodings: Encodings,
}

/// What selectors look at: labels and selectable fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    labels: Vec<(Box<str>, Box<str>)>,
    fields: Vec<(Box<str>, Box<str>)>,
}

/// A stored object that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// Its key.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Tells what selectors look at in the stored form of one resource.
pub trait Describe: Send + Sync + 'static {
    /// Reads labels and selectable fields, or says why the value is no object of this resource.
    fn describe(&self, key: &str, value: &Bytes) -> Result<Attributes, String>;
}

/// Reads what every object has: `metadata.labels` and the fields `metadata.name` and `metadata.namespace`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Metadata;

/// The number of a way to encode objects, such as "JSON in v1beta1". Whoever encodes gives the numbers out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(pub u32);

/// One encoding, which most objects have, and those that follow. None is ever taken back.
#[derive(Default)]
struct Encodings {
    first: OnceLock<(Encoding, Bytes)>,
    others: OnceLock<Box<Self>>,
}

impl Item {
    /// An entry with what selectors look at. One that cannot be read is an item all the same.
    pub fn new(entry: Entry, describe: &dyn Describe) -> Self {
        let attributes = describe
            .describe(&entry.key, &entry.value)
            .map(Arc::new)
            .map_err(|reason| {
                Arc::new(Undecodable {
                    key: entry.key.to_string(),
                    reason,
                })
            });
        Self {
            entry,
            attributes,
            encodings: Encodings::default(),
        }
    }

    /// The same state at the revision at which it went away.
    pub(crate) fn gone(&self, revision: Revision) -> Self {
        Self {
            entry: Entry {
                revision,
                ..self.entry.clone()
            },
            attributes: self.attributes.clone(),
            encodings: Encodings::default(),
        }
    }

    /// The key, the stored bytes and the revisions.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The revision of this state: of its write, or of its deletion in an event of one.
    pub fn revision(&self) -> Revision {
        self.entry.revision
    }

    /// What selectors look at, or why the object cannot be read.
    pub fn attributes(&self) -> Result<&Attributes, &Undecodable> {
        self.attributes.as_deref().map_err(|undecodable| &**undecodable)
    }

    /// The object in an encoding, which is made once for all readers.
    pub fn encoded<E>(&self, encoding: Encoding, make: impl FnOnce(&Self) -> Result<Bytes, E>) -> Result<&Bytes, E> {
        match self.known(encoding) {
            Some(bytes) => Ok(bytes),
            None => Ok(self.encodings.keep(encoding, make(self)?)),
        }
    }

    /// The object in an encoding, if it was made.
    pub fn known(&self, encoding: Encoding) -> Option<&Bytes> {
        let mut encodings = &self.encodings;
        loop {
            let (known, bytes) = encodings.first.get()?;
            if *known == encoding {
                return Some(bytes);
            }
            encodings = encodings.others.get()?;
        }
    }
}

impl Encodings {
    /// Keeps an encoding. Of several that encode at once, the first one's bytes are kept by all.
    fn keep(&self, encoding: Encoding, bytes: Bytes) -> &Bytes {
        let mut encodings = self;
        loop {
            let (known, kept) = encodings.first.get_or_init(|| (encoding, bytes.clone()));
            if *known == encoding {
                return kept;
            }
            encodings = encodings.others.get_or_init(Box::default);
        }
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.entry.key, self.entry.revision)
    }
}

impl Attributes {
    /// The attributes of an object with these labels and fields.
    pub fn new<K, V>(labels: impl IntoIterator<Item = (K, V)>, fields: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<Box<str>>,
        V: Into<Box<str>>,
    {
        Self {
            labels: sorted(labels),
            fields: sorted(fields),
        }
    }

    /// The same attributes and some more fields.
    #[must_use]
    pub fn with_fields<K, V>(mut self, fields: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<Box<str>>,
        V: Into<Box<str>>,
    {
        self.fields
            .extend(fields.into_iter().map(|(name, value)| (name.into(), value.into())));
        self.fields.sort_unstable();
        self
    }

    /// The names and the values of all labels.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The value of a label.
    pub fn label(&self, name: &str) -> Option<&str> {
        find(&self.labels, name)
    }

    /// The value of a selectable field, such as `metadata.name`.
    pub fn field(&self, name: &str) -> Option<&str> {
        find(&self.fields, name)
    }
}

fn sorted<K: Into<Box<str>>, V: Into<Box<str>>>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(Box<str>, Box<str>)> {
    let mut pairs: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    pairs.sort_unstable();
    pairs
}

fn find<'a>(pairs: &'a [(Box<str>, Box<str>)], name: &str) -> Option<&'a str> {
    let place = pairs.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
    Some(&pairs[place].1)
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the object `{}` cannot be read: {}", self.key, self.reason)
    }
}

impl std::error::Error for Undecodable {}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    metadata: DocumentMetadata<'a>,
}

#[derive(Deserialize)]
struct DocumentMetadata<'a> {
    #[serde(default, borrow)]
    name: std::borrow::Cow<'a, str>,
    #[serde(default, borrow)]
    namespace: std::borrow::Cow<'a, str>,
    #[serde(default)]
    labels: Option<std::collections::BTreeMap<String, String>>,
}

impl Describe for Metadata {
    fn describe(&self, _: &str, value: &Bytes) -> Result<Attributes, String> {
        let document: Document<'_> = serde_json::from_slice(value).map_err(|error| error.to_string())?;
        let metadata = document.metadata;
        let fields = [
            ("metadata.name".to_owned(), metadata.name.into_owned()),
            ("metadata.namespace".to_owned(), metadata.namespace.into_owned()),
        ];
        Ok(Attributes::new(metadata.labels.unwrap_or_default(), fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Item {
        let value = r#"{"metadata":{"name":"a","labels":{"app":"web"}}}"#;
        let entry = Entry {
            key: Arc::from("/x/a"),
            value: Bytes::from_static(value.as_bytes()),
            created: Revision::new(2),
            revision: Revision::new(3),
        };
        Item::new(entry, &Metadata)
    }

    #[test]
    fn selectors_see_labels_and_fields() {
        let item = item();
        let attributes = item.attributes().unwrap();
        assert_eq!(attributes.label("app"), Some("web"));
        assert_eq!(attributes.label("tier"), None);
        assert_eq!(attributes.field("metadata.name"), Some("a"));
        assert_eq!(attributes.field("metadata.namespace"), Some(""));
    }

    #[test]
    fn an_encoding_is_made_once() {
        let item = item();
        for (encoding, text) in [(1, "one"), (2, "two"), (1, "again"), (2, "again")] {
            let made = item.encoded(Encoding(encoding), |_| Ok::<_, ()>(Bytes::from_static(text.as_bytes())));
            assert_eq!(made.unwrap(), ["one", "two"][encoding as usize - 1]);
        }
    }

    #[test]
    fn an_unreadable_object_is_still_an_item() {
        let entry = Entry {
            value: Bytes::from_static(b"{"),
            ..item().entry().clone()
        };
        let item = Item::new(entry, &Metadata);
        assert_eq!(item.attributes().unwrap_err().key, "/x/a");
    }
}
