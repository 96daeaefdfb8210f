//! The derive that makes `#[kgen(..)]` legal on a person's types.
//!
//! The compiler accepts an attribute that it does not know only beside a derive that declares it. This is that derive,
//! and it is nothing else: it reads nothing and writes nothing. What the attributes mean is decided by the generators,
//! which read the source file.

use proc_macro::TokenStream;

/// Makes `#[kgen(..)]` legal on a type, its fields and its variants. Expands to nothing.
#[proc_macro_derive(Api, attributes(kgen))]
pub fn api(_item: TokenStream) -> TokenStream {
    TokenStream::new()
}
