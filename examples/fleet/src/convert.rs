//! Conversions that no marker says. Each function works in both directions.

use kgen::k8s::LocalObjectReference;

use crate::shared::Point;
use crate::v1::step::Goal;
use crate::v1::{Action, MissionSpec, Step};
use crate::v1alpha1;

/// What was `disabled` is now `enabled`, with the opposite value.
pub fn negated(value: &bool) -> bool {
    !value
}

/// A conversion between two types that know each other.
pub fn by_from<From, To: for<'a> std::convert::From<&'a From>>(value: &From) -> To {
    value.into()
}

impl From<&v1alpha1::Home> for Point {
    fn from(home: &v1alpha1::Home) -> Self {
        Self {
            x: i64::from(home.east) * 10,
            y: i64::from(home.north) * 10,
        }
    }
}

impl From<&Point> for v1alpha1::Home {
    fn from(point: &Point) -> Self {
        let centimetres = |millimetres: i64| i32::try_from(millimetres / 10).unwrap_or(i32::MAX);
        Self {
            east: centimetres(point.x),
            north: centimetres(point.y),
        }
    }
}

/// Each zone becomes a step that goes there.
impl From<&v1alpha1::MissionSpec> for MissionSpec {
    fn from(mission: &v1alpha1::MissionSpec) -> Self {
        let steps = mission.zones.iter().enumerate().map(|(index, zone)| Step {
            name: format!("zone-{index}"),
            action: Action::Go(Goal {
                zone: zone.clone(),
                within: 0,
            }),
            retries: 2,
            on_failure: None,
            then: Vec::new(),
            branches: Default::default(),
        });
        Self {
            robot: Some(mission.robot.clone()),
            steps: steps.collect(),
            ..Self::default()
        }
    }
}

/// Only the zones that the robot goes to can be said.
impl From<&MissionSpec> for v1alpha1::MissionSpec {
    fn from(mission: &MissionSpec) -> Self {
        let zones = mission.steps.iter().filter_map(|step| match &step.action {
            Action::Go(goal) => Some(goal.zone.clone()),
            _ => None,
        });
        let robot: LocalObjectReference = mission.robot.clone().unwrap_or_default();
        Self {
            robot,
            zones: zones.collect(),
        }
    }
}
