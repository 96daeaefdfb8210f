//! Chassis: what all robots of a model have in common.

use kgen::k8s::{NodeSelectorRequirement, ObjectMeta};

use crate::shared::{Capability, Size};

/// What all robots of a model have in common. The catalogue comes from the makers: it is read, not written.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster, client(read_only))]
#[kgen(plural = "chassis", singular = "chassis", list_kind = "ChassisCatalog")]
#[kgen(column("Maker", path = ".maker"), column("Weight", path = ".weight"))]
pub struct Chassis {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// Who makes it.
    #[kgen(max_length = 64)]
    pub maker: String,
    /// How much it weighs, in grams.
    #[kgen(minimum = 1)]
    pub weight: i64,
    /// How large it is.
    pub size: Size,
    /// How it brakes. Light models let their motors brake.
    #[kgen(flatten)]
    pub brake: Option<Brake>,
    /// Its sensors.
    #[kgen(optional, list = map(key = "position", key = "port"), max_items = 32)]
    pub sensors: Vec<Sensor>,
    /// What it can be certified for.
    #[kgen(optional, list = set, max_items = 32)]
    pub capabilities: Vec<Capability>,
    /// The pods that can run on its computer.
    #[kgen(optional, list = atomic, max_items = 8)]
    pub computer: Vec<NodeSelectorRequirement>,
}

/// How a model brakes. `brake` says which member is set.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(discriminator = "brake")]
pub enum Brake {
    /// With discs on some wheels.
    Disc(DiscBrake),
    /// With a foot on the floor.
    Foot,
}

/// Discs that brake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub struct DiscBrake {
    /// How many wheels have one.
    pub wheels: u8,
}

/// A sensor.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Sensor {
    /// Where it is.
    #[kgen(max_length = 16)]
    pub position: String,
    /// The port that it is connected to.
    pub port: u8,
    /// How often it measures, in hertz.
    #[kgen(default = 10)]
    pub rate: Option<u16>,
}
