//! The cluster that the server belongs to.

use std::path::PathBuf;

use clap::ValueHint;

use super::{Options, set_path};
use crate::cli::config::v1alpha1::ServerConfiguration;

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Cluster")]
pub(super) struct ClusterFlags {
    /// Kubeconfig of the cluster that this server belongs to [default: the pod's own account, in a pod]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    kubeconfig: Option<PathBuf>,
    /// Kubeconfig of the cluster that reviews tokens and says which proxies are trusted [default: --kubeconfig]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    authentication_kubeconfig: Option<PathBuf>,
    /// Kubeconfig of the cluster that reviews access [default: --kubeconfig]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    authorization_kubeconfig: Option<PathBuf>,
}

pub(super) const OPTIONS: Options = &[
    ("kubeconfig", "kubeconfig"),
    ("authentication.kubeconfig", "authentication-kubeconfig"),
    ("authorization.kubeconfig", "authorization-kubeconfig"),
];

impl ClusterFlags {
    pub(super) fn apply(self, config: &mut ServerConfiguration) {
        set_path(&mut config.kubeconfig, self.kubeconfig);
        set_path(&mut config.authentication.kubeconfig, self.authentication_kubeconfig);
        set_path(&mut config.authorization.kubeconfig, self.authorization_kubeconfig);
    }
}
