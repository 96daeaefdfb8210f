//! What values are legal, in schemars' attributes and in those of validators.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const LONGEST: usize = 63;
const NAME: &str = "^[a-z]+$";

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "checks.example.com", version = "v1", kind = "Checked", namespaced)]
pub struct CheckedSpec {
    #[schemars(length(min = 1, max = "LONGEST"))]
    pub name: String,
    #[schemars(length(equal = 3))]
    pub triple: Vec<i32>,
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
    #[schemars(range(min = -1.5, max = 2))]
    pub share: f64,
    #[schemars(range(max = 7))]
    pub maybe: Option<i64>,
    #[schemars(regex(pattern = NAME))]
    pub by_constant: String,
    #[schemars(pattern("^[0-9]+$"))]
    pub by_pattern: String,
    #[schemars(contains(pattern = "a.b"))]
    pub with_part: String,
    #[schemars(email)]
    pub mail: String,
    #[schemars(url)]
    pub page: Option<String>,
    #[schemars(ip)]
    pub address: String,
    #[schemars(ipv4)]
    pub four: String,
    #[schemars(ipv6)]
    pub six: String,
    #[schemars(length(min = 2), inner(range(min = 0, max = 9)))]
    pub digits: Option<Vec<i32>>,
    /// Checks for other types are passed over.
    #[schemars(length(min = 2))]
    pub number: i32,
}
