//! The configuration of a server as a file says it: an API of its own, which kgen generates.

pub mod v1alpha1;

/// The version that is read.
pub const API_VERSION: &str = "apiserver.config.kgen.dev/v1alpha1";

/// The kind that is read.
pub const KIND: &str = "ServerConfiguration";
