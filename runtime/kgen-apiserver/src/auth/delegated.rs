//! What an extension server does: it lets the main API server say who its clients are and what they may do.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;

use super::{
    AccessReviews, AlwaysAllowedPaths, Authenticator, Authenticators, Authorizer, Authorizers, ClientCertificates,
    PrivilegedGroups, RequestHeaderOptions, RequestHeaders, StartError, TokenReviews, Trust, ca_files, config_map,
};
use crate::cluster::{Client, Error, Retry};

/// What is asked of the main API server, and what is known without it.
#[derive(Clone, Debug)]
pub struct DelegatedOptions {
    /// Reviews tokens and knows whom to trust: `--authentication-kubeconfig`. Without it tokens are not looked at.
    pub authentication: Option<Client>,
    /// Reviews access: `--authorization-kubeconfig`. Without it, only `always_allow_groups` may do anything.
    pub authorization: Option<Client>,
    /// Whether the main API server is asked whom to trust.
    pub lookup: Lookup,
    /// The authorities of users, instead of what the main API server says: `--client-ca-file`.
    pub client_ca_file: Option<PathBuf>,
    /// The front proxies, instead of what the main API server says: `--requestheader-…`.
    pub request_header: Option<RequestHeaderOptions>,
    /// What tokens have to be good for: `--api-audiences`. None is the main API server itself.
    pub audiences: Vec<String>,
    /// Whether those are let in who show nothing; what they may do is another question: `--anonymous-auth`.
    pub anonymous: bool,
    /// What everybody may ask: `--authorization-always-allow-paths`.
    pub always_allow_paths: Vec<String>,
    /// Who may do everything.
    pub always_allow_groups: Vec<String>,
    /// How long it is believed whose a token is: `--authentication-token-webhook-cache-ttl`.
    pub token_ttl: Duration,
    /// How long it is believed that somebody may do something: `--authorization-webhook-cache-authorized-ttl`.
    pub allowed_ttl: Duration,
    /// How long it is believed that somebody may not: `--authorization-webhook-cache-unauthorized-ttl`.
    pub denied_ttl: Duration,
    /// How often reviews are asked for again.
    pub retry: Retry,
}

/// Whether the main API server is asked whom to trust.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lookup {
    /// It has to answer, or the server does not start.
    #[default]
    Required,
    /// Until it answers, nobody is trusted: `--authentication-tolerate-lookup-failure`.
    Tolerated,
    /// It is not asked: `--authentication-skip-lookup`.
    Skipped,
}

impl Default for DelegatedOptions {
    /// What upstream's servers do when they are told nothing.
    fn default() -> Self {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            authentication: None,
            authorization: None,
            lookup: Lookup::default(),
            client_ca_file: None,
            request_header: None,
            audiences: Vec::new(),
            anonymous: true,
            always_allow_paths: strings(&["/healthz", "/readyz", "/livez"]),
            always_allow_groups: strings(&["system:masters"]),
            token_ttl: Duration::from_secs(10),
            allowed_ttl: Duration::from_secs(10),
            denied_ttl: Duration::from_secs(10),
            retry: Retry::default(),
        }
    }
}

/// Lets the main API server say who clients are and what they may do. As long as it lives, it follows what that says
/// about whom to trust.
pub struct Delegated {
    authenticator: Arc<dyn Authenticator>,
    authorizer: Arc<dyn Authorizer>,
    trust: Trust,
    following: Vec<AbortHandle>,
}

