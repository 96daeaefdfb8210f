//! One version of one group.

use std::collections::BTreeMap;

use crate::span::Span;

/// One version of one group.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ApiVersion {
    /// The group, such as `shop.example.com`.
    pub group: String,
    /// The version, such as `v1`.
    pub version: String,
    /// The module that holds it, such as `crate::v1`.
    pub module: Vec<String>,
    /// Documentation of that module.
    pub docs: String,
    /// The prefix of schema names, such as `com.example.shop.v1`.
    pub schema_prefix: String,
    /// The group's name in clients, such as `shop`.
    pub client_name: String,
    /// Whether a server offers it.
    pub served: bool,
    /// Set when the whole version is deprecated.
    pub deprecation: Option<Deprecation>,
    /// Since and until when it exists.
    pub lifecycle: Option<Lifecycle>,
    /// Generators that were switched off or on, by name.
    pub generate: BTreeMap<String, bool>,
    /// Where `kgen::version!` stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// That something should no longer be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Deprecation {
    /// What to say instead of the standard warning.
    pub warning: Option<String>,
}

/// Releases in which something came and goes, as `1.3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lifecycle {
    /// First release that has it.
    pub introduced: Option<String>,
    /// First release that warns.
    pub deprecated: Option<String>,
    /// First release without it.
    pub removed: Option<String>,
    /// What to use instead, as `group/version/Kind`.
    pub replacement: Option<String>,
}

impl ApiVersion {
    /// `group/version`, or the version alone for the core group.
    #[must_use]
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.clone()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// Where servers serve it, such as `apis/shop.example.com/v1`, or `api/v1` for the core group.
    #[must_use]
    pub fn url_path(&self) -> String {
        let below = if self.group.is_empty() { "api" } else { "apis" };
        format!("{below}/{}", self.api_version())
    }
}
