//! Fields that an applier wants otherwise than their owners.

use std::collections::BTreeMap;
use std::fmt;

use super::error::Cause;
use super::literal::quoted;
use super::managed_fields::{ManagerId, Operation};
use super::path::{Path, text};

/// A field that another manager owns and that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Who owns the field.
    pub manager: ManagerId,
    /// The field.
    pub path: Path,
}

/// All conflicts of an apply; never none. Sorted by manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflicts(pub(super) Vec<Conflict>);

impl Conflicts {
    /// The conflicts one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, Conflict> {
        self.0.iter()
    }

    /// What stands in `details.causes` of the status.
    pub fn causes(&self) -> Vec<Cause> {
        let causes = self.0.iter().map(|conflict| Cause {
            reason: "FieldManagerConflict",
            message: format!("conflict with {}", described(&conflict.manager)),
            field: text(&conflict.path),
        });
        causes.collect()
    }
}

fn described(manager: &ManagerId) -> String {
    let mut out = quoted(&manager.manager);
    if !manager.subresource.is_empty() {
        out += &format!(" with subresource {}", quoted(&manager.subresource));
    }
    match manager.operation {
        Operation::Apply => out,
        Operation::Update => format!("{out} using {}", manager.api_version),
    }
}

/// The message of the status.
impl fmt::Display for Conflicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [Conflict { manager, path }] = self.0.as_slice() {
            return write!(
                f,
                "Apply failed with 1 conflict: conflict with {}: {}",
                described(manager),
                text(path)
            );
        }
        let mut by_manager: BTreeMap<String, (&ManagerId, Vec<String>)> = BTreeMap::new();
        for Conflict { manager, path } in &self.0 {
            let (_, paths) = by_manager.entry(manager.identifier()).or_insert((manager, Vec::new()));
            paths.push(format!("\n- {}", text(path)));
        }
        let groups = by_manager.values();
        let groups = groups.map(|(manager, paths)| format!("conflicts with {}:{}", described(manager), paths.concat()));
        let groups: Vec<String> = groups.collect();
        write!(f, "Apply failed with {} conflicts: {}", self.0.len(), groups.join("\n"))
    }
}

impl std::error::Error for Conflicts {}
