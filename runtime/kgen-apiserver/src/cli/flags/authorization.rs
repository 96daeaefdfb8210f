//! How the server finds out who may do what.

use super::{Options, set_some};
use crate::cli::config::v1alpha1::Authorization;

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Authorization")]
pub(super) struct AuthorizationFlags {
    /// Paths that everybody may read, which may end in `*` [default: /healthz,/readyz,/livez]
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    authorization_always_allow_paths: Option<Vec<String>>,
    /// How long it is believed that somebody may do something [default: 10s]
    #[arg(long, value_name = "SPAN")]
    authorization_webhook_cache_authorized_ttl: Option<String>,
    /// How long it is believed that somebody may not [default: 10s]
    #[arg(long, value_name = "SPAN")]
    authorization_webhook_cache_unauthorized_ttl: Option<String>,
}

pub(super) const OPTIONS: Options = &[
    ("authorization.alwaysAllowPaths", "authorization-always-allow-paths"),
    (
        "authorization.allowedCacheTtl",
        "authorization-webhook-cache-authorized-ttl",
    ),
    (
        "authorization.deniedCacheTtl",
        "authorization-webhook-cache-unauthorized-ttl",
    ),
];

impl AuthorizationFlags {
    pub(super) fn apply(self, authorization: &mut Authorization) {
        let paths = self.authorization_always_allow_paths;
        set_some(&mut authorization.always_allow_paths, paths);
        let allowed = self.authorization_webhook_cache_authorized_ttl;
        set_some(&mut authorization.allowed_cache_ttl, allowed);
        let denied = self.authorization_webhook_cache_unauthorized_ttl;
        set_some(&mut authorization.denied_cache_ttl, denied);
    }
}
