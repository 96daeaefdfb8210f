//! What `/version` says.

use serde::Serialize;

/// Which version of the API conventions a server follows, and how it was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionInfo {
    /// The first number, such as `1`.
    pub major: String,
    /// The second number, such as `37`.
    pub minor: String,
    /// The whole version, such as `v1.37.0`.
    pub git_version: String,
    /// The commit it was built from.
    pub git_commit: String,
    /// Whether there were changes besides, such as `clean`.
    pub git_tree_state: String,
    /// When it was built.
    pub build_date: String,
    /// Nothing but a field that clients expect.
    pub go_version: String,
    /// What built it.
    pub compiler: String,
    /// Where it runs, such as `linux/amd64`.
    pub platform: String,
}

impl Default for VersionInfo {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            major: text("1"),
            minor: text("37"),
            git_version: format!("v1.37.0+kgen-{}", env!("CARGO_PKG_VERSION")),
            git_commit: text(""),
            git_tree_state: text(""),
            build_date: text("1970-01-01T00:00:00Z"),
            go_version: text(""),
            compiler: text("rustc"),
            platform: format!("{}/{}", std::env::consts::OS, architecture()),
        }
    }
}

impl VersionInfo {
    /// The document, for people.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts are JSON")
    }
}

/// The name that Go has for it, as clients know it.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
