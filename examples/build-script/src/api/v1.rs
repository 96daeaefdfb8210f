//! The only version so far.

use kgen::k8s::{Duration, ObjectMeta};

kgen::version! { group = "tea.example.com", version = "v1" }

/// A pot of tea.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status)]
#[kgen(column("Leaf", path = ".spec.leaf"))]
#[kgen(column("Cups", path = ".status.cups"))]
pub struct Pot {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the pot shall hold.
    pub spec: PotSpec,
    /// What it holds.
    pub status: Option<PotStatus>,
}

/// What a pot shall hold.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct PotSpec {
    /// What the tea is made of.
    #[kgen(immutable)]
    pub leaf: Leaf,
    /// How many cups there shall be.
    #[kgen(default = 2, minimum = 1, maximum = 12)]
    pub cups: i32,
    /// How long the tea draws.
    #[kgen(default = "3m")]
    pub time: Duration,
}

/// What tea is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum Leaf {
    /// Black tea.
    #[default]
    Black,
    /// Green tea.
    Green,
    /// Herbs, which are no tea at all.
    Herbs,
}

/// What a pot holds.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct PotStatus {
    /// How many cups are left.
    pub cups: i32,
}
