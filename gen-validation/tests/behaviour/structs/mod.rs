//! Rules about several values, and about changes.

mod changes;
mod conditions;
mod elements;
mod enums;
mod functions;
mod members;
mod presence;

use crate::cases::Case;

/// Types with the cases for them.
pub(crate) struct Group {
    pub types: String,
    pub cases: Vec<Case>,
}

const SHARED: &str = r#"
DERIVE
pub struct Named {
    pub name: String,
    #[kgen(optional)]
    pub kind: Kind,
    #[kgen(optional)]
    pub size: i32,
}

DERIVE
pub struct Pair {
    pub name: String,
    pub port: i32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
pub enum Kind {
    #[default]
    A,
    B,
    C,
}

pub fn even(value: &i32, _old: Option<&i32>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if value % 2 != 0 {
        errors.push(Error::invalid(path, i64::from(*value), "must be even"));
    }
}
"#;

pub(crate) fn groups() -> Vec<Group> {
    vec![
        group(SHARED, Vec::new()),
        presence::presence(),
        presence::filled(),
        enums::enums(),
        members::unions(),
        members::modes(),
        members::dependents(),
        members::choices(),
        changes::immutable(),
        changes::updates(),
        elements::updates_of_elements(),
        elements::correlation(),
        conditions::short_circuit(),
        elements::items(),
        conditions::opaque(),
        conditions::features(),
        conditions::logic(),
        functions::functions(),
    ]
}

fn group(types: &str, cases: Vec<Case>) -> Group {
    let types = types.replace("DERIVE", "#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]");
    Group { types, cases }
}
