//! Numbers, texts and foreign types with rules of their own that hold wherever they are used.

use std::collections::BTreeMap;

use kgen::k8s::{Condition, ObjectReference, RawExtension};
use serde_json::Value;

/// A voltage in millivolts. Converters have steps of 50.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
#[kgen(minimum = 0, exclusive_minimum, maximum = 60000, exclusive_maximum, multiple_of = 50)]
#[kgen(extension("x-fleet-unit", "mV"), neq = 13050)]
pub struct Millivolts(pub i32);

/// A number that only grows, such as the metres that a robot has driven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
#[kgen(monotonic, on_update(minimum = 1))]
pub struct Counter(pub i64);

/// A shift of the people on a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(enum_values = ["Early", "Late", "Night"], default = "Early")]
pub struct Shift(pub String);

/// An address of the internet protocol, but not that of the machine itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(max_length = 45, any_of(case(format = "ipv4"), case(format = "ipv6")), not(enum_values = ["127.0.0.1", "::1"]))]
#[kgen(if_disabled("DualStack", format = "ipv4"))]
#[kgen(if_enabled("PrivateOnly", pattern = r"^(10\.|fd)"))]
pub struct Address(pub String);

/// A word that people say over the radio: no digits, and neither too short nor too long to be heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(
    all_of(case(pattern = "^[A-Z]"), case(min_length = 3, max_length = 24)),
    max_bytes = 48
)]
#[kgen(alpha(since = "1.3", pattern = "^[A-Za-z]+$"), beta(since = "1.5", neq = "Mayday"))]
pub struct CallSign(pub String);

/// The number or the name of a door.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(int_or_string)]
pub struct Door(pub Value);

/// An object of any kind, as it was at some moment.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(embedded_resource, preserve_unknown_fields, immutable)]
pub struct Snapshot(pub RawExtension);

/// Any value that a sensor may give, or null where it gave none.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(nullable)]
pub struct Sample(pub Value);

/// An object that decides over another one, in its own namespace.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(subfield("name", required, min_length = 1), subfield("namespace", forbidden))]
pub struct Owner(pub ObjectReference);

/// The state of an object: at most one condition of each type.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(list = map(key = "type"), min_items = 1, max_items = 16)]
#[kgen(item(type = "Calibrated", immutable))]
pub struct Conditions(pub Vec<Condition>);

/// Persons who are told, each of them once. Names that differ in their case only are one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(list = set, custom_unique, max_items = 16, each(max_length = 64), validate_with = crate::rules::told)]
pub struct Persons(pub Vec<String>);

/// Numbers in the order of their places, each of them once.
#[derive(Clone, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(list = atomic, unique = set, max_items = 100, each(minimum = 0, maximum = 99999))]
pub struct Sequence(pub Vec<i32>);

/// Remarks by subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(map = granular, min_properties = 1, max_properties = 16)]
#[kgen(each_key(min_length = 2, max_length = 32), each(max_bytes = 400))]
pub struct Remarks(pub BTreeMap<String, String>);
