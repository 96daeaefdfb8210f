//! The configuration of an API server as a file says it.

use std::collections::BTreeMap;

kgen::version! { group = "apiserver.config.kgen.dev", version = "v1alpha1" }

/// How an API server runs. What the command line says wins over it.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ServerConfiguration {
    /// Always `apiserver.config.kgen.dev/v1alpha1`.
    pub api_version: String,
    /// Always `ServerConfiguration`.
    pub kind: String,
    /// Where the server listens, and with which certificates.
    #[kgen(optional)]
    pub serving: Serving,
    /// Where objects are stored.
    #[kgen(optional)]
    pub storage: Storage,
    /// The kubeconfig of the cluster that the server belongs to, for all that no other kubeconfig is named for.
    #[kgen(optional)]
    pub kubeconfig: String,
    /// How the server finds out who asks.
    #[kgen(optional)]
    pub authentication: Authentication,
    /// How the server finds out who may do what.
    #[kgen(optional)]
    pub authorization: Authorization,
    /// How much the server does at once, and for how long.
    #[kgen(optional)]
    pub limits: Limits,
    /// What is written down of requests.
    #[kgen(optional)]
    pub audit: Audit,
    /// Features that are switched on or off, by name.
    #[kgen(optional, max_properties = 200)]
    pub feature_gates: BTreeMap<String, bool>,
    /// Versions that are served or not: `group/version` or `group/version/resource`, or `api/all`, `api/beta`,
    /// `api/alpha`.
    #[kgen(optional, max_properties = 200)]
    pub runtime_config: BTreeMap<String, bool>,
    /// What the server tells of itself.
    #[kgen(optional)]
    pub logging: Logging,
}

/// Where the server listens, and with which certificates.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Serving {
    /// The address. Without it: all addresses, or the loopback one in standalone mode.
    #[kgen(optional)]
    pub bind_address: String,
    /// The port; 0 is any that is free.
    #[kgen(default = 6443, minimum = 0, maximum = 65535)]
    pub port: Option<i32>,
    /// The file of the certificate, PEM, with those that lead to its authority.
    #[kgen(optional, dependent_required("keyFile"))]
    pub cert_file: String,
    /// The file of the certificate's key.
    #[kgen(optional, dependent_required("certFile"))]
    pub key_file: String,
    /// The folder of self-made certificates, if there is no file of one.
    #[kgen(optional)]
    pub cert_dir: String,
    /// What clients have to speak at least.
    #[kgen(default = TlsVersion::Tls12)]
    pub tls_min_version: Option<TlsVersion>,
    /// More certificates, for clients that ask for other names.
    #[kgen(optional, list = atomic, max_items = 64)]
    pub sni: Vec<NamedCertificate>,
}

/// A version of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, kgen::Api)]
pub enum TlsVersion {
    /// TLS 1.2.
    #[kgen(name = "VersionTLS12")]
    Tls12,
    /// TLS 1.3.
    #[kgen(name = "VersionTLS13")]
    Tls13,
}

/// A certificate for clients that ask for certain names.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct NamedCertificate {
    /// The file of the certificate.
    #[kgen(min_length = 1)]
    pub cert_file: String,
    /// The file of its key.
    #[kgen(min_length = 1)]
    pub key_file: String,
    /// The names, which may begin with `*.`. Without any: those of the certificate.
    #[kgen(optional, list = atomic, max_items = 64)]
    pub names: Vec<String>,
}

/// Where objects are stored.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Storage {
    /// Without it: etcd if servers are named, else the folder.
    pub backend: Option<Backend>,
    /// The folder of the embedded store, and of what the server makes for itself in standalone mode.
    #[kgen(optional)]
    pub data_dir: String,
    /// Where etcd is.
    #[kgen(optional)]
    pub etcd: Etcd,
    /// Whether reads are answered from a copy in memory.
    #[kgen(default = true)]
    pub watch_cache: Option<bool>,
}

/// A sort of store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, kgen::Api)]
pub enum Backend {
    /// Nothing outlives the server.
    #[kgen(name = "memory")]
    Memory,
    /// A folder of this machine.
    #[kgen(name = "embedded")]
    Embedded,
    /// etcd, as with the servers of Kubernetes.
    #[kgen(name = "etcd")]
    Etcd,
}

/// Where etcd is.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Etcd {
    /// The addresses of the members, such as `https://10.0.0.1:2379`.
    #[kgen(optional, list = atomic, max_items = 16)]
    pub servers: Vec<String>,
    /// What all keys begin with. Without it: `/registry/` and the group, if there is one group.
    #[kgen(optional)]
    pub prefix: String,
    /// The file of the authority that signed the members' certificates.
    #[kgen(optional)]
    pub ca_file: String,
    /// The file of the certificate that the server shows.
    #[kgen(optional, dependent_required("keyFile"))]
    pub cert_file: String,
    /// The file of its key.
    #[kgen(optional, dependent_required("certFile"))]
    pub key_file: String,
    /// How often the past is forgotten, such as `5m0s`; `0s` is never.
    #[kgen(default = "5m0s")]
    pub compaction_interval: Option<String>,
}

