//! Everything that a definition cannot say or that a server would refuse, found before anything is generated.
//!
//! What a kind is made of is looked at in two forms: as places with what is said there, where each rule has its span, and
//! as the schema that comes of it, where types and fields have met.

mod cases;
mod cel;
mod conform;
mod derive;
mod expression;
mod left_out;
mod names;
mod order;
mod path;
mod recursion;
mod shape;
#[cfg(test)]
mod tests;
mod unique;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use kgen_emit::parallel;
use kgen_emit::rust::check_defaults;
use kgen_model::model::Origin;
use kgen_model::rules::places;
use kgen_model::{Diagnostic, Model, Report, Resource, Span, TypeId};

use super::plan;
use crate::structural::Reach;

/// Reports what is wrong with the kinds that have a definition, and with the types that they use.
pub(super) fn check(model: &Model, report: &mut Report) {
    let groups = plan::groups(model);
    for resources in &groups {
        names::check(model, resources, report);
        for resource in resources.iter().filter(|resource| resource.kube_derive.is_none()) {
            path::check(model, resource, report);
        }
    }
    let (derived, resources): (Vec<&Resource>, Vec<&Resource>) = groups
        .into_iter()
        .flatten()
        .partition(|resource| resource.kube_derive.is_some());
    derived
        .iter()
        .for_each(|resource| derive::check(model, resource, report));
    recursion::check(model, &resources, report);
    let misfits = misfits(model);
    let unordered = order::unordered(model, &resources);
    let types: Vec<TypeId> = used_types(model, &resources).into_iter().collect();
    let found = parallel::map(&types, |id| {
        let mut report = Report::default();
        check_type(model, *id, &misfits, &unordered, &mut report);
        report
    });
    found.into_iter().for_each(|found| report.append(found));
    let mut told = BTreeSet::new();
    for resource in &resources {
        left_out::check(model, resource, &mut told, report);
        shape::metadata(model, resource, report);
    }
    misfits.into_iter().for_each(|misfit| report.push(misfit));
}

fn check_type(
    model: &Model,
    id: TypeId,
    misfits: &[Diagnostic],
    unordered: &BTreeMap<TypeId, Span>,
    report: &mut Report,
) {
    shape::check(model, id, report);
    values::check(model, id, misfits, report);
    for place in places(model, id) {
        shape::check_place(&place, report);
        unique::check(&place, report);
        cases::check(model, &place, report);
        cel::check(model, &place, unordered, report);
    }
}

/// Defaults of another type than their fields have. They are reported as the generators of Rust do, and only once.
fn misfits(model: &Model) -> Vec<Diagnostic> {
    let mut report = Report::default();
    check_defaults(model, &mut report);
    let of_type = |found: &&Diagnostic| found.code == "default-type";
    report.diagnostics().iter().filter(of_type).cloned().collect()
}

/// The person's types that the kinds consist of.
fn used_types(model: &Model, resources: &[&Resource]) -> BTreeSet<TypeId> {
    let of = |resource: &&Resource| {
        Reach::of(model, resource.ty)
            .iter()
            .chain([resource.ty])
            .collect::<Vec<_>>()
    };
    let all = resources.iter().flat_map(of);
    all.filter(|id| model.ty(*id).origin == Origin::Source).collect()
}
