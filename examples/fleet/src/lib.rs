//! Robots that carry goods in warehouses: an API that uses every shape and every marker of kgen.
//!
//! | kind | of `fleet.example.com` | what it is |
//! |---|---|---|
//! | Robot | v1alpha1, v1beta1, v1 | a machine that carries goods |
//! | Mission | v1alpha1, v1beta1, v1 | a task for one robot |
//! | OTAUpdate | v1beta1, v1 | new firmware |
//! | Pool | v1 | simulated robots |
//! | Site, Chassis | v1 | a warehouse, and a model of robots; of the whole cluster |
//! | DockRequest | v1 | the body of the subresource `dock` of a robot |
//!
//! | kind | of `telemetry.fleet.example.com` | what it is |
//! |---|---|---|
//! | Recording | v1 | what a robot measured |
//!
//! What versions have in common stands in [`shared`], which belongs to none of them. Functions that a person writes
//! because no marker says it stand in [`defaults`], [`rules`] and [`convert`].

pub mod convert;
pub mod defaults;
pub mod generated;
pub mod rules;
pub mod shared;
pub mod telemetry;
pub mod v1;
pub mod v1alpha1;
pub mod v1beta1;
