//! Types as written: paths with their arguments and arrays; everything else is named in words.

use kgen_model::Span;
use kgen_model::draft::{DraftSegment, DraftTypeKind, DraftTypeRef};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, GenericArgument, GenericParam, Generics, Lit, PathArguments, Type};

use super::place::Place;
use super::values::name;

/// Lowers a type.
pub(crate) fn type_ref(ty: &Type, place: Place) -> DraftTypeRef {
    match ty {
        Type::Path(path) if path.qself.is_none() => path_ref(&path.path, place),
        Type::Paren(paren) => type_ref(&paren.elem, place),
        Type::Group(group) => type_ref(&group.elem, place),
        Type::Array(array) => {
            let element = Box::new(type_ref(&array.elem, place));
            let kind = DraftTypeKind::Array(element, length(&array.len));
            DraftTypeRef {
                span: place.span(array.bracket_token.span.join()),
                kind,
            }
        }
        Type::Tuple(tuple) if !tuple.elems.is_empty() => {
            let elements = tuple.elems.iter().map(|element| type_ref(element, place));
            DraftTypeRef {
                span: place.span(tuple.paren_token.span.join()),
                kind: DraftTypeKind::Tuple(elements.collect()),
            }
        }
        other => unsupported(other.span(), noun(other), place),
    }
}

fn noun(ty: &Type) -> &'static str {
    match ty {
        Type::FnPtr(_) => "a function pointer",
        Type::ImplTrait(_) => "an `impl` type",
        Type::Infer(_) => "an inferred type",
        Type::Macro(_) => "a macro",
        Type::Never(_) => "the never type",
        Type::Path(_) => "an associated type",
        Type::Ptr(_) => "a raw pointer",
        Type::Reference(_) => "a reference",
        Type::Slice(_) => "a slice",
        Type::TraitObject(_) => "a trait object",
        Type::Tuple(_) => "the unit type",
        _ => "a type of unknown syntax",
    }
}

fn unsupported(span: proc_macro2::Span, noun: &'static str, place: Place) -> DraftTypeRef {
    DraftTypeRef {
        span: place.span(span),
        kind: DraftTypeKind::Unsupported(noun),
    }
}

fn length(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) => int.base10_parse().ok(),
        _ => None,
    }
}

fn path_ref(path: &syn::Path, place: Place) -> DraftTypeRef {
    let segments = path.segments.iter().map(|segment| DraftSegment {
        name: name(&segment.ident),
        args: arguments(&segment.arguments, place),
    });
    let global = path.leading_colon.is_some();
    let kind = DraftTypeKind::Path {
        segments: segments.collect(),
        global,
    };
    DraftTypeRef {
        span: path_span(path, place),
        kind,
    }
}

/// What `spanned` would give, without printing the path to find out.
fn path_span(path: &syn::Path, place: Place) -> Span {
    let Some((first, last)) = path.segments.first().zip(path.segments.last()) else {
        return place.span(path.span());
    };
    let first = path
        .leading_colon
        .map_or_else(|| first.ident.span(), |colons| colons.spans[0]);
    let last = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.gt_token.spans[0],
        PathArguments::None | PathArguments::Parenthesized(_) => last.ident.span(),
    };
    place.between(first, last)
}

fn arguments(arguments: &PathArguments, place: Place) -> Vec<DraftTypeRef> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return Vec::new();
    };
    arguments
        .args
        .iter()
        .map(|argument| self::argument(argument, place))
        .collect()
}

fn argument(argument: &GenericArgument, place: Place) -> DraftTypeRef {
    let noun = match argument {
        GenericArgument::Type(ty) => return type_ref(ty, place),
        GenericArgument::Lifetime(_) => "a lifetime",
        GenericArgument::Const(_) | GenericArgument::AssocConst(_) => "a constant",
        GenericArgument::AssocType(_) | GenericArgument::Constraint(_) => "an associated type",
        _ => "an argument of unknown syntax",
    };
    unsupported(argument.span(), noun, place)
}

/// The names of type parameters, and where the first parameter of another sort stands.
pub(crate) fn generics(generics: &Generics, place: Place) -> (Vec<String>, Option<Span>) {
    let mut names = Vec::new();
    let mut other = None;
    for parameter in &generics.params {
        match parameter {
            GenericParam::Type(parameter) => names.push(name(&parameter.ident)),
            GenericParam::Lifetime(parameter) => {
                other = other.or_else(|| Some(place.span(parameter.lifetime.span())));
            }
            GenericParam::Const(parameter) => other = other.or_else(|| Some(place.span(parameter.ident.span()))),
        }
    }
    (names, other)
}
