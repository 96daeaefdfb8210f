//! A kind in two versions.

pub mod v1 {
    //! The stored version.

    use kube::CustomResource;
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
    #[kube(
        group = "versions.example.com",
        version = "v1",
        kind = "Versioned",
        namespaced,
        shortname = "v"
    )]
    pub struct VersionedSpec {
        pub name: String,
    }
}

pub mod v1beta1 {
    //! The version before.

    use kube::CustomResource;
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
    #[kube(
        group = "versions.example.com",
        version = "v1beta1",
        kind = "Versioned",
        namespaced,
        shortname = "v"
    )]
    #[kube(storage = false, served = false, deprecated)]
    pub struct VersionedSpec {
        pub title: String,
    }
}
