//! What options say, and how it becomes part of the configuration.

use std::path::{Path, PathBuf};

use clap::ValueHint;

use super::args::{LogWord, StorageWord, TlsWord, switch};
use super::config::v1alpha1::{Backend, LogFormat, NamedCertificate, ServerConfiguration, TlsVersion};

/// What options say. What they do not say is left to the configuration file and its defaults.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Flags {
    /// Where objects are stored [default: etcd if servers are named, else embedded]
    #[arg(long, value_enum, value_name = "STORE", help_heading = "Storage")]
    storage: Option<StorageWord>,
    /// Folder of the embedded store, and of what the server makes for itself when it runs on its own
    /// [default: PROGRAM.data]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Storage")]
    data_dir: Option<PathBuf>,
    /// Addresses of etcd's members
    #[arg(long, value_name = "URL", value_delimiter = ',', value_hint = ValueHint::Url, help_heading = "Storage")]
    etcd_servers: Option<Vec<String>>,
    /// What all keys begin with [default: /registry/GROUP, if there is one group]
    #[arg(long, value_name = "PREFIX", help_heading = "Storage")]
    etcd_prefix: Option<String>,
    /// File of the authority that signed the certificates of etcd's members
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Storage")]
    etcd_cafile: Option<PathBuf>,
    /// File of the certificate to show to etcd
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Storage")]
    etcd_certfile: Option<PathBuf>,
    /// File of that certificate's key
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Storage")]
    etcd_keyfile: Option<PathBuf>,
    /// How often etcd's past is forgotten; 0s is never [default: 5m0s]
    #[arg(long, value_name = "SPAN", help_heading = "Storage")]
    etcd_compaction_interval: Option<String>,
    /// Whether reads are answered from a copy in memory [default: true]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Storage")]
    watch_cache: Option<bool>,

    /// Address to listen on [default: all addresses, or 127.0.0.1 when the server runs on its own]
    #[arg(long, value_name = "IP", help_heading = "Serving")]
    bind_address: Option<String>,
    /// Port to listen on; 0 is any that is free [default: 6443]
    #[arg(long, value_name = "PORT", help_heading = "Serving")]
    secure_port: Option<i32>,
    /// File of the server's certificate, PEM, with those that lead to its authority
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Serving")]
    tls_cert_file: Option<PathBuf>,
    /// File of that certificate's key
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Serving")]
    tls_private_key_file: Option<PathBuf>,
    /// Another certificate with its key for clients that ask for other names; can be repeated
    #[arg(long, value_name = "CERT,KEY[:NAME,..]", value_parser = sni, help_heading = "Serving")]
    tls_sni_cert_key: Option<Vec<NamedCertificate>>,
    /// What clients have to speak at least [default: VersionTLS12]
    #[arg(long, value_enum, value_name = "VERSION", help_heading = "Serving")]
    tls_min_version: Option<TlsWord>,
    /// Folder of self-made certificates, if no file is named [default: apiserver.local.config/certificates]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Serving")]
    cert_dir: Option<PathBuf>,

    /// Kubeconfig of the cluster that this server belongs to [default: the pod's own account, in a pod]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Cluster")]
    kubeconfig: Option<PathBuf>,
    /// Kubeconfig of the cluster that reviews tokens and says which proxies are trusted [default: --kubeconfig]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Cluster")]
    authentication_kubeconfig: Option<PathBuf>,
    /// Kubeconfig of the cluster that reviews access [default: --kubeconfig]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Cluster")]
    authorization_kubeconfig: Option<PathBuf>,

    /// File of the authority that signs the certificates of users [default: as the cluster says]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Authentication")]
    client_ca_file: Option<PathBuf>,
    /// File of the authority that signs the certificates of front proxies [default: as the cluster says]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Authentication")]
    requestheader_client_ca_file: Option<PathBuf>,
    /// Common names of the certificates of front proxies [default: all that the authority signed]
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Authentication")]
    requestheader_allowed_names: Option<Vec<String>>,
    /// Headers that name the user [default: X-Remote-User]
    #[arg(long, value_name = "HEADER", value_delimiter = ',', help_heading = "Authentication")]
    requestheader_username_headers: Option<Vec<String>>,
    /// Headers that name the user's UID [default: X-Remote-Uid]
    #[arg(long, value_name = "HEADER", value_delimiter = ',', help_heading = "Authentication")]
    requestheader_uid_headers: Option<Vec<String>>,
    /// Headers that name groups [default: X-Remote-Group]
    #[arg(long, value_name = "HEADER", value_delimiter = ',', help_heading = "Authentication")]
    requestheader_group_headers: Option<Vec<String>>,
    /// What headers with anything else begin with [default: X-Remote-Extra-]
    #[arg(long, value_name = "PREFIX", value_delimiter = ',', help_heading = "Authentication")]
    requestheader_extra_headers_prefix: Option<Vec<String>>,
    /// Do not ask the cluster which authorities and proxies are trusted
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Authentication")]
    authentication_skip_lookup: Option<bool>,
    /// Start even if the cluster does not say which authorities and proxies are trusted
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Authentication")]
    authentication_tolerate_lookup_failure: Option<bool>,
    /// How long it is believed whose a token is [default: 10s]
    #[arg(long, value_name = "SPAN", help_heading = "Authentication")]
    authentication_token_webhook_cache_ttl: Option<String>,
    /// Let requests in that show nothing; what they may do is another question [default: true]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Authentication")]
    anonymous_auth: Option<bool>,

    /// Paths that everybody may read, which may end in `*` [default: /healthz,/readyz,/livez]
    #[arg(long, value_name = "PATH", value_delimiter = ',', help_heading = "Authorization")]
    authorization_always_allow_paths: Option<Vec<String>>,
    /// How long it is believed that somebody may do something [default: 10s]
    #[arg(long, value_name = "SPAN", help_heading = "Authorization")]
    authorization_webhook_cache_authorized_ttl: Option<String>,
    /// How long it is believed that somebody may not [default: 10s]
    #[arg(long, value_name = "SPAN", help_heading = "Authorization")]
    authorization_webhook_cache_unauthorized_ttl: Option<String>,

    /// Features to switch on or off, such as Shiny=true
    #[arg(long, value_name = "NAME=BOOL", value_delimiter = ',', value_parser = switch, help_heading = "API")]
    feature_gates: Option<Vec<(String, bool)>>,
    /// Versions to serve or not: GROUP/VERSION=BOOL, or api/all, api/beta, api/alpha
    #[arg(long, value_name = "KEY=BOOL", value_delimiter = ',', value_parser = switch, help_heading = "API")]
    runtime_config: Option<Vec<(String, bool)>>,

    /// Reading requests at once; 0 is without limit [default: 400]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    max_requests_inflight: Option<i32>,
    /// Writing requests at once; 0 is without limit [default: 200]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    max_mutating_requests_inflight: Option<i32>,
    /// How long a request may take that is no watch [default: 1m0s]
    #[arg(long, value_name = "SPAN", help_heading = "Limits")]
    request_timeout: Option<String>,
    /// How long a watch lasts at least, unless its client says otherwise; 0 is without end [default: 30m0s]
    #[arg(long, value_name = "SECONDS", help_heading = "Limits")]
    min_request_timeout: Option<u32>,
    /// How long the server goes on answering when it is told to stop [default: 0s]
    #[arg(long, value_name = "SPAN", help_heading = "Limits")]
    shutdown_delay_duration: Option<String>,
    /// Tell requests that come after that to come back, instead of closing the door [default: false]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = "Limits")]
    shutdown_send_retry_after: Option<bool>,
    /// How much time the ends of watches are spread over when the server stops [default: 0s]
    #[arg(long, value_name = "SPAN", help_heading = "Limits")]
    shutdown_watch_termination_grace_period: Option<String>,

    /// File that gets one JSON object for each request; - is the standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Messages")]
    audit_log_path: Option<PathBuf>,
    /// Form of what the server tells on the standard error [default: text]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Messages")]
    logging_format: Option<LogWord>,
    /// How much the server tells, from 0 to 10; 4 and more is for those who look for a fault [default: 0]
    #[arg(long = "v", short, value_name = "N", help_heading = "Messages")]
    verbosity: Option<i32>,
}

