//! Gateway API's standard channel in Rust: GatewayClass, Gateway, HTTPRoute and GRPCRoute.
//!
//! The types are written by hand and carry every rule of the API; serde, defaults, validation and the CRDs are
//! generated from them. A field whose Rust `Default` is also the API's default is plain; where the two differ the
//! field is an `Option`, so that leaving it out lets the API server fill it in.

pub mod generated;
pub mod v1;
pub mod v1beta1;
