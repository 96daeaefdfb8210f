//! What a client may write into `metadata.managedFields`.

use serde_json::Value;

use crate::apply::error::Cause;
use crate::apply::literal::quoted;
use crate::apply::user_agent::{too_long, validate_manager};

/// How many bytes the name of a subresource may have.
const MAX_SUBRESOURCE_LENGTH: usize = 256;

/// What is wrong with `metadata.managedFields`, for the status of a refused request.
pub fn validate_managed_fields(entries: &Value) -> Vec<Cause> {
    let entries = entries.as_array().map_or(&[][..], Vec::as_slice);
    let causes = entries.iter().enumerate();
    causes
        .flat_map(|(index, entry)| validate_entry(entry, &format!("metadata.managedFields[{index}]")))
        .collect()
}

fn validate_entry(entry: &Value, place: &str) -> Vec<Cause> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
    let cause = |name: &str, reason, message| Cause {
        reason,
        message,
        field: format!("{place}.{name}"),
    };
    let mut causes = Vec::new();
    match text("operation") {
        "Apply" | "Update" => {}
        "" => causes.push(cause(
            "operation",
            "FieldValueRequired",
            "Required value: must not be empty".to_owned(),
        )),
        other => {
            let message = format!(
                "Unsupported value: {}: supported values: \"Apply\", \"Update\"",
                quoted(other)
            );
            causes.push(cause("operation", "FieldValueNotSupported", message));
        }
    }
    match text("fieldsType") {
        "" | "FieldsV1" => {}
        other => {
            let message = format!("Invalid value: {}: must be `FieldsV1`", quoted(other));
            causes.push(cause("fieldsType", "FieldValueInvalid", message));
        }
    }
    causes.extend(validate_manager(text("manager"), &format!("{place}.manager")));
    if text("subresource").len() > MAX_SUBRESOURCE_LENGTH {
        causes.push(too_long(&format!("{place}.subresource"), MAX_SUBRESOURCE_LENGTH));
    }
    causes
}