/// How the server finds out who asks.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Authentication {
    /// The kubeconfig of the cluster that reviews tokens and tells which proxies are trusted.
    #[kgen(optional)]
    pub kubeconfig: String,
    /// The file of the authority that signs the certificates of clients.
    #[kgen(optional)]
    pub client_ca_file: String,
    /// Do not ask the cluster which authorities and proxies are trusted.
    #[kgen(optional)]
    pub skip_lookup: bool,
    /// Start even if the cluster does not say which authorities and proxies are trusted.
    #[kgen(optional)]
    pub tolerate_lookup_failure: bool,
    /// Let requests in that show nothing; what they may do is another question.
    #[kgen(default = true)]
    pub anonymous: Option<bool>,
    /// How long it is believed whose a token is.
    #[kgen(default = "10s")]
    pub token_cache_ttl: Option<String>,
    /// Whom to believe who somebody else is.
    #[kgen(optional)]
    pub request_header: RequestHeader,
}

/// Whom to believe who somebody else is: proxies that authenticate users and forward their requests.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RequestHeader {
    /// The file of the authority that signs the certificates of proxies.
    #[kgen(optional)]
    pub client_ca_file: String,
    /// The common names of the certificates. Without any: all that the authority signed.
    #[kgen(optional, list = atomic, max_items = 64)]
    pub allowed_names: Vec<String>,
    /// The headers that name the user.
    #[kgen(default = ["X-Remote-User"], list = atomic, max_items = 16)]
    pub username_headers: Option<Vec<String>>,
    /// The headers that name the user's UID.
    #[kgen(default = ["X-Remote-Uid"], list = atomic, max_items = 16)]
    pub uid_headers: Option<Vec<String>>,
    /// The headers that name groups.
    #[kgen(default = ["X-Remote-Group"], list = atomic, max_items = 16)]
    pub group_headers: Option<Vec<String>>,
    /// What headers with anything else begin with.
    #[kgen(default = ["X-Remote-Extra-"], list = atomic, max_items = 16)]
    pub extra_header_prefixes: Option<Vec<String>>,
}

/// How the server finds out who may do what.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Authorization {
    /// The kubeconfig of the cluster that reviews access.
    #[kgen(optional)]
    pub kubeconfig: String,
    /// Paths that everybody may read, which may end in `*`.
    #[kgen(default = ["/healthz", "/readyz", "/livez"], list = atomic, max_items = 200)]
    pub always_allow_paths: Option<Vec<String>>,
    /// How long it is believed that somebody may do something.
    #[kgen(default = "10s")]
    pub allowed_cache_ttl: Option<String>,
    /// How long it is believed that somebody may not.
    #[kgen(default = "10s")]
    pub denied_cache_ttl: Option<String>,
}

/// How much the server does at once, and for how long. Spans of time are written as `1m30s`.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Limits {
    /// Reading requests at once; 0 is without limit.
    #[kgen(default = 400, minimum = 0)]
    pub max_requests_inflight: Option<i32>,
    /// Writing requests at once; 0 is without limit.
    #[kgen(default = 200, minimum = 0)]
    pub max_mutating_requests_inflight: Option<i32>,
    /// How long a request may take that is no watch.
    #[kgen(default = "1m0s")]
    pub request_timeout: Option<String>,
    /// How long a watch lasts at least, unless its client says otherwise; `0s` is as long as the client listens.
    #[kgen(default = "30m0s")]
    pub min_request_timeout: Option<String>,
    /// How long the server goes on answering when it is told to stop, so that others hear of it first.
    #[kgen(default = "0s")]
    pub shutdown_delay: Option<String>,
    /// Whether requests that come after that are told to come back, instead of finding no server.
    #[kgen(optional)]
    pub shutdown_send_retry_after: bool,
    /// How much time the ends of watches are spread over when the server stops.
    #[kgen(default = "0s")]
    pub shutdown_watch_termination_grace_period: Option<String>,
}

/// What is written down of requests.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Audit {
    /// The file that gets one JSON object a line; `-` is the standard output. Without it: nothing is written.
    #[kgen(optional)]
    pub log_path: String,
}

/// What the server tells of itself, on the standard error.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Logging {
    /// The form of lines.
    #[kgen(default = LogFormat::Text)]
    pub format: Option<LogFormat>,
    /// How much: 0 is what an operator has to know, 4 and more is for those who look for a fault.
    #[kgen(optional, minimum = 0, maximum = 10)]
    pub verbosity: i32,
}

/// A form of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, kgen::Api)]
pub enum LogFormat {
    /// For people.
    #[kgen(name = "text")]
    Text,
    /// One JSON object a line.
    #[kgen(name = "json")]
    Json,
}
