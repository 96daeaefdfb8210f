//! DockRequest: what is written to the subresource `dock` of a robot.

use kgen::k8s::ObjectMeta;

use crate::shared::DockName;

/// Sends a robot to a dock. It is never stored: it is the body of a request, and of its answer.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, is_subresource = "/dock", client(none))]
pub struct DockRequest {
    /// The name of the robot.
    pub metadata: ObjectMeta,
    /// The docks that will do; those of the robot if there are none.
    #[kgen(optional, unique_items, max_items = 8)]
    pub docks: Vec<DockName>,
    /// Docks that will do if several are taken together.
    #[kgen(optional, max_items = 4, each(unique_items, max_items = 2))]
    pub pairs: Vec<Vec<DockName>>,
    /// Whether the mission ends for it.
    #[kgen(optional)]
    pub urgent: bool,
}
