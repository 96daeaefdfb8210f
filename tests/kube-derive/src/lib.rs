//! Types of an operator. Nothing here knows of kgen.

pub mod arguments;
pub mod attributes;
pub mod checks;
pub mod containers;
pub mod defaults;
pub mod documentation;
pub mod enums;
pub mod flattened;
pub mod generics;
pub mod kubernetes;
pub mod merging;
pub mod numbers;
pub mod rootless;
pub mod rules;
pub mod serde_names;
pub mod unions;
pub mod versions;
