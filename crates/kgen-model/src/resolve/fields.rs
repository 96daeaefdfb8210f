//! Fields: names, presence, layout and what is said about them.

use super::Resolver;
use super::serde_attributes;
use super::type_refs::Params;
use super::types::describe;
use crate::draft::{DraftField, DraftType};
use crate::facts::{Facts, Rule, RuleKind};
use crate::markers::{Place, Use, Uses};
use crate::model::{Field, FieldConversion, FieldLayout, Lost, Presence, SerdeOwner, TypeRef};
use crate::names;
use crate::report::Diagnostic;

impl Resolver<'_> {
    pub(super) fn field(
        &mut self,
        module: usize,
        owner: &DraftType,
        draft: &DraftField,
        params: &Params,
        serde: SerdeOwner,
    ) -> Option<Field> {
        let (mut facts, uses) = self.facts(module, &draft.markers, &[Place::Field]);
        let uses = Uses(&uses);
        let is_skipped = match serde {
            SerdeOwner::Own => serde_attributes::skips(draft),
            SerdeOwner::Generated => uses.says("skip"),
        };
        if is_skipped {
            return Some(self.skipped(draft, facts));
        }
        let lenient = self.is_lenient(module, owner);
        let ty = match lenient {
            true => self.type_ref_or_none(module, &draft.ty, params),
            false => Some(self.type_ref(module, &draft.ty, params)?),
        };
        let Some(ty) = ty else {
            return Some(self.skipped(draft, facts));
        };
        if lenient {
            self.foreign_facts(module, owner, draft, &mut facts);
        }
        describe(&mut facts, &draft.docs);
        self.reachable(draft);
        self.floats(module, draft, &ty, lenient || uses.says("allow_float"));
        let (wire, presence, layout) = match serde {
            SerdeOwner::Own => self.own_serde(owner, draft, &ty, &facts, uses, lenient),
            SerdeOwner::Generated => {
                let layout = match uses.says("flatten") {
                    true => FieldLayout::Flattened,
                    false => FieldLayout::Member,
                };
                let wire = uses.text("name").unwrap_or_else(|| names::wire_name(&draft.name));
                (wire, self.presence(draft, &ty, &facts, uses, layout), layout)
            }
        };
        let is_presence = ty.is_option() && presence == Presence::Required;
        if !is_presence {
            required_rule(uses, &mut facts);
        }
        Some(Field {
            name: draft.name.clone(),
            wire,
            ty,
            presence,
            layout,
            conversion: self.conversion(module, uses),
            facts,
            feature_gate: uses.text("feature_gate"),
            deprecated: draft.deprecated.clone(),
            span: draft.span,
        })
    }

    /// A field that only Rust sees: its type may be anything that has a `Default`.
    fn skipped(&mut self, draft: &DraftField, facts: Facts) -> Field {
        self.reachable(draft);
        Field {
            name: draft.name.clone(),
            wire: names::wire_name(&draft.name),
            ty: TypeRef::Bool,
            presence: Presence::Optional,
            layout: FieldLayout::Skipped,
            facts,
            conversion: FieldConversion::default(),
            feature_gate: None,
            deprecated: None,
            span: draft.span,
        }
    }

    pub(super) fn reachable(&mut self, draft: &DraftField) {
        if !draft.public {
            self.report.push(
                Diagnostic::error(
                    "private-field",
                    draft.span,
                    format!(
                        "the field `{}` is private, so generated code cannot reach it",
                        draft.name
                    ),
                )
                .help("write `pub` or `pub(crate)` before it"),
            );
        }
    }

    fn floats(&mut self, module: usize, draft: &DraftField, ty: &TypeRef, permitted: bool) {
        let version = self.version_of[module].is_some_and(|version| self.allow_float.contains(&version));
        if holds_float(ty) && !permitted && !version {
            self.report.push(
                Diagnostic::error(
                    "float-without-permission",
                    draft.ty.span,
                    "clients read floating point numbers differently",
                )
                .help("use an integer or `Quantity`, or permit it with `#[kgen(allow_float)]`"),
            );
        }
    }

    fn own_serde(
        &mut self,
        owner: &DraftType,
        draft: &DraftField,
        ty: &TypeRef,
        facts: &Facts,
        uses: Uses<'_, '_>,
        lenient: bool,
    ) -> (String, Presence, FieldLayout) {
        self.serde_says_it(owner, uses);
        let own = serde_attributes::field(owner, draft, ty);
        if own.custom && !lenient && facts.schema.type_.is_none() && !facts.schema.schemaless {
            self.report.push(
                Diagnostic::error(
                    "opaque-serde",
                    draft.span,
                    format!(
                        "functions read and write `{}`, so its type does not tell its schema",
                        draft.name
                    ),
                )
                .help("say it: `#[kgen(schema(type = \"string\"))]` or `#[kgen(schemaless, preserve_unknown_fields)]`"),
            );
        }
        let required = uses.says("required");
        let presence = match (required, own.presence, &facts.default) {
            (true, _, None) => Presence::Required,
            (true, _, Some(_)) => Presence::Defaulted,
            (false, Presence::Optional, Some(_)) => Presence::Defaulted,
            (false, presence, _) => presence,
        };
        (own.wire, presence, own.layout)
    }

    /// What a type's own serde says cannot be said by markers.
    fn serde_says_it(&mut self, owner: &DraftType, uses: Uses<'_, '_>) {
        let of_serde = ["name", "flatten", "optional", "skip"];
        for marker in uses.0.iter().filter(|marker| of_serde.contains(&marker.def.name)) {
            let serde = match marker.def.name {
                "name" => "rename = \"..\"",
                "optional" => "default",
                other => other,
            };
            self.report.push(
                Diagnostic::error(
                    "serde-says-it",
                    marker.name_span,
                    format!(
                        "`{}` derives serde itself, which does not know `{}`",
                        owner.name, marker.def.name
                    ),
                )
                .help(format!(
                    "write `#[serde({serde})]`, or let kgen write serde: remove the derives"
                )),
            );
        }
    }

    fn presence(
        &mut self,
        draft: &DraftField,
        ty: &TypeRef,
        facts: &Facts,
        uses: Uses<'_, '_>,
        layout: FieldLayout,
    ) -> Presence {
        if layout == FieldLayout::Flattened {
            return Presence::Optional;
        }
        if let Some(optional) = uses.find("optional")
            && ty.is_option()
        {
            self.report.push(
                Diagnostic::warning(
                    "needless-marker",
                    optional.name_span,
                    format!("`{}` is optional as it stands", draft.name),
                )
                .help("an `Option` needs no `optional`"),
            );
        }
        if facts.default.is_none() && uses.says("required") {
            Presence::Required
        } else if facts.default.is_some() {
            Presence::Defaulted
        } else if ty.is_option() || uses.says("optional") {
            Presence::Optional
        } else {
            Presence::Required
        }
    }

    fn conversion(&mut self, module: usize, uses: Uses<'_, '_>) -> FieldConversion {
        FieldConversion {
            renamed: uses.text("renamed"),
            moved: uses.text("moved"),
            dropped: uses.find("dropped").map(lost),
            added: uses.find("added").map(lost),
            convert_with: uses
                .find("convert_with")
                .and_then(|marker| self.function(module, marker)),
        }
    }
}

/// `dropped`, or `dropped(keep)`.
fn lost(marker: &Use<'_>) -> Lost {
    if marker.switch("keep") {
        Lost::Kept
    } else {
        Lost::ForGood
    }
}

/// A field that has a default is there for whoever reads it; that it must be given is one more rule. So is it that a plain
/// field must not be empty.
fn required_rule(uses: Uses<'_, '_>, facts: &mut Facts) {
    let required = uses.find("required");
    facts.rules.extend(required.map(|marker| Rule {
        kind: RuleKind::Required,
        span: marker.span,
    }));
}

fn holds_float(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Float(_) => true,
        TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
            holds_float(inner)
        }
        TypeRef::Map { value, .. } => holds_float(value),
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::String | TypeRef::Builtin(_) | TypeRef::Named(_) => false,
    }
}
