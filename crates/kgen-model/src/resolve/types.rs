//! Structs, newtypes, enums and unions. Types are interned when something names them and resolved from a queue, so
//! that they may refer to one another.

mod names;
mod newtypes;

use std::collections::BTreeMap;

use super::Resolver;
use super::constants::says;
use super::scope::Target;
use super::type_refs::Params;
use super::versions::switches;
use crate::draft::{DraftBody, DraftField, DraftType};
use crate::facts::Facts;
use crate::known;
use crate::markers::{Place, Use, UseValue, Uses};
use crate::model::{Converts, Origin, SerdeOwner, Shape, TypeDef, TypeId, TypeRef};
use crate::names::closest;
use crate::report::Diagnostic;

pub(super) use names::unique_schema_names;

/// A type that was named but not looked into yet.
pub(super) enum Pending {
    /// Of the draft.
    Source {
        module: usize,
        index: usize,
        args: Vec<TypeRef>,
        id: TypeId,
    },
    /// Of Kubernetes.
    Known { name: &'static str, id: TypeId },
}

impl Resolver<'_> {
    /// Resolves the declared types and all that they reach.
    pub(super) fn all_types(&mut self) {
        let mut order: Vec<usize> = (0..self.draft.modules.len()).collect();
        order.sort_by_key(|module| &self.draft.modules[*module].path);
        for module in order {
            for (index, ty) in self.draft.modules[module].types.iter().enumerate() {
                let declared = ty.derives.iter().any(|name| name == "Api") || !ty.markers.is_empty();
                if declared && ty.generics.is_empty() {
                    let id = self.intern(module, index, Vec::new());
                    self.roots.push((module, index, id));
                }
            }
        }
        let mut next = 0;
        while next < self.queue.len() {
            let pending = std::mem::replace(
                &mut self.queue[next],
                Pending::Known {
                    name: "",
                    id: TypeId(0),
                },
            );
            next += 1;
            match pending {
                Pending::Source {
                    module,
                    index,
                    args,
                    id,
                } => {
                    let ty = self.source_type(module, index, args);
                    self.types[id.0 as usize] = Some(ty);
                }
                Pending::Known { name, id } => {
                    let ty = known::definition(name, &mut |other| self.intern_known(other));
                    self.types[id.0 as usize] = ty;
                }
            }
        }
        self.map_keys();
        self.newtype_cycles();
    }

    /// The id of a type of the draft with these arguments.
    pub(super) fn intern(&mut self, module: usize, index: usize, args: Vec<TypeRef>) -> TypeId {
        let key = (module, index, format!("{args:?}"));
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let name = self.name_with(self.scopes.ty(module, index).name.clone(), &args);
        let id = self.reserve(name);
        self.ids.insert(key, id);
        self.queue.push(Pending::Source {
            module,
            index,
            args,
            id,
        });
        id
    }

    /// The id of a type of Kubernetes.
    pub(super) fn intern_known(&mut self, name: &'static str) -> TypeId {
        if let Some(id) = self.known.get(name) {
            return *id;
        }
        let id = self.reserve(name.rsplit('.').next().unwrap_or_default().to_owned());
        self.known.insert(name, id);
        self.queue.push(Pending::Known { name, id });
        id
    }

    pub(super) fn reserve(&mut self, name: String) -> TypeId {
        self.names.push(name);
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(None);
        id
    }

    fn source_type(&mut self, module: usize, index: usize, args: Vec<TypeRef>) -> TypeDef {
        let draft = self.scopes.ty(module, index);
        let params: Params = draft.generics.iter().cloned().zip(args.iter().cloned()).collect();
        let is_kind = says(&draft.markers, "kind");
        let places: &[Place] = if is_kind {
            &[Place::Type, Place::Kind]
        } else {
            &[Place::Type]
        };
        let (mut facts, uses) = self.facts(module, &draft.markers, places);
        let uses = Uses(&uses);
        describe(&mut facts, &draft.docs);
        let serde = self.serde_owner(module, draft);
        let shape = self.shape(module, draft, &params, serde, uses.text("discriminator"));
        if let Some(marker) = uses.find("discriminator") {
            self.discriminator(marker, draft, serde);
        }
        if let Some(marker) = uses.find("closed") {
            self.closed(marker, draft, &shape, &mut facts);
        }
        Self::excluded(&shape, &mut facts);
        self.visible(draft);
        let version = self.version_of[module];
        let by_hand = self.by_hand(module, draft);
        TypeDef {
            schema_name: self.schema_name(module, draft, &args, uses.text("name")),
            name: draft.name.clone(),
            module: self.home(module, index, draft),
            args,
            version,
            origin: Origin::Source,
            declaration: draft.declaration,
            shape,
            facts,
            traits: sorted(draft.derives.iter().chain(&by_hand).cloned()),
            by_hand,
            newtype_field: transparent(draft, serde).map(|field| field.name.clone()),
            exported: draft.exported,
            serde,
            default_with: uses
                .find("default_with")
                .and_then(|marker| self.function(module, marker)),
            convert_with: uses
                .find("convert_with")
                .and_then(|marker| self.function(module, marker)),
            converts: uses.find("converts").map(converts).unwrap_or_default(),
            generate: self.generate(module, uses.find("generate")),
            feature_gate: uses.text("feature_gate"),
            deprecated: draft.deprecated.clone(),
            span: draft.span,
        }
    }

