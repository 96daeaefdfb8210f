//! All that an API crate depends on: the derive that makes `#[kgen(..)]` legal, and what generated code leans on.
//!
//! ```
//! //! Orders of a shop, as served from shop.example.com/v1.
//! use kgen::k8s::ObjectMeta;
//!
//! kgen::version! { group = "shop.example.com", version = "v1", storage }
//!
//! /// An order of one customer.
//! #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
//! #[kgen(kind, namespaced)]
//! pub struct Order {
//!     pub metadata: ObjectMeta,
//!     pub spec: OrderSpec,
//! }
//!
//! #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
//! pub struct OrderSpec {
//!     /// Who ordered.
//!     #[kgen(immutable)]
//!     pub customer: String,
//! }
//! ```
//!
//! A build has exactly one Kubernetes version of `k8s-openapi`: the final binary chooses it, with the feature `latest` of
//! this crate, with a feature of `k8s-openapi`, or with the variable `K8S_OPENAPI_ENABLED_VERSION`.
//!
//! This crate does no input or output and knows nothing of the generators.

pub mod codec;
pub mod conversion;
mod deep_copy;
mod defaults;
pub mod k8s;
pub mod object;
pub mod scheme;
pub mod selector;
pub mod validation;

pub use deep_copy::DeepCopy;
pub use defaults::Defaults;
pub use kgen_derive::Api;
pub use object::{GroupVersionKind, Object};

pub use k8s_openapi;
pub use serde;
pub use serde_json;

/// States facts of the API version that a module declares, for the generators to read. Expands to nothing.
///
/// ```
/// kgen::version! { group = "shop.example.com", version = "v1", storage }
/// ```
#[macro_export]
macro_rules! version {
    ($($fact:tt)*) => {};
}