/// Which option says what of the configuration, for messages.
pub(super) const OPTIONS: &[(&str, &str)] = &[
    ("storage.backend", "storage"),
    ("storage.dataDir", "data-dir"),
    ("storage.etcd.servers", "etcd-servers"),
    ("storage.etcd.prefix", "etcd-prefix"),
    ("storage.etcd.caFile", "etcd-cafile"),
    ("storage.etcd.certFile", "etcd-certfile"),
    ("storage.etcd.keyFile", "etcd-keyfile"),
    ("storage.etcd.compactionInterval", "etcd-compaction-interval"),
    ("storage.watchCache", "watch-cache"),
    ("serving.bindAddress", "bind-address"),
    ("serving.port", "secure-port"),
    ("serving.certFile", "tls-cert-file"),
    ("serving.keyFile", "tls-private-key-file"),
    ("serving.sni", "tls-sni-cert-key"),
    ("serving.tlsMinVersion", "tls-min-version"),
    ("serving.certDir", "cert-dir"),
    ("kubeconfig", "kubeconfig"),
    ("authentication.kubeconfig", "authentication-kubeconfig"),
    ("authentication.clientCaFile", "client-ca-file"),
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
    ("authentication.skipLookup", "authentication-skip-lookup"),
    (
        "authentication.tolerateLookupFailure",
        "authentication-tolerate-lookup-failure",
    ),
    ("authentication.tokenCacheTtl", "authentication-token-webhook-cache-ttl"),
    ("authentication.anonymous", "anonymous-auth"),
    ("authorization.kubeconfig", "authorization-kubeconfig"),
    ("authorization.alwaysAllowPaths", "authorization-always-allow-paths"),
    (
        "authorization.allowedCacheTtl",
        "authorization-webhook-cache-authorized-ttl",
    ),
    (
        "authorization.deniedCacheTtl",
        "authorization-webhook-cache-unauthorized-ttl",
    ),
    ("featureGates", "feature-gates"),
    ("runtimeConfig", "runtime-config"),
    ("limits.maxRequestsInflight", "max-requests-inflight"),
    ("limits.maxMutatingRequestsInflight", "max-mutating-requests-inflight"),
    ("limits.requestTimeout", "request-timeout"),
    ("limits.minRequestTimeout", "min-request-timeout"),
    ("limits.shutdownDelay", "shutdown-delay-duration"),
    ("limits.shutdownSendRetryAfter", "shutdown-send-retry-after"),
    (
        "limits.shutdownWatchTerminationGracePeriod",
        "shutdown-watch-termination-grace-period",
    ),
    ("audit.logPath", "audit-log-path"),
    ("logging.format", "logging-format"),
    ("logging.verbosity", "v"),
];

