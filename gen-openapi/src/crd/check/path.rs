//! JSON paths of columns, selectable fields and the scale subresource.

use kgen_model::analysis::members;
use kgen_model::names::closest;
use kgen_model::rules::Kind;
use kgen_model::{Diagnostic, Model, Report, Resource, Span, TypeRef};

pub(super) fn check(model: &Model, resource: &Resource, report: &mut Report) {
    let at = |marker: &str, index| resource.places.nth(marker, index).unwrap_or(resource.span);
    for (index, column) in resource.columns.iter().enumerate() {
        report.extend(bad_column(model, resource, &column.path, at("column", index)));
    }
    if resource.selectable.len() > 8 {
        let message = format!(
            "`{}` has {} selectable fields",
            resource.kind,
            resource.selectable.len()
        );
        report.push(Diagnostic::error("bad-path", at("selectable", 8), message).help("a definition has 8 at most"));
    }
    for (index, path) in resource.selectable.iter().enumerate() {
        report.extend(bad_selectable(model, resource, path, at("selectable", index)));
    }
    if let Some(scale) = &resource.subresources.scale {
        let mut check = |path: &str, roots: &[&str], wanted| {
            report.extend(bad_scale(model, resource, path, roots, wanted));
        };
        check(&scale.spec_path, &["spec"], Kind::Integer);
        check(&scale.status_path, &["status"], Kind::Integer);
        if let Some(path) = &scale.selector_path {
            check(path, &["spec", "status"], Kind::String);
        }
    }
}

fn bad_column(model: &Model, resource: &Resource, path: &str, span: Span) -> Option<Diagnostic> {
    match follow(model, resource, path) {
        Err(fault) => Some(fault.report(span, path, "column")),
        Ok(Some(Kind::Object | Kind::Map)) => {
            let message = format!("the column `{path}` shows a whole object");
            Some(Diagnostic::warning("bad-column", span, message).help("let the path lead to one of its members"))
        }
        Ok(_) => None,
    }
}

fn bad_selectable(model: &Model, resource: &Resource, path: &str, span: Span) -> Option<Diagnostic> {
    let error = |message: String, help: &str| Some(Diagnostic::error("bad-path", span, message).help(help));
    if !is_plain(path) {
        let message = format!("the selectable field `{path}` is no plain path");
        return error(message, "write members joined by dots, such as `.spec.customer`");
    }
    if path.starts_with(".metadata.") {
        let message = format!("`{path}` cannot be made selectable");
        return error(
            message,
            "`metadata.name` and `metadata.namespace` are always selectable, the rest of metadata never is",
        );
    }
    match follow(model, resource, path) {
        Err(fault) => Some(fault.report(span, path, "selectable field")),
        Ok(Some(Kind::Bool | Kind::Integer | Kind::String) | None) => None,
        Ok(Some(kind)) => error(
            format!("the selectable field `{path}` is {}", kind.noun()),
            "strings, integers and bools can be selected by",
        ),
    }
}

fn bad_scale(model: &Model, resource: &Resource, path: &str, roots: &[&str], wanted: Kind) -> Option<Diagnostic> {
    let span = resource.places.of("scale").unwrap_or(resource.span);
    let error = |message: String, help: String| Some(Diagnostic::error("bad-path", span, message).help(help));
    let is_below = |root: &&str| {
        path.strip_prefix('.')
            .and_then(|path| path.strip_prefix(*root))
            .is_some_and(|rest| rest.starts_with('.'))
    };
    if !is_plain(path) || !roots.iter().any(is_below) {
        let roots = roots
            .iter()
            .map(|root| format!("`.{root}`"))
            .collect::<Vec<_>>()
            .join(" or ");
        return error(
            format!("the path `{path}` of `scale` does not lie below {roots}"),
            format!("name a member below {roots}, with dots and nothing else"),
        );
    }
    match follow(model, resource, path) {
        Err(fault) => Some(fault.report(span, path, "scale path")),
        Ok(Some(kind)) if kind != wanted && kind != Kind::Any => error(
            format!("`{path}` of `scale` is {}", kind.noun()),
            format!("it has to be {}", wanted.noun()),
        ),
        Ok(_) => None,
    }
}

/// Members joined by dots.
fn is_plain(path: &str) -> bool {
    path.strip_prefix('.').is_some_and(|path| {
        path.split('.')
            .all(|name| !name.is_empty() && !name.contains(['[', '\\']))
    })
}

/// Follows a path from the kind as far as the members are known. Gives what is there if all of it is.
fn follow(model: &Model, resource: &Resource, path: &str) -> Result<Option<Kind>, Fault> {
    walk(model, &TypeRef::Named(resource.ty), path)
}

/// Why a path leads nowhere.
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Fault {
    fn report(self, span: Span, path: &str, what: &str) -> Diagnostic {
        let message = format!("the {what} `{path}` leads nowhere: {}", self.message);
        let help = self.help.unwrap_or_else(|| "members are named as in JSON".to_owned());
        Diagnostic::error("bad-path", span, message).help(help)
    }
}

/// Goes down a path such as `.spec.lines[*].sku`. What has no known members is believed.
pub(super) fn walk(model: &Model, from: &TypeRef, path: &str) -> Result<Option<Kind>, Fault> {
    let mut ty = from.clone();
    let mut rest = path;
    while !rest.is_empty() {
        let Some(below) = rest.strip_prefix('.') else {
            return Ok(None);
        };
        let end = below.find(['.', '[', '\\']).unwrap_or(below.len());
        let (name, next) = below.split_at(end);
        if next.starts_with('\\') {
            return Ok(None);
        }
        let is_root = ty == *from;
        let Some(below) = step(model, &ty, name, is_root)? else {
            return Ok(None);
        };
        ty = below;
        rest = next;
        if let Some(index) = rest.strip_prefix('[') {
            match model.wire_type(&ty) {
                TypeRef::List(inner) | TypeRef::Array(inner, _) => ty = inner.as_ref().clone(),
                _ => return Ok(None),
            }
            match index.split_once(']') {
                // A filter may hold brackets itself.
                Some((index, next)) if !index.starts_with('?') => rest = next,
                _ => return Ok(None),
            }
        }
    }
    Ok(Some(Kind::of_type(model, &ty)))
}

/// The type of a member; `None` where members are not known.
fn step(model: &Model, ty: &TypeRef, name: &str, is_root: bool) -> Result<Option<TypeRef>, Fault> {
    if is_root && (name == "apiVersion" || name == "kind") {
        return Ok(Some(TypeRef::String));
    }
    let Some(members) = members(model, ty) else {
        return match Kind::of_type(model, ty) {
            Kind::Map | Kind::Object | Kind::Any => Ok(None),
            kind => Err(Fault {
                message: format!("`{name}` would lie in {}", kind.noun()),
                help: None,
            }),
        };
    };
    match members.iter().find(|member| member.wire == name) {
        Some(member) => Ok(Some(member.ty.clone())),
        None if preserves(model, ty) => Ok(None),
        None => {
            let candidates = members
                .iter()
                .map(|member| member.wire)
                .chain(is_root.then_some(["apiVersion", "kind"]).into_iter().flatten());
            let help = closest(name, candidates).map(|meant| format!("did you mean `{meant}`?"));
            Err(Fault {
                message: format!("there is no `{name}`"),
                help,
            })
        }
    }
}

fn preserves(model: &Model, ty: &TypeRef) -> bool {
    match model.wire_type(ty) {
        TypeRef::Named(id) => model.ty(*id).facts.schema.preserve_unknown_fields,
        _ => false,
    }
}
