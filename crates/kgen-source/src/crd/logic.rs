//! `allOf`, `anyOf`, `oneOf`, `not` and CEL rules as markers.

use kgen_model::names::closest;
use kgen_model::{Expr, Report};

use super::at::At;
use super::mark;
use super::schema::{Additional, Schema, switch, text, wrong};

/// `name(case(..), case(..))`
pub(super) fn cases(at: &At<'_, '_>, name: &str, report: &mut Report) -> Option<Expr> {
    let Some(elements) = at.elements() else {
        wrong(at, "a list of schemas", report);
        return None;
    };
    let mut cases = Vec::new();
    for element in elements {
        let span = element.span;
        cases.push(mark::call("case", inside(element, report), span));
    }
    (!cases.is_empty()).then(|| mark::call(name, cases, at.span))
}

/// `not(..)`
pub(super) fn not(at: &At<'_, '_>, report: &mut Report) -> Option<Expr> {
    Some(mark::call("not", inside(at.clone(), report), at.span))
}

/// What a schema inside of schema logic says: limits, here and at the members below.
fn inside(at: At<'_, '_>, report: &mut Report) -> Vec<Expr> {
    let Some(schema) = Schema::read(at, report) else {
        return Vec::new();
    };
    refuse(&schema, report);
    let mut markers = schema.rules.clone();
    markers.extend(shape(&schema));
    markers.extend(schema.pattern_marker());
    markers.extend(schema.enum_marker(report));
    markers.extend(schema.any_of.as_ref().and_then(|at| cases(at, "any_of", report)));
    if let Some((_, span)) = schema.required.first() {
        let names = schema.required.iter().map(|(name, span)| mark::literal(*name, *span));
        markers.push(mark::call("fields_required", names.collect(), *span));
    }
    if let Some(at) = &schema.properties {
        for entry in at.node.entries().unwrap_or_default() {
            let member = at.member(entry);
            let span = member.span;
            let name = mark::literal(entry.key.as_ref(), span);
            markers.push(mark::call(
                "subfield",
                std::iter::once(name).chain(inside(member, report)).collect(),
                span,
            ));
        }
    }
    let each = match (&schema.items, &schema.additional) {
        (Some(at), _) | (None, Some(Additional::Each(at))) => Some(at.clone()),
        (None, Some(Additional::Allowed(..)) | None) => None,
    };
    if let Some(at) = each {
        let span = at.span;
        markers.push(mark::call("each", inside(at, report), span));
    }
    markers
}

/// A type is legal where an integer or a string has one case for each; a format anywhere.
fn shape(schema: &Schema<'_, '_>) -> Option<Expr> {
    let span = schema.at.span;
    let type_ = schema.type_.map(|type_| mark::assign("type", type_.name(), span));
    match schema.format {
        Some((format, span)) if type_.is_none() && !format.starts_with("k8s-") => {
            Some(mark::assign("format", format, span))
        }
        format => {
            let format = format.map(|(format, span)| mark::assign("format", format, span));
            let args: Vec<Expr> = type_.into_iter().chain(format).collect();
            (!args.is_empty()).then(|| mark::call("schema", args, span))
        }
    }
}

/// What a structural schema has outside of logic only.
fn refuse(schema: &Schema<'_, '_>, report: &mut Report) {
    let at = &schema.at;
    let said = [
        ("description", schema.description.is_some()),
        ("x-kubernetes-int-or-string", schema.int_or_string.is_some()),
        ("x-kubernetes-embedded-resource", schema.embedded_resource.is_some()),
        (
            "x-kubernetes-preserve-unknown-fields",
            schema.preserve_unknown_fields.is_some(),
        ),
        (
            "additionalProperties",
            matches!(schema.additional, Some(Additional::Allowed(..))),
        ),
        ("default", schema.has_default),
        ("nullable", schema.nullable),
        ("title", mark::says(&schema.of_place, "title")),
        ("example", mark::says(&schema.of_place, "example")),
        ("externalDocs", mark::says(&schema.of_place, "external_docs")),
        ("x-kubernetes-validations", mark::says(&schema.rules, "cel")),
        ("x-kubernetes-list-type", mark::says(&schema.rules, "list")),
        ("x-kubernetes-map-type", mark::says(&schema.rules, "map")),
    ];
    for (keyword, _) in said.into_iter().filter(|(_, is_said)| *is_said) {
        let message = format!("`{keyword}` stands inside of `allOf`, `anyOf`, `oneOf` or `not`");
        let help = "servers refuse it there: say it beside them";
        report.push(at.error("not-structural", message).help(help));
    }
}

/// `cel("rule", message = "..")`, one for each.
pub(super) fn validations(at: &At<'_, '_>, report: &mut Report) -> Vec<Expr> {
    let Some(elements) = at.elements() else {
        wrong(at, "a list of rules", report);
        return Vec::new();
    };
    elements.filter_map(|element| validation(&element, report)).collect()
}

fn validation(at: &At<'_, '_>, report: &mut Report) -> Option<Expr> {
    const ARGUMENTS: [(&str, &str); 4] = [
        ("message", "message"),
        ("messageExpression", "message_expression"),
        ("reason", "reason"),
        ("fieldPath", "field_path"),
    ];
    let Some(entries) = at.node.entries() else {
        wrong(at, "an object with a `rule`", report);
        return None;
    };
    let Some(rule) = at.get("rule") else {
        let message = "this rule has no `rule`";
        report.push(
            at.error("bad-schema", message)
                .help("write an expression of CEL, such as `rule: self.x > 0`"),
        );
        return None;
    };
    let mut args = vec![mark::literal(text(&rule, report)?, rule.span)];
    for entry in entries {
        let member = at.member(entry);
        let argument = ARGUMENTS.iter().find(|(wire, _)| *wire == entry.key);
        match (entry.key.as_ref(), argument) {
            ("rule", _) => {}
            ("optionalOldSelf", _) => {
                args.extend(switch(&member, report).map(|span| mark::flag("optional_old_self", span)));
            }
            (_, Some((_, name))) => {
                args.extend(text(&member, report).map(|text| mark::assign(name, text, member.span)));
            }
            (key, None) => {
                let found = member.error("unknown-keyword", format!("a rule has no `{key}`"));
                let names = ARGUMENTS.map(|(wire, _)| wire);
                report.push(match closest(key, names) {
                    Some(close) => found.help(format!("did you mean `{close}`?")),
                    None => found.help(format!(
                        "a rule has `rule`, `optionalOldSelf`, `{}`",
                        names.join("`, `")
                    )),
                });
            }
        }
    }
    Some(mark::call("cel", args, at.span))
}
