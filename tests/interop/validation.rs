//! Validation in code finds no fault in what the keywords of schemas allow.

use kgen::validation::{Errors, Operation, Options, Validate, validate};
use proptest::prelude::*;

use crate::support::defaulting::defaulted;
use crate::support::shape::Shape;
use crate::support::{Documents, Example, for_all};

/// Rules that are keywords of schemas too, by what their errors say of their origin.
const KEYWORDS: [&str; 8] = [
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
];

/// No feature is on.
struct Nothing;

impl Options for Nothing {
    fn is_on(&self, _option: &str) -> Option<bool> {
        Some(false)
    }
}

fn errors<T: Example + Validate>(object: &T) -> Errors {
    let operation = Operation::create().options(&Nothing);
    validate(object, None, &operation).err().unwrap_or_default()
}

/// What a schema allows breaks no rule that is a keyword.
fn allows_what_schemas_allow<T: Example + Validate>() {
    let documents = Documents::of::<T>();
    let shape = Shape::of(&documents.complete);
    for_all(|choices| {
        let json = shape.object(T::API_VERSION, T::KIND, choices);
        let object = T::read(&defaulted(&documents.crd, &T::read(&json)?.written()))?;
        let errors = errors(&object);
        let wrong: Vec<String> = errors
            .iter()
            .filter(|error| KEYWORDS.contains(&error.origin) || error.detail.contains("in body should"))
            .map(ToString::to_string)
            .collect();
        prop_assert!(wrong.is_empty(), "{}\n{:#}", wrong.join("\n"), object.written());
        Ok(())
    });
}

macro_rules! agree {
    ($($name:ident: $ty:ty;)*) => {$(
        #[test]
        fn $name() {
            allows_what_schemas_allow::<$ty>();
        }
    )*};
}

// Kinds that say more than keywords can, about keys, by modes or by features, are left out.
agree! {
    wardle_v1alpha1_flunder: wardle::v1alpha1::Flunder;
    gateway_v1_gateway: gateway::v1::Gateway;
    gateway_v1_http_route: gateway::v1::HttpRoute;
    fleet_v1_mission: fleet::v1::Mission;
}
