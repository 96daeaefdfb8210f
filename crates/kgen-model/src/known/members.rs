//! Definitions by the names of their members, for schemas that are copies of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::PUBLISHED;

/// The packages whose types people's definitions copy.
const COPIED: [&str; 3] = [
    "io.k8s.api.core.v1",
    "io.k8s.api.rbac.v1",
    "io.k8s.apimachinery.pkg.apis.meta.v1",
];

/// Definitions by the names of their members, in order and joined by blanks.
static BY_MEMBERS: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_members: HashMap<String, Vec<&'static str>> = HashMap::new();
    for name in PUBLISHED.names() {
        let Some(entry) = PUBLISHED.entry(name).filter(|entry| COPIED.contains(&entry.package)) else {
            continue;
        };
        let mut members: Vec<&str> = entry
            .fields()
            .map(|line| line.name.trim_end_matches([':', '?']))
            .collect();
        members.sort_unstable();
        by_members.entry(members.join(" ")).or_default().push(name);
    }
    by_members
});

/// The definitions that have exactly these members, in the order of their names. Kinds and what no other type holds are
/// among them.
#[must_use]
pub fn with_members(members: &[&str]) -> &'static [&'static str] {
    let mut members = members.to_vec();
    members.sort_unstable();
    BY_MEMBERS.get(&members.join(" ")).map_or(&[], Vec::as_slice)
}
