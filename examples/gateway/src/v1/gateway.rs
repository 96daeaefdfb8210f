//! Gateway: a place where traffic enters.

use std::collections::BTreeMap;

use kgen::k8s::{Condition, LabelSelector, ObjectMeta};

use super::listener::{Listener, ListenerStatus};
use super::names::{AddressType, AnnotationValue, LabelValue, ObjectName};
use super::reference::LocalParametersReference;
use super::tls::GatewayTlsConfig;

/// A place where traffic enters: addresses, and the listeners behind them that routes attach to.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, short_name = "gtw", category = "gateway-api", status)]
#[kgen(annotation(
    "api-approved.kubernetes.io",
    "https://github.com/kubernetes-sigs/gateway-api/pull/4530"
))]
#[kgen(column("Class", path = ".spec.gatewayClassName"))]
#[kgen(column("Address", path = ".status.addresses[*].value"))]
#[kgen(column(
    "Programmed",
    path = r#".status.conditions[?(@.type=="Programmed")].status"#,
    type = "string"
))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
pub struct Gateway {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the Gateway shall be.
    pub spec: GatewaySpec,
    /// What the controller made of it. It starts as not yet seen.
    #[kgen(default = json!({
        "conditions": [
            {
                "type": "Accepted",
                "status": "Unknown",
                "reason": "Pending",
                "message": "Waiting for controller",
                "lastTransitionTime": "1970-01-01T00:00:00Z"
            },
            {
                "type": "Programmed",
                "status": "Unknown",
                "reason": "Pending",
                "message": "Waiting for controller",
                "lastTransitionTime": "1970-01-01T00:00:00Z"
            }
        ]
    }))]
    pub status: Option<GatewayStatus>,
}

/// What a Gateway shall be.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GatewaySpec {
    /// The class of the Gateway.
    pub gateway_class_name: ObjectName,
    /// The listeners that routes attach to. Each has its own combination of port, protocol and hostname.
    #[kgen(list = map(key = "name"), min_items = 1, max_items = 64)]
    #[kgen(cel(
        "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
        message = "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']"
    ))]
    #[kgen(cel(
        "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)",
        message = "tls mode must be Terminate for protocol HTTPS"
    ))]
    #[kgen(cel(
        "self.all(l, (l.protocol == 'TLS' ? has(l.tls) && has(l.tls.mode) && l.tls.mode != '' : true))",
        message = "tls mode must be set for protocol TLS"
    ))]
    #[kgen(cel(
        "self.all(l, l.protocol in ['TCP', 'UDP']  ? (!has(l.hostname) || l.hostname == '') : true)",
        message = "hostname must not be specified for protocols ['TCP', 'UDP']"
    ))]
    #[kgen(cel(
        "self.all(l1, self.exists_one(l2, l1.name == l2.name))",
        message = "Listener name must be unique within the Gateway"
    ))]
    #[kgen(cel(
        "self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && \
         (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : \
         !has(l1.hostname) && !has(l2.hostname))))",
        message = "Combination of port, protocol and hostname must be unique for each listener"
    ))]
    pub listeners: Vec<Listener>,
    /// The addresses wanted. The controller chooses if there are none.
    #[kgen(optional, list = atomic, max_items = 16)]
    #[kgen(cel(
        "self.all(a1, a1.type == 'IPAddress' && has(a1.value) ? self.exists_one(a2, a2.type == a1.type && \
         has(a2.value) && a2.value == a1.value) : true )",
        message = "IPAddress values must be unique"
    ))]
    #[kgen(cel(
        "self.all(a1, a1.type == 'Hostname'  && has(a1.value) ? self.exists_one(a2, a2.type == a1.type && \
         has(a2.value) && a2.value == a1.value) : true )",
        message = "Hostname values must be unique"
    ))]
    pub addresses: Vec<GatewaySpecAddress>,
    /// What the objects carry that the controller makes for this Gateway.
    pub infrastructure: Option<GatewayInfrastructure>,
    /// Who may add listeners from outside; nobody if absent.
    pub allowed_listeners: Option<AllowedListeners>,
    /// TLS as far as it belongs to the Gateway and not to a listener.
    pub tls: Option<GatewayTlsConfig>,
}

