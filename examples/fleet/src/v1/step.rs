//! What a mission consists of: steps, which may hold further steps.

use std::collections::BTreeMap;

use kgen::k8s::{CrossVersionObjectReference, Duration};

use crate::shared::{Command, DockName, ZoneName};

/// A step of a mission. The action's members stand beside its name.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub struct Step {
    /// The name of the step.
    #[kgen(format = "k8s-short-name", neq = "abort")]
    pub name: String,
    /// What the robot does.
    #[kgen(flatten)]
    pub action: Action,
    /// How often it is tried again.
    #[kgen(default = 2, minimum = 0, maximum = 10)]
    pub retries: i32,
    /// What it does if it fails.
    #[kgen(preserve_unknown_fields)]
    pub on_failure: Option<Box<Step>>,
    /// What it does next.
    #[kgen(optional, list = atomic, max_items = 16, each(preserve_unknown_fields))]
    pub then: Vec<Step>,
    /// What it does next where the action has several outcomes, by outcome.
    #[kgen(optional, max_properties = 8, each(preserve_unknown_fields))]
    pub branches: BTreeMap<String, Step>,
}

/// What a robot does in a step. `action` says which member is set.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(discriminator = "action")]
pub enum Action {
    /// Goes to a zone.
    Go(Goal),
    /// Takes something.
    Pick(CrossVersionObjectReference),
    /// Puts down what it has.
    #[kgen(name = "drop")]
    PutDown(Goal),
    /// Waits for a dock, and charges there.
    Charge(DockName),
    /// Gives its controller an order.
    Send(Command),
    /// Stands still for some time.
    Wait(Duration),
    /// Stands still until a person comes.
    Stop,
}

/// Where a robot goes.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(example = json!({"zone": "A1", "within": 250}))]
pub struct Goal {
    /// The zone.
    pub zone: ZoneName,
    /// How near it has to come to the centre of the zone, in millimetres.
    #[kgen(optional)]
    pub within: u32,
}
