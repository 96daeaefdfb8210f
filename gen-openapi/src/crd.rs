//! Custom resource definitions.

/// The generator of custom resource definitions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Crd;
