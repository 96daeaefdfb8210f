//! Types of every shape.
#![allow(missing_docs, reason = "they mean nothing")]
#![allow(deprecated, reason = "parts of the API are")]

use std::collections::{BTreeMap, HashMap};

use kgen::k8s::{Condition, Duration, IntOrString, ObjectMeta, PodSpec, Quantity, RawExtension, Time};
use kgen::serde_json::Value;

pub mod other;
pub mod r#type;

use other::Handling;

kgen::version! { group = "shop.example.com", version = "v1", allow_float }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status)]
pub struct Order {
    pub metadata: ObjectMeta,
    #[kgen(optional)]
    pub spec: OrderSpec,
    pub status: Option<Box<Retry>>,
}

/// Seen by its crate alone, and without a default.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(kind = "HTTPCrossing", cluster)]
pub(crate) struct Crossing {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: Box<Retry>,
    pub(crate) out: Carrier,
    #[kgen(flatten)]
    pub(crate) r#extern: Option<Box<Shipment>>,
    #[kgen(skip)]
    pub(crate) cache: std::sync::Arc<str>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, is_subresource = "/scale")]
pub struct Scale {
    pub metadata: ObjectMeta,
    pub spec: Retry,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct OrderSpec {
    #[kgen(optional)]
    pub constants: Constants,
    #[kgen(optional)]
    pub retry: Retry,
    #[kgen(optional)]
    pub boxed: Box<Deep>,
    #[kgen(optional)]
    pub phase: Phase,
    #[kgen(optional)]
    pub pod: PodSpec,
    #[kgen(optional)]
    pub own: Own,
    #[kgen(optional)]
    pub by_hand: ByHand,
    #[kgen(optional)]
    pub place: Place,
    #[kgen(optional)]
    pub port: Port,
    #[kgen(optional)]
    pub timeout: Duration,
    pub line: Option<Line>,
    pub pages: Page<Deep>,
    pub nested: Option<Page<Page<Retry>>>,
    pub either: Option<Either<Deep>>,
    pub wrapper: Wrapper<Deep>,
    #[kgen(required)]
    pub null: Option<i32>,
    pub result: Result,
    pub word: r#type::Type,
    pub times: Option<Vec<Time>>,
    pub tags: Option<Tags>,
    pub only: Option<Only>,
    pub only_tagged: Option<OnlyTagged>,
    pub mixed: Option<Mixed>,
    pub unit: Option<Unit>,
    #[deprecated]
    pub old: Option<Old>,
    #[kgen(flatten)]
    pub contact: Contact,
    #[kgen(flatten)]
    pub one: Box<One>,
    #[kgen(flatten)]
    pub none: Nothing,
    #[kgen(skip)]
    pub cache: u128,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Constants {
    #[kgen(default = true)]
    pub on: bool,
    #[kgen(default = false)]
    pub off: bool,
    #[kgen(default = -3)]
    pub small: i8,
    #[kgen(default = 18446744073709551615)]
    pub big: u64,
    #[kgen(default = -9223372036854775808)]
    pub least: i64,
    #[kgen(default = 1)]
    pub one: f64,
    #[kgen(default = -1.5)]
    pub minus: f32,
    #[kgen(default = 1e300)]
    pub far: f64,
    #[kgen(default = 0.1)]
    pub near: f32,
    #[kgen(default = "")]
    pub empty: String,
    #[kgen(default = ["a", "b"])]
    pub names: Vec<Sku>,
    #[kgen(default = [])]
    pub no_names: Vec<Sku>,
    #[kgen(default = [1, 2])]
    pub pair: [i32; 2],
    #[kgen(default = json!({"a": 1}))]
    pub map: BTreeMap<Sku, i32>,
    #[kgen(default = json!({}))]
    pub hash: HashMap<String, i32>,
    #[kgen(default = json!({"a": [1, -2, 3000000000, 18446744073709551615, 1.5, null, true, {"b": "x"}]}))]
    pub value: Value,
    #[kgen(default = "500m")]
    pub quantity: Quantity,
    #[kgen(default = 80)]
    pub number: IntOrString,
    #[kgen(default = "http")]
    pub name: IntOrString,
    #[kgen(default = json!({"x": 1}))]
    pub raw: RawExtension,
    #[kgen(default = "1h30m")]
    pub timeout: Duration,
    #[kgen(default = json!({"limit": 7}))]
    pub retry: Retry,
    #[kgen(default = json!({}))]
    pub boxed: Box<Retry>,
    #[kgen(default = json!({"git": {"url": "x"}}))]
    pub source: Source,
    #[kgen(default = "odd")]
    pub odd: Phase,
    #[kgen(default = Phase::Done)]
    pub done: Phase,
    #[kgen(default = json!([{
        "sku": "x", "carrier": "Post", "shipment": "PickUp", "slow": "DHL-Express", "pair": ["Post", "DHL-Express"],
        "condition": {
            "type": "Ready", "status": "Unknown", "reason": "Pending", "message": "",
            "lastTransitionTime": "1970-01-01T00:00:00Z"
        }
    }]))]
    pub lines: Vec<Line>,
}