impl Flags {
    /// Puts what was said into a configuration.
    pub(super) fn apply(self, config: &mut ServerConfiguration) {
        let storage = &mut config.storage;
        set_some(&mut storage.backend, self.storage.map(backend));
        set(&mut storage.data_dir, self.data_dir.as_deref().map(text));
        set_some(&mut storage.watch_cache, self.watch_cache);
        let etcd = &mut storage.etcd;
        set(&mut etcd.servers, self.etcd_servers);
        set(&mut etcd.prefix, self.etcd_prefix);
        set(&mut etcd.ca_file, self.etcd_cafile.as_deref().map(text));
        set(&mut etcd.cert_file, self.etcd_certfile.as_deref().map(text));
        set(&mut etcd.key_file, self.etcd_keyfile.as_deref().map(text));
        set_some(&mut etcd.compaction_interval, self.etcd_compaction_interval);

        let serving = &mut config.serving;
        set(&mut serving.bind_address, self.bind_address);
        set_some(&mut serving.port, self.secure_port);
        set(&mut serving.cert_file, self.tls_cert_file.as_deref().map(text));
        set(&mut serving.key_file, self.tls_private_key_file.as_deref().map(text));
        set(&mut serving.sni, self.tls_sni_cert_key);
        set_some(&mut serving.tls_min_version, self.tls_min_version.map(tls_version));
        set(&mut serving.cert_dir, self.cert_dir.as_deref().map(text));

        set(&mut config.kubeconfig, self.kubeconfig.as_deref().map(text));
        let authentication = &mut config.authentication;
        set(
            &mut authentication.kubeconfig,
            self.authentication_kubeconfig.as_deref().map(text),
        );
        set(
            &mut authentication.client_ca_file,
            self.client_ca_file.as_deref().map(text),
        );
        set(&mut authentication.skip_lookup, self.authentication_skip_lookup);
        set(
            &mut authentication.tolerate_lookup_failure,
            self.authentication_tolerate_lookup_failure,
        );
        set_some(
            &mut authentication.token_cache_ttl,
            self.authentication_token_webhook_cache_ttl,
        );
        set_some(&mut authentication.anonymous, self.anonymous_auth);
        let proxies = &mut authentication.request_header;
        set(
            &mut proxies.client_ca_file,
            self.requestheader_client_ca_file.as_deref().map(text),
        );
        set(&mut proxies.allowed_names, self.requestheader_allowed_names);
        set_some(&mut proxies.username_headers, self.requestheader_username_headers);
        set_some(&mut proxies.uid_headers, self.requestheader_uid_headers);
        set_some(&mut proxies.group_headers, self.requestheader_group_headers);
        set_some(
            &mut proxies.extra_header_prefixes,
            self.requestheader_extra_headers_prefix,
        );

        let authorization = &mut config.authorization;
        set(
            &mut authorization.kubeconfig,
            self.authorization_kubeconfig.as_deref().map(text),
        );
        set_some(
            &mut authorization.always_allow_paths,
            self.authorization_always_allow_paths,
        );
        set_some(
            &mut authorization.allowed_cache_ttl,
            self.authorization_webhook_cache_authorized_ttl,
        );
        set_some(
            &mut authorization.denied_cache_ttl,
            self.authorization_webhook_cache_unauthorized_ttl,
        );

        config.feature_gates.extend(self.feature_gates.into_iter().flatten());
        config.runtime_config.extend(self.runtime_config.into_iter().flatten());

        let limits = &mut config.limits;
        set_some(&mut limits.max_requests_inflight, self.max_requests_inflight);
        set_some(
            &mut limits.max_mutating_requests_inflight,
            self.max_mutating_requests_inflight,
        );
        set_some(&mut limits.request_timeout, self.request_timeout);
        set_some(
            &mut limits.min_request_timeout,
            self.min_request_timeout.map(|seconds| format!("{seconds}s")),
        );
        set_some(&mut limits.shutdown_delay, self.shutdown_delay_duration);
        set(&mut limits.shutdown_send_retry_after, self.shutdown_send_retry_after);
        let grace = self.shutdown_watch_termination_grace_period;
        set_some(&mut limits.shutdown_watch_termination_grace_period, grace);

        set(&mut config.audit.log_path, self.audit_log_path.as_deref().map(text));
        set_some(&mut config.logging.format, self.logging_format.map(log_format));
        set(&mut config.logging.verbosity, self.verbosity);
    }
}

