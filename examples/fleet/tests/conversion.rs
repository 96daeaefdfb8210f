//! Robots and missions of old versions, and what the stored one makes of them.

use fleet::shared::{CallSign, Point};
use fleet::v1::{Action, MissionSpec, Robot};
use fleet::{v1alpha1, v1beta1};
use kgen::conversion::{ConvertFrom, convert};
use kgen::k8s::Time;
use kgen::k8s_openapi::jiff::Timestamp;

#[test]
fn fields_are_renamed_moved_and_turned_round() {
    let mut old = v1beta1::Robot::default();
    (old.spec.chassis_name, old.spec.max_speed, old.spec.enabled) = ("mule".to_owned(), 900, true);
    let robot: Robot = convert(old.clone()).expect("robots can be converted");
    assert_eq!((robot.spec.chassis.as_str(), robot.spec.drive.max_speed), ("mule", 900));
    assert_eq!(v1beta1::Robot::convert_from(robot.clone()), Ok(old));
    let oldest = v1alpha1::Robot::convert_from(robot).expect("robots can be converted");
    assert!(!oldest.spec.disabled);
}

#[test]
fn what_older_versions_lack_has_its_default() {
    let robot = Robot::convert_from(v1alpha1::Robot::default()).expect("robots can be converted");
    assert_eq!((robot.spec.drive.wheels, robot.spec.drive.max_speed), (4, 1500));
    assert_eq!(robot.spec.r#type, "Owned");
}

#[test]
fn call_signs_and_deadlines_travel_in_annotations() {
    let mut robot = Robot::default();
    robot.spec.drive = v1_drive();
    robot.spec.r#type = "Owned".to_owned();
    robot.spec.call_sign = Some(CallSign::default());
    let old = v1beta1::Robot::convert_from(robot.clone()).expect("robots can be converted");
    let annotations = old.metadata.annotations.as_ref().expect("something is kept");
    assert!(annotations.contains_key("fleet.example.com/v1.spec.callSign"));
    let back = Robot::convert_from(old).expect("robots can be converted");
    assert_eq!(
        (back.spec.call_sign, back.metadata),
        (robot.spec.call_sign, robot.metadata)
    );

    let deadline = Some(Time(Timestamp::UNIX_EPOCH));
    let spec = MissionSpec {
        deadline: deadline.clone(),
        ..Default::default()
    };
    let mission = fleet::v1::Mission {
        spec,
        ..Default::default()
    };
    let old = v1alpha1::Mission::convert_from(mission).expect("missions can be converted");
    let back: fleet::v1::Mission = convert(old).expect("missions can be converted");
    assert_eq!(back.spec.deadline, deadline);
}

fn v1_drive() -> fleet::v1::Drive {
    fleet::v1::Drive {
        max_speed: 1500,
        ..Default::default()
    }
}

#[test]
fn zones_become_steps() {
    let mut old = v1alpha1::Mission::default();
    old.spec.zones = vec![Default::default(), Default::default()];
    let mission = fleet::v1::Mission::convert_from(old.clone()).expect("missions can be converted");
    let goes = |action: &Action| matches!(action, Action::Go(_));
    assert!(mission.spec.steps.iter().all(|step| goes(&step.action)));
    assert_eq!((mission.spec.steps.len(), mission.spec.priority), (2, 100));
    assert_eq!(v1alpha1::Mission::convert_from(mission), Ok(old));
}

#[test]
fn a_home_too_far_away_is_an_error_at_its_place() {
    let mut robot = Robot::default();
    robot.spec.home = Some(Point { x: i64::MAX, y: 0 });
    let error = v1alpha1::Robot::convert_from(robot).expect_err("it is too far away");
    assert_eq!(error.path(), "spec.home.x");
}
