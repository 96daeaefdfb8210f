//! The pages of `kgen explain`: one for each marker and one for each diagnostic code.

pub mod reference;

use std::fmt::Write as _;

use crate::codes;
use crate::markers::{self, Arg, Form, MarkerDef, Param, ParamKind};
use crate::names::closest;

/// The page of a marker, of a name that the tools of Kubernetes have for one, or of a diagnostic code.
///
/// # Errors
/// With the most similar word, if there is one, when nothing has this name.
pub fn page(word: &str) -> Result<String, Option<&'static str>> {
    if let Some(def) = markers::find(word) {
        return Ok(marker_page(def));
    }
    if let Some(code) = codes::find(word) {
        return Ok(format!("error code {}\n\n{}\n", code.code, code.docs));
    }
    let translated: Vec<String> = markers::by_upstream_name(word).map(marker_page).collect();
    if !translated.is_empty() {
        return Ok(translated.join("\n"));
    }
    Err(closest(
        word,
        markers::all()
            .map(|def| def.name)
            .chain(codes::CODES.iter().map(|code| code.code)),
    ))
}

/// All markers by family, then all codes, a line each.
#[must_use]
pub fn index() -> String {
    let mut text = String::new();
    for (family, rows) in markers::FAMILIES {
        let _ = writeln!(text, "{family}:");
        for def in *rows {
            let _ = writeln!(text, "  {:<24} {}", def.name, def.summary());
        }
        text.push('\n');
    }
    text.push_str("Error codes:\n");
    for code in codes::CODES {
        let _ = writeln!(text, "  {:<28} {}", code.code, code.summary());
    }
    text
}

fn marker_page(def: &MarkerDef) -> String {
    let mut text = format!("marker {}\n\n{}\n\n", def.name, def.docs);
    let places: Vec<&str> = def.places.iter().map(|place| place.noun()).collect();
    let _ = writeln!(text, "Stands on: {}", places.join(", "));
    let _ = writeln!(text, "Form:      {}", form(def));
    if let Form::Call(params) | Form::FlagOrCall(params) | Form::Scope(params, _) = def.form {
        for param in params {
            let _ = writeln!(text, "           {}", parameter(param));
        }
    }
    if def.repeat {
        text.push_str("           may be repeated\n");
    }
    if !def.conflicts.is_empty() {
        let _ = writeln!(text, "Not with:  {}", def.conflicts.join(", "));
    }
    let _ = writeln!(text, "Example:   {}", def.example);
    if !def.upstream.is_empty() {
        let _ = writeln!(text, "Upstream:  {}", def.upstream.join(", "));
    }
    text
}

fn form(def: &MarkerDef) -> String {
    let name = def.name;
    match def.form {
        Form::Flag => name.to_owned(),
        Form::Value(arg) => format!("{name} = {}", arg.noun()),
        Form::FlagOrValue(arg) => format!("{name}, or {name} = {}", arg.noun()),
        Form::Call(_) => format!("{name}(..)"),
        Form::FlagOrCall(_) => format!("{name}, or {name}(..)"),
        Form::Scope([], inner) => format!("{name}(markers of {})", inner.noun()),
        Form::Scope(_, inner) => format!("{name}(.., markers of {})", inner.noun()),
        Form::Item => format!("{name}(key = value, .., markers of a scope of values)"),
        Form::Cases => format!("{name}(case(..), case(..))"),
        Form::Switches => format!("{name}(generator = true or false, ..)"),
    }
}

fn parameter(param: &Param) -> String {
    let noun = if param.arg == Arg::Bool && param.kind == ParamKind::Switch {
        String::new()
    } else {
        param.arg.noun()
    };
    match param.kind {
        ParamKind::Positional => format!("<{}>: {noun}", param.name),
        ParamKind::Rest => format!("<{}>..: {noun}", param.name),
        ParamKind::Named => format!("{} = {noun}", param.name),
        ParamKind::Optional => format!("[{} = {noun}]", param.name),
        ParamKind::Switch => format!("[{}]", param.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_answers_to_its_own_and_to_upstream_names() {
        let own = page("minimum").expect("`minimum` is a marker");
        assert!(own.contains("The number is at least this"), "{own}");
        assert_eq!(page("+kubebuilder:validation:Minimum"), Ok(own));
    }

    #[test]
    fn an_unknown_word_gets_the_nearest() {
        assert_eq!(page("minimun"), Err(Some("minimum")));
        assert_eq!(page("zzzzzzzzzz"), Err(None));
    }

    #[test]
    fn the_index_has_every_word() {
        let index = index();
        for def in markers::all() {
            assert!(index.contains(def.name), "{}", def.name);
        }
    }
}
