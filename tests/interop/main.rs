//! Generated types work with kube as it is, and code, schemas and defaults agree.

mod properties;
mod schemas;
mod support;
