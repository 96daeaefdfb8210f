//! What clients can rely on, from outside: a server is asked over HTTPS, and the answers are compared with what the
//! Kubernetes API promises. The name of a test begins with the numbers of the statements that it shows; what they say is
//! in `tests/conformance/statements.tsv` of the workspace.

mod audit;
mod chain;
mod compression;
mod discovery;
mod fixture;
mod health;
mod limits;
mod metrics;
mod objects;
mod openapi;
mod protobuf;
mod shutdown;
mod spans;
