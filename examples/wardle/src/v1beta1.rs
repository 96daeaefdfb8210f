//! The second version, in which each sort of reference has a field of its own.

use kgen::k8s::ObjectMeta;

kgen::version! { group = "wardle.example.com", version = "v1beta1" }

/// Something that refers to a flunder or to a fischer.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced)]
pub struct Flunder {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the flunder shall be.
    #[kgen(optional)]
    pub spec: FlunderSpec,
    /// What became of it.
    pub status: Option<FlunderStatus>,
}

/// What a flunder shall be.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(convert_with = crate::convert::references)]
#[kgen(converts(
    fields = ["flunder_reference", "fischer_reference", "reference_type"],
    storage = ["reference", "reference_type"]
))]
pub struct FlunderSpec {
    /// The name of a flunder.
    #[kgen(optional, union_member(name = "Flunder"))]
    pub flunder_reference: String,
    /// The name of a fischer.
    #[kgen(optional, union_member(name = "Fischer"))]
    pub fischer_reference: String,
    /// Which of the two names is set.
    #[kgen(union_discriminator)]
    pub reference_type: Option<ReferenceType>,
}

/// What a flunder can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, kgen::Api)]
pub enum ReferenceType {
    /// Another flunder.
    Flunder,
    /// A fischer.
    Fischer,
}

/// What became of a flunder. There is nothing to say so far.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct FlunderStatus {}
