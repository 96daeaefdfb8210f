//! Numbers of every width.

use std::num::{NonZeroU16, NonZeroU32};
use std::sync::atomic::AtomicU32;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "numbers.example.com",
    version = "v1",
    kind = "Numbered",
    namespaced,
    status = "NumberedStatus"
)]
pub struct NumberedSpec {
    pub a: i8,
    pub b: i16,
    pub c: i32,
    pub d: i64,
    pub e: i128,
    pub f: isize,
    pub g: u8,
    pub h: u16,
    pub i: u32,
    pub j: u64,
    pub k: u128,
    pub l: usize,
    pub m: f32,
    pub n: f64,
    pub o: NonZeroU16,
    pub p: Option<NonZeroU32>,
    pub q: Option<u8>,
    pub r: bool,
    pub s: Option<bool>,
    pub t: serde_json::Number,
    #[schemars(with = "AtomicU32")]
    pub u: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NumberedStatus {}
