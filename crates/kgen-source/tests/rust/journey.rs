//! A crate as a person writes it, from its folder to the draft.

use std::fs;

use crate::common::dump;
use kgen_model::{Report, Sources};
use kgen_source::{Input, load};

const LIB: &str = r#"//! A shop.

pub mod v1;
mod generated;
#[cfg(test)]
mod tests;
"#;

const V1: &str = r#"//! Orders of a shop.
use kgen::k8s::{Condition, ObjectMeta};
use std::collections::BTreeMap;

kgen::version! { group = "shop.example.com", version = "v1", storage }

/// An order of one customer.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, short_name = "ord", scale(spec = ".spec.replicas", status = ".status.replicas"))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
pub struct Order {
    pub metadata: ObjectMeta,
    pub spec: OrderSpec,
    pub status: Option<OrderStatus>,
}

#[derive(Clone, kgen::Api)]
pub struct OrderSpec {
    /// What was ordered.
    #[kgen(list = map(key = "sku"), max_items = 500, each(subfield("sku", max_length = 63)))]
    pub lines: Vec<Line>,
    #[kgen(default = 1, minimum = -1)]
    pub replicas: i32,
    #[kgen(optional, each_key(format = "k8s-label-key"))]
    pub labels: BTreeMap<String, String>,
    #[kgen(default = PaymentMethod::Invoice)]
    pub payment: PaymentMethod,
}

#[derive(Clone, Copy, Default, kgen::Api)]
pub enum PaymentMethod { #[default] Invoice, #[kgen(name = "Credit-Card")] CreditCard }

pub use line::Line;
mod line;
"#;

const LINE: &str = r#"
const MAX: u32 = 10;

#[derive(Clone, kgen::Api)]
pub struct Line {
    pub sku: String,
    #[kgen(maximum = MAX)]
    pub count: u32,
    #[deprecated(note = "use `count`")]
    pub r#type: Option<String>,
}
"#;

const WANTED: &str = r#"mod crate // "A shop."
  mod generated
mod crate::v1 // "Orders of a shop."
  use Condition = kgen::k8s::Condition
  use ObjectMeta = kgen::k8s::ObjectMeta
  use BTreeMap = std::collections::BTreeMap
  pub use Line = line::Line
  mod line
  version(group = "shop.example.com", version = "v1", storage)
  pub struct Order derive(Clone, Debug, Default, PartialEq, Api) kgen(kind, namespaced, short_name = "ord", scale(spec = ".spec.replicas", status = ".status.replicas"), column("Age", path = ".metadata.creationTimestamp", type = "date")) // "An order of one customer."
    pub metadata: ObjectMeta
    pub spec: OrderSpec
    pub status: Option<OrderStatus>
  pub struct OrderSpec derive(Clone, Api)
    pub lines: Vec<Line> kgen(list = map(key = "sku"), max_items = 500, each(subfield("sku", max_length = 63))) // "What was ordered."
    pub replicas: i32 kgen(default = 1, minimum = -1)
    pub labels: BTreeMap<String, String> kgen(optional, each_key(format = "k8s-label-key"))
    pub payment: PaymentMethod kgen(default = PaymentMethod::Invoice)
  pub enum PaymentMethod derive(Clone, Copy, Default, Api)
    Invoice default
    CreditCard kgen(name = "Credit-Card")
mod crate::v1::line
  pub struct Line derive(Clone, Api)
    pub sku: String
    pub count: u32 kgen(maximum = MAX)
    pub type: Option<String> deprecated("use `count`")
  const MAX = 10
"#;

#[test]
fn a_crate_becomes_a_draft() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let src = folder.path().join("src");
    fs::create_dir_all(src.join("v1")).expect("the folder is ours");
    for (path, text) in [("lib.rs", LIB), ("v1.rs", V1), ("v1/line.rs", LINE)] {
        fs::write(src.join(path), text).expect("the folder is ours");
    }
    let input = Input {
        root: src.clone(),
        module_path: vec!["crate".to_owned()],
        skip: vec![src.join("generated")],
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());

    let draft = load(&input, &mut sources, &mut report);

    assert_eq!(report, Report::default());
    assert_eq!(dump(&draft), WANTED);
    let paths: Vec<_> = sources.iter().map(|(_, file)| file.path.clone()).collect();
    assert_eq!(paths, [src.join("lib.rs"), src.join("v1.rs"), src.join("v1/line.rs")]);
}
