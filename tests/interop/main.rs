//! Generated types work with kube as it is, and code, schemas and defaults agree.

mod kube_rs;
mod properties;
mod schemas;
mod strict;
mod support;
mod upstream;
mod validation;
