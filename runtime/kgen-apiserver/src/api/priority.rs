//! The order of versions.

use std::cmp::Reverse;

/// Where a version stands in the order of Kubernetes: `v2`, `v1`, `v2beta1`, `v1beta1`, `v1alpha1`, others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VersionPriority {
    stability: u8,
    major: u64,
    minor: u64,
    name: Reverse<String>,
}

impl VersionPriority {
    /// Reads a version's name.
    pub fn of(version: &str) -> Self {
        let known = version.strip_prefix('v').and_then(|rest| {
            let (major, rest) = number(rest)?;
            let (stability, rest) = match rest {
                "" => return Some((3, major, 0)),
                _ => rest
                    .strip_prefix("beta")
                    .map(|rest| (2, rest))
                    .or_else(|| rest.strip_prefix("alpha").map(|rest| (1, rest)))?,
            };
            match number(rest)? {
                (minor, "") => Some((stability, major, minor)),
                _ => None,
            }
        });
        let (stability, major, minor) = known.unwrap_or_default();
        Self {
            stability,
            major,
            minor,
            name: Reverse(version.to_owned()),
        }
    }
}

fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok().filter(|number| *number > 0)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_in_the_order_of_kubernetes() {
        let mut versions = [
            "foo1",
            "v1alpha1",
            "v10",
            "v2",
            "v1",
            "v11beta2",
            "v3beta1",
            "v12alpha1",
            "v11alpha2",
            "v0",
            "bar",
        ];
        versions.sort_by_key(|version| Reverse(VersionPriority::of(version)));
        let wanted = [
            "v10",
            "v2",
            "v1",
            "v11beta2",
            "v3beta1",
            "v12alpha1",
            "v11alpha2",
            "v1alpha1",
            "bar",
            "foo1",
            "v0",
        ];
        assert_eq!(versions, wanted);
    }
}