    fn visible(&mut self, draft: &DraftType) {
        if !draft.public {
            self.report.push(
                Diagnostic::error(
                    "private-type",
                    draft.span,
                    format!("`{}` is private, so generated code cannot reach it", draft.name),
                )
                .help("write `pub` or `pub(crate)` before it"),
            );
        }
        if let Some(span) = draft.other_generics {
            self.report.push(
                Diagnostic::error(
                    "unsupported-type",
                    span,
                    "an API type has no lifetimes or constants as parameters",
                )
                .help("use owned types; type parameters are fine"),
            );
        }
    }

    fn serde_owner(&self, module: usize, draft: &DraftType) -> SerdeOwner {
        let by_hand = |name: &str| {
            let impls = &self.draft.modules[module].impls;
            impls
                .iter()
                .any(|(of, path)| of == name && path.last() == Some(&draft.name))
        };
        let own = ["Serialize", "Deserialize"]
            .iter()
            .any(|name| draft.derives.iter().any(|have| have == name) || by_hand(name));
        if own { SerdeOwner::Own } else { SerdeOwner::Generated }
    }

    fn by_hand(&self, module: usize, draft: &DraftType) -> Vec<String> {
        let impls = self.draft.modules[module].impls.iter();
        let of_type = impls.filter(|(_, path)| path.last() == Some(&draft.name));
        sorted(of_type.map(|(name, _)| name.clone()))
    }

    /// The absolute path of a function that a marker names.
    pub(super) fn function(&mut self, module: usize, marker: &Use<'_>) -> Option<String> {
        let Some(UseValue::Path(path)) = &marker.value else {
            return None;
        };
        let segments: Vec<&str> = path.text.split("::").collect();
        match self.scopes.lookup(module, &segments, false) {
            Some(Target::Function(path)) => Some(path.join("::")),
            Some(Target::Associated(home, index, name)) => {
                let home_path = self.draft.modules[home].path.join("::");
                Some(format!("{home_path}::{}::{name}", self.scopes.ty(home, index).name))
            }
            // Functions of other crates, and those that macros make, are the compiler's to check.
            Some(Target::External(external)) if external.len() > 1 => Some(external.join("::")),
            _ => {
                self.report.push(
                    Diagnostic::error(
                        "unknown-function",
                        path.span,
                        format!("cannot find the function `{}`", path.text),
                    )
                    .help(match closest(&path.text, self.scopes.function_names(module)) {
                        Some(close) => format!("did you mean `{close}`?"),
                        None => {
                            "write the path of a function of this crate, such as `crate::defaults::order`".to_owned()
                        }
                    }),
                );
                None
            }
        }
    }

    fn generate(&self, module: usize, marker: Option<&Use<'_>>) -> BTreeMap<String, bool> {
        let version = self.version_of[module].map(|id| self.versions[id.0 as usize].generate.clone());
        let mut generate = version.unwrap_or_default();
        generate.extend(marker.map(switches).unwrap_or_default());
        generate
    }

    fn shape(
        &mut self,
        module: usize,
        draft: &DraftType,
        params: &Params,
        serde: SerdeOwner,
        discriminator: Option<String>,
    ) -> Shape {
        match &draft.body {
            DraftBody::Struct(fields) => {
                if let Some(only) = transparent(draft, serde) {
                    self.reachable(only);
                    return self.newtype(module, &only.ty, params);
                }
                Shape::Struct(self.fields(module, draft, fields, params, serde))
            }
            DraftBody::Newtype(ty) => self.newtype(module, ty, params),
            DraftBody::Unit => Shape::Struct(Vec::new()),
            DraftBody::Tuple => {
                self.unsupported(draft, "a struct with several unnamed fields", "name the fields");
                Shape::Struct(Vec::new())
            }
            DraftBody::CUnion => {
                self.unsupported(draft, "a `union`", "write an enum whose variants carry the members");
                Shape::Struct(Vec::new())
            }
            DraftBody::Enum(variants) => self.enum_shape(module, draft, variants, params, serde, discriminator),
        }
    }

    pub(super) fn unsupported(&mut self, draft: &DraftType, what: &str, help: &str) {
        let message = format!("`{}` is {what}, which an API cannot have", draft.name);
        self.report
            .push(Diagnostic::error("unsupported-type", draft.span, message).help(help));
    }

    fn newtype(&mut self, module: usize, ty: &crate::draft::DraftTypeRef, params: &Params) -> Shape {
        self.type_ref(module, ty, params)
            .map_or_else(|| Shape::Struct(Vec::new()), Shape::Newtype)
    }

    fn fields(
        &mut self,
        module: usize,
        draft: &DraftType,
        fields: &[DraftField],
        params: &Params,
        serde: SerdeOwner,
    ) -> Vec<crate::model::Field> {
        let mut resolved = Vec::with_capacity(fields.len());
        resolved.extend(
            fields
                .iter()
                .filter_map(|field| self.field(module, draft, field, params, serde)),
        );
        resolved
    }
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let names: std::collections::BTreeSet<String> = names.collect();
    names.into_iter().collect()
}

/// The field of a struct that is written as that field alone.
fn transparent(draft: &DraftType, serde: SerdeOwner) -> Option<&DraftField> {
    match &draft.body {
        DraftBody::Struct(fields) if serde == SerdeOwner::Own && says(&draft.serde, "transparent") => {
            fields.first().filter(|_| fields.len() == 1)
        }
        _ => None,
    }
}

/// Documentation becomes the description, unless one was said.
pub(super) fn describe(facts: &mut Facts, docs: &str) {
    if facts.description.is_none() && !docs.is_empty() {
        facts.description = Some(docs.to_owned());
    }
}

fn converts(marker: &Use<'_>) -> Converts {
    Converts {
        fields: super::kinds::list(marker, "fields"),
        storage: super::kinds::list(marker, "storage"),
    }
}