/// What it is called means something else in Rust.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Result {
    pub ok: bool,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
pub struct Own {
    pub ok: bool,
}

#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub struct ByHand {
    #[kgen(default = 3)]
    pub a: i32,
    #[kgen(optional)]
    pub b: i32,
}

impl Default for ByHand {
    fn default() -> Self {
        Self { a: 1, b: 2 }
    }
}

/// Its default is one of the API, not of Rust.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(default = 80)]
pub struct Port(pub i32);

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[deprecated(note = "use something else")]
pub struct Old {
    #[kgen(default = Former::Past)]
    pub former: Former,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub enum Former {
    #[deprecated]
    Past,
    #[default]
    Present,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(discriminator = "type")]
pub enum Place {
    There(Git),
    #[default]
    Here,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<Box<T>>,
    pub first: T,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Wrapper<T>(pub T);

#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Either<T> {
    Left(T),
    Right(Box<T>),
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Deep {
    pub retry: Retry,
    #[kgen(default = Phase::Done)]
    pub phase: Phase,
    #[kgen(default = "x")]
    pub sku: Box<Sku>,
    #[kgen(default = 3)]
    pub int: Box<i32>,
    #[kgen(default = ["a"])]
    pub names: Vec<String>,
    #[kgen(default = true)]
    pub on: bool,
    #[kgen(default = false)]
    pub off: bool,
    #[kgen(default = 1)]
    pub quantity: Quantity,
    #[kgen(flatten)]
    pub contact: Contact,
    pub wrapped: Wrapped,
    pub plain: i32,
    pub json: Value,
    pub option: Option<Retry>,
    #[kgen(skip)]
    pub cache: u128,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Wrapped(pub Retry);

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Contact {
    pub email: String,
    #[kgen(default = "none")]
    pub phone: String,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct One {
    pub first_and_last: String,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Nothing {}

#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub struct Unit;

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Retry {
    #[kgen(default = 3)]
    pub limit: u32,
    #[kgen(optional)]
    pub seconds: f64,
    #[kgen(default = "linear")]
    pub mode: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
pub struct Sku(pub String);

#[derive(Clone, Copy, Debug, PartialEq, kgen::Api)]
pub enum Carrier {
    Post,
    #[kgen(name = "DHL-Express")]
    Courier,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub enum Phase {
    #[default]
    Pending,
    Done,
    #[kgen(other)]
    Other(String),
}

#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Source {
    Git(Git),
    Out(String),
    Type(i32),
}

impl Default for Source {
    fn default() -> Self {
        Self::Type(0)
    }
}

#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Only {
    Svn(Git),
}

#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(discriminator = "type")]
pub enum OnlyTagged {
    Git(Git),
}

#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(discriminator = "vcs")]
pub enum Tags {
    Git,
    Svn,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Git {
    pub url: String,
}

#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(discriminator = "shipment")]
pub enum Shipment {
    Parcel(Box<Git>),
    Pallet(Git),
    PickUp,
}

/// Has no default.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub struct Line {
    pub sku: Sku,
    #[kgen(default = 1)]
    pub count: u16,
    #[kgen(default = "piece")]
    pub unit: String,
    #[kgen(default = "")]
    pub color: String,
    #[kgen(default = json!({"limit": 7}))]
    pub often: Retry,
    pub retry: Retry,
    pub boxed: Box<Retry>,
    pub carrier: Carrier,
    pub note: Option<String>,
    #[kgen(flatten)]
    pub shipment: Shipment,
    #[kgen(flatten)]
    pub source: Option<Only>,
    #[kgen(optional)]
    pub tags: Vec<String>,
    #[kgen(flatten)]
    pub contact: Contact,
    #[kgen(flatten)]
    pub handling: Box<Handling>,
    pub pair: [Carrier; 2],
    pub by_name: BTreeMap<String, Option<Box<Page<Deep>>>>,
    pub page: Page<Deep>,
    pub condition: Condition,
    #[kgen(skip)]
    pub cache: u128,
}

/// Has a default, but flattens what is assembled.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Mixed {
    #[kgen(default = 2)]
    pub outer: i32,
    #[kgen(flatten)]
    pub inner: Inner,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Inner {
    #[kgen(default = 2)]
    pub count: i32,
    #[kgen(flatten)]
    pub tags: Option<Tags>,
    #[kgen(flatten)]
    pub contact: Contact,
}
