//! The first version. Robots that were made for it still use it; missions of it are only found in old backups.

use kgen::k8s::{LocalObjectReference, ObjectMeta};

use crate::shared::{SiteName, ZoneName};

kgen::version! {
    group = "fleet.example.com",
    version = "v1alpha1",
    served = false,
    deprecated,
    lifecycle(introduced = "0.3", deprecated = "0.8", removed = "1.2"),
    generate(openapi = false),
}

/// A machine that carries goods within a site.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status, served = true)]
#[kgen(deprecated = "fleet.example.com/v1alpha1 Robot is deprecated; have its firmware updated")]
pub struct Robot {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the robot shall be.
    pub spec: RobotSpec,
    /// What it is.
    pub status: Option<crate::v1::RobotStatus>,
}

/// What a robot shall be.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RobotSpec {
    /// The name of its Chassis.
    pub chassis: String,
    /// The site where it works.
    pub site: SiteName,
    /// Whether it takes no missions.
    #[kgen(optional, renamed = "enabled", convert_with = crate::convert::negated)]
    pub disabled: bool,
    /// Where it waits for missions.
    pub home: Option<Home>,
}

/// Where a robot waits for missions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
#[kgen(convert_with = crate::convert::home)]
#[kgen(converts(fields = ["east", "north"], storage = ["x", "y"]))]
pub struct Home {
    /// Centimetres to the east.
    pub east: i32,
    /// Centimetres to the north.
    pub north: i32,
}

/// A task for one robot.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status, skip_version)]
pub struct Mission {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What is to be done.
    pub spec: MissionSpec,
    /// What was done.
    pub status: Option<crate::v1::MissionStatus>,
}

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(convert_with = crate::convert::zones)]
#[kgen(converts(fields = ["robot", "zones"], storage = ["robot", "steps"]))]
pub struct MissionSpec {
    /// The robot.
    pub robot: LocalObjectReference,
    /// The zones that it goes to, one after the other.
    #[kgen(unique_items, max_items = 32)]
    pub zones: Vec<ZoneName>,
}
