//! Validation in code finds no fault in what the keywords of schemas allow, and finds the faults that they find.

use kgen::validation::{Error, ErrorKind, Errors, Operation, Options, Validate, validate};
use proptest::prelude::*;

use crate::support::defaulting::defaulted;
use crate::support::mutation::{Mutation, mutations, mutations_for_servers};
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

/// How many things are broken in each object, one at a time.
const MUTATIONS: usize = 8;

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

/// What a keyword of the schema refuses is not decoded, or breaks a rule of the same sort at the same place.
fn refuses_what_schemas_refuse<T: Example + Validate>() {
    let documents = Documents::of::<T>();
    let shape = Shape::of(&documents.complete);
    let own = documents.own();
    for_all(|choices| {
        let json = shape.object(T::API_VERSION, T::KIND, choices);
        let json = defaulted(&documents.crd, &T::read(&json)?.written());
        let before = errors(&T::read(&json)?);
        let mut mutations = mutations(&own, &json);
        mutations.extend(mutations_for_servers(&own, &json));
        mutations.retain(|mutation| !kinds(mutation.keyword).is_empty() && !is_for_schemas_only(T::KIND, mutation));
        for _ in 0..mutations.len().min(MUTATIONS) {
            let mutation = choices.pick(&mutations);
            let Ok(object) = T::read(&mutation.broken(&own, &json)) else {
                continue;
            };
            // What is absent may be zero in Rust, and what is empty absent. Then nothing is wrong any more.
            if !mutation.is_in(&own, &object.written()) {
                continue;
            }
            let after = errors(&object);
            let is_wanted =
                |error: &Error| kinds(mutation.keyword).contains(&error.kind) && is_about(&error.field, mutation);
            let mut new = after.iter().filter(|error| !before.iter().any(|known| known == *error));
            prop_assert!(
                new.any(is_wanted),
                "{} breaks {}, found: {after}\n{:#}",
                mutation.path,
                mutation.keyword,
                object.written()
            );
        }
        Ok(())
    });
}

/// Whether an example says of a place that only its schema has the rule: by `opaque`, or by `schema(format)`.
fn is_for_schemas_only(kind: &str, mutation: &Mutation) -> bool {
    let Mutation { keyword, path, .. } = mutation;
    match kind {
        "Robot" => path.starts_with("status.controller.") || path == "spec.network.cable" && *keyword == "format",
        "Site" => path.starts_with("spec.rules[") || path.starts_with("spec.cameras.") && *keyword == "format",
        _ => false,
    }
}

/// The sorts of errors of the rules that say the same as a keyword; none if no rule does.
fn kinds(keyword: &str) -> &'static [ErrorKind] {
    match keyword {
        "enum" => &[ErrorKind::NotSupported],
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" | "multipleOf" | "pattern" | "uniqueItems" => {
            &[ErrorKind::Invalid]
        }
        "format" => &[ErrorKind::Invalid, ErrorKind::TypeInvalid],
        "maxItems" | "maxProperties" => &[ErrorKind::TooMany],
        "maxLength" => &[ErrorKind::TooLong],
        "minItems" | "minProperties" => &[ErrorKind::TooFew],
        "minLength" => &[ErrorKind::TooShort],
        "required" => &[ErrorKind::Required],
        "x-kubernetes-list-type" => &[ErrorKind::Duplicate],
        _ => &[],
    }
}

/// Whether an error about a field is about what breaks a keyword at a path: about itself, the member that is missing or
/// the item that repeats another. Paths name keys of maps like members.
fn is_about(field: &str, Mutation { keyword, path, .. }: &Mutation) -> bool {
    let [field, path] = [field, path].map(|path| path.replace('[', ".").replace(']', ""));
    match *keyword {
        "required" | "x-kubernetes-list-type" => field
            .rsplit_once('.')
            .map_or(path.is_empty(), |(owner, _)| owner == path),
        _ => field == path,
    }
}

macro_rules! tests {
    ($check:ident: $($name:ident: $ty:ty;)*) => {
        mod $check {
            $(
                #[test]
                fn $name() {
                    super::$check::<$ty>();
                }
            )*
        }
    };
}

// Kinds that say more than keywords can, about keys, by modes or by features, are left out.
tests! { allows_what_schemas_allow:
    wardle_v1alpha1_flunder: wardle::v1alpha1::Flunder;
    gateway_v1_gateway: gateway::v1::Gateway;
    gateway_v1_http_route: gateway::v1::HttpRoute;
    fleet_v1_mission: fleet::v1::Mission;
}

tests! { refuses_what_schemas_refuse:
    wardle_v1alpha1_flunder: wardle::v1alpha1::Flunder;
    wardle_v1beta1_flunder: wardle::v1beta1::Flunder;
    gateway_v1_gateway: gateway::v1::Gateway;
    gateway_v1_gateway_class: gateway::v1::GatewayClass;
    gateway_v1_grpc_route: gateway::v1::GrpcRoute;
    gateway_v1_http_route: gateway::v1::HttpRoute;
    gateway_v1beta1_http_route: gateway::v1beta1::HttpRoute;
    fleet_telemetry_recording: fleet::telemetry::v1::Recording;
    fleet_v1_chassis: fleet::v1::Chassis;
    fleet_v1_mission: fleet::v1::Mission;
    fleet_v1_ota_update: fleet::v1::OtaUpdate;
    fleet_v1_pool: fleet::v1::Pool;
    fleet_v1_robot: fleet::v1::Robot;
    fleet_v1_site: fleet::v1::Site;
    fleet_v1beta1_mission: fleet::v1beta1::Mission;
    fleet_v1beta1_robot: fleet::v1beta1::Robot;
}
