//! Mission: a task for one robot.

use std::collections::BTreeMap;

use kgen::k8s::{
    Condition, Duration, LabelSelector, LocalObjectReference, ObjectMeta, Time, TypedLocalObjectReference,
};

use super::Step;
use crate::shared::{Range, Severity, ZoneName};

/// A task for one robot.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, short_name = "mi", category = "fleet", status, client(skip = ["deletecollection"]))]
#[kgen(column("Robot", path = ".status.robot.name"))]
#[kgen(column("Priority", path = ".spec.priority"))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
pub struct Mission {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What is to be done.
    pub spec: MissionSpec,
    /// What was done.
    pub status: Option<MissionStatus>,
}

/// What is to be done, and by whom.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(exactly_one_of("robot", "robotSelector"), default_with = MissionSpec::complete)]
pub struct MissionSpec {
    /// The robot.
    pub robot: Option<LocalObjectReference>,
    /// The robots of which any will do.
    #[kgen(added)]
    pub robot_selector: Option<LabelSelector>,
    /// What the robot does, one step after the other.
    #[kgen(list = map(key = "name"), min_items = 1, max_items = 64)]
    #[kgen(each(
        subfield("retries", maximum = 5),
        cel("self.name != 'begin'", message = "every mission begins")
    ))]
    pub steps: Vec<Step>,
    /// Missions with a higher number come first. It may be raised, and lowered only to nothing.
    #[kgen(added, default = MissionSpec::USUAL_PRIORITY, on_update(minimum = 0))]
    #[kgen(cel(
        "self >= oldSelf.orValue(0) || self == 0",
        message = "priorities only rise",
        optional_old_self
    ))]
    pub priority: i32,
    /// When the mission is too late.
    #[kgen(added(keep), update(no_modify))]
    pub deadline: Option<Time>,
    /// How long it may take.
    #[kgen(added, default = "1h")]
    pub timeout: Duration,
    /// How long a robot may stand still before the mission goes to another one; for ever if this is not set.
    #[kgen(added)]
    pub patience: Option<Duration>,
    /// How many robots may try.
    #[kgen(added, default = json!({"min": 1, "max": 3}))]
    pub tries: Range<i32>,
    /// Faults of this severity end the mission.
    #[kgen(added, default = Severity::NextDock)]
    pub tolerance: Severity,
    /// Words that the robot shows on the way.
    #[kgen(added, default = ["on my way", "mind the gap"], list = atomic, max_items = 8, each(max_length = 40))]
    pub greetings: Vec<String>,
    /// What is carried.
    #[kgen(added, optional, list = map(key = "kind", key = "name"), max_items = 32)]
    pub goods: Vec<TypedLocalObjectReference>,
    /// Barcodes of what is carried. Readers differ about leading zeros, which do not count. None is added on the way.
    #[kgen(added, optional, list = set, max_items = 100, each(max_length = 32), update(no_add_item))]
    #[kgen(custom_unique, validate_with = crate::rules::barcodes)]
    pub barcodes: Vec<String>,
    /// Persons who are told, by the step that they are told of.
    #[kgen(added, optional, max_properties = 64)]
    #[kgen(each(list = set, custom_unique, max_items = 4, validate_with = crate::rules::persons))]
    pub persons: BTreeMap<String, Vec<String>>,
    /// The zones to avoid, with the reason; reasons that nobody wrote down are null.
    #[kgen(added, optional, list = atomic, unique = map(key = "zone"), max_items = 64)]
    pub detours: Vec<Detour>,
}

impl MissionSpec {
    /// The priority of a mission that says none.
    pub const USUAL_PRIORITY: i32 = 100;

    /// A mission without a choice of robots goes to any.
    pub fn complete(&mut self) {
        if self.robot.is_none() {
            self.robot_selector.get_or_insert_default();
        }
    }
}

/// A zone to avoid.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Detour {
    /// The zone.
    pub zone: ZoneName,
    /// The reason.
    #[kgen(nullable, default = null)]
    pub reason: Option<String>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct MissionStatus {
    /// The robot that took the mission.
    pub robot: Option<LocalObjectReference>,
    /// The names of the steps that are done.
    #[kgen(optional, list = atomic, max_items = 64)]
    pub done: Vec<String>,
    /// `Accepted`, `Complete` and `Failed`.
    #[kgen(optional, list = map(key = "type"), max_items = 8)]
    pub conditions: Vec<Condition>,
}
