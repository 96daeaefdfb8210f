//! Hand-written behaviour of servers, which a kind names by the path of a value.

use super::Resolver;
use super::scope::Target;
use crate::draft::DraftBody;
use crate::markers::{Use, UseValue};
use crate::names::closest;
use crate::report::Diagnostic;

impl Resolver<'_> {
    /// The absolute path of the unit struct or constant that `strategy` names.
    pub(super) fn strategy(&mut self, module: usize, marker: &Use<'_>) -> Option<String> {
        let Some(UseValue::Path(path)) = &marker.value else {
            return None;
        };
        let segments: Vec<&str> = path.text.split("::").collect();
        let in_module = |home: usize, name: &str| format!("{}::{name}", self.draft.modules[home].path.join("::"));
        let (is_unknown, fault) = match self.scopes.lookup(module, &segments, false) {
            Some(Target::Type(home, index)) => {
                let ty = self.scopes.ty(home, index);
                let is_unit = matches!(ty.body, DraftBody::Unit);
                if is_unit {
                    let open = self.scopes.open_home(home, index);
                    return Some(open.map_or_else(
                        || in_module(home, &ty.name),
                        |open| format!("{}::{}", open.join("::"), ty.name),
                    ));
                }
                (
                    false,
                    format!("`{}` has fields, so its name alone is no value", path.text),
                )
            }
            Some(Target::Const(home, index)) => return Some(in_module(home, &self.scopes.constant(home, index).name)),
            Some(Target::Associated(home, index, name)) => {
                return Some(in_module(
                    home,
                    &format!("{}::{name}", self.scopes.ty(home, index).name),
                ));
            }
            // What lies in other crates, and what macros make, is the compiler's to check.
            Some(Target::External(external)) if external.len() > 1 => return Some(external.join("::")),
            Some(Target::Function(_) | Target::Alias(..) | Target::Module(_)) => {
                (false, format!("`{}` is no struct and no constant", path.text))
            }
            Some(Target::External(_)) | None => (true, format!("cannot find the strategy `{}`", path.text)),
        };
        let known = self.scopes.type_names(module).chain(self.scopes.const_names(module));
        let usual = "write the path of a unit struct or of a constant, such as `crate::strategies::Orders`";
        let help = match closest(&path.text, known) {
            Some(close) if is_unknown && close != path.text => format!("did you mean `{close}`?"),
            Some(_) | None => usual.to_owned(),
        };
        let diagnostic = Diagnostic::error("unknown-strategy", path.span, fault);
        self.report.push(diagnostic.help(help));
        None
    }
}
