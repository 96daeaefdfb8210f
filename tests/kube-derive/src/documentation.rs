//! Documentation, titles and descriptions.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// # The title
///
/// The description,
/// in two lines.
///
/// - and a list
#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "docs.example.com",
    version = "v1",
    kind = "Documented",
    namespaced,
    doc = "# Root\nWhat it is."
)]
pub struct DocumentedSpec {
    /** A block
     * with stars
     */
    pub block: String,
    /**
    A block without stars.
        Indented.
    */
    pub bare_block: String,
    ///   Indented at its beginning.  
    pub indented: String,
    #[doc = "By attribute"]
    #[doc = "in two lines"]
    pub by_attribute: String,
    pub empty: String,
    /// ## Only a title
    pub only_title: Option<String>,
    /// Ä "quoted" \ text `with` *marks*
    pub odd: Inner,
    pub undocumented: Inner,
    /// Documented here.
    pub documented: Option<Inner>,
}

/// Documented there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Inner {
    pub a: i32,
}
