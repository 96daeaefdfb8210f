//! What a robot is.

use std::collections::BTreeMap;

use kgen::k8s::{Condition, MicroTime, ObjectReference, Time};

use crate::shared::{ByZone, ControllerReport, Counter, Location, Millivolts, Owner, Percent, Sample};

/// What a robot is.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RobotStatus {
    /// What it is doing.
    #[kgen(default = Phase::Unknown)]
    pub phase: Phase,
    /// `Ready`, `Docked` and `Calibrated`, and what controllers add.
    #[kgen(optional, list = map(key = "type"), patch_strategy = "merge", patch_merge_key = "type", max_items = 16)]
    #[kgen(item(
        type = "Ready",
        cel("self.status != 'Unknown' || has(self.reason)", message = "say why it is unknown")
    ))]
    #[kgen(item(type = "Calibrated", immutable))]
    pub conditions: Vec<Condition>,
    /// What the battery holds.
    pub charge: Option<Percent>,
    /// Where it is.
    pub location: Option<Location>,
    /// The share of its strength that it uses.
    #[kgen(allow_float, minimum = 0, maximum = 1)]
    pub load: Option<f64>,
    /// How far it has come, in metres. A robot never forgets.
    #[kgen(optional)]
    pub odometer: Counter,
    /// How often it was started. Robots before 4.2 count from 0 again.
    #[kgen(optional, monotonic)]
    pub starts: u64,
    /// How often it was in each zone.
    #[kgen(optional, max_properties = 256, each(minimum = 0), update(no_remove_item))]
    pub visits: ByZone<i64>,
    /// When its last message came.
    pub last_seen: Option<Time>,
    /// When its controller sent it, by its own clock.
    pub last_sent: Option<MicroTime>,
    /// What its controller says.
    #[kgen(opaque)]
    pub controller: Option<ControllerReport>,
    /// The mission that it is on.
    pub mission: Option<Owner>,
    /// The pod that plans for it.
    pub planner: Option<ObjectReference>,
    /// What its sensors say, by sensor.
    #[kgen(optional, max_properties = 64)]
    pub samples: BTreeMap<String, Sample>,
    /// What its battery has.
    pub voltage: Option<Millivolts>,
    /// What the makers of its tools report, by tool.
    #[kgen(optional, each(preserve_unknown_fields), max_properties = 8)]
    pub tools: BTreeMap<String, serde_json::Value>,
    /// Where it is, in words.
    #[deprecated(note = "use `location`")]
    #[kgen(optional, max_length = 128)]
    pub place: String,
}

/// What a robot is doing. Controllers may know more than this version does.
#[derive(Clone, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(name = "RobotPhase")]
pub enum Phase {
    /// Nobody knows.
    #[default]
    Unknown,
    /// It waits for a mission.
    Idle,
    /// It is on a mission.
    OnMission,
    /// It is at a dock.
    Docked,
    /// What this version does not know.
    #[kgen(other)]
    Other(String),
}
