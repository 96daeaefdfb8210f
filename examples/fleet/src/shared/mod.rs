//! What several versions have in common. It belongs to no version, so a change here is a change to all of them.

pub mod controller;
pub mod geometry;
pub mod measures;
pub mod names;
pub mod range;

pub use controller::{Command, ControllerReport, Fault, FirmwareVersion, Setting, Severity};
pub use geometry::{Point, Pose as Location, Size};
pub use measures::{
    Address, CallSign, Conditions, Counter, Door, Millivolts, Owner, Persons, Remarks, Sample, Sequence, Shift,
    Snapshot,
};
pub use names::*;
pub use range::{PerZone, Range};
