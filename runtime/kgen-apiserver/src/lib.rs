//! What a Kubernetes-style API server is made of.
//!
//! Everything here is type-erased: objects are bytes with a key and a revision, JSON values, or `dyn kgen::Object`, and
//! no endpoint is generic over the type of a resource, so that one more resource costs little more code.

pub mod admission;
pub mod api;
pub mod apply;
pub mod audit;
pub mod auth;
#[cfg(feature = "cli")]
pub mod cli;
pub mod cluster;
mod digest;
mod discovery;
mod duration;
pub mod failure;
mod files;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod generated;
pub mod health;
pub mod metrics;
pub mod negotiation;
pub mod openapi;
pub mod patch;
mod protobuf;
pub mod request;
pub mod resource;
pub mod response;
pub mod rest;
pub mod server;
pub mod storage;
pub mod strategy;
pub mod tls;
mod yaml;

pub use api::Api;
