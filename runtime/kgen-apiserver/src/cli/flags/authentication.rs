//! How the server finds out who asks.

use std::path::PathBuf;

use clap::ValueHint;

use super::front_proxy::FrontProxyFlags;
use super::{Options, set, set_path, set_some};
use crate::cli::config::v1alpha1::Authentication;

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Authentication")]
pub(super) struct AuthenticationFlags {
    /// File of the authority that signs the certificates of users [default: as the cluster says]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    client_ca_file: Option<PathBuf>,
    #[command(flatten)]
    front_proxy: FrontProxyFlags,
    /// Do not ask the cluster which authorities and proxies are trusted
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    authentication_skip_lookup: Option<bool>,
    /// Start even if the cluster does not say which authorities and proxies are trusted
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    authentication_tolerate_lookup_failure: Option<bool>,
    /// How long it is believed whose a token is [default: 10s]
    #[arg(long, value_name = "SPAN")]
    authentication_token_webhook_cache_ttl: Option<String>,
    /// Let requests in that show nothing; what they may do is another question [default: true]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    anonymous_auth: Option<bool>,
}

pub(super) const OPTIONS: Options = &[
    ("authentication.clientCaFile", "client-ca-file"),
    ("authentication.skipLookup", "authentication-skip-lookup"),
    (
        "authentication.tolerateLookupFailure",
        "authentication-tolerate-lookup-failure",
    ),
    ("authentication.tokenCacheTtl", "authentication-token-webhook-cache-ttl"),
    ("authentication.anonymous", "anonymous-auth"),
];

impl AuthenticationFlags {
    pub(super) fn apply(self, authentication: &mut Authentication) {
        set_path(&mut authentication.client_ca_file, self.client_ca_file);
        self.front_proxy.apply(&mut authentication.request_header);
        set(&mut authentication.skip_lookup, self.authentication_skip_lookup);
        let tolerate = self.authentication_tolerate_lookup_failure;
        set(&mut authentication.tolerate_lookup_failure, tolerate);
        let ttl = self.authentication_token_webhook_cache_ttl;
        set_some(&mut authentication.token_cache_ttl, ttl);
        set_some(&mut authentication.anonymous, self.anonymous_auth);
    }
}
