//! Structs, and what is shared with their parts.

use kgen_emit::Imports;
use kgen_emit::rust::ident;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::parts;
use crate::codec::{Arm, Line, Read, StartPlan, StructPlan, Subject, Write};

pub(super) fn items(ty: &Ident, subject: &Subject, plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let encode = encode(ty, &plan.lines, imports);
    match &plan.parts {
        Some(parts) => {
            let name = ident(&subject.parts());
            let items = parts::items(ty, &name, parts, imports);
            let decode = decode(&name, plan, parts.start.as_ref(), imports);
            quote! { #items #decode #encode }
        }
        None => {
            let decode = decode(ty, plan, plan.start.as_ref(), imports);
            quote! { #decode #encode }
        }
    }
}

fn decode(ty: &Ident, plan: &StructPlan, start: Option<&StartPlan>, imports: &mut Imports) -> TokenStream {
    let [decode, reader] = ["Decode", "Reader"].map(|name| imports.name(&format!("kgen::codec::{name}")));
    let names = &plan.names;
    let start = start.map(|plan| start_fn(plan, imports));
    let (field, body) = decode_body(&plan.arms);
    let keeps = plan
        .others
        .as_ref()
        .map(|_| quote! { const KEEPS_OTHERS: bool = true; });
    let others = plan.others.as_ref().map(|field| others(field, &reader));
    quote! {
        #[automatically_derived]
        impl #decode for #ty {
            const FIELDS: &'static [&'static str] = &[#(#names),*];
            #keeps

            #start

            fn decode_field<'de, R: #reader<'de>>(&mut self, #field: usize, from: &mut R) -> Result<(), R::Error> {
                #body
            }

            #others
        }
    }
}

fn others(field: &str, reader: &Ident) -> TokenStream {
    let field = ident(field);
    quote! {
        fn decode_other<'de, R: #reader<'de>>(&mut self, name: String, from: &mut R) -> Result<(), R::Error> {
            from.read_other(name, &mut self.#field)
        }
    }
}

fn start_fn(plan: &StartPlan, imports: &mut Imports) -> TokenStream {
    let names = plan.fields.iter().map(|(name, _)| ident(name));
    let values = plan.fields.iter().map(|(_, value)| value.tokens(imports));
    let rest = plan.has_rest.then(|| quote! { ..Self::default() });
    quote! {
        fn start() -> Self {
            Self { #(#names: #values,)* #rest }
        }
    }
}

/// The name of the parameter, which is unused where there are no fields, and what is done with it.
fn decode_body(arms: &[Arm]) -> (Ident, TokenStream) {
    if arms.is_empty() {
        return (ident("_field"), quote! { from.skip() });
    }
    let arms = arms.iter().map(arm);
    let body = quote! {
        match field {
            #(#arms,)*
            _ => from.skip(),
        }
    };
    (ident("field"), body)
}

fn arm(arm: &Arm) -> TokenStream {
    let field = ident(&arm.field);
    let (first, end) = (arm.numbers.start, arm.numbers.end);
    let [number, behind] = [first, end].map(Literal::usize_unsuffixed);
    let (pattern, inner) = match (first, end - first) {
        (_, 1) => (quote! { #number }, quote! { 0 }),
        (0, _) => (quote! { #number..#behind }, quote! { field }),
        (_, _) => (quote! { #number..#behind }, quote! { field - #number }),
    };
    let read = read(arm.read, &field, &inner);
    quote! { #pattern => #read }
}

fn read(read: Read, field: &Ident, inner: &TokenStream) -> TokenStream {
    match read {
        Read::Plain => quote! { from.read(&mut self.#field) },
        Read::Option => quote! { from.read_option(&mut self.#field) },
        Read::Flattened => quote! { self.#field.decode_field(#inner, from) },
    }
}

fn encode(ty: &Ident, lines: &[Line], imports: &mut Imports) -> TokenStream {
    let [encode, writer] = ["Encode", "Writer"].map(|name| imports.name(&format!("kgen::codec::{name}")));
    let out = ident(if lines.is_empty() { "_out" } else { "out" });
    let lines = lines.iter().map(line);
    quote! {
        #[automatically_derived]
        impl #encode for #ty {
            fn encode_fields<W: #writer>(&self, #out: &mut W) -> Result<(), W::Error> {
                #(#lines)*
                Ok(())
            }
        }
    }
}

fn line(line: &Line) -> TokenStream {
    let field = ident(&line.field);
    match &line.write {
        Write::Always(wire) => quote! { out.write(#wire, &self.#field)?; },
        Write::Option(wire) => quote! { out.write_option(#wire, &self.#field)?; },
        Write::Filled(wire) => quote! { out.write_filled(#wire, &self.#field)?; },
        Write::Flattened => quote! { self.#field.encode_fields(out)?; },
        Write::Others => quote! { out.write_others(&self.#field)?; },
        Write::FlattenedOption => {
            let binding = ident(if line.field == "out" { "value" } else { &line.field });
            quote! {
                if let Some(#binding) = &self.#field {
                    #binding.encode_fields(out)?;
                }
            }
        }
    }
}
