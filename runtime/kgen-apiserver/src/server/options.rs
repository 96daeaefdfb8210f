//! What can be chosen about a server, with the defaults of `k8s.io/apiserver`.

use std::time::Duration;

use super::VersionInfo;
use crate::audit::AuditLog;
use crate::health::Check;

/// What can be chosen about a server.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// How many requests that change nothing are answered at once; 0 for any number.
    pub max_reading: usize,
    /// How many requests that may change something are answered at once; 0 for any number.
    pub max_mutating: usize,
    /// How long a request may take; clients can ask for less.
    pub request_timeout: Duration,
    /// How long a request may take that changes something.
    pub write_timeout: Duration,
    /// How long a watch lasts at least whose client does not say how long; with none at all, as long as it listens.
    pub min_watch: Duration,
    /// How many bytes a request may have.
    pub max_body: usize,
    /// Where clients find the server, such as `example.com:443`, for documents that tell it.
    pub address: Option<String>,
    /// What `/version` says.
    pub version: VersionInfo,
    /// What the health check of the stores is called.
    pub store_name: String,
    /// What else has to be well.
    pub checks: Vec<Check>,
    /// What else has to be well for requests to be sent here.
    pub readiness_checks: Vec<Check>,
    /// Where it is told who asked for what.
    pub audit: Option<AuditLog>,
    /// How connections are served.
    pub http: HttpOptions,
    /// How the server ends.
    pub shutdown: ShutdownOptions,
}

/// How connections are served.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// How many connections there are at most; others wait.
    pub max_connections: usize,
    /// How long a client may take to agree on how to encrypt.
    pub handshake_timeout: Duration,
    /// How long a client may take to send the headers of a request over HTTP/1.1, and how long it may send none.
    pub header_timeout: Duration,
    /// How many requests over one connection are answered at once over HTTP/2.
    pub max_streams: u32,
    /// After how much silence a client is asked whether it is still there over HTTP/2.
    pub keep_alive_interval: Duration,
    /// How long it may take to say so.
    pub keep_alive_timeout: Duration,
}

/// How a server ends.
#[derive(Clone, Debug)]
pub struct ShutdownOptions {
    /// How long requests are still taken after `/readyz` began to fail, so that nobody sends any more.
    pub delay: Duration,
    /// Whether requests that come later are told to come back to another server, instead of finding no server.
    pub send_retry_after: bool,
    /// How much time the ends of watches are spread over, so that not all clients begin anew at once.
    pub watch_grace: Duration,
    /// How long requests may take that were taken before.
    pub drain_timeout: Duration,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            max_reading: 400,
            max_mutating: 200,
            request_timeout: Duration::from_secs(60),
            write_timeout: Duration::from_secs(34),
            min_watch: Duration::from_secs(1800),
            max_body: 3 * 1024 * 1024,
            address: None,
            version: VersionInfo::default(),
            store_name: "storage".to_owned(),
            checks: Vec::new(),
            readiness_checks: Vec::new(),
            audit: None,
            http: HttpOptions::default(),
            shutdown: ShutdownOptions::default(),
        }
    }
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            max_connections: 32_768,
            handshake_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(90),
            max_streams: 250,
            keep_alive_interval: Duration::from_secs(30),
            keep_alive_timeout: Duration::from_secs(20),
        }
    }
}

impl Default for ShutdownOptions {
    fn default() -> Self {
        Self {
            delay: Duration::ZERO,
            send_retry_after: false,
            watch_grace: Duration::ZERO,
            drain_timeout: Duration::from_secs(60),
        }
    }
}
