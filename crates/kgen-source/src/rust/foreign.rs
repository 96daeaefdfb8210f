//! Attributes that belong to other derives, `#[kube(..)]` and `#[schemars(..)]` among them, and the values in them and
//! in short functions. Nothing is reported here: what is wrong with such an attribute its own derive reports.
//!
//! Rust's expressions become neutral ones: `a.b(c)` is the call `.b(a, c)`, `A { b: c }` is the call `A(b = c)` with `..`
//! as the name of what the rest comes from, `a * b` is the call `*(a, b)`, tuples and `vec![..]` are lists, `!a` is the
//! path `!a`.

use kgen_model::{Expr, ExprKind, Literal, Name};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{BinOp, ExprLit, Lit, Macro, Token};

use super::cfg::split;
use super::place::Place;
use super::values::{constant, name};
use super::{cfg, markers};

/// The attributes that are read, by name.
pub(crate) fn attribute(word: &str) -> Option<&'static str> {
    const READ: [&str; 5] = ["kube", "x_kube", "schemars", "validate", "garde"];
    READ.into_iter().find(|known| *known == word)
}

/// The items of such an attribute.
pub(crate) fn items(tokens: TokenStream, place: Place) -> Vec<Expr> {
    split(tokens).into_iter().filter_map(|part| item(part, place)).collect()
}

fn item(tokens: TokenStream, place: Place) -> Option<Expr> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let span = place.between(all.first()?.span(), all.last()?.span());
    if let [TokenTree::Punct(bang), TokenTree::Ident(word)] = all.as_slice()
        && bang.as_char() == '!'
    {
        let kind = ExprKind::Path(format!("!{}", name(word)));
        return Some(Expr { span, kind });
    }
    let key_length = key_length(&all);
    let (key, rest) = all.split_at(key_length);
    let key_span = place.between(key.first()?.span(), key.last()?.span());
    let key = key_text(key);
    let name = Name {
        text: key,
        span: key_span,
    };
    match rest {
        [TokenTree::Punct(equals), first, ..] if equals.as_char() == '=' => {
            let is_comparison = matches!(first, TokenTree::Punct(punct) if punct.as_char() == '=');
            let tokens: TokenStream = rest[1..].iter().cloned().collect();
            let value = match name.text.as_str() {
                "printcolumn" | "scale" => json_in_string(value(tokens, place), place),
                _ => value(tokens, place),
            };
            (!is_comparison).then(|| Expr {
                span,
                kind: ExprKind::Assign {
                    name,
                    value: Box::new(value),
                },
            })
        }
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis && key_length > 0 => Some(Expr {
            span,
            kind: ExprKind::Call {
                name,
                args: items(group.stream(), place),
            },
        }),
        _ => Some(value(tokens, place)),
    }
}

/// Columns and scales may be written as JSON in a string.
fn json_in_string(value: Expr, place: Place) -> Expr {
    let ExprKind::Literal(Literal::String(text)) = &value.kind else {
        return value;
    };
    let tokens = text.parse::<TokenStream>().ok();
    let json = tokens.and_then(|tokens| markers::json(tokens, proc_macro2::Span::call_site(), place, &mut Vec::new()));
    match json {
        Some(json) => Expr {
            span: value.span,
            kind: ExprKind::Literal(json),
        },
        None => value,
    }
}

/// How many tokens make the name of an item: a path or a string.
fn key_length(tokens: &[TokenTree]) -> usize {
    match tokens {
        [TokenTree::Literal(_), ..] => 1,
        [TokenTree::Ident(_), rest @ ..] => {
            let is_step = |pair: &[TokenTree]| matches!(pair, [TokenTree::Punct(a), TokenTree::Punct(b), TokenTree::Ident(_)] if a.as_char() == ':' && b.as_char() == ':');
            1 + 3 * rest.chunks_exact(3).take_while(|chunk| is_step(chunk)).count()
        }
        _ => 1,
    }
}

fn key_text(tokens: &[TokenTree]) -> String {
    match tokens {
        [TokenTree::Literal(literal)] => match Lit::new(literal.clone()) {
            Lit::Str(text) => text.value(),
            _ => literal.to_string(),
        },
        _ => tokens
            .iter()
            .map(|token| token.to_string().trim_start_matches("r#").to_owned())
            .collect(),
    }
}

/// A value: JSON in braces, or an expression. What is neither becomes a path that nothing has.
fn value(tokens: TokenStream, place: Place) -> Expr {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let span = match (all.first(), all.last()) {
        (Some(first), Some(last)) => place.between(first.span(), last.span()),
        _ => kgen_model::Span::default(),
    };
    let as_json = match all.as_slice() {
        [TokenTree::Group(group)] if group.delimiter() != Delimiter::Parenthesis => {
            markers::json(tokens.clone(), group.span(), place, &mut Vec::new())
        }
        [TokenTree::Ident(null)] if null == "null" => Some(Literal::Null),
        _ => None,
    };
    if let Some(json) = as_json {
        let kind = ExprKind::Literal(json);
        return Expr { span, kind };
    }
    let text = tokens.to_string();
    let parsed = syn::parse2::<syn::Expr>(tokens).ok();
    parsed.and_then(|parsed| expression(&parsed, place)).unwrap_or(Expr {
        span,
        kind: ExprKind::Path(text),
    })
}

