//! What a Kubernetes-style API server is made of.
//!
//! Everything here is type-erased: objects are bytes with a key and a revision, or JSON values, and nothing is generic over
//! the type of a resource, so that one more resource costs no more code.

pub mod apply;
pub mod failure;
pub mod negotiation;
pub mod patch;
pub mod storage;
