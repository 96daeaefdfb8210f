//! What all kinds of route have in common.

use kgen::k8s::Condition;

use super::names::GatewayController;
use super::reference::ParentReference;

/// The part of a spec that all kinds of route share.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct CommonRouteSpec {
    /// The parents that the route attaches to. References to one parent differ in their section.
    #[kgen(optional, list = atomic, max_items = 32)]
    #[kgen(cel(
        "self.all(p1, self.all(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && \
         (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) \
         || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ )) ? \
         ((!has(p1.sectionName) || p1.sectionName == '') == (!has(p2.sectionName) || p2.sectionName == '')) : true))",
        message = "sectionName must be specified when parentRefs includes 2 or more references to the same parent"
    ))]
    #[kgen(cel(
        "self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && \
         (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) \
         || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ )) && \
         (((!has(p1.sectionName) || p1.sectionName == '') && (!has(p2.sectionName) || p2.sectionName == '')) || \
         (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))",
        message = "sectionName must be unique when parentRefs includes 2 or more references to the same parent"
    ))]
    pub parent_refs: Vec<ParentReference>,
}

/// What became of a route.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RouteStatus {
    /// What became of it at each parent that knows it.
    #[kgen(list = atomic, max_items = 32)]
    pub parents: Vec<RouteParentStatus>,
}

/// What became of a route at one parent.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct RouteParentStatus {
    /// The parent, written as in the route's spec.
    pub parent_ref: ParentReference,
    /// The controller that wrote this entry.
    pub controller_name: GatewayController,
    /// The state: `Accepted`, `ResolvedRefs` and what the controller adds.
    #[kgen(list = map(key = "type"), min_items = 1, max_items = 8)]
    pub conditions: Vec<Condition>,
}
