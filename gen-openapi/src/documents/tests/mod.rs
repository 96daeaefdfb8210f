//! Tests of documents: plans by value, texts against what Kubernetes publishes.

mod corpus;
mod definitions;
mod fixture;
mod legacy;
mod operations;
mod text;
