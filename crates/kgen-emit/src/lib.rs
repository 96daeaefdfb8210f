//! What every generator shares: the trait it implements, the files it returns, where they go, the imports at their
//! top, and how they are formatted. Nothing here touches the disk.

mod docs;
pub mod draft;
mod file;
mod format;
mod generator;
mod imports;
pub mod index;
mod layout;
pub mod parallel;
pub mod rust;

pub use docs::docs;
pub use file::{File, Owner, VERSION};
pub use generator::{Generator, Part};
pub use imports::Imports;
pub use layout::{Deployment, Layout, Support, slashed};
