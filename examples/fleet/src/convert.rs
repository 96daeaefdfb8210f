//! Conversions that no marker says. Each function works in both directions.

use std::mem::take;

use kgen::conversion::{ConversionError, Pair};

use crate::shared::Point;
use crate::v1::step::Goal;
use crate::v1::{Action, MissionSpec, Step};
use crate::v1alpha1::{self, Home};

/// What was `disabled` is now `enabled`, with the opposite value.
pub fn negated(pair: Pair<'_, bool, bool>) -> Result<(), ConversionError> {
    match pair {
        Pair::ToHub { from, to } | Pair::FromHub { from, to } => *to = !*from,
    }
    Ok(())
}

/// Centimetres were too coarse.
pub fn home(pair: Pair<'_, Home, Point>) -> Result<(), ConversionError> {
    match pair {
        Pair::ToHub { from, to } => {
            to.x = i64::from(from.east) * 10;
            to.y = i64::from(from.north) * 10;
        }
        Pair::FromHub { from, to } => {
            to.east = centimetres(from.x).map_err(|error| error.in_field("x"))?;
            to.north = centimetres(from.y).map_err(|error| error.in_field("y"))?;
        }
    }
    Ok(())
}

fn centimetres(millimetres: i64) -> Result<i32, ConversionError> {
    let misfit = |_| ConversionError::new(format!("{millimetres} mm is too far away for v1alpha1"));
    i32::try_from(millimetres / 10).map_err(misfit)
}

/// Each zone becomes a step that goes there. The other way round, only the zones that the robot goes to can be said.
pub fn zones(pair: Pair<'_, v1alpha1::MissionSpec, MissionSpec>) -> Result<(), ConversionError> {
    match pair {
        Pair::ToHub { from, to } => {
            to.robot = Some(take(&mut from.robot));
            let zones = take(&mut from.zones).into_iter().enumerate();
            to.steps = zones
                .map(|(index, zone)| step(index, Goal { zone, within: 0 }))
                .collect();
        }
        Pair::FromHub { from, to } => {
            to.robot = take(&mut from.robot).unwrap_or_default();
            let steps = take(&mut from.steps).into_iter();
            let zones = steps.filter_map(|step| match step.action {
                Action::Go(goal) => Some(goal.zone),
                _ => None,
            });
            to.zones = zones.collect();
        }
    }
    Ok(())
}

fn step(index: usize, goal: Goal) -> Step {
    Step {
        name: format!("zone-{index}"),
        action: Action::Go(goal),
        retries: 2,
        on_failure: None,
        then: Vec::new(),
        branches: Default::default(),
    }
}
