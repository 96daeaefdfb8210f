//! Whether the server belongs to a cluster, or runs on its own.

use super::CliError;
use super::settings::Settings;
use crate::cluster::Client;

/// Whether the server belongs to a cluster, or runs on its own.
pub(super) enum Mode {
    /// The main API server says who clients are and what they may do.
    Delegated(Clients),
    /// For development: on this machine only, for who has the token.
    Standalone,
}

/// The clients of the main API server.
pub(super) struct Clients {
    /// Reviews tokens, and knows whom to trust.
    pub(super) authentication: Option<Client>,
    /// Reviews access.
    pub(super) authorization: Option<Client>,
    /// Knows what else is in the cluster, such as namespaces.
    pub(super) cluster: Option<Client>,
}

impl Mode {
    /// A server that is told of no cluster and of no authority, and that runs in no pod, runs on its own.
    pub(super) fn of(settings: &Settings) -> Result<Self, CliError> {
        let config = &settings.config;
        let usual = client(settings, "kubeconfig", &config.kubeconfig)?;
        let named = |place: &str, file: &str| match file {
            "" => Ok(usual.clone()),
            file => client(settings, place, file),
        };
        let (authentication, authorization) = (&config.authentication, &config.authorization);
        let clients = Clients {
            authentication: named("authentication.kubeconfig", &authentication.kubeconfig)?,
            authorization: named("authorization.kubeconfig", &authorization.kubeconfig)?,
            cluster: usual,
        };
        if clients.authentication.is_some() || clients.authorization.is_some() {
            return Ok(Self::Delegated(clients));
        }
        if let Ok(pod) = Client::in_cluster() {
            return Ok(Self::Delegated(Clients {
                authentication: Some(pod.clone()),
                authorization: Some(pod.clone()),
                cluster: Some(pod),
            }));
        }
        let knows_authorities =
            !authentication.client_ca_file.is_empty() || !authentication.request_header.client_ca_file.is_empty();
        if knows_authorities {
            return Ok(Self::Delegated(clients));
        }
        Ok(Self::Standalone)
    }
}

fn client(settings: &Settings, place: &str, file: &str) -> Result<Option<Client>, CliError> {
    if file.is_empty() {
        return Ok(None);
    }
    let client = Client::from_kubeconfig(file);
    client
        .map(Some)
        .map_err(|error| settings.wrong(place, format!("{place}: {error}")))
}
