//! How types are read and written: the file `serde.rs` of a module.

mod empty;
mod enums;
mod names;
mod parts;
mod plan;
mod render;
mod structs;
#[cfg(test)]
mod tests;
mod unions;

pub use empty::{EmptyField, EmptyPlan, Test};
pub use enums::EnumPlan;
pub use names::Subject;
pub use parts::{Assemble, Part, PartsPlan, Slot};
pub use plan::{CodecPlan, ShapePlan, TypePlan, plan};
pub use structs::{Arm, Line, Read, StartPlan, StructPlan, Write};
pub use unions::{Member, UnionPlan};

pub(crate) use empty::{Emptiness, emptiness, plan as empty_plan};
pub(crate) use names::{flattened, keeps_others, wire_names};
pub(crate) use render::file;
pub(crate) use structs::filled;

/// The stem of the file.
const STEM: &str = "serde";
