//! Defaults that depend on other fields, which no marker says.

use crate::shared::Point;
use crate::v1::RobotSpec;

/// A robot that has docks but no home waits at the corner of its site, where nobody walks.
pub fn robot(spec: &mut RobotSpec) {
    if !spec.docks.is_empty() {
        spec.home.get_or_insert(Point::default());
    }
}
