//! Values of enums, some of which features exclude.

use serde_json::json;

use super::{Group, group};
use crate::cases::Case;

pub(super) fn enums() -> Group {
    let types = r#"
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Phase {
    Done,
    #[kgen(excluded)]
    Gone,
    #[kgen(excluded_if(disabled = "Late"))]
    Late,
    #[kgen(excluded_if(enabled = "Never"))]
    Ever,
    #[kgen(other)]
    Other(String),
}
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Shut {
    Done,
    #[kgen(excluded)]
    Gone,
    #[kgen(excluded_if(disabled = "Late"))]
    Late,
    #[kgen(excluded_if(enabled = "Never"))]
    Ever,
}
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Open {
    B,
    A,
    #[kgen(excluded)]
    Gone,
    #[kgen(other)]
    Other(String),
}
#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(closed)]
pub enum Closed {
    B,
    A,
    #[kgen(excluded)]
    Gone,
    #[kgen(other)]
    Other(String),
}
DERIVE
pub struct Enums { pub phase: Option<Phase>, pub shut: Option<Shut>, #[kgen(max_items = 8)] pub open: Vec<Open>, pub closed: Vec<Closed> }"#;
    let phase = |value: &str, wanted: &[&str]| Case::create("Enums", json!({"phase": value}), wanted);
    let shut = |value: &str, wanted: &[&str]| Case::create("Enums", json!({"shut": value}), wanted);
    let both = |case: Case, late: bool, never: bool| case.with("Late", late).with("Never", never);
    group(
        types,
        vec![
            Case::create("Enums", json!({"open": ["A", "C"], "closed": ["A", "B"]}), &[]),
            Case::create(
                "Enums",
                json!({"open": ["A", "C"], "closed": ["A", "C"]}),
                &["closed[1]: Unsupported value: \"C\": supported values: \"A\", \"B\""],
            ),
            Case::create(
                "Enums",
                json!({"open": ["Gone"], "closed": ["Gone"]}),
                &[
                    "open[0]: Invalid value: \"Gone\": must not be equal to \"Gone\"",
                    "closed[0]: Unsupported value: \"Gone\": supported values: \"A\", \"B\"",
                ],
            ),
            both(shut("Late", &[]), true, false),
            both(
                shut(
                    "Gone",
                    &["shut: Unsupported value: \"Gone\": supported values: \"Done\", \"Ever\", \"Late\""],
                ),
                true,
                false,
            ),
            both(
                shut(
                    "Ever",
                    &["shut: Unsupported value: \"Ever\": supported values: \"Done\", \"Late\""],
                ),
                true,
                true,
            ),
            both(phase("Done", &[]), true, false),
            both(phase("Late", &[]), true, false),
            both(
                phase(
                    "Gone",
                    &["phase: Invalid value: \"Gone\": must not be equal to \"Gone\""],
                ),
                true,
                false,
            ),
            both(
                phase(
                    "Late",
                    &["phase: Unsupported value: \"Late\": supported values: \"Done\", \"Ever\""],
                ),
                false,
                false,
            ),
            both(
                phase(
                    "Ever",
                    &["phase: Unsupported value: \"Ever\": supported values: \"Done\", \"Late\""],
                ),
                true,
                true,
            ),
            both(phase("New", &[]), false, true),
            phase("Done", &["phase: Internal error: undefined validation option \"Late\""]),
        ],
    )
}
