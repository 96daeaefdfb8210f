//! What of the API is served.

use super::Options;
use crate::cli::config::v1alpha1::ServerConfiguration;

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "API")]
pub(super) struct ApiFlags {
    /// Features to switch on or off, such as Shiny=true
    #[arg(long, value_name = "NAME=BOOL", value_delimiter = ',', value_parser = switch)]
    feature_gates: Option<Vec<(String, bool)>>,
    /// Versions to serve or not: GROUP/VERSION=BOOL, or api/all, api/beta, api/alpha
    #[arg(long, value_name = "KEY=BOOL", value_delimiter = ',', value_parser = switch)]
    runtime_config: Option<Vec<(String, bool)>>,
}

pub(super) const OPTIONS: Options = &[("featureGates", "feature-gates"), ("runtimeConfig", "runtime-config")];

impl ApiFlags {
    pub(super) fn apply(self, config: &mut ServerConfiguration) {
        config.feature_gates.extend(self.feature_gates.into_iter().flatten());
        config.runtime_config.extend(self.runtime_config.into_iter().flatten());
    }
}

/// `name=true`, `name=false`, or `name` alone.
fn switch(text: &str) -> Result<(String, bool), String> {
    let (name, value) = split_pair(text);
    let value = match value {
        None | Some("true") => true,
        Some("false") => false,
        Some(other) => return Err(format!("`{other}` is neither `true` nor `false`")),
    };
    if name.is_empty() {
        return Err("there is no name before `=`".to_owned());
    }
    Ok((name.to_owned(), value))
}

/// `name=value`, or `name` alone.
fn split_pair(text: &str) -> (&str, Option<&str>) {
    match text.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (text.trim(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_read() {
        assert_eq!(switch("A=true"), Ok(("A".to_owned(), true)));
        assert_eq!(switch("api/alpha=false"), Ok(("api/alpha".to_owned(), false)));
        assert_eq!(switch("A"), Ok(("A".to_owned(), true)));
        assert_eq!(switch("A=1"), Err("`1` is neither `true` nor `false`".to_owned()));
        assert_eq!(switch("=true"), Err("there is no name before `=`".to_owned()));
    }
}
