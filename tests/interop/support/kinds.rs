//! The kinds of the examples, and tests that run for each of them.

use std::fmt::Debug;

use kgen::DeepCopy;
use kgen::k8s::{Metadata, ObjectMeta};
use proptest::test_runner::TestCaseError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A kind of the examples.
pub(crate) trait Example:
    Metadata<Ty = ObjectMeta> + DeepCopy + Clone + PartialEq + Debug + Serialize + DeserializeOwned
{
    /// The folder of its crate below `examples`.
    const FOLDER: &'static str;

    /// Members that schema and code do not default alike: those that a person's functions fill in, which no schema can say,
    /// and those of Kubernetes' types, whose defaults only the schema has.
    const UNLIKE: &'static [&'static str];

    /// What `Defaults` does, for kinds that have something to default.
    fn fill_in(&mut self);

    /// The object that is written so.
    fn read(json: &Value) -> Result<Self, TestCaseError> {
        let text = serde_json::to_vec(json).expect("values can be written");
        kgen::codec::from_slice(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{json:#}")))
    }

    /// What the object is written as. It goes by text, as to a server.
    fn written(&self) -> Value {
        let text = serde_json::to_vec(self).expect("objects can be written");
        serde_json::from_slice(&text).expect("what is written can be read")
    }
}

/// Whether a path leads to a type that derives serde itself. Then serde decides: it writes what is absent, refuses null,
/// drops what another variant has, and reports no unknown members beside flattened ones.
pub(crate) fn derives_serde(path: &str) -> bool {
    path.contains("status.controller") || path.contains(".send")
}

/// Hands the kinds to a macro: name of the test, type, folder, how it is defaulted, members as in `UNLIKE`.
macro_rules! with_kinds {
    ($then:ident $check:tt) => {
        $then! { $check
            wardle_v1alpha1_fischer: wardle::v1alpha1::Fischer, "wardle", nothing [];
            wardle_v1alpha1_flunder: wardle::v1alpha1::Flunder, "wardle", defaults ["spec.referenceType"];
            wardle_v1beta1_flunder: wardle::v1beta1::Flunder, "wardle", nothing [];
            gateway_v1_gateway: gateway::v1::Gateway, "gateway", defaults [];
            gateway_v1_gateway_class: gateway::v1::GatewayClass, "gateway", defaults [];
            gateway_v1_grpc_route: gateway::v1::GrpcRoute, "gateway", defaults [];
            gateway_v1_http_route: gateway::v1::HttpRoute, "gateway", defaults [];
            gateway_v1beta1_gateway: gateway::v1beta1::Gateway, "gateway", defaults [];
            gateway_v1beta1_gateway_class: gateway::v1beta1::GatewayClass, "gateway", defaults [];
            gateway_v1beta1_http_route: gateway::v1beta1::HttpRoute, "gateway", defaults [];
            fleet_telemetry_recording: fleet::telemetry::v1::Recording, "fleet", defaults [];
            fleet_v1_chassis: fleet::v1::Chassis, "fleet", defaults [];
            fleet_v1_mission: fleet::v1::Mission, "fleet", defaults ["spec.robotSelector"];
            fleet_v1_ota_update: fleet::v1::OtaUpdate, "fleet", nothing [];
            fleet_v1_pool: fleet::v1::Pool, "fleet", defaults ["spec.template"];
            fleet_v1_robot: fleet::v1::Robot, "fleet", defaults ["spec.home", "spec.network.environment"];
            fleet_v1_site: fleet::v1::Site, "fleet", defaults [];
            fleet_v1alpha1_robot: fleet::v1alpha1::Robot, "fleet", nothing [];
            fleet_v1beta1_mission: fleet::v1beta1::Mission, "fleet", defaults ["spec.robotSelector"];
            fleet_v1beta1_ota_update: fleet::v1beta1::firmware::OtaUpdate, "fleet", nothing [];
            fleet_v1beta1_robot: fleet::v1beta1::Robot, "fleet", nothing [];
        }
    };
}
pub(crate) use with_kinds;

macro_rules! examples {
    (() $($name:ident: $ty:ty, $folder:literal, $how:ident $unlike:tt;)*) => {$(
        impl Example for $ty {
            const FOLDER: &'static str = $folder;
            const UNLIKE: &'static [&'static str] = &$unlike;

            fn fill_in(&mut self) {
                examples!(@$how self);
            }
        }
    )*};
    (@defaults $object:ident) => {
        kgen::Defaults::set_defaults($object)
    };
    (@nothing $object:ident) => {};
}
with_kinds! { examples () }

/// A test for each kind, of a generic function.
macro_rules! each_kind {
    ($check:ident) => {
        mod $check {
            use $crate::support::kinds::{test_of_each, with_kinds};
            with_kinds! { test_of_each $check }
        }
    };
}
pub(crate) use each_kind;

macro_rules! test_of_each {
    ($check:ident $($name:ident: $ty:ty, $folder:literal, $how:ident $unlike:tt;)*) => {$(
        #[test]
        fn $name() {
            super::$check::<$ty>();
        }
    )*};
}
pub(crate) use test_of_each;
