//! Names of managers: what clients may call themselves, and what they are called when they do not say.

use super::error::Cause;
use super::literal::{is_print, quoted};

/// How many bytes the name of a manager may have.
pub const MAX_MANAGER_LENGTH: usize = 128;

/// The manager of a write: what the client says in `fieldManager`, else the first word of its user agent.
pub fn manager_or_user_agent(manager: &str, user_agent: &str) -> String {
    if !manager.is_empty() {
        return manager.to_owned();
    }
    let mut name = String::new();
    let first = user_agent.split('/').next().unwrap_or_default();
    for char in first.chars().filter(|char| is_print(*char)) {
        if name.len() + char.len_utf8() > MAX_MANAGER_LENGTH {
            break;
        }
        name.push(char);
    }
    name
}

/// What is wrong with the name of a manager, for the status of a refused request. An empty name is none.
pub fn validate_manager(manager: &str, field: &str) -> Vec<Cause> {
    let mut causes = Vec::new();
    if manager.len() > MAX_MANAGER_LENGTH {
        causes.push(too_long(field, MAX_MANAGER_LENGTH));
    }
    for (position, char) in manager.char_indices().filter(|(_, char)| !is_print(*char)) {
        let value = quoted(manager);
        let char = u32::from(char);
        let message = format!("Invalid value: {value}: invalid character U+{char:04X} (at position {position})");
        causes.push(Cause {
            reason: "FieldValueInvalid",
            message,
            field: field.to_owned(),
        });
    }
    causes
}

pub(super) fn too_long(field: &str, most: usize) -> Cause {
    let message = format!("Too long: may not be more than {most} bytes");
    Cause {
        reason: "FieldValueTooLong",
        message,
        field: field.to_owned(),
    }
}
