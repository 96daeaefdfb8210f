//! What the tests share: the kinds of the examples, their documents, random objects of them, and a server for kube.

pub(crate) mod defaulting;
pub(crate) mod documents;
pub(crate) mod kinds;
pub(crate) mod mutation;
pub(crate) mod random;
pub(crate) mod sameness;
pub(crate) mod server;
pub(crate) mod shape;
pub(crate) mod walk;

pub(crate) use documents::Documents;
pub(crate) use kgen_testing::for_all;
pub(crate) use kinds::{Example, derives_serde, each_kind};
