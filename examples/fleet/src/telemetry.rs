//! A second group: what robots measure. It has one version, which is therefore the one that is stored.

pub mod v1 {
    //! The only version so far.

    use std::collections::{BTreeMap, HashMap};

    use kgen::k8s::{MicroTime, ObjectMeta, RawExtension};

    use crate::shared as common;
    use crate::v1::chassis::Sensor;

    kgen::version! {
        group = "telemetry.fleet.example.com",
        version = "v1",
        schema_prefix = "com.example.fleet.telemetry.v1",
        client_name = "telemetry",
        allow_float,
    }

    /// What one robot measured in some minutes.
    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced, short_name = "rec")]
    #[kgen(column("Mean", path = ".mean"), column("Begin", path = ".begin"))]
    pub struct Recording {
        /// Name, labels and the rest of the object's metadata.
        pub metadata: ObjectMeta,
        /// When it began.
        pub begin: Option<MicroTime>,
        /// The sensor that measured.
        pub sensor: Sensor,
        /// The mean of all samples.
        #[kgen(default = 0.0)]
        pub mean: f32,
        /// The samples.
        #[kgen(optional, list = atomic, max_items = 6000)]
        pub samples: Vec<Sample>,
        /// How often each value was measured, by value.
        #[kgen(optional)]
        pub histogram: HashMap<String, u64>,
        /// The largest samples by zone and second.
        #[kgen(optional, each(list = atomic, max_items = 60))]
        pub peaks: BTreeMap<common::ZoneName, Vec<f64>>,
        /// What the sensor's maker makes of it.
        pub analysis: Option<RawExtension>,
    }

    /// What was measured at one moment.
    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Sample {
        /// Microseconds since the beginning.
        pub at: u64,
        /// What was measured.
        pub value: f64,
    }
}
