//! From types of the model to schemas. One builder serves CRDs, where everything stands in its place, and documents,
//! where types refer to each other. It decides nothing about versions or files.

mod budget;
mod builtin;
mod cel;
mod demand;
mod enums;
mod facts;
pub(crate) mod formats;
mod imposed;
mod reach;
mod size;
mod strukt;
#[cfg(test)]
mod tests;
mod union;

pub use budget::{LeftOut, Why};
pub use builtin::structural as builtin_schema;
pub(crate) use builtin::{embedded_metadata, is_object_meta};
pub(crate) use cel::{field_name as cel_field_name, is_reserved as is_cel_reserved};
pub(crate) use reach::{Reach, edges};
pub(crate) use union::structural_members;

use kgen_model::facts::SchemaFacts;
use kgen_model::model::{Float, Int};
use kgen_model::{Builtin, Facts, Field, Model, Shape, TypeDef, TypeId, TypeRef};

use crate::schema::{JsonType, Schema, merge};

/// Builds schemas from types of a model.
#[derive(Clone, Copy, Debug)]
pub struct SchemaOf<'m> {
    pub(crate) model: &'m Model,
    style: Style,
}

/// How types stand in each other.
#[derive(Clone, Copy, Debug)]
enum Style {
    Inline,
    Reference(References),
}

/// How types refer to each other in a document.
#[derive(Clone, Copy, Debug)]
pub struct References {
    /// The whole `$ref` of a type, or `None` for a type that stands in its place.
    pub pointer: fn(&TypeDef) -> Option<String>,
    /// The schema of a builtin, which may be a reference as well.
    pub builtin: fn(Builtin) -> Schema,
    /// Where facts go that are said beside a reference.
    pub siblings: Siblings,
}

/// Where facts go that are said beside a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Siblings {
    /// `{"$ref": r, "description": d}`: OpenAPI v2 as Kubernetes publishes it.
    Beside,
    /// `{"allOf": [{"$ref": r}], "description": d}`: OpenAPI v3, where `$ref` stands alone.
    Wrapped,
}

/// The types that are being built, innermost first.
#[derive(Clone, Copy)]
struct Trail<'t> {
    id: TypeId,
    up: Option<&'t Trail<'t>>,
}

impl<'m> SchemaOf<'m> {
    /// Schemas of CRDs: structural, with every type in its place and with CEL rules for what no keyword says.
    #[must_use]
    pub fn inline(model: &'m Model) -> Self {
        Self {
            model,
            style: Style::Inline,
        }
    }

    /// Schemas of documents, with references. CEL rules are only those that were written.
    #[must_use]
    pub fn reference(model: &'m Model, references: References) -> Self {
        Self {
            model,
            style: Style::Reference(references),
        }
    }

    /// What a type itself is, never a reference to it: the content of its definition.
    #[must_use]
    pub fn definition(&self, id: TypeId) -> Schema {
        self.finish(self.type_def(id, None))
    }

    /// The rules that the schema of a type cannot hold.
    #[must_use]
    pub fn left_out(&self, id: TypeId) -> Vec<LeftOut> {
        budget::settle(&mut self.type_def(id, None).settle())
    }

    /// What a use of a type is: a reference where the style has one.
    #[must_use]
    pub fn type_ref(&self, ty: &TypeRef) -> Schema {
        self.finish(self.use_of(ty, None, None))
    }

    /// What a field is: its type with what is said about the field.
    #[must_use]
    pub fn field(&self, field: &Field) -> Schema {
        self.place(&field.ty, &field.facts)
    }

    /// What a use of a type is with what is said at that place.
    #[must_use]
    pub fn place(&self, ty: &TypeRef, facts: &Facts) -> Schema {
        self.finish(self.with_facts(ty, facts, None))
    }

    /// What is said at a place, without its type.
    #[must_use]
    pub fn facts(&self, ty: &TypeRef, facts: &Facts) -> Schema {
        self.finish(self.overlay(ty, facts))
    }

    fn finish(&self, schema: Schema) -> Schema {
        let mut schema = schema.settle();
        schema.visit_mut(&mut |schema| {
            schema.about.description.take_if(|text| text.is_empty());
        });
        budget::settle(&mut schema);
        if self.siblings() == Siblings::Wrapped {
            schema.visit_mut(&mut wrap_reference);
        }
        schema
    }

    fn siblings(&self) -> Siblings {
        match self.style {
            Style::Inline => Siblings::Beside,
            Style::Reference(references) => references.siblings,
        }
    }

    /// Whether rules without a keyword become CEL.
    pub(crate) fn writes_cel(&self) -> bool {
        matches!(self.style, Style::Inline)
    }

    fn type_def(&self, id: TypeId, trail: Option<&Trail<'_>>) -> Schema {
        let ty = self.model.ty(id);
        let trail = Trail { id, up: trail };
        let itself = TypeRef::Named(id);
        let mut schema = match &ty.shape {
            _ if replaces_type(&ty.facts.schema) => self.overlay(&itself, &ty.facts),
            Shape::Newtype(inner) => self.with_facts(inner, &ty.facts, Some(&trail)),
            Shape::Struct(fields) => self.with_own_facts(self.strukt(fields, &trail), &itself, &ty.facts),
            Shape::Enum(enum_) => self.with_own_facts(enums::schema(enum_, &ty.facts), &itself, &ty.facts),
            Shape::Union(union) => self.with_own_facts(self.union(union, &trail), &itself, &ty.facts),
        };
        self.add_later(&mut schema, &itself, &ty.facts);
        schema
    }

