//! References to other objects.

use super::names::{Group, Kind, Namespace, ObjectName, PortNumber, SectionName};

/// The parent that a route attaches to, in most cases a Gateway.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ParentReference {
    /// The group of the parent.
    #[kgen(default = "gateway.networking.k8s.io")]
    pub group: Option<Group>,
    /// The kind of the parent.
    #[kgen(default = "Gateway")]
    pub kind: Option<Kind>,
    /// The namespace of the parent; the route's own if absent.
    pub namespace: Option<Namespace>,
    /// The name of the parent.
    pub name: ObjectName,
    /// The listener of the parent that the route attaches to; any if absent.
    pub section_name: Option<SectionName>,
    /// The port of the parent that the route attaches to; any if absent.
    pub port: Option<PortNumber>,
}

/// An object that takes traffic, in most cases a Service.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
    message = "Must have port for Service reference"
))]
pub struct BackendObjectReference {
    /// The group of the backend.
    #[kgen(default = "")]
    pub group: Option<Group>,
    /// The kind of the backend.
    #[kgen(default = "Service")]
    pub kind: Option<Kind>,
    /// The name of the backend.
    pub name: ObjectName,
    /// The namespace of the backend; the route's own if absent.
    pub namespace: Option<Namespace>,
    /// The port that traffic goes to. A Service needs one.
    pub port: Option<PortNumber>,
}

/// A backend and its share of the traffic.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct BackendRef {
    /// The object that takes the traffic.
    #[kgen(flatten)]
    pub backend: BackendObjectReference,
    /// The share of the traffic, in proportion to the sum of all weights of the rule. Zero sends nothing.
    #[kgen(default = 1, minimum = 0, maximum = 1000000)]
    pub weight: Option<i32>,
}

/// An object in the same namespace.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct LocalObjectReference {
    /// The group of the object.
    pub group: Group,
    /// The kind of the object.
    pub kind: Kind,
    /// The name of the object.
    pub name: ObjectName,
}

/// An object in any namespace.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ObjectReference {
    /// The group of the object.
    pub group: Group,
    /// The kind of the object.
    pub kind: Kind,
    /// The name of the object.
    pub name: ObjectName,
    /// The namespace of the object; that of the referring object if absent.
    pub namespace: Option<Namespace>,
}

/// An object that holds a certificate and its key, in most cases a Secret.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct SecretObjectReference {
    /// The group of the object.
    #[kgen(default = "")]
    pub group: Option<Group>,
    /// The kind of the object.
    #[kgen(default = "Secret")]
    pub kind: Option<Kind>,
    /// The name of the object.
    pub name: ObjectName,
    /// The namespace of the object; that of the referring object if absent.
    pub namespace: Option<Namespace>,
}

/// An object with settings that the controller understands.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ParametersReference {
    /// The group of the object.
    pub group: Group,
    /// The kind of the object.
    pub kind: Kind,
    /// The name of the object.
    pub name: ObjectName,
    /// The namespace of the object. Absent for an object of the whole cluster.
    pub namespace: Option<Namespace>,
}

/// An object with settings in the same namespace.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct LocalParametersReference {
    /// The group of the object.
    pub group: Group,
    /// The kind of the object.
    pub kind: Kind,
    /// The name of the object.
    pub name: ObjectName,
}
