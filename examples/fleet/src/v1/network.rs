//! How a robot is reached, and whom it reports to.

use std::collections::BTreeMap;

use kgen::k8s::{ConfigMapKeySelector, EnvVar, IntOrString, LabelSelector, SecretKeySelector};
use serde_json::Value;

use crate::shared::Texts;

/// How a robot is reached, and whom it reports to: over the air or by cable.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(one_of(
    case(fields_required("wifi")),
    case(fields_required("cable")),
    case(not(any_of(case(fields_required("wifi")), case(fields_required("cable")))))
))]
#[kgen(at_most_one_of("wifi", "cable"))]
pub struct Network {
    /// The network in the air.
    pub wifi: Option<Wifi>,
    /// The MAC address of the cable, for robots that never leave it.
    #[kgen(schema(type = "string", format = "mac"), max_length = 17)]
    pub cable: Option<String>,
    /// The robot's address, of either family but never that of the gateway.
    #[kgen(any_of(case(format = "ipv4"), case(format = "ipv6")), not(enum_values = ["10.0.0.1"]), max_length = 45)]
    #[kgen(dependent_required("gateway"))]
    pub address: Option<String>,
    /// The address of the gateway.
    #[kgen(all_of(case(pattern = r"^10\."), case(pattern = r"\.1$")))]
    #[kgen(dependent_forbidden("proxies"))]
    pub gateway: Option<String>,
    /// The port of the controller, or its name.
    #[kgen(default = 8443)]
    pub port: IntOrString,
    /// The port of the debugger, or its name.
    #[kgen(int_or_string, example = "debug")]
    pub debug_port: Option<Value>,
    /// Proxies by protocol.
    #[kgen(optional, map = granular, min_properties = 1, max_properties = 3, each(format = "uri", max_length = 253))]
    pub proxies: BTreeMap<Protocol, String>,
    /// Names of hosts that need no name server.
    #[kgen(optional, map = atomic, max_properties = 32, each_key(format = "k8s-long-name"))]
    #[kgen(each(cel("self != '127.0.0.1'", message = "a robot is not its own host"), max_length = 45))]
    pub hosts: Texts,
    /// Settings of the controller's environment.
    #[kgen(optional, list = map(key = "name"), patch_strategy = "merge", patch_merge_key = "name", max_items = 32)]
    pub environment: Vec<EnvVar>,
    /// The certificates that are trusted.
    pub trust: Option<ConfigMapKeySelector>,
    /// Robots to talk to without the server.
    #[kgen(subfield("matchLabels", required, min_properties = 1, each(max_length = 63)))]
    pub peers: Option<LabelSelector>,
}

/// A network in the air.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Wifi {
    /// The name of the network.
    #[kgen(name = "SSID", min_length = 1, max_bytes = 32)]
    pub ssid: String,
    /// Where the password is, in networks that have one for all.
    #[kgen(union_member, subfield("name", max_length = 253))]
    #[kgen(subfield("optional", default = false))]
    #[kgen(subfield("key", cel("self.endsWith('.psk')", message = "keys of passwords end in .psk")))]
    pub password: Option<SecretKeySelector>,
    /// Where the robot's own key is.
    #[kgen(union_member)]
    pub certificate: Option<SecretKeySelector>,
    /// The channels to use; all if there are none.
    #[kgen(optional, list = set, max_items = 8, each(minimum = 1, maximum = 196))]
    pub channels: Vec<i32>,
}

/// A protocol that a proxy speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
pub enum Protocol {
    /// Messages of the controller.
    #[kgen(name = "MQTT")]
    Mqtt,
    /// Video.
    #[kgen(name = "RTP")]
    Rtp,
    /// Everything else.
    #[kgen(name = "HTTP")]
    Http,
}
