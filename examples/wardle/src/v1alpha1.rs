//! The first version, in which one field names either a flunder or a fischer. Objects are stored in it.

use kgen::k8s::ObjectMeta;

kgen::version! { group = "wardle.example.com", version = "v1alpha1", storage }

/// Something that refers to a flunder or to a fischer.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced)]
#[kgen(deprecated, lifecycle(introduced = "1.0", deprecated = "1.3", removed = "1.10"))]
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
#[kgen(default_with = default_reference_type)]
pub struct FlunderSpec {
    /// The name of a flunder or of a fischer.
    #[kgen(optional)]
    pub reference: String,
    /// Which of the two it is. If there is a reference, it is a flunder unless this says otherwise.
    #[kgen(dependent_required("reference"))]
    pub reference_type: Option<ReferenceType>,
}

/// A reference is to a flunder unless it says otherwise.
pub fn default_reference_type(spec: &mut FlunderSpec) {
    if !spec.reference.is_empty() {
        spec.reference_type.get_or_insert(ReferenceType::Flunder);
    }
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

/// A rule about flunders for the whole cluster.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Fischer {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// The names that no flunder may have.
    #[kgen(optional)]
    pub disallowed_flunders: Vec<String>,
}