    /// What a struct, enum or union says of itself comes after what follows from its members. A description that was
    /// made from both stays.
    fn with_own_facts(&self, mut schema: Schema, ty: &TypeRef, facts: &Facts) -> Schema {
        let derived = std::mem::take(&mut schema.kubernetes.validations);
        let description = schema.about.description.take();
        let mut schema = merge(schema, self.overlay(ty, facts));
        schema.kubernetes.validations.splice(0..0, derived);
        schema.about.description = description.or(schema.about.description);
        schema
    }

    /// A use of a type that never becomes a reference.
    fn with_facts_in_place(&self, ty: &TypeRef, facts: &Facts, trail: &Trail<'_>) -> Schema {
        match ty {
            TypeRef::Option(inner) | TypeRef::Boxed(inner) => self.with_facts_in_place(inner, facts, trail),
            TypeRef::Named(id) => merge(self.unless_recursive(*id, Some(trail)), self.overlay(ty, facts)),
            _ => self.with_facts(ty, facts, Some(trail)),
        }
    }

    fn with_facts(&self, ty: &TypeRef, facts: &Facts, trail: Option<&Trail<'_>>) -> Schema {
        merge(self.use_of(ty, Some(facts), trail), self.overlay(ty, facts))
    }

    /// Whether a place is where a recursive type was cut: it preserves unknown fields, and its type would lead back to
    /// the type that is being built.
    fn is_cut(&self, ty: &TypeRef, facts: &Facts, trail: Option<&Trail<'_>>) -> bool {
        match (self.model.wire_type(ty), trail) {
            (TypeRef::Named(id), Some(trail)) if facts.schema.preserve_unknown_fields => {
                Reach::of(self.model, *id).contains(trail.id)
            }
            _ => false,
        }
    }

    /// What a type is at a place. The facts of the place are not applied; they say what of the type is not wanted.
    fn use_of(&self, ty: &TypeRef, facts: Option<&Facts>, trail: Option<&Trail<'_>>) -> Schema {
        if facts.is_some_and(|facts| replaces_type(&facts.schema)) {
            return Schema::default();
        }
        if facts.is_some_and(|facts| self.is_cut(ty, facts, trail)) {
            return Schema::of_type(JsonType::Object);
        }
        let each = facts.and_then(|facts| facts.each.as_deref());
        match ty {
            TypeRef::Bool => Schema::of_type(JsonType::Boolean),
            TypeRef::Int(int) => self.int(*int),
            TypeRef::Float(float) => self.float(*float),
            TypeRef::String => Schema::of_type(JsonType::String),
            TypeRef::Builtin(builtin) => self.builtin(*builtin),
            TypeRef::Named(id) => self.named(*id, trail),
            TypeRef::Option(inner) | TypeRef::Boxed(inner) => self.use_of(inner, facts, trail),
            TypeRef::List(inner) => Schema::array(self.use_of(inner, each, trail)),
            TypeRef::Array(inner, length) => {
                let mut schema = Schema::array(self.use_of(inner, each, trail));
                schema.limits.min_items = Some(*length);
                schema.limits.max_items = Some(*length);
                schema
            }
            TypeRef::Map { kind: _, key, value } => {
                let mut schema = Schema::map(self.use_of(value, each, trail));
                let rules = self.key_type_rules(ty, key, facts);
                rules.into_iter().for_each(|rule| schema.kubernetes.derive(rule));
                schema
            }
        }
    }

    fn named(&self, id: TypeId, trail: Option<&Trail<'_>>) -> Schema {
        let ty = self.model.ty(id);
        match self.style {
            Style::Inline if is_object_meta(ty) => embedded_metadata(),
            Style::Inline => self.unless_recursive(id, trail),
            Style::Reference(references) => match (references.pointer)(ty) {
                Some(pointer) => Schema::reference(pointer),
                None => self.unless_recursive(id, trail),
            },
        }
    }

    /// A type inside of itself has no schema of its own: checks refuse it before, and any object is what is left.
    fn unless_recursive(&self, id: TypeId, trail: Option<&Trail<'_>>) -> Schema {
        if std::iter::successors(trail, |trail| trail.up).any(|trail| trail.id == id) {
            return builtin::structural(Builtin::RawExtension);
        }
        self.type_def(id, trail)
    }

    fn builtin(&self, builtin: Builtin) -> Schema {
        match self.style {
            Style::Inline => builtin::structural(builtin),
            Style::Reference(references) => (references.builtin)(builtin),
        }
    }

    fn int(&self, int: Int) -> Schema {
        let format = match int {
            Int::I8 | Int::I16 | Int::I32 | Int::U8 | Int::U16 => "int32",
            Int::I64 | Int::U32 | Int::U64 => "int64",
        };
        let mut schema = Schema::of_type(JsonType::Integer).format(format);
        schema.limits.range = Some(int);
        schema
    }

    /// controller-gen writes no format for floats; documents of Kubernetes have one.
    fn float(&self, float: Float) -> Schema {
        let schema = Schema::of_type(JsonType::Number);
        match (self.style, float) {
            (Style::Inline, _) => schema,
            (Style::Reference(_), Float::F32) => schema.format("float"),
            (Style::Reference(_), Float::F64) => schema.format("double"),
        }
    }
}

/// Whether the facts of a place stand for all of its schema.
fn replaces_type(facts: &SchemaFacts) -> bool {
    facts.schemaless || facts.type_.is_some() || facts.int_or_string.is_some()
}

/// Moves a reference that has company into `allOf`.
fn wrap_reference(schema: &mut Schema) {
    let Some(pointer) = schema.reference.take() else { return };
    let lone = Schema::reference(pointer);
    if schema.is_empty() {
        *schema = lone;
    } else {
        schema.logic.all_of.insert(0, lone);
    }
}
