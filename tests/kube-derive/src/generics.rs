//! Generic types, newtypes and types of other modules.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::inner::*;
use crate::containers::Part as ImportedPart;

mod inner {
    use super::{Deserialize, JsonSchema, Serialize};

    #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
    pub struct Hidden {
        pub value: super::Name,
    }
}

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "generic.example.com",
    version = "v1",
    kind = "Generic",
    namespaced,
    status = "self::GenericStatus"
)]
pub struct GenericSpec {
    pub text: Ref<String>,
    pub part: Ref<ImportedPart>,
    pub maybe: Ref<Option<i32>>,
    pub name: Name,
    pub maybe_name: Option<Name>,
    pub hidden: Hidden,
    pub unit: Unit,
    pub marker: std::marker::PhantomData<String>,
    pub r#type: String,
}

/// Names something.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Ref<T> {
    pub value: T,
    pub all: Vec<T>,
}

/// A name.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Name(#[schemars(length(max = 63))] pub String);

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Unit;

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GenericStatus {
    pub names: Vec<Name>,
}
