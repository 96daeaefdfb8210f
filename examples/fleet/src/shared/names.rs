//! Strings, numbers and lists with rules of their own; the rules hold wherever the type is used.

use std::collections::BTreeMap;

/// Values by zone.
pub type ByZone<T> = BTreeMap<ZoneName, T>;

/// Free text by key, as labels have it.
pub type Texts = BTreeMap<String, String>;

/// The name of a site, such as `rotterdam-2`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(format = "k8s-short-name", example = "rotterdam-2")]
pub struct SiteName(pub String);

/// The name of a zone of a site: a letter and up to four digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(min_length = 2, max_length = 5, pattern = "^[A-Z][0-9]+$")]
pub struct ZoneName(pub String);

/// The name of a dock, which is that of the zone where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(cel("self != 'Z0'", message = "zone Z0 has no power"))]
pub struct DockName(pub ZoneName);

/// A share of a hundred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(title = "Percentage", minimum = 0, maximum = 100)]
pub struct Percent(pub i32);

/// Words by which robots are found.
#[derive(Clone, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(list = set, max_items = 16, each(min_length = 1, max_length = 32, description = "One word."))]
pub struct Tags(pub Vec<String>);

/// A tag with dots, which says what a robot may do, such as `lift.heavy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(name = "CapabilityName", description = "What a robot may do, such as `lift.heavy`.")]
#[kgen(max_length = 64, validate_with = crate::rules::capability)]
pub struct Capability(pub String);
