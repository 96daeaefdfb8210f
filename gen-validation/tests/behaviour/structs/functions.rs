//! Functions that people wrote.

use serde_json::{Value, json};

use super::{Group, group};
use crate::cases::Case;

pub(super) fn functions() -> Group {
    let types = r#"
DERIVE
#[kgen(validate_with = of_type)]
pub struct Functions {
    #[kgen(validate_with = of_text, max_length = 2)]
    pub errors: Option<String>,
    #[kgen(validate_with = of_list)]
    pub path: Vec<i32>,
    #[kgen(each(validate_with = of_text))]
    pub old: Vec<String>,
    #[kgen(validate_with = Named::check)]
    pub operation: Option<Box<Named>>,
}
impl Named {
    pub fn check(&self, old: Option<&Self>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
        if old.is_some_and(|old| old.size > self.size) {
            errors.push(Error::forbidden(path, "shrinks"));
        }
    }
}
pub fn of_type(_value: &Functions, old: Option<&Functions>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if old.is_some_and(|old| old.path.is_empty()) {
        errors.push(Error::forbidden(path, "was empty"));
    }
}
pub fn of_text(value: &str, old: Option<&str>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if value == "x" {
        errors.push(Error::invalid(path, value, format!("was {old:?}")));
    }
}
pub fn of_list(value: &[i32], old: Option<&[i32]>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if operation.is_update() && value.len() < old.map_or(0, <[i32]>::len) {
        errors.push(Error::forbidden(path, "shrinks"));
    }
}"#;
    let update = |old: Value, new: Value, wanted: &[&str]| Case::update("Functions", old, new, wanted);
    group(
        types,
        vec![
            Case::create(
                "Functions",
                json!({"errors": "x"}),
                &["errors: Invalid value: \"x\": was None"],
            ),
            update(
                json!({"path": [1], "errors": "y"}),
                json!({"path": [1], "errors": "x"}),
                &["errors: Invalid value: \"x\": was Some(\"y\")"],
            ),
            update(json!({}), json!({}), &["<nil>: Forbidden: was empty"]),
            update(
                json!({"path": [1, 2]}),
                json!({"path": [2]}),
                &["path: Forbidden: shrinks"],
            ),
            Case::create(
                "Functions",
                json!({"old": ["x"]}),
                &["old[0]: Invalid value: \"x\": was None"],
            ),
            update(
                json!({"path": [1], "operation": {"name": "", "size": 2}}),
                json!({"path": [1], "operation": {"name": "", "size": 1}}),
                &["operation: Forbidden: shrinks"],
            ),
        ],
    )
}
