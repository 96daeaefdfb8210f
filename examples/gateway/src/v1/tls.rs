//! TLS of Gateways and of listeners.

use std::collections::BTreeMap;

use super::names::{AnnotationValue, PortNumber};
use super::reference::{ObjectReference, SecretObjectReference};

/// TLS of a listener.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true",
    message = "certificateRefs or options must be specified when mode is Terminate"
))]
pub struct ListenerTlsConfig {
    /// Where TLS ends.
    #[kgen(default = TlsModeType::Terminate)]
    pub mode: TlsModeType,
    /// The certificates that the listener shows.
    #[kgen(optional, list = atomic, max_items = 64)]
    pub certificate_refs: Vec<SecretObjectReference>,
    /// Settings that only some controllers know; their keys have a domain before them.
    #[kgen(optional, max_properties = 16)]
    pub options: BTreeMap<String, AnnotationValue>,
}

/// Where TLS ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum TlsModeType {
    /// At the Gateway.
    #[default]
    Terminate,
    /// At the backend; the Gateway passes the bytes on.
    Passthrough,
}

/// TLS of a Gateway as a whole.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GatewayTlsConfig {
    /// How the Gateway presents itself to backends.
    pub backend: Option<GatewayBackendTls>,
    /// How the Gateway checks those who connect to it.
    pub frontend: Option<FrontendTlsConfig>,
}

/// How a Gateway presents itself to backends.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GatewayBackendTls {
    /// The certificate that the Gateway shows as a client.
    pub client_certificate_ref: Option<SecretObjectReference>,
}

/// How a Gateway checks those who connect to it.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct FrontendTlsConfig {
    /// For all ports without an entry of their own.
    pub default: TlsConfig,
    /// For single ports.
    #[kgen(optional, list = map(key = "port"), max_items = 64)]
    #[kgen(cel(
        "self.all(t1, self.exists_one(t2, t1.port == t2.port))",
        message = "Port for TLS configuration must be unique within the Gateway"
    ))]
    pub per_port: Vec<TlsPortConfig>,
}

/// How the clients of one port are checked.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct TlsPortConfig {
    /// The port.
    pub port: PortNumber,
    /// The check.
    pub tls: TlsConfig,
}

/// How clients are checked.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct TlsConfig {
    /// How their certificates are checked; not at all if absent.
    pub validation: Option<FrontendTlsValidation>,
}

/// How the certificates of clients are checked.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct FrontendTlsValidation {
    /// The authorities that are trusted.
    #[kgen(list = atomic, min_items = 1, max_items = 16)]
    pub ca_certificate_refs: Vec<ObjectReference>,
    /// What becomes of clients without a valid certificate.
    #[kgen(default = FrontendValidationMode::AllowValidOnly)]
    pub mode: FrontendValidationMode,
}

/// What becomes of clients without a valid certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum FrontendValidationMode {
    /// They are refused.
    #[default]
    AllowValidOnly,
    /// They are let in, and it is for the backend to judge.
    AllowInsecureFallback,
}