impl Delegated {
    /// Finds out whom to trust, and follows it from then on. To be called within a Tokio runtime.
    ///
    /// # Errors
    /// If files are not valid, or the main API server does not say whom to trust although it has to.
    pub async fn start(options: DelegatedOptions) -> Result<Self, StartError> {
        let trust = Trust::default();
        let mut following = Vec::new();
        let files = ca_files::Source {
            trust: trust.clone(),
            client_ca_file: options.client_ca_file.clone(),
            request_header: options.request_header.clone(),
        };
        let seen = files.read()?;
        following.push(tokio::spawn(files.follow(seen)).abort_handle());
        if let Some(source) = looked_up(&options, &trust) {
            match first_read(&source, options.retry).await {
                Ok(()) => {}
                Err(error) if options.lookup == Lookup::Tolerated => {
                    tracing::warn!(%error, "nobody is trusted to say who clients are until the main API server tells");
                }
                Err(error) => return Err(unable(&error)),
            }
            following.push(tokio::spawn(source.follow()).abort_handle());
        }
        Ok(Self {
            authenticator: Arc::new(authenticators(&options, &trust)),
            authorizer: Arc::new(authorizers(&options)),
            trust,
            following,
        })
    }

    /// Front proxies, certificates, tokens, and then anonymous, in this order.
    pub fn authenticator(&self) -> Arc<dyn Authenticator> {
        Arc::clone(&self.authenticator)
    }

    /// Privileged groups, paths that are open, and then reviews.
    pub fn authorizer(&self) -> Arc<dyn Authorizer> {
        Arc::clone(&self.authorizer)
    }

    /// Whom the server trusts; TLS connections ask for certificates of these.
    pub fn trust(&self) -> &Trust {
        &self.trust
    }
}

impl Drop for Delegated {
    fn drop(&mut self) {
        for task in &self.following {
            task.abort();
        }
    }
}

fn looked_up(options: &DelegatedOptions, trust: &Trust) -> Option<config_map::Source> {
    let wanted = config_map::Wanted {
        client_ca: options.client_ca_file.is_none(),
        request_header: options.request_header.is_none(),
    };
    let is_wanted = (wanted.client_ca || wanted.request_header) && options.lookup != Lookup::Skipped;
    let client = options.authentication.clone().filter(|_| is_wanted)?;
    Some(config_map::Source {
        client,
        trust: trust.clone(),
        wanted,
    })
}

/// The main API server may be just starting, so that it is asked again even where nobody answers.
async fn first_read(source: &config_map::Source, retry: Retry) -> Result<(), Error> {
    for pause in retry.pauses() {
        match source.read().await {
            Err(error @ Error::Transport { .. }) => tracing::debug!(%error, "asking again"),
            Err(error) if error.passes() => tracing::debug!(%error, "asking again"),
            done => return done,
        }
        tokio::time::sleep(pause).await;
    }
    source.read().await
}

fn unable(error: &Error) -> StartError {
    let help = match error.code() {
        Some(403) => {
            "; bind the role `extension-apiserver-authentication-reader` of kube-system to this server's account"
        }
        _ => "",
    };
    StartError(format!(
        "cannot read the config map kube-system/extension-apiserver-authentication: {error}{help}"
    ))
}

fn authenticators(options: &DelegatedOptions, trust: &Trust) -> Authenticators {
    let mut ordered: Vec<Arc<dyn Authenticator>> = vec![
        Arc::new(RequestHeaders::new(trust.clone())),
        Arc::new(ClientCertificates::new(trust.clone())),
    ];
    match options.authentication.clone() {
        Some(client) => {
            let audiences = options.audiences.clone();
            ordered.push(Arc::new(TokenReviews::new(
                client,
                audiences,
                options.token_ttl,
                options.retry,
            )));
        }
        None => tracing::warn!("no kubeconfig for authentication: tokens are not looked at"),
    }
    Authenticators::new(ordered, options.anonymous)
}

fn authorizers(options: &DelegatedOptions) -> Authorizers {
    let mut ordered: Vec<Arc<dyn Authorizer>> = vec![
        Arc::new(PrivilegedGroups::new(options.always_allow_groups.iter().cloned())),
        Arc::new(AlwaysAllowedPaths::new(options.always_allow_paths.iter().cloned())),
    ];
    match options.authorization.clone() {
        Some(client) => {
            let (allowed, denied) = (options.allowed_ttl, options.denied_ttl);
            ordered.push(Arc::new(AccessReviews::new(client, allowed, denied, options.retry)));
        }
        None => tracing::warn!("no kubeconfig for authorization: only privileged groups may do anything"),
    }
    Authorizers::new(ordered)
}
