//! kube without a change, on generated types.

mod api;
mod definitions;
mod derive;
mod runtime;
mod types;
