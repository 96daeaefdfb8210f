//! Imports for a draft that names types by whole paths, as drafts from schemas do.

use kgen_model::Draft;
use kgen_model::Span;
use kgen_model::draft::{
    DraftBody, DraftModule, DraftPayload, DraftSegment, DraftTypeKind, DraftTypeRef, DraftUse, DraftVariant,
};

use crate::Imports;

/// The path by which a crate reaches what a path of a draft names; nothing for a path that stays as it is.
type Reach = fn(&[&str]) -> Option<String>;

/// The draft with bare names where paths of several segments stood, and an import for each of these.
#[must_use]
pub fn with_imports(mut draft: Draft, reach: Reach) -> Draft {
    for module in &mut draft.modules {
        let mut imports = Imports::new();
        module.types.iter().for_each(|ty| imports.reserve(&ty.name));
        let mut shorten = |ty: &mut DraftTypeRef| shorten(ty, &mut imports, reach);
        each_type(module, &mut shorten);
        let added = imports.pairs().map(|(path, name)| DraftUse {
            name: name.to_owned(),
            path: path
                .split("::")
                .map(|segment| segment.trim_start_matches("r#").to_owned())
                .collect(),
            span: Span::default(),
            public: false,
        });
        module.uses.extend(added);
    }
    draft
}

fn each_type(module: &mut DraftModule, then: &mut dyn FnMut(&mut DraftTypeRef)) {
    for ty in &mut module.types {
        match &mut ty.body {
            DraftBody::Struct(fields) => fields.iter_mut().for_each(|field| then(&mut field.ty)),
            DraftBody::Newtype(inner) => then(inner),
            DraftBody::Enum(variants) => variants.iter_mut().for_each(|variant| of_variant(variant, then)),
            DraftBody::Unit | DraftBody::Tuple | DraftBody::CUnion => {}
        }
    }
}

fn of_variant(variant: &mut DraftVariant, then: &mut dyn FnMut(&mut DraftTypeRef)) {
    match &mut variant.payload {
        DraftPayload::Newtype(inner) => then(inner),
        DraftPayload::Struct(fields) => fields.iter_mut().for_each(|field| then(&mut field.ty)),
        DraftPayload::Unit | DraftPayload::Tuple => {}
    }
}

fn shorten(ty: &mut DraftTypeRef, imports: &mut Imports, reach: Reach) {
    match &mut ty.kind {
        DraftTypeKind::Path { segments, global } => {
            segments
                .iter_mut()
                .flat_map(|segment| &mut segment.args)
                .for_each(|arg| shorten(arg, imports, reach));
            if segments.len() < 2 {
                return;
            }
            let names: Vec<&str> = segments.iter().map(|segment| segment.name.as_str()).collect();
            let Some(path) = reach(&names) else { return };
            let name = imports.name(&path).to_string();
            let args = segments.pop().map(|last| last.args).unwrap_or_default();
            *segments = vec![DraftSegment {
                name: name.trim_start_matches("r#").to_owned(),
                args,
            }];
            *global = false;
        }
        DraftTypeKind::Array(inner, _) => shorten(inner, imports, reach),
        DraftTypeKind::Tuple(elements) => {
            elements.iter_mut().for_each(|element| shorten(element, imports, reach));
        }
        DraftTypeKind::Unsupported(_) => {}
    }
}
