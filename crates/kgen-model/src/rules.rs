//! Rules as they were written: the places where something is said, what stands there in JSON, and whether what is said
//! fits it. It holds for all types, whether a definition reaches them or not.

mod fit;
mod kind;
mod lists;
mod named;
mod pattern;
mod place;
mod unions;

use std::collections::BTreeSet;

pub use kind::Kind;
pub use place::{Inside, Place, Scope, places};

use crate::model::{Model, TypeId};
use crate::report::Report;

/// The formats of Kubernetes that rules may name.
pub const FORMATS: [&str; 11] = [
    "k8s-extended-resource-name",
    "k8s-label-key",
    "k8s-label-value",
    "k8s-long-name",
    "k8s-long-name-caseless",
    "k8s-path-segment-name",
    "k8s-prefixed-label-key",
    "k8s-resource-fully-qualified-name",
    "k8s-resource-pool-name",
    "k8s-short-name",
    "k8s-uuid",
];

/// Reports rules that do not fit what they are about. `foreign` types were not written for kgen: what stands there follows
/// other tools.
pub fn check(model: &Model, foreign: &BTreeSet<TypeId>, report: &mut Report) {
    for (id, _) in model.source_types().filter(|(id, _)| !foreign.contains(id)) {
        unions::check(model, id, report);
        for place in &places(model, id) {
            fit::check(model, place, report);
            lists::check(model, place, report);
            named::check(model, place, report);
        }
    }
}
