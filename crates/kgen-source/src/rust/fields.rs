//! Structs, enums and unions with their fields and variants.

use kgen_model::Report;
use kgen_model::draft::{DraftBody, DraftField, DraftForeign, DraftPayload, DraftType, DraftUnnamed, DraftVariant};
use kgen_model::model::Declaration;
use syn::{Fields, FieldsNamed, FieldsUnnamed, Ident, ItemEnum, ItemStruct, ItemUnion, Variant};

use super::attributes::{Attributes, attributes, misplaced};
use super::cfg::is_test_only;
use super::items::Lowering;
use super::types::{generics, type_ref};
use super::uses::is_public;
use super::values::name;

/// Who can see the fields that say nothing of it.
#[derive(Clone, Copy)]
enum Unsaid {
    /// The module, as in a struct.
    Module,
    /// Everyone, as in a variant.
    Everyone,
}

impl Lowering<'_> {
    /// Lowers a struct.
    pub(crate) fn strukt(&mut self, item: &ItemStruct) -> DraftType {
        let mut unnamed = Vec::new();
        let body = match &item.fields {
            Fields::Named(fields) => DraftBody::Struct(self.named(fields, Unsaid::Module)),
            Fields::Unnamed(fields) => {
                unnamed = self.unnamed(fields, "write them on the struct");
                match fields.unnamed.first() {
                    Some(field) if fields.unnamed.len() == 1 => DraftBody::Newtype(type_ref(&field.ty, self.place)),
                    Some(_) | None => DraftBody::Tuple,
                }
            }
            Fields::Unit => DraftBody::Unit,
        };
        let mut ty = self.ty(&item.attrs, &item.vis, &item.ident, &item.generics, body);
        with_unnamed(&mut ty.foreign, unnamed);
        ty
    }

    /// Lowers an enum.
    pub(crate) fn enum_(&mut self, item: &ItemEnum) -> DraftType {
        let variants = item.variants.iter().filter(|variant| !is_test_only(&variant.attrs));
        let body = DraftBody::Enum(variants.map(|variant| self.variant(variant)).collect());
        self.ty(&item.attrs, &item.vis, &item.ident, &item.generics, body)
    }

    /// Lowers a union, of which nothing but its existence counts.
    pub(crate) fn union(&mut self, item: &ItemUnion) -> DraftType {
        self.ty(&item.attrs, &item.vis, &item.ident, &item.generics, DraftBody::CUnion)
    }

    fn ty(
        &mut self,
        attrs: &[syn::Attribute],
        visibility: &syn::Visibility,
        ident: &Ident,
        parameters: &syn::Generics,
        body: DraftBody,
    ) -> DraftType {
        let Attributes {
            docs,
            markers,
            serde,
            derives,
            deprecated,
            default: _,
            path: _,
            foreign,
        } = self.attributes(attrs);
        let (generics, other_generics) = generics(parameters, self.place);
        DraftType {
            name: name(ident),
            span: self.place.span(ident.span()),
            docs,
            generics,
            other_generics,
            markers,
            serde,
            derives,
            deprecated,
            public: is_public(visibility),
            exported: matches!(visibility, syn::Visibility::Public(_)),
            declaration: Declaration::Written,
            body,
            foreign,
        }
    }

    fn named(&mut self, fields: &FieldsNamed, unsaid: Unsaid) -> Vec<DraftField> {
        let fields = fields.named.iter().filter(|field| !is_test_only(&field.attrs));
        fields
            .filter_map(|field| {
                let ident = field.ident.as_ref()?;
                let Attributes {
                    docs,
                    markers,
                    serde,
                    derives: _,
                    deprecated,
                    default: _,
                    path: _,
                    foreign,
                } = self.attributes(&field.attrs);
                let public = match unsaid {
                    Unsaid::Everyone => true,
                    Unsaid::Module => is_public(&field.vis),
                };
                let (name, span) = (name(ident), self.place.span(ident.span()));
                let ty = type_ref(&field.ty, self.place);
                Some(DraftField {
                    name,
                    span,
                    docs,
                    ty,
                    markers,
                    serde,
                    deprecated,
                    public,
                    foreign,
                })
            })
            .collect()
    }

    fn variant(&mut self, variant: &Variant) -> DraftVariant {
        let Attributes {
            docs,
            markers,
            serde,
            derives: _,
            deprecated,
            default,
            path: _,
            mut foreign,
        } = self.attributes(&variant.attrs);
        let mut unnamed = Vec::new();
        let payload = match &variant.fields {
            Fields::Named(fields) => DraftPayload::Struct(self.named(fields, Unsaid::Everyone)),
            Fields::Unnamed(fields) => {
                unnamed = self.unnamed(fields, "write them on the variant");
                match fields.unnamed.first() {
                    Some(field) if fields.unnamed.len() == 1 => DraftPayload::Newtype(type_ref(&field.ty, self.place)),
                    Some(_) | None => DraftPayload::Tuple,
                }
            }
            Fields::Unit => DraftPayload::Unit,
        };
        let span = self.place.span(variant.ident.span());
        with_unnamed(&mut foreign, unnamed);
        DraftVariant {
            name: name(&variant.ident),
            span,
            docs,
            payload,
            markers,
            serde,
            deprecated,
            default,
            foreign,
        }
    }

    /// Fields without names, on which nothing reads markers.
    fn unnamed(&mut self, fields: &FieldsUnnamed, help: &str) -> Vec<DraftUnnamed> {
        let fields = fields.unnamed.iter();
        fields
            .map(|field| {
                misplaced(&field.attrs, help, self.place, &mut self.parsed.report);
                let attributes = attributes(&field.attrs, self.place, &mut Report::default());
                DraftUnnamed {
                    ty: type_ref(&field.ty, self.place),
                    docs: attributes.docs,
                    serde: attributes.serde,
                    foreign: attributes.foreign,
                }
            })
            .collect()
    }

    /// Reads attributes, and reports what is wrong in them.
    pub(crate) fn attributes(&mut self, list: &[syn::Attribute]) -> Attributes {
        attributes(list, self.place, &mut self.parsed.report)
    }
}

/// Fields without names are only read by those who read attributes of other derives.
fn with_unnamed(foreign: &mut Option<Box<DraftForeign>>, unnamed: Vec<DraftUnnamed>) {
    if !unnamed.is_empty() {
        foreign.get_or_insert_default().unnamed = unnamed;
    }
}