/// An address that a Gateway wants.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(one_of(
    case(
        subfield("type", enum_values = ["IPAddress"]),
        subfield("value", any_of(case(format = "ipv4"), case(format = "ipv6")))
    ),
    case(subfield("type", not(enum_values = ["IPAddress"])))
))]
#[kgen(cel(
    r#"self.type == 'Hostname' ? (!has(self.value) || self.value.matches(r"""^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$""")): true"#,
    message = r"Hostname value must be empty or contain only valid characters (matching ^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)"
))]
pub struct GatewaySpecAddress {
    /// The sort of address.
    #[kgen(default = "IPAddress")]
    pub r#type: Option<AddressType>,
    /// The address. Absent or empty: any address of this sort.
    #[kgen(max_length = 253)]
    pub value: Option<String>,
}

/// What the objects carry that the controller makes for a Gateway.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GatewayInfrastructure {
    /// Labels for these objects.
    #[kgen(optional, max_properties = 8)]
    #[kgen(cel(
        r#"self.all(key, key.matches(r"""^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$"""))"#,
        message = "Label keys must be in the form of an optional DNS subdomain prefix followed by a required name \
                   segment of up to 63 characters."
    ))]
    #[kgen(cel(
        r#"self.all(key, key.split("/")[0].size() < 253)"#,
        message = "If specified, the label key's prefix must be a DNS subdomain not longer than 253 characters in \
                   total."
    ))]
    pub labels: BTreeMap<String, LabelValue>,
    /// Annotations for these objects.
    #[kgen(optional, max_properties = 16)]
    #[kgen(cel(
        r#"self.all(key, key.matches(r"""^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$"""))"#,
        message = "Annotation keys must be in the form of an optional DNS subdomain prefix followed by a required \
                   name segment of up to 63 characters."
    ))]
    #[kgen(cel(
        r#"self.all(key, key.split("/")[0].size() < 253)"#,
        message = "If specified, the annotation key's prefix must be a DNS subdomain not longer than 253 characters \
                   in total."
    ))]
    pub annotations: BTreeMap<String, AnnotationValue>,
    /// Settings of the Gateway in an object of their own. They win over those of the class.
    pub parameters_ref: Option<LocalParametersReference>,
}

/// Who may add listeners to a Gateway from outside.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct AllowedListeners {
    /// The namespaces whose listener sets are taken.
    #[kgen(default = json!({"from": "None"}))]
    pub namespaces: ListenerNamespaces,
}

/// Namespaces that listener sets may come from.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ListenerNamespaces {
    /// How the namespaces are chosen.
    #[kgen(default = FromListenerNamespaces::None)]
    pub from: FromListenerNamespaces,
    /// Which namespaces, if `from` is `Selector`.
    pub selector: Option<LabelSelector>,
}

/// How the namespaces are chosen that listener sets may come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum FromListenerNamespaces {
    /// All of them.
    All,
    /// Those that a selector matches.
    Selector,
    /// The Gateway's own.
    Same,
    /// None at all.
    #[default]
    None,
}

/// What the controller made of a Gateway.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GatewayStatus {
    /// The addresses in use.
    #[kgen(optional, list = atomic, max_items = 16)]
    pub addresses: Vec<GatewayStatusAddress>,
    /// The state of the Gateway: `Accepted`, `Programmed` and what the controller adds.
    #[kgen(list = map(key = "type"), max_items = 8)]
    #[kgen(default = json!([
        {
            "type": "Accepted",
            "status": "Unknown",
            "reason": "Pending",
            "message": "Waiting for controller",
            "lastTransitionTime": "1970-01-01T00:00:00Z"
        },
        {
            "type": "Programmed",
            "status": "Unknown",
            "reason": "Pending",
            "message": "Waiting for controller",
            "lastTransitionTime": "1970-01-01T00:00:00Z"
        }
    ]))]
    pub conditions: Option<Vec<Condition>>,
    /// The state of each listener.
    #[kgen(optional, list = map(key = "name"), max_items = 64)]
    pub listeners: Vec<ListenerStatus>,
    /// How many listener sets are attached.
    pub attached_listener_sets: Option<i32>,
}

/// An address that a Gateway has.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(one_of(
    case(
        subfield("type", enum_values = ["IPAddress"]),
        subfield("value", any_of(case(format = "ipv4"), case(format = "ipv6")))
    ),
    case(subfield("type", not(enum_values = ["IPAddress"])))
))]
#[kgen(cel(
    r#"self.type == 'Hostname' ? self.value.matches(r"""^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"""): true"#,
    message = r"Hostname value must only contain valid characters (matching ^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)"
))]
pub struct GatewayStatusAddress {
    /// The sort of address.
    #[kgen(default = "IPAddress")]
    pub r#type: Option<AddressType>,
    /// The address.
    #[kgen(min_length = 1, max_length = 253)]
    pub value: String,
}
