//! Site: a warehouse, with the rules of the house.

use std::collections::BTreeMap;

use kgen::k8s::{ObjectMeta, RawExtension};
use serde_json::Value;

use crate::shared::{
    Address, ByZone, Conditions, Counter, Door, Persons, Remarks, Sequence, Shift, Snapshot, ZoneName,
};

/// A warehouse, with the rules of the house.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster, category = "fleet", status)]
#[kgen(column("Shift", path = ".spec.shift"), column("Zones", path = ".status.zones"))]
pub struct Site {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the site shall be.
    pub spec: SiteSpec,
    /// What it is.
    pub status: Option<SiteStatus>,
}

/// What a site shall be.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct SiteSpec {
    /// The shift that is at work.
    pub shift: Option<Shift>,
    /// Who is told when something happens.
    #[kgen(optional)]
    pub persons: Persons,
    /// The address of the server on the site.
    pub server: Option<Address>,
    /// The order in which shelves are filled.
    #[kgen(optional)]
    pub shelves: Sequence,
    /// Zones that form aisles, in the order in which robots pass them.
    #[kgen(optional, list = atomic, max_items = 50)]
    #[kgen(each(list = atomic, unique = set, min_items = 2, max_items = 20, each(max_length = 5)))]
    pub aisles: Vec<Vec<ZoneName>>,
    /// Speed limits by zone, in millimetres a second.
    #[kgen(optional, max_properties = 256)]
    #[kgen(each(
        minimum = 0,
        exclusive_minimum,
        maximum = 3000,
        exclusive_maximum,
        multiple_of = 50,
        neq = 1300
    ))]
    pub speed_limits: ByZone<i32>,
    /// The widest gap that robots may jump, in millimetres: none, a small one, or a multiple of the width of a rail.
    #[kgen(any_of(case(enum_values = [0]), case(minimum = 5, maximum = 15), case(multiple_of = 32, neq = 64)))]
    #[kgen(one_of(
        case(minimum = 0, exclusive_maximum, maximum = 100),
        case(minimum = 100, exclusive_minimum)
    ))]
    pub gap: Option<i32>,
    /// How to reach people, by department and means.
    #[kgen(optional, max_properties = 16)]
    #[kgen(each_key(pattern = "^[a-z]+$", max_length = 16, max_bytes = 16, neq = "nobody"))]
    #[kgen(each(
        map = atomic,
        max_properties = 3,
        each_key(enum_values = ["phone", "mail", "radio"]),
        each(max_length = 80)
    ))]
    pub contacts: BTreeMap<String, BTreeMap<String, String>>,
    /// Doors that robots may open, by zone.
    #[kgen(optional, max_properties = 64, each(title = "Door", example = 7))]
    pub doors: ByZone<Door>,
    /// Gates, by the number or the name of the lorry that stands there; null if there is none.
    #[kgen(optional, max_properties = 64, each(int_or_string, nullable))]
    pub gates: BTreeMap<String, Value>,
    /// Pages with live pictures, by camera.
    #[kgen(optional, max_properties = 32)]
    #[kgen(each(schema(type = "string", format = "uri"), max_length = 200))]
    pub cameras: BTreeMap<String, String>,
    /// Drawings, in whatever form the architect has them.
    #[kgen(optional, list = atomic, max_items = 8)]
    #[kgen(each(schemaless, preserve_unknown_fields, extension("x-fleet-unit", "m")))]
    pub drawings: Vec<Value>,
    /// Objects that every robot on the site knows.
    #[kgen(optional, list = atomic, max_items = 16, each(embedded_resource, preserve_unknown_fields))]
    pub known_objects: Vec<RawExtension>,
    /// What the site was when it opened.
    pub opening: Option<Snapshot>,
    /// What people should know.
    pub remarks: Option<Remarks>,
    /// The rules of the house, in order.
    #[kgen(optional, list = map(key = "name"), max_items = 32, item(name = "fire", immutable))]
    #[kgen(each(subfield("text", update(no_modify), on_update(min_length = 10)), opaque))]
    pub rules: Vec<HouseRule>,
    /// Rules for single zones.
    #[kgen(optional, max_properties = 16)]
    #[kgen(each(
        list = map(key = "name"),
        max_items = 4,
        item(name = "fire", forbidden),
        validate_with = crate::rules::house
    ))]
    pub zone_rules: ByZone<Vec<HouseRule>>,
    /// The days on which nothing moves, such as `12-24`.
    #[kgen(optional, list = set, max_items = 40)]
    #[kgen(each(
        pattern = "^[0-9]{2}-[0-9]{2}$",
        max_length = 5,
        not(enum_values = ["02-29"]),
        if_enabled("LocalHolidays", min_length = 5),
        if_disabled("LocalHolidays", enum_values = ["12-24", "12-31"])
    ))]
    pub holidays: Vec<String>,
    /// Names under which people know the zones.
    #[kgen(optional, max_properties = 64)]
    #[kgen(each(
        max_length = 40,
        alpha(since = "1.2", max_length = 30),
        beta(since = "1.4", pattern = "^[^0-9]*$")
    ))]
    pub nicknames: ByZone<String>,
    /// Bands of the radio, in megahertz: whole ones, or those of the old sets.
    #[kgen(optional, list = set, max_items = 8)]
    #[kgen(each(
        all_of(case(minimum = 400), case(maximum = 6000)),
        any_of(case(multiple_of = 5), case(enum_values = [433])),
        one_of(case(maximum = 1000), case(minimum = 2400))
    ))]
    pub bands: Vec<i32>,
    /// The zones where robots wait for people: a few near each other, or any with a plan.
    #[kgen(optional, list = atomic, not(min_items = 9))]
    #[kgen(any_of(case(max_items = 3, each(pattern = "^A")), case(min_items = 4, max_items = 8)))]
    pub waiting: Vec<ZoneName>,
}

/// A rule of the house.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(any_of(
    case(subfield("text", min_length = 20)),
    case(fields_required("picture"), all_of(case(subfield("picture", max_length = 200)))),
    case(one_of(case(fields_required("title")), case(min_properties = 3, max_properties = 4)))
))]
pub struct HouseRule {
    /// The name of the rule.
    #[kgen(max_length = 32)]
    pub name: String,
    /// What it says.
    #[kgen(max_length = 400)]
    pub text: String,
    /// A title above it.
    pub title: Option<String>,
    /// The address of a picture.
    pub picture: Option<String>,
    /// What it was called once. Nobody may say so any more.
    #[kgen(forbidden)]
    pub old_name: Option<String>,
}

/// What a site is.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct SiteStatus {
    /// How many zones there are.
    #[kgen(optional)]
    pub zones: i32,
    /// How many robots came through each zone.
    #[kgen(optional, max_properties = 256, each(monotonic))]
    pub passages: ByZone<i64>,
    /// How many goods came in.
    #[kgen(optional)]
    pub arrivals: Counter,
    /// `Open` and `Staffed`.
    pub conditions: Option<Conditions>,
}
