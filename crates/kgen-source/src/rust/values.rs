//! Constant values: literal tokens, and the initialisers of constants as far as markers can hold them.

use kgen_model::{Expr, ExprKind, Literal};
use syn::spanned::Spanned;
use syn::{ExprLit, Lit, UnOp};

use super::markers;
use super::place::Place;

/// The value of a literal token. The error says why it has none, with the literal as its subject.
pub(crate) fn literal(lit: &Lit, negative: bool) -> Result<Literal, &'static str> {
    let sign = if negative { "-" } else { "" };
    match lit {
        Lit::Int(int) if int.suffix().starts_with('f') => float(sign, int.base10_digits()),
        Lit::Int(int) => match format!("{sign}{}", int.base10_digits()).parse() {
            Ok(value) => Ok(Literal::Int(value)),
            Err(_) => Err("is out of range"),
        },
        Lit::Float(number) => float(sign, number.base10_digits()),
        _ if negative => Err("has no negative"),
        Lit::Str(text) => Ok(Literal::String(text.value())),
        Lit::Bool(value) => Ok(Literal::Bool(value.value)),
        Lit::ByteStr(_) | Lit::CStr(_) | Lit::Byte(_) => Err("is of bytes; write a string"),
        Lit::Char(_) => Err("is a character; write a string"),
        _ => Err("is no value"),
    }
}

fn float(sign: &str, digits: &str) -> Result<Literal, &'static str> {
    match format!("{sign}{digits}").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Literal::Float(value)),
        Ok(_) | Err(_) => Err("is out of range"),
    }
}

/// The value of a constant, if it is one that markers can hold: literals, paths and lists of them.
pub(crate) fn constant(expr: &syn::Expr, place: Place) -> Option<Expr> {
    let kind = match expr {
        syn::Expr::Lit(lit) => ExprKind::Literal(literal(&lit.lit, false).ok()?),
        syn::Expr::Unary(unary) => match (&unary.op, unary.expr.as_ref()) {
            (UnOp::Neg(_), syn::Expr::Lit(ExprLit { lit, .. })) => ExprKind::Literal(literal(lit, true).ok()?),
            _ => return None,
        },
        syn::Expr::Path(path) if path.qself.is_none() => ExprKind::Path(path_text(&path.path)?),
        syn::Expr::Array(array) => ExprKind::List(
            array
                .elems
                .iter()
                .map(|element| constant(element, place))
                .collect::<Option<_>>()?,
        ),
        syn::Expr::Reference(reference) if reference.mutability.is_none() => return constant(&reference.expr, place),
        syn::Expr::Paren(paren) => return constant(&paren.expr, place),
        syn::Expr::Group(group) => return constant(&group.expr, place),
        syn::Expr::Macro(call) if call.mac.path.segments.last()?.ident == "json" => {
            let span = call.mac.delimiter.span().join();
            let json = markers::json(call.mac.tokens.clone(), span, place, &mut Vec::new())?;
            ExprKind::Literal(json)
        }
        _ => return None,
    };
    Some(Expr {
        span: place.span(expr.span()),
        kind,
    })
}

/// A path without arguments as text.
fn path_text(path: &syn::Path) -> Option<String> {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|segment| segment.arguments.is_none().then(|| name(&segment.ident)))
        .collect::<Option<_>>()?;
    let global = if path.leading_colon.is_some() { "::" } else { "" };
    Some(format!("{global}{}", names.join("::")))
}

/// An identifier without `r#`.
pub(crate) fn name(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    match text.strip_prefix("r#") {
        Some(plain) => plain.to_owned(),
        None => text,
    }
}
