//! Whom to believe who somebody else is: proxies that authenticate users and forward their requests.

use std::path::PathBuf;

use clap::ValueHint;

use super::{Options, set, set_path, set_some};
use crate::cli::config::v1alpha1::RequestHeader;

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Authentication")]
pub(super) struct FrontProxyFlags {
    /// File of the authority that signs the certificates of front proxies [default: as the cluster says]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    requestheader_client_ca_file: Option<PathBuf>,
    /// Common names of the certificates of front proxies [default: all that the authority signed]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    requestheader_allowed_names: Option<Vec<String>>,
    /// Headers that name the user [default: X-Remote-User]
    #[arg(long, value_name = "HEADER", value_delimiter = ',')]
    requestheader_username_headers: Option<Vec<String>>,
    /// Headers that name the user's UID [default: X-Remote-Uid]
    #[arg(long, value_name = "HEADER", value_delimiter = ',')]
    requestheader_uid_headers: Option<Vec<String>>,
    /// Headers that name groups [default: X-Remote-Group]
    #[arg(long, value_name = "HEADER", value_delimiter = ',')]
    requestheader_group_headers: Option<Vec<String>>,
    /// What headers with anything else begin with [default: X-Remote-Extra-]
    #[arg(long, value_name = "PREFIX", value_delimiter = ',')]
    requestheader_extra_headers_prefix: Option<Vec<String>>,
}

pub(super) const OPTIONS: Options = &[
    (
        "authentication.requestHeader.clientCaFile",
        "requestheader-client-ca-file",
    ),
    (
        "authentication.requestHeader.allowedNames",
        "requestheader-allowed-names",
    ),
    (
        "authentication.requestHeader.usernameHeaders",
        "requestheader-username-headers",
    ),
    ("authentication.requestHeader.uidHeaders", "requestheader-uid-headers"),
    (
        "authentication.requestHeader.groupHeaders",
        "requestheader-group-headers",
    ),
    (
        "authentication.requestHeader.extraHeaderPrefixes",
        "requestheader-extra-headers-prefix",
    ),
];

impl FrontProxyFlags {
    pub(super) fn apply(self, proxies: &mut RequestHeader) {
        set_path(&mut proxies.client_ca_file, self.requestheader_client_ca_file);
        set(&mut proxies.allowed_names, self.requestheader_allowed_names);
        set_some(&mut proxies.username_headers, self.requestheader_username_headers);
        set_some(&mut proxies.uid_headers, self.requestheader_uid_headers);
        set_some(&mut proxies.group_headers, self.requestheader_group_headers);
        let prefixes = self.requestheader_extra_headers_prefix;
        set_some(&mut proxies.extra_header_prefixes, prefixes);
    }
}
