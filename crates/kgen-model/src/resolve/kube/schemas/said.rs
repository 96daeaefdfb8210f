//! What attributes say of a schema: documentation, rules and how changes merge.

use super::Owner;
use crate::draft::DraftForeign;
use crate::expr::Expr;
use crate::facts::CelRule;
use crate::literal::Literal;
use crate::resolve::Resolver;
use crate::resolve::kube::attributes::{arguments, find, items, named, value};
use crate::resolve::kube::rules;
use crate::schemars::{About, Merge};

impl Resolver<'_> {
    pub(super) fn about(
        &mut self,
        owner: &mut Owner<'_>,
        docs: &str,
        foreign: Option<&DraftForeign>,
        deprecated: bool,
    ) -> About {
        let schemars = items(foreign, "schemars");
        let verbatim = foreign.and_then(|foreign| foreign.docs.as_deref());
        let (title, description) = title_and_description(verbatim.unwrap_or(docs));
        let mut said = |name: &str| {
            let item = find(&schemars, name)?;
            let text = value(item).and_then(|value| self.constant(owner.module, value));
            let text = text.and_then(|text| text.as_str().map(str::to_owned));
            if text.is_none() {
                owner.not_constant(item.span, name);
            }
            text
        };
        let title = said("title").map(Some).unwrap_or(title);
        let description = said("description").map(Some).unwrap_or(description);
        if let Some(item) = find(&schemars, "transform") {
            owner.opaque(
                item.span,
                "`transform` names a function, and what it makes of the schema the source does not tell",
            );
        }
        let mut values = |name: &str, items: Vec<&Expr>| -> Vec<(String, Literal)> {
            let mut found = Vec::new();
            for item in items {
                let key = item.name().map(|name| name.text).unwrap_or_default();
                match value(item).and_then(|value| self.constant(owner.module, value)) {
                    Some(literal) => found.push((key, literal)),
                    None => owner.not_constant(item.span, name),
                }
            }
            found
        };
        let examples = values("example", named(&schemars, "example"));
        let extend = named(&schemars, "extend").into_iter().flat_map(arguments).collect();
        let extensions = values("extend", extend);
        About {
            title: title.filter(|title| !title.is_empty()),
            description: description.filter(|text| !text.is_empty()),
            deprecated: deprecated && !owner.kube,
            examples: examples.into_iter().map(|(_, example)| example).collect(),
            extensions,
        }
    }

    pub(super) fn rule(&mut self, owner: &mut Owner<'_>, item: &Expr) -> Option<CelRule> {
        let module = owner.module;
        let constant = |expr: &Expr| self.constant(module, expr)?.as_str().map(str::to_owned);
        let rule = value(item).and_then(|value| rules::rule(value, &constant));
        if rule.is_none() {
            owner.not_constant(item.span, "validation");
        }
        rule
    }

    pub(super) fn merge_strategy(&mut self, owner: &mut Owner<'_>, item: &Expr) -> Option<Merge> {
        let module = owner.module;
        let constant = |expr: &Expr| self.constant(module, expr)?.as_str().map(str::to_owned);
        let merge = value(item).and_then(|value| rules::merge(value, &constant));
        if merge.is_none() {
            owner.not_constant(item.span, "merge_strategy");
        }
        merge
    }
}

/// Documentation that begins with a heading has it as its title.
pub(in super::super) fn title_and_description(docs: &str) -> (Option<String>, Option<String>) {
    let docs = docs.trim_matches(|character: char| character.is_ascii_whitespace());
    if !docs.starts_with('#') {
        return (None, Some(docs.to_owned()));
    }
    let (title, rest) = docs.split_once('\n').unwrap_or((docs, ""));
    let title = title.trim_start_matches('#').trim();
    (Some(title.to_owned()), Some(rest.trim().to_owned()))
}
