//! What a Kubernetes-style API server is made of.
//!
//! Everything here is type-erased: objects are bytes with a key and a revision, JSON values, or `dyn kgen::Object`, and
//! no endpoint is generic over the type of a resource, so that one more resource costs little more code.

pub mod admission;
pub mod api;
pub mod apply;
pub mod auth;
pub mod cluster;
pub mod failure;
mod files;
pub mod negotiation;
pub mod patch;
pub mod request;
pub mod resource;
pub mod response;
pub mod rest;
pub mod storage;
pub mod strategy;
pub mod tls;

pub use api::Api;
