//! How a server that belongs to a cluster lets the main API server say who clients are and what they may do.

use super::CliError;
use super::config::v1alpha1::{Authentication, RequestHeader};
use super::mode::Clients;
use super::settings::Settings;
use crate::auth::{DelegatedOptions, HeaderNames, Lookup, RequestHeaderOptions};

/// What the main API server is asked, and what is known without it.
pub(super) fn options(settings: &Settings, clients: &Clients) -> Result<DelegatedOptions, CliError> {
    let (authentication, authorization) = (&settings.config.authentication, &settings.config.authorization);
    let usual = DelegatedOptions::default();
    let client_ca_file = &authentication.client_ca_file;
    Ok(DelegatedOptions {
        authentication: clients.authentication.clone(),
        authorization: clients.authorization.clone(),
        lookup: lookup(authentication),
        client_ca_file: (!client_ca_file.is_empty()).then(|| client_ca_file.into()),
        request_header: request_header(&authentication.request_header),
        anonymous: authentication.anonymous.unwrap_or(usual.anonymous),
        always_allow_paths: authorization
            .always_allow_paths
            .clone()
            .unwrap_or(usual.always_allow_paths),
        token_ttl: settings.span(
            "authentication.tokenCacheTtl",
            authentication.token_cache_ttl.as_deref(),
        )?,
        allowed_ttl: settings.span(
            "authorization.allowedCacheTtl",
            authorization.allowed_cache_ttl.as_deref(),
        )?,
        denied_ttl: settings.span(
            "authorization.deniedCacheTtl",
            authorization.denied_cache_ttl.as_deref(),
        )?,
        ..usual
    })
}

fn lookup(authentication: &Authentication) -> Lookup {
    match (authentication.skip_lookup, authentication.tolerate_lookup_failure) {
        (true, _) => Lookup::Skipped,
        (false, true) => Lookup::Tolerated,
        (false, false) => Lookup::Required,
    }
}

fn request_header(config: &RequestHeader) -> Option<RequestHeaderOptions> {
    let names = |names: &Option<Vec<String>>| names.clone().unwrap_or_default();
    (!config.client_ca_file.is_empty()).then(|| RequestHeaderOptions {
        client_ca_file: config.client_ca_file.clone().into(),
        allowed_names: config.allowed_names.clone(),
        names: HeaderNames {
            username: names(&config.username_headers),
            uid: names(&config.uid_headers),
            group: names(&config.group_headers),
            extra_prefix: names(&config.extra_header_prefixes),
        },
    })
}
