//! Which objects a request is about: selectors, and the attributes of stored objects that they look at.
//!
//! A field that selectors know has a value in each version. Those of the storage version are attributes of their own
//! name; those of other versions have the version before the name, since one name may mean two things.

use std::borrow::Cow;

use bytes::Bytes;
use kgen::scheme::KindVersion;
use kgen::selector::{FieldSelector, LabelSelector, Operator, Requirement};
use serde_json::Value;

use super::{Target, encode};
use crate::failure::Failure;
use crate::storage::{Attributes, Describe, Item, Metadata, Selection};

/// The field that leads to a single object.
pub(super) const NAME: &str = "metadata.name";

/// What selectors know of objects of all kinds.
const KNOWN: [&str; 2] = [NAME, "metadata.namespace"];

/// Tells labels, name, namespace and the selectable fields of all versions.
pub(crate) struct Selectable {
    hub: KindVersion,
    /// All versions; needed for objects that are not stored in the hub.
    versions: Vec<KindVersion>,
}

impl Selectable {
    /// Of a kind in these versions.
    pub(crate) fn new(hub: &KindVersion, versions: &[&KindVersion]) -> Self {
        Self {
            hub: hub.clone(),
            versions: versions.iter().map(|kind| (*kind).clone()).collect(),
        }
    }
}

impl Describe for Selectable {
    fn describe(&self, key: &str, value: &Bytes) -> Result<Attributes, String> {
        let mut described = Metadata.describe(key, value)?;
        for kind in self.versions.iter().filter(|kind| !kind.selectable.is_empty()) {
            let json = self.json(kind, value)?;
            let fields = kind.selectable_values(&json);
            let fields =
                fields.map(|(name, value)| (attribute(&self.hub, kind, name).into_owned(), value.into_owned()));
            described = described.with_fields(fields);
        }
        Ok(described)
    }
}

impl Selectable {
    /// A stored object in a version.
    fn json(&self, kind: &KindVersion, stored: &[u8]) -> Result<Value, String> {
        if kind.gvk == self.hub.gvk && encode::says(stored, &kind.gvk) {
            return serde_json::from_slice(stored).map_err(|error| error.to_string());
        }
        let object = encode::decode(&self.hub, &self.versions, stored)?;
        let object = kind.behaviour.convert_from_hub(object);
        let object = object.map_err(|error| error.to_string())?;
        object.to_json().map_err(|error| error.to_string())
    }
}

/// The attribute that holds the value of a field.
fn attribute<'f>(hub: &KindVersion, kind: &KindVersion, field: &'f str) -> Cow<'f, str> {
    if KNOWN.contains(&field) || kind.gvk.version == hub.gvk.version {
        return Cow::Borrowed(field);
    }
    Cow::Owned(format!("{}:{field}", kind.gvk.version))
}

/// Whether all fields of a selector are known in the version.
pub(super) fn check(kind: &KindVersion, fields: &FieldSelector) -> Result<(), Failure> {
    let declared = kind.selectable.iter().map(|path| path.as_str().trim_start_matches('.'));
    let known: Vec<&str> = KNOWN.into_iter().chain(declared).collect();
    let unknown = fields.terms().iter().find(|term| !known.contains(&term.field.as_str()));
    let Some(unknown) = unknown else { return Ok(()) };
    let known: Vec<String> = known.iter().map(|field| format!("{field:?}")).collect();
    Err(Failure::bad_request(format!(
        "{:?} is not a known field selector: only {}",
        unknown.field,
        known.join(", ")
    )))
}

/// What a field has to be.
struct Term {
    attribute: String,
    value: String,
    equals: bool,
}

/// The objects that both selectors select.
pub(super) fn selection(target: &Target<'_>, labels: &LabelSelector, fields: &FieldSelector) -> Selection {
    if labels.is_empty() && fields.is_empty() {
        return Selection::Everything;
    }
    let (hub, kind) = (&target.resource.hub, &target.version.kind);
    let terms = fields.terms().iter().map(|term| Term {
        attribute: attribute(hub, kind, &term.field).into_owned(),
        value: term.value.clone(),
        equals: term.equals,
    });
    let required: Vec<_> = labels.requirements().iter().filter_map(required).collect();
    let (terms, labels): (Vec<Term>, _) = (terms.collect(), labels.clone());
    Selection::matching(required, move |item: &Item| {
        item.attributes().is_ok_and(|attributes| {
            let holds =
                |term: &Term| (attributes.field(&term.attribute).unwrap_or_default() == term.value) == term.equals;
            terms.iter().all(holds) && labels.holds(|key| attributes.label(key))
        })
    })
}

/// The label that an object has to have, if it is one.
fn required(requirement: &Requirement) -> Option<(Box<str>, Box<str>)> {
    match &requirement.operator {
        Operator::In(values) if values.len() == 1 => {
            let value = values.first()?;
            Some((requirement.key.as_str().into(), value.as_str().into()))
        }
        Operator::In(_)
        | Operator::NotIn(_)
        | Operator::Exists
        | Operator::DoesNotExist
        | Operator::GreaterThan(_)
        | Operator::LessThan(_) => None,
    }
}
