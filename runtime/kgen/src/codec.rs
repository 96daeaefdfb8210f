//! Serialization of API types: one small `match` per type in generated code, everything shared here.
//!
//! | shape | generated code implements | and says |
//! |---|---|---|
//! | struct | [`Decode`], [`Encode`] | `impl_serde!(struct T)` |
//! | kind | [`Decode`], [`Encode`] | `impl_serde!(kind T)` |
//! | enum of names | [`StringEnum`] | `impl_serde!(enum T)` |
//! | enum with data | [`Union`], [`Encode`] | `impl_serde!(union T)` |
//! | newtype | | `impl_serde!(newtype T)` |
//!
//! Decoding is lenient, as it is in Kubernetes: unknown members are skipped, the last of two equal names wins, and `null`
//! for a field that is no `Option` means that the field is absent. [`from_slice_strict`] reports the first two.
//! Nothing here is bound to JSON: every self-describing format of serde works.

mod decode;
mod empty;
mod encode;
mod impl_serde;
mod strict;
mod string_enum;
mod union;

pub use decode::{Decode, Header, Invalid, Reader, decode, required};
pub use empty::{Empty, EmptyObject};
pub use encode::{Encode, Writer, encode};
pub use strict::{Finding, from_slice_strict};
pub use string_enum::{StringEnum, decode_enum, encode_enum};
pub use union::{Union, UnionParts, decode_union};

/// Decodes JSON text leniently. The depth of the text is limited.
pub fn from_slice<T: serde::de::DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(json) {
        // Strings that are known to be UTF-8 are not checked one by one.
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(json),
    }
}