/// A value in Rust's notation, if it is one that a person writes as a constant.
pub(crate) fn expression(expr: &syn::Expr, place: Place) -> Option<Expr> {
    let many = |items: &Punctuated<syn::Expr, Token![,]>| -> Option<Vec<Expr>> {
        items.iter().map(|item| expression(item, place)).collect()
    };
    let kind = match expr {
        syn::Expr::Lit(ExprLit {
            lit: Lit::Char(character),
            ..
        }) => ExprKind::Literal(Literal::String(character.value().to_string())),
        syn::Expr::Array(array) => ExprKind::List(many(&array.elems)?),
        syn::Expr::Tuple(tuple) => ExprKind::List(many(&tuple.elems)?),
        syn::Expr::Reference(reference) => return expression(&reference.expr, place),
        syn::Expr::Paren(paren) => return expression(&paren.expr, place),
        syn::Expr::Group(group) => return expression(&group.expr, place),
        syn::Expr::Cast(cast) => return expression(&cast.expr, place),
        syn::Expr::Macro(call) => return macro_value(&call.mac, place).or_else(|| constant(expr, place)),
        syn::Expr::Call(call) => call_of(path_text(&call.func)?, call.func.span(), many(&call.args)?, place),
        syn::Expr::MethodCall(call) => {
            let receiver = expression(&call.receiver, place)?;
            let args = std::iter::once(receiver).chain(many(&call.args)?).collect();
            call_of(format!(".{}", name(&call.method)), call.method.span(), args, place)
        }
        syn::Expr::Binary(binary) => {
            let args = vec![expression(&binary.left, place)?, expression(&binary.right, place)?];
            call_of(operator(&binary.op)?.to_owned(), binary.op.span(), args, place)
        }
        syn::Expr::Struct(strukt) => struct_value(strukt, place)?,
        syn::Expr::Path(path) => ExprKind::Path(text_of(&path.path)),
        _ => return constant(expr, place),
    };
    Some(Expr {
        span: place.span(expr.span()),
        kind,
    })
}

fn call_of(text: String, span: proc_macro2::Span, args: Vec<Expr>, place: Place) -> ExprKind {
    let span = place.span(span);
    ExprKind::Call {
        name: Name { text, span },
        args,
    }
}

fn operator(op: &BinOp) -> Option<&'static str> {
    match op {
        BinOp::Add(_) => Some("+"),
        BinOp::Sub(_) => Some("-"),
        BinOp::Mul(_) => Some("*"),
        _ => None,
    }
}

fn path_text(function: &syn::Expr) -> Option<String> {
    match function {
        syn::Expr::Path(path) if path.qself.is_none() => Some(text_of(&path.path)),
        _ => None,
    }
}

/// A path without its arguments.
fn text_of(path: &syn::Path) -> String {
    let names: Vec<String> = path.segments.iter().map(|segment| name(&segment.ident)).collect();
    names.join("::")
}

fn struct_value(strukt: &syn::ExprStruct, place: Place) -> Option<ExprKind> {
    let assign = |text: String, value: &syn::Expr| {
        let span = place.span(value.span());
        Some(Expr {
            span,
            kind: ExprKind::Assign {
                name: Name { text, span },
                value: Box::new(expression(value, place)?),
            },
        })
    };
    let fields = strukt.fields.iter().map(|field| match &field.member {
        syn::Member::Named(member) => assign(name(member), &field.expr),
        syn::Member::Unnamed(member) => assign(member.index.to_string(), &field.expr),
    });
    let rest = strukt.rest.iter().map(|rest| assign("..".to_owned(), rest));
    let args: Option<Vec<Expr>> = fields.chain(rest).collect();
    Some(call_of(text_of(&strukt.path), strukt.path.span(), args?, place))
}

/// `vec![a, b]`, `concat!("a", "b")` and `json!(..)`.
fn macro_value(call: &Macro, place: Place) -> Option<Expr> {
    let span = place.span(call.delimiter.span().join());
    let last = call.path.segments.last()?.ident.to_string();
    let items = || -> Option<Vec<Expr>> {
        let parts = cfg::split(call.tokens.clone()).into_iter();
        parts.map(|part| expression(&syn::parse2(part).ok()?, place)).collect()
    };
    let kind = match last.as_str() {
        "vec" => ExprKind::List(items()?),
        "concat" => call_of("concat!".to_owned(), call.path.span(), items()?, place),
        _ => return None,
    };
    Some(Expr { span, kind })
}

#[cfg(test)]
mod tests {
    use kgen_model::FileId;

    use super::super::place::Lines;
    use super::*;

    fn read(text: &str) -> Vec<Expr> {
        let lines = Lines::new(text);
        let place = Place {
            file: FileId::default(),
            offset: 0,
            lines: &lines,
        };
        items(text.parse().expect("a case is made of tokens"), place)
    }

    fn name(expr: &Expr) -> String {
        expr.name().map(|name| name.text).unwrap_or_default()
    }

    #[test]
    fn names_are_paths_words_and_strings() {
        let names: Vec<String> = read(r#"a, b = 1, c::d(e), "x-f" = {"g": [1]}, !h"#)
            .iter()
            .map(name)
            .collect();
        assert_eq!(names, ["a", "b", "c::d", "x-f", "!h"]);
    }

    #[test]
    fn expressions_are_calls_with_their_receivers_first() {
        let read = read(r#"validation = Rule::new("a").message("b")"#);
        let ExprKind::Assign { value, .. } = &read[0].kind else {
            panic!("it is an assignment");
        };
        let ExprKind::Call { name, args } = &value.kind else {
            panic!("its value is a call");
        };
        assert_eq!((name.text.as_str(), args.len()), (".message", 2));
    }

    #[test]
    fn json_in_a_string_is_read_where_kube_reads_it() {
        let read = read(r##"scale = r#"{"specReplicasPath": ".spec.a"}"#, doc = "{}""##);
        let is_object = |expr: &Expr| match &expr.kind {
            ExprKind::Assign { value, .. } => matches!(value.kind, ExprKind::Literal(Literal::Object(_))),
            _ => false,
        };
        assert_eq!(read.iter().map(is_object).collect::<Vec<_>>(), [true, false]);
    }
}
