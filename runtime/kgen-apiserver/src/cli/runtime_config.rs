//! Which versions are served.

use std::collections::BTreeMap;

use kgen::scheme::{KindVersion, Scheme};

use super::CliError;
use super::settings::Settings;

/// Which versions are served, as `--runtime-config` says: the most exact word counts.
pub(super) struct Served<'a>(&'a BTreeMap<String, bool>);

impl<'a> Served<'a> {
    /// Refuses words about versions that do not exist.
    pub(super) fn new(settings: &'a Settings, scheme: &Scheme) -> Result<Self, CliError> {
        let words = &settings.config.runtime_config;
        let known = |word: &str| {
            ["api/all", "api/ga", "api/beta", "api/alpha"].contains(&word)
                || scheme.kinds().any(|kind| names(kind).contains(&word.to_owned()))
        };
        if let Some(word) = words.keys().find(|word| !known(word)) {
            let mut versions: Vec<String> = scheme.kinds().map(|kind| kind.gvk.api_version().into_owned()).collect();
            versions.sort();
            versions.dedup();
            let place = "runtimeConfig";
            let wrong = settings.wrong(place, format!("{place}: there is no version `{word}`"));
            return Err(wrong.help(format!(
                "the versions are {}, api/all, api/beta and api/alpha",
                versions.join(", ")
            )));
        }
        Ok(Self(words))
    }

    /// Whether a kind is served in this version.
    pub(super) fn has(&self, kind: &KindVersion) -> bool {
        let [resource, version] = names(kind);
        let said = [resource.as_str(), &version, stability(&kind.gvk.version), "api/all"];
        said.iter().find_map(|word| self.0.get(*word)).copied().unwrap_or(true)
    }
}

/// `group/version/resource` and `group/version`.
fn names(kind: &KindVersion) -> [String; 2] {
    let version = kind.gvk.api_version();
    [format!("{version}/{}", kind.plural), version.into_owned()]
}

fn stability(version: &str) -> &'static str {
    if version.contains("alpha") {
        "api/alpha"
    } else if version.contains("beta") {
        "api/beta"
    } else {
        "api/ga"
    }
}
