//! Listeners: what a Gateway hears, and which routes may answer.

use kgen::k8s::{Condition, LabelSelector};

use super::names::{Group, Hostname, Kind, PortNumber, ProtocolType, SectionName};
use super::tls::ListenerTlsConfig;

/// A port that a Gateway hears, with its protocol and hostname.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Listener {
    /// The name of the listener, which no other listener of the Gateway has.
    pub name: SectionName,
    /// The hostname that requests must ask for; any if absent.
    pub hostname: Option<Hostname>,
    /// The port.
    pub port: PortNumber,
    /// The protocol.
    pub protocol: ProtocolType,
    /// TLS, where the protocol has it.
    pub tls: Option<ListenerTlsConfig>,
    /// The routes that may attach; those of the Gateway's own namespace if absent.
    #[kgen(default = json!({"namespaces": {"from": "Same"}}))]
    pub allowed_routes: AllowedRoutes,
}

/// The routes that may attach to a listener.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct AllowedRoutes {
    /// The namespaces that routes may come from.
    #[kgen(default = json!({"from": "Same"}))]
    pub namespaces: RouteNamespaces,
    /// The kinds that routes may have. The protocol decides if there are none.
    #[kgen(optional, list = atomic, max_items = 8)]
    pub kinds: Vec<RouteGroupKind>,
}

/// Namespaces that routes may come from.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RouteNamespaces {
    /// How the namespaces are chosen.
    #[kgen(default = FromNamespaces::Same)]
    pub from: FromNamespaces,
    /// Which namespaces, if `from` is `Selector`.
    pub selector: Option<LabelSelector>,
}

/// How the namespaces are chosen that routes may come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum FromNamespaces {
    /// All of them.
    All,
    /// Those that a selector matches.
    Selector,
    /// The Gateway's own.
    #[default]
    Same,
}

/// A kind of route.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RouteGroupKind {
    /// The group of the kind.
    #[kgen(default = "gateway.networking.k8s.io")]
    pub group: Option<Group>,
    /// The kind.
    pub kind: Kind,
}

/// The state of a listener.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ListenerStatus {
    /// The name of the listener.
    pub name: SectionName,
    /// The kinds of route that the listener takes.
    #[kgen(optional, list = atomic, max_items = 8)]
    pub supported_kinds: Vec<RouteGroupKind>,
    /// How many routes are attached.
    pub attached_routes: i32,
    /// The state: `Accepted`, `Programmed`, `ResolvedRefs`, `Conflicted` and what the controller adds.
    #[kgen(list = map(key = "type"), max_items = 8)]
    pub conditions: Vec<Condition>,
}