fn set<T>(field: &mut T, said: Option<T>) {
    if let Some(said) = said {
        *field = said;
    }
}

fn set_some<T>(field: &mut Option<T>, said: Option<T>) {
    if said.is_some() {
        *field = said;
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn backend(word: StorageWord) -> Backend {
    match word {
        StorageWord::Memory => Backend::Memory,
        StorageWord::Embedded => Backend::Embedded,
        StorageWord::Etcd => Backend::Etcd,
    }
}

fn tls_version(word: TlsWord) -> TlsVersion {
    match word {
        TlsWord::Tls12 => TlsVersion::Tls12,
        TlsWord::Tls13 => TlsVersion::Tls13,
    }
}

fn log_format(word: LogWord) -> LogFormat {
    match word {
        LogWord::Text => LogFormat::Text,
        LogWord::Json => LogFormat::Json,
    }
}

/// `name=value`, or `name` alone.
pub(super) fn split_pair(text: &str) -> (&str, Option<&str>) {
    match text.split_once('=') {
        Some((name, value)) => (name.trim(), Some(value.trim())),
        None => (text.trim(), None),
    }
}

/// `cert,key` or `cert,key:name,name`.
fn sni(text: &str) -> Result<NamedCertificate, String> {
    let usual = "write `CERT,KEY` or `CERT,KEY:NAME,NAME`";
    let (files, names) = text.split_once(':').unwrap_or((text, ""));
    let (cert_file, key_file) = files.split_once(',').ok_or(usual)?;
    let is_file = |file: &str| !file.is_empty() && !file.contains(',');
    if !is_file(cert_file) || !is_file(key_file) {
        return Err(usual.to_owned());
    }
    let names = names.split(',').filter(|name| !name.is_empty()).map(str::to_owned);
    Ok(NamedCertificate {
        cert_file: cert_file.to_owned(),
        key_file: key_file.to_owned(),
        names: names.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_certificates_are_read() {
        let pair = sni("a.crt,a.key:example.com,*.example.com").expect("it is one");
        assert_eq!((pair.cert_file.as_str(), pair.key_file.as_str()), ("a.crt", "a.key"));
        assert_eq!(pair.names, ["example.com", "*.example.com"]);
        assert_eq!(sni("a.crt,a.key").map(|pair| pair.names), Ok(Vec::new()));
        assert!(sni("a.crt").is_err());
        assert!(sni(",a.key").is_err());
        assert!(sni("a,b,c").is_err());
    }
}
