//! The version before v1. Clients that have not moved on find it until 1.6.

use kgen::k8s::ObjectMeta;

use crate::shared::{Point, SiteName};
use crate::v1::{Power, RobotStatus};

kgen::version! {
    group = "fleet.example.com",
    version = "v1beta1",
    deprecated = "fleet.example.com/v1beta1 is deprecated; use v1",
    lifecycle(introduced = "0.8", deprecated = "1.0", removed = "1.6"),
}

/// A machine that carries goods within a site.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status)]
#[kgen(lifecycle(introduced = "0.8", removed = "1.6", replacement = "fleet.example.com/v1/Robot"))]
pub struct Robot {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the robot shall be.
    pub spec: RobotSpec,
    /// What it is.
    pub status: Option<RobotStatus>,
}

/// What a robot shall be.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RobotSpec {
    /// The name of its Chassis.
    #[kgen(renamed = "chassis")]
    pub chassis_name: String,
    /// The site where it works.
    pub site: SiteName,
    /// Whether it takes missions.
    #[kgen(default = true)]
    pub enabled: bool,
    /// Where it waits for missions.
    pub home: Option<Point>,
    /// The highest speed, in millimetres a second.
    #[kgen(moved = ".spec.drive.maxSpeed", default = 1500)]
    pub max_speed: u32,
    /// What it runs on.
    #[kgen(optional)]
    pub power: Power,
    /// The colour of its paint, which nobody ever read.
    #[kgen(dropped)]
    pub colour: Option<String>,
}

/// A task for one robot.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status)]
pub struct Mission {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What is to be done.
    pub spec: crate::v1::MissionSpec,
    /// What was done.
    pub status: Option<crate::v1::MissionStatus>,
}

pub mod firmware {
    //! New firmware. Updates are stored in this version until all robots speak v1.

    use crate::v1::ota_update as v1;

    /// New firmware for some robots, over the air.
    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind = "OTAUpdate", namespaced, status, storage, feature_gate = "OverTheAir")]
    pub struct OtaUpdate {
        /// Name, labels and the rest of the object's metadata.
        pub metadata: ::kgen::k8s::ObjectMeta,
        /// What shall be installed, and where.
        #[kgen(immutable)]
        pub spec: v1::OtaUpdateSpec,
        /// How far it is.
        pub status: Option<v1::OtaUpdateStatus>,
    }
}
