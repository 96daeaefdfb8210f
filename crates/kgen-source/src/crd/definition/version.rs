//! One version of a definition: what it says of the kind as markers.

use kgen_model::{Expr, Literal, Report, Span};

use super::{Version, members, needed, unknown};
use crate::crd::at::At;
use crate::crd::mark;
use crate::crd::schema::{switch, text, wrong};
use crate::crd::yaml::Kind;

/// Reads a version; `markers` are those of all versions.
pub(super) fn read<'n, 't>(at: &At<'n, 't>, mut markers: Vec<Expr>, report: &mut Report) -> Option<Version<'n, 't>> {
    let name = needed(at, "name", report)?;
    let name = (text(&name, report)?, name.node.span);
    let is_deprecated = at.get("deprecated").and_then(|at| switch(&at, report));
    let warning = at.get("deprecationWarning");
    for member in members(at) {
        match member.key() {
            "name" | "schema" => {}
            "served" => markers.extend(not_served(&member, report)),
            "storage" => markers.extend(switch(&member, report).map(|span| mark::flag("storage", span))),
            "deprecated" => markers.extend(is_deprecated.map(|span| deprecated(span, warning.as_ref(), report))),
            "deprecationWarning" if is_deprecated.is_some() => {}
            "deprecationWarning" => {
                let message = "this version has a warning of deprecation, but is not deprecated";
                report.push(member.error("bad-crd", message).help("add `deprecated: true`"));
            }
            "subresources" => subresources(&member, &mut markers, report),
            "additionalPrinterColumns" => columns(&member, &mut markers, report),
            "selectableFields" => selectable(&member, &mut markers, report),
            other => unknown(&member, other, &OF_VERSION, report),
        }
    }
    if !mark::says(&markers, "storage") {
        // A definition does not tell what becomes of which field in another version.
        let switch = mark::assign("conversion", Literal::Bool(false), name.1);
        markers.push(mark::call("generate", vec![switch], name.1));
    }
    let schema = needed(at, "schema", report)?;
    let schema = needed(&schema, "openAPIV3Schema", report)?;
    Some(Version { name, markers, schema })
}

const OF_VERSION: [&str; 9] = [
    "additionalPrinterColumns",
    "deprecated",
    "deprecationWarning",
    "name",
    "schema",
    "selectableFields",
    "served",
    "storage",
    "subresources",
];

fn not_served(at: &At<'_, '_>, report: &mut Report) -> Option<Expr> {
    match at.node.kind {
        Kind::Bool(is_served) => (!is_served).then(|| mark::assign("served", Literal::Bool(false), at.span)),
        _ => {
            wrong(at, "`true` or `false`", report);
            None
        }
    }
}

fn deprecated(span: Span, warning: Option<&At<'_, '_>>, report: &mut Report) -> Expr {
    match warning.and_then(|at| text(at, report)) {
        Some(warning) => mark::assign("deprecated", warning, span),
        None => mark::flag("deprecated", span),
    }
}

fn subresources(at: &At<'_, '_>, markers: &mut Vec<Expr>, report: &mut Report) {
    for member in members(at) {
        match member.key() {
            "status" => markers.push(mark::flag("status", member.span)),
            "scale" => markers.push(scale(&member, report)),
            other => unknown(&member, other, &["scale", "status"], report),
        }
    }
}

fn scale(at: &At<'_, '_>, report: &mut Report) -> Expr {
    let mut args = Vec::new();
    for member in members(at) {
        let name = match member.key() {
            "specReplicasPath" => "spec",
            "statusReplicasPath" => "status",
            "labelSelectorPath" => "selector",
            other => {
                let known = ["labelSelectorPath", "specReplicasPath", "statusReplicasPath"];
                unknown(&member, other, &known, report);
                continue;
            }
        };
        let path = text(&member, report).filter(|path| !path.is_empty());
        args.extend(path.map(|path| mark::assign(name, path, member.span)));
    }
    mark::call("scale", args, at.span)
}

fn columns(at: &At<'_, '_>, markers: &mut Vec<Expr>, report: &mut Report) {
    let Some(elements) = at.elements() else {
        return wrong(at, "a list of columns", report);
    };
    for column in elements {
        let Some(name) = needed(&column, "name", report).and_then(|at| text(&at, report)) else {
            continue;
        };
        let mut args = vec![mark::literal(name, column.span)];
        for member in members(&column) {
            let argument = match member.key() {
                "name" => continue,
                "jsonPath" => "path",
                "priority" => {
                    // Priority 0 is that of a column without one.
                    if !member.node.literal().is_zero() {
                        args.push(mark::assign("priority", member.node.literal(), member.span));
                    }
                    continue;
                }
                argument @ ("type" | "format" | "description") => argument,
                other => {
                    let known = ["description", "format", "jsonPath", "name", "priority", "type"];
                    unknown(&member, other, &known, report);
                    continue;
                }
            };
            let said = text(&member, report).filter(|text| !text.is_empty());
            args.extend(said.map(|text| mark::assign(argument, text, member.span)));
        }
        markers.push(mark::call("column", args, column.span));
    }
}

fn selectable(at: &At<'_, '_>, markers: &mut Vec<Expr>, report: &mut Report) {
    let Some(elements) = at.elements() else {
        return wrong(at, "a list of fields", report);
    };
    for field in elements {
        let path = needed(&field, "jsonPath", report).and_then(|at| text(&at, report));
        markers.extend(path.map(|path| mark::assign("selectable", path, field.span)));
    }
}
