//! What tests against real servers stand on: the programs, processes that end with the test, certificates, an HTTP
//! client that hides nothing, and scripts of requests whose answers are compared.
//!
//! Nothing here knows how a server is made: it is started as a program and driven from outside.

pub mod client;
pub mod kubectl;
pub mod pki;
pub mod process;
pub mod programs;
pub mod script;
pub mod servers;
pub mod suite;

pub use self::client::{Answer, Client, Request};
pub use self::kubectl::Kubectl;
pub use self::pki::{Identity, Pki};
pub use self::process::Process;
pub use self::programs::Program;
pub use self::servers::{Cluster, Etcd, SampleApiserver, Storage, WardleServer};
pub use self::suite::Suite;
