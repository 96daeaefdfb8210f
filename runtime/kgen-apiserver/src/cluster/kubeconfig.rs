//! Kubeconfigs: the file in which clients find servers and credentials.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize};

use super::access::bearer;
use super::{Access, Error, ServerTrust};
use crate::auth::StartError;
use crate::files::{self, Files};

/// What stands in a kubeconfig, as far as a server needs it.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Kubeconfig {
    #[serde(rename = "apiVersion")]
    api_version: String,
    kind: String,
    #[serde(deserialize_with = "or_default")]
    clusters: Vec<NamedCluster>,
    #[serde(deserialize_with = "or_default")]
    users: Vec<NamedUser>,
    #[serde(deserialize_with = "or_default")]
    contexts: Vec<NamedContext>,
    current_context: String,
}

#[derive(Serialize, Deserialize)]
struct NamedCluster {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    cluster: Cluster,
}

#[derive(Serialize, Deserialize)]
struct NamedUser {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    user: User,
}

#[derive(Serialize, Deserialize)]
struct NamedContext {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    context: Context,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Cluster {
    server: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_authority_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    insecure_skip_tls_verify: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_server_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy_url: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct User {
    #[serde(skip_serializing_if = "Option::is_none")]
    client_certificate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_certificate_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_key_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(rename = "tokenFile", skip_serializing_if = "Option::is_none")]
    token_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    #[serde(skip_serializing)]
    exec: Option<serde::de::IgnoredAny>,
    #[serde(skip_serializing)]
    auth_provider: Option<serde::de::IgnoredAny>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Context {
    cluster: String,
    user: String,
}

/// Reads the current context of a kubeconfig.
pub(super) fn load(path: &Path, files: &mut Files) -> Result<Access, Error> {
    let text = files.read(path).map_err(Error::Configuration)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = Kubeconfig::parse(&text).and_then(|config| config.access(folder, files));
    read.map_err(|why| Error::Configuration(format!("{}: {why}", path.display())))
}

/// Writes a kubeconfig for one server and one token, which only the owner of the file can read.
///
/// # Errors
/// If the file cannot be written.
pub fn write(
    path: impl AsRef<Path>,
    name: &str,
    server: &str,
    authority: &[u8],
    token: &str,
) -> Result<(), StartError> {
    let config = Kubeconfig {
        api_version: "v1".to_owned(),
        kind: "Config".to_owned(),
        clusters: vec![NamedCluster {
            name: name.to_owned(),
            cluster: Cluster {
                server: server.to_owned(),
                certificate_authority_data: Some(STANDARD.encode(authority)),
                ..Cluster::default()
            },
        }],
        users: vec![NamedUser {
            name: name.to_owned(),
            user: User {
                token: Some(token.to_owned()),
                ..User::default()
            },
        }],
        contexts: vec![NamedContext {
            name: name.to_owned(),
            context: Context {
                cluster: name.to_owned(),
                user: name.to_owned(),
            },
        }],
        current_context: name.to_owned(),
    };
    let text = serde_saphyr::to_string(&config).map_err(|error| error.to_string())?;
    Ok(files::write_secret(path.as_ref(), text.as_bytes())?)
}

impl Kubeconfig {
    fn parse(text: &[u8]) -> Result<Self, String> {
        let text = str::from_utf8(text).map_err(|error| error.to_string())?;
        serde_saphyr::from_str(text).map_err(|error| error.to_string())
    }

    fn access(self, folder: &Path, files: &mut Files) -> Result<Access, String> {
        let current = self.current_context;
        if current.is_empty() {
            return Err("`current-context` is not set".to_owned());
        }
        let context = self.contexts.into_iter().find(|context| context.name == current);
        let context = context
            .ok_or_else(|| format!("there is no context `{current}`"))?
            .context;
        let cluster = self.clusters.into_iter().find(|known| known.name == context.cluster);
        let cluster = cluster
            .ok_or_else(|| format!("there is no cluster `{}`", context.cluster))?
            .cluster;
        let user = self.users.into_iter().find(|known| known.name == context.user);
        let user = match user {
            Some(known) => known.user,
            None if context.user.is_empty() => User::default(),
            None => return Err(format!("there is no user `{}`", context.user)),
        };
        if cluster.proxy_url.is_some_and(|url| !url.is_empty()) {
            return Err("`proxy-url` is not supported".to_owned());
        }
        if user.exec.is_some() || user.auth_provider.is_some() {
            return Err(
                "`exec` and `auth-provider` are not supported: name a certificate, a token or a `tokenFile`".to_owned(),
            );
        }
        let mut read = |data: Option<String>, file: Option<String>| bytes(data, file, folder, files);
        let authority = read(cluster.certificate_authority_data, cluster.certificate_authority)?;
        let certificate = read(user.client_certificate_data, user.client_certificate)?;
        let key = read(user.client_key_data, user.client_key)?;
        let token = read(None, user.token_file)?.or(user.token.map(String::into_bytes));
        let basic = user.username.map(|name| {
            let pair = format!("{name}:{}", user.password.unwrap_or_default());
            format!("Basic {}", STANDARD.encode(pair))
        });
        Ok(Access {
            trust: trust(&cluster.server, authority, cluster.insecure_skip_tls_verify)?,
            server: cluster.server,
            server_name: cluster.tls_server_name.filter(|name| !name.is_empty()),
            certificate: match (certificate, key) {
                (Some(certificate), Some(key)) => Some((certificate, key)),
                (None, None) => None,
                (Some(_), None) => return Err("there is a `client-certificate`, but no `client-key`".to_owned()),
                (None, Some(_)) => return Err("there is a `client-key`, but no `client-certificate`".to_owned()),
            },
            authorization: token
                .filter(|token| !token.is_empty())
                .map(|token| bearer(&token))
                .or(basic),
        })
    }
}

fn trust(server: &str, authority: Option<Vec<u8>>, skip: Option<bool>) -> Result<ServerTrust, String> {
    match authority {
        _ if skip == Some(true) => Ok(ServerTrust::Anybody),
        Some(authority) => Ok(ServerTrust::Authorities(authority)),
        None if server.starts_with("http://") => Ok(ServerTrust::Anybody),
        None => Err(
            "the cluster has no `certificate-authority`: name the file of the certificates that you trust".to_owned(),
        ),
    }
}

/// What is given in place, or what stands in the file that is named, relative to the kubeconfig.
fn bytes(
    data: Option<String>,
    file: Option<String>,
    folder: &Path,
    files: &mut Files,
) -> Result<Option<Vec<u8>>, String> {
    match (
        data.filter(|data| !data.is_empty()),
        file.filter(|file| !file.is_empty()),
    ) {
        (Some(data), _) => {
            let decoded = STANDARD.decode(data.trim());
            decoded
                .map(Some)
                .map_err(|error| format!("data is not base64: {error}"))
        }
        (None, Some(file)) => files.read(&folder.join(file)).map(Some),
        (None, None) => Ok(None),
    }
}

/// `null` is what kubectl writes for an empty list.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
