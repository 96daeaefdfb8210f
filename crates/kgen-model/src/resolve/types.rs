//! Structs, newtypes, enums and unions. Types are interned when something names them and resolved from a queue, so
//! that they may refer to one another.

use std::collections::BTreeMap;

use super::constants::{assigned, says, variant_wire};
use super::type_refs::Params;
use super::versions::switches;
use super::{Resolver, serde_attributes};
use crate::draft::{DraftBody, DraftField, DraftPayload, DraftType, DraftVariant};
use crate::facts::Facts;
use crate::known;
use crate::markers::{Place, Use, UseValue};
use crate::model::{
    EnumDef, EnumVariant, Exclusion, Model, Origin, SerdeOwner, Shape, TypeDef, TypeId, TypeRef, UnionDef, UnionRepr,
    UnionVariant,
};
use crate::names;
use crate::report::{Diagnostic, Report};

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
    }

    /// The id of a type of the draft with these arguments.
    pub(super) fn intern(&mut self, module: usize, index: usize, args: Vec<TypeRef>) -> TypeId {
        let key = (module, index, format!("{args:?}"));
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.reserve();
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
        let id = self.reserve();
        self.known.insert(name, id);
        self.queue.push(Pending::Known { name, id });
        id
    }

    fn reserve(&mut self) -> TypeId {
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
        let find = |name: &str| uses.iter().find(|marker| marker.def.name == name);
        let text = |name: &str| find(name)?.value.as_ref()?.text();
        describe(&mut facts, &draft.docs);
        let serde = self.serde_owner(module, draft);
        let shape = self.shape(module, draft, &params, serde, text("discriminator"));
        self.visible(draft);
        let version = self.version_of[module];
        TypeDef {
            schema_name: self.schema_name(module, draft, &args, text("name")),
            name: draft.name.clone(),
            module: self.draft.modules[module].path.clone(),
            args,
            version,
            origin: Origin::Source,
            shape,
            facts,
            traits: self.traits(module, draft),
            serde,
            default_with: find("default_with").and_then(|marker| self.function(module, marker)),
            convert_with: find("convert_with").and_then(|marker| self.function(module, marker)),
            generate: self.generate(module, find("generate")),
            feature_gate: text("feature_gate"),
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

    fn traits(&self, module: usize, draft: &DraftType) -> Vec<String> {
        let by_hand = self.draft.modules[module]
            .impls
            .iter()
            .filter(|(_, path)| path.last() == Some(&draft.name));
        let mut traits: Vec<String> = draft
            .derives
            .iter()
            .cloned()
            .chain(by_hand.map(|(name, _)| name.clone()))
            .collect();
        traits.sort();
        traits.dedup();
        traits
    }

    /// The absolute path of a function that a marker names.
    pub(super) fn function(&mut self, module: usize, marker: &Use<'_>) -> Option<String> {
        let Some(UseValue::Path(path)) = &marker.value else {
            return None;
        };
        let segments: Vec<&str> = path.text.split("::").collect();
        match self.scopes.lookup(module, &segments, false) {
            Some(super::scope::Target::Function(path)) => Some(path.join("::")),
            Some(super::scope::Target::Associated(home, index, name)) => {
                let home_path = self.draft.modules[home].path.join("::");
                Some(format!("{home_path}::{}::{name}", self.scopes.ty(home, index).name))
            }
            // Functions of other crates, and those that macros make, are the compiler's to check.
            Some(super::scope::Target::External(external)) if external.len() > 1 => Some(external.join("::")),
            _ => {
                self.report.push(
                    Diagnostic::error(
                        "unknown-function",
                        path.span,
                        format!("cannot find the function `{}`", path.text),
                    )
                    .help("write the path of a function of this crate, such as `crate::defaults::order`"),
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

    fn schema_name(&self, module: usize, draft: &DraftType, args: &[TypeRef], name: Option<String>) -> String {
        let prefix = match self.version_of[module] {
            Some(version) => self.versions[version.0 as usize].schema_prefix.clone(),
            None => {
                let groups: std::collections::BTreeSet<&str> =
                    self.versions.iter().map(|version| version.group.as_str()).collect();
                let group = if groups.len() == 1 {
                    groups.first().copied().unwrap_or_default()
                } else {
                    ""
                };
                let modules = self.draft.modules[module].path.iter().skip(1).map(String::as_str);
                let reversed = group.rsplit('.').filter(|label| !label.is_empty());
                reversed.chain(modules).collect::<Vec<_>>().join(".")
            }
        };
        let mut base = name.unwrap_or_else(|| draft.name.clone());
        for arg in args {
            self.append_name(arg, &mut base);
        }
        if prefix.is_empty() {
            base
        } else {
            format!("{prefix}.{base}")
        }
    }

    /// `Page<Line>` is called `PageLine`.
    fn append_name(&self, arg: &TypeRef, base: &mut String) {
        match arg {
            TypeRef::Named(id) => {
                let key = self.ids.iter().find(|(_, have)| *have == id).map(|(key, _)| key);
                match key {
                    Some((module, index, _)) => base.push_str(&self.scopes.ty(*module, *index).name),
                    None => {
                        let known = self.known.iter().find(|(_, have)| *have == id).map(|(name, _)| *name);
                        base.push_str(known.and_then(|name| name.rsplit('.').next()).unwrap_or_default());
                    }
                }
            }
            TypeRef::Option(inner) | TypeRef::Boxed(inner) => self.append_name(inner, base),
            TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.append_name(inner, base);
                base.push_str("List");
            }
            TypeRef::Map { value, .. } => {
                self.append_name(value, base);
                base.push_str("Map");
            }
            TypeRef::Bool => base.push_str("Bool"),
            TypeRef::Int(int) => base.push_str(&format!("{int:?}")),
            TypeRef::Float(float) => base.push_str(&format!("{float:?}")),
            TypeRef::String => base.push_str("String"),
            TypeRef::Builtin(builtin) => base.push_str(&format!("{builtin:?}")),
        }
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
                if serde == SerdeOwner::Own
                    && says(&draft.serde, "transparent")
                    && let [only] = fields.as_slice()
                {
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

    fn unsupported(&mut self, draft: &DraftType, what: &str, help: &str) {
        let message = format!("`{}` is {what}, which an API cannot have", draft.name);
        self.report
            .push(Diagnostic::error("unsupported-type", draft.span, message).help(help));
    }

    fn newtype(&mut self, module: usize, ty: &crate::draft::DraftTypeRef, params: &Params) -> Shape {
        self.type_ref(module, ty, params)
            .map_or_else(|| Shape::Struct(Vec::new()), Shape::Newtype)
    }

    fn enum_shape(
        &mut self,
        module: usize,
        draft: &DraftType,
        variants: &[DraftVariant],
        params: &Params,
        serde: SerdeOwner,
        discriminator: Option<String>,
    ) -> Shape {
        if variants.is_empty() {
            self.unsupported(
                draft,
                "an enum without variants",
                "add variants, or use `serde_json::Value`",
            );
        }
        let open = |variant: &&DraftVariant| says(&variant.markers, "other");
        let plain =
            |variant: &DraftVariant| matches!(variant.payload, DraftPayload::Unit) || says(&variant.markers, "other");
        if variants.iter().all(plain)
            && discriminator.is_none()
            && !(serde == SerdeOwner::Own && serde_attributes::tagged(&draft.serde))
        {
            let other = variants.iter().find(open);
            if let Some(other) = other {
                self.other_variant(module, other, params);
            }
            let named = variants.iter().filter(|variant| !open(variant));
            let variants = named.map(|variant| self.enum_variant(module, draft, variant)).collect();
            return Shape::Enum(EnumDef {
                variants,
                other: other.map(|variant| variant.name.clone()),
            });
        }
        self.union_shape(module, draft, variants, params, serde, discriminator)
    }

    fn other_variant(&mut self, module: usize, variant: &DraftVariant, params: &Params) {
        let string = match &variant.payload {
            DraftPayload::Newtype(ty) => self.type_ref(module, ty, params) == Some(TypeRef::String),
            DraftPayload::Unit | DraftPayload::Tuple | DraftPayload::Struct(_) => false,
        };
        if !string {
            self.report.push(
                Diagnostic::error(
                    "bad-variant",
                    variant.span,
                    format!("`{}` keeps unknown values, so it carries a `String`", variant.name),
                )
                .help(format!("write `{}(String)`", variant.name)),
            );
        }
    }

    fn enum_variant(&mut self, module: usize, draft: &DraftType, variant: &DraftVariant) -> EnumVariant {
        let (mut facts, uses) = self.facts(module, &variant.markers, &[Place::Variant]);
        describe(&mut facts, &variant.docs);
        let find = |name: &str| uses.iter().find(|marker| marker.def.name == name);
        let conditional = |marker: &Use<'_>| {
            marker
                .text("enabled")
                .map(Exclusion::IfEnabled)
                .or_else(|| marker.text("disabled").map(Exclusion::IfDisabled))
        };
        EnumVariant {
            name: variant.name.clone(),
            wire: variant_wire(draft, variant),
            description: facts.description,
            excluded: find("excluded")
                .map(|_| Exclusion::Always)
                .or_else(|| find("excluded_if").and_then(conditional)),
            default: variant.default,
            deprecated: variant.deprecated.clone(),
            span: variant.span,
        }
    }

    fn union_shape(
        &mut self,
        module: usize,
        draft: &DraftType,
        variants: &[DraftVariant],
        params: &Params,
        serde: SerdeOwner,
        discriminator: Option<String>,
    ) -> Shape {
        let repr = match serde {
            SerdeOwner::Own => serde_attributes::union_repr(&draft.serde),
            SerdeOwner::Generated => match discriminator {
                Some(tag) => UnionRepr::Discriminated { tag },
                None => UnionRepr::External,
            },
        };
        let mut members = Vec::new();
        for variant in variants {
            let ty = match &variant.payload {
                DraftPayload::Unit => None,
                DraftPayload::Newtype(ty) => match self.type_ref(module, ty, params) {
                    Some(ty) => Some(ty),
                    None => continue,
                },
                DraftPayload::Tuple | DraftPayload::Struct(_) => {
                    let message = format!("the variant `{}` carries more than one value", variant.name);
                    self.report
                        .push(Diagnostic::error("bad-variant", variant.span, message).help(format!(
                            "move its fields into a struct and write `{}(TheStruct)`",
                            variant.name
                        )));
                    continue;
                }
            };
            members.push(self.union_variant(module, draft, variant, ty, serde));
        }
        Shape::Union(UnionDef {
            repr,
            variants: members,
        })
    }

    fn union_variant(
        &mut self,
        module: usize,
        draft: &DraftType,
        variant: &DraftVariant,
        ty: Option<TypeRef>,
        serde: SerdeOwner,
    ) -> UnionVariant {
        let (mut facts, _) = self.facts(module, &variant.markers, &[Place::Variant]);
        describe(&mut facts, &variant.docs);
        let (wire, tag) = match serde {
            SerdeOwner::Own => (variant_wire(draft, variant), variant_wire(draft, variant)),
            SerdeOwner::Generated => {
                let wire = assigned(&variant.markers, "name").unwrap_or_else(|| names::member_name(&variant.name));
                (wire, variant.name.clone())
            }
        };
        UnionVariant {
            name: variant.name.clone(),
            wire,
            tag,
            ty,
            facts,
            default: variant.default,
            deprecated: variant.deprecated.clone(),
            span: variant.span,
        }
    }

    fn fields(
        &mut self,
        module: usize,
        draft: &DraftType,
        fields: &[DraftField],
        params: &Params,
        serde: SerdeOwner,
    ) -> Vec<crate::model::Field> {
        let fields: Vec<_> = fields
            .iter()
            .filter_map(|field| self.field(module, draft, field, params, serde))
            .collect();
        for (index, field) in fields.iter().enumerate() {
            let same = |other: &&crate::model::Field| {
                other.wire == field.wire && other.layout == crate::model::FieldLayout::Member
            };
            if field.layout == crate::model::FieldLayout::Member
                && let Some(first) = fields[..index].iter().find(same)
            {
                self.report.push(
                    Diagnostic::error(
                        "duplicate-name",
                        field.span,
                        format!("two fields are called `{}` in JSON", field.wire),
                    )
                    .related(first.span, "first here")
                    .help("give one of them another name: `name = \"..\"`"),
                );
            }
        }
        fields
    }
}

/// Documentation becomes the description, unless one was said.
pub(super) fn describe(facts: &mut Facts, docs: &str) {
    if facts.description.is_none() && !docs.is_empty() {
        facts.description = Some(docs.to_owned());
    }
}

/// No two types may have one name in OpenAPI documents.
pub(super) fn unique_schema_names(model: &Model, report: &mut Report) {
    let mut seen: BTreeMap<&str, &TypeDef> = BTreeMap::new();
    for (_, ty) in model.types() {
        if let Some(first) = seen.insert(&ty.schema_name, ty) {
            report.push(
                Diagnostic::error(
                    "duplicate-name",
                    ty.span,
                    format!("two types are called `{}` in OpenAPI", ty.schema_name),
                )
                .related(first.span, "first here")
                .help("give one of them another name: `#[kgen(name = \"..\")]`"),
            );
        }
    }
}
