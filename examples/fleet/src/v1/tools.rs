//! What a robot works with.

use kgen::k8s::{ByteString, Quantity};

use crate::shared::{Capability, Point, Size};

/// What a robot works with.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub struct Tools {
    /// What the robot carries. `carries` says which member is set.
    #[kgen(flatten)]
    pub load: Load,
    /// What is mounted on its front.
    pub front: Option<Tool>,
    /// Further tools.
    #[kgen(optional, list = atomic, max_items = 4)]
    pub others: Vec<Tool>,
    /// What the robot is certified for.
    #[kgen(optional, list = atomic, unique = set, max_items = 32)]
    pub capabilities: Vec<Capability>,
}

/// A tool: exactly one of the members is set.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Tool {
    /// Fingers.
    Gripper(Gripper),
    /// Tines that lift pallets.
    Fork(Box<Fork>),
    /// A lamp that disinfects.
    #[kgen(name = "uvLamp", description = "A lamp that disinfects. Nobody may be near.")]
    UltravioletLamp(Lamp),
    /// A cover, where no tool is mounted.
    Cover(Cover),
}

/// A cover, of which there is nothing to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub struct Cover;

/// Fingers.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Gripper {
    /// How many fingers there are.
    #[kgen(minimum = 2, maximum = 5)]
    pub fingers: u8,
    /// The most that they hold.
    #[kgen(default = "5k")]
    pub max_weight: Quantity,
    /// Where the fingers are, as seen from the robot.
    #[kgen(optional, max_items = 5)]
    pub positions: Vec<Point>,
}

/// Tines that lift pallets.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Fork {
    /// How far the tines reach, in millimetres.
    pub reach: u16,
    /// A fork on the fork, which takes a second pallet.
    #[kgen(preserve_unknown_fields)]
    pub second: Option<Box<Fork>>,
}

/// A lamp that disinfects.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Lamp {
    /// The dose, in joules to the square metre.
    #[kgen(allow_float, minimum = 0, exclusive_minimum)]
    pub dose: f64,
    /// The seal of the last inspection.
    pub seal: Option<ByteString>,
}

/// What a robot carries.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(discriminator = "carries")]
pub enum Load {
    /// A closed box.
    Tote(Size),
    /// A pallet with goods.
    Pallet(Pallet),
    /// Nothing: the robot watches.
    Nothing,
}

/// A pallet with goods. It is secured in one way, it comes from one place, and it may be marked.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Pallet {
    /// How the pallet is secured.
    #[kgen(union_discriminator(union = "securing"))]
    pub secured_by: Securing,
    /// How many straps there are.
    #[kgen(union_member(union = "securing", name = "Straps"), minimum = 1)]
    pub straps: Option<i32>,
    /// How many layers of film there are.
    #[kgen(union_member(union = "securing", name = "Film"), minimum = 2)]
    pub layers: Option<i32>,
    /// Which of the two following members says where it came from.
    #[kgen(union_discriminator)]
    pub came_from: Option<String>,
    /// Where it came from: another site.
    #[kgen(union_member(name = "Site"))]
    pub from_site: Option<crate::shared::SiteName>,
    /// Where it came from: a supplier.
    #[kgen(union_member(name = "Supplier"))]
    pub from_supplier: Option<String>,
    /// How many runners it stands on.
    #[kgen(union_member(union = "ground"))]
    pub runners: Option<u8>,
    /// How many feet it stands on.
    #[kgen(union_member(union = "ground"))]
    pub feet: Option<u8>,
    /// The code of its tag.
    #[kgen(zero_or_one_of_member)]
    pub tag: Option<String>,
    /// The number that is painted on it.
    #[kgen(zero_or_one_of_member)]
    pub painted: Option<u32>,
    /// Who sealed it.
    #[kgen(zero_or_one_of_member(union = "seal"))]
    pub sealed_by: Option<String>,
    /// The camera that watches it instead.
    #[kgen(zero_or_one_of_member(union = "seal", name = "Camera"))]
    pub watched_by: Option<String>,
}

/// How a pallet is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum Securing {
    /// With straps.
    #[default]
    Straps,
    /// With film.
    Film,
}
