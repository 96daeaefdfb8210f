//! A server on its own, for development: what it makes for itself, and what it tells its user.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::CliError;
use crate::auth::Development;
use crate::cluster::write_kubeconfig;
use crate::files;
use crate::resource::Resources;
use crate::tls::{Pair, ServingOptions};

/// The file in the folder of data that `kubectl --kubeconfig` takes.
const KUBECONFIG: &str = "kubeconfig";

/// The token of the last time, so that a kubeconfig stays good; else a new one.
pub(super) fn token(folder: &Path) -> Result<String, CliError> {
    let path = folder.join("token");
    if let Ok(token) = fs::read_to_string(&path)
        && !token.trim().is_empty()
    {
        return Ok(token.trim().to_owned());
    }
    let cannot = |why: String| CliError::new(why).help("name a folder that can be written: `--data-dir DIR`");
    let made = fs::create_dir_all(folder);
    made.map_err(|error| cannot(format!("cannot make the folder `{}`: {error}", folder.display())))?;
    let token = Development::token()?;
    files::write_secret(&path, format!("{token}\n").as_bytes()).map_err(cannot)?;
    Ok(token)
}

/// Writes the kubeconfig, and says where it is.
pub(super) fn kubeconfig(
    folder: &Path,
    program: &str,
    address: SocketAddr,
    certificates: &ServingOptions,
    token: &str,
) -> Result<PathBuf, CliError> {
    let authority = match &certificates.pair {
        Pair::SelfSigned(pair) => pair.authority()?,
        Pair::Files { certificate, .. } => files::Files::default().read(certificate).map_err(CliError::new)?,
    };
    let path = folder.join(KUBECONFIG);
    write_kubeconfig(&path, program, &format!("https://{address}"), &authority, token)?;
    Ok(std::path::absolute(&path).unwrap_or(path))
}

/// What a person reads who starts a server: where it is, and what to try.
pub(super) fn greeting(program: &str, address: SocketAddr, kubeconfig: &Path, resources: &Resources) -> String {
    let mut versions: Vec<String> = resources
        .iter()
        .flat_map(|resource| resource.versions.iter())
        .map(|version| version.kind.gvk.api_version().into_owned())
        .collect();
    versions.sort();
    versions.dedup();
    let mut known: Vec<_> = resources.iter().collect();
    known.sort_by_key(|resource| (!resource.hub.namespaced, resource.plural()));
    let first = known.first().map_or("all", |resource| resource.plural());
    format!(
        "{program} serves {} on https://{address}, for development: whoever has the token may do everything\n\
         try it:\n    kubectl --kubeconfig {} get {first}",
        versions.join(", "),
        quoted(kubeconfig)
    )
}

/// A path as shells take it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/._-+=:@,".contains(c));
    if is_plain {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_outlives_the_server() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = token(&folder.path().join("a")).expect("it can be written");
        assert_eq!(token(&folder.path().join("a")), Ok(first));
    }

    #[test]
    fn paths_are_quoted_for_shells() {
        assert_eq!(quoted(Path::new("/tmp/a.b/kubeconfig")), "/tmp/a.b/kubeconfig");
        assert_eq!(quoted(Path::new("/my data/it's")), r"'/my data/it'\''s'");
    }
}
