//! Case conversion, plurals, versions and legal names: computed here and nowhere else.

use std::cmp::Ordering;

/// The JSON name of a Rust field: `node_port` → `nodePort`, `type_` → `type`. The same as serde's `camelCase`.
#[must_use]
pub fn wire_name(rust: &str) -> String {
    let mut wire = String::with_capacity(rust.len());
    let mut upper_next = false;
    for character in rust.trim_end_matches('_').chars() {
        if character == '_' {
            upper_next = !wire.is_empty();
        } else if upper_next {
            wire.extend(character.to_uppercase());
            upper_next = false;
        } else {
            wire.push(character);
        }
    }
    wire
}

/// The JSON name of a union's member: `GitRepo` → `gitRepo`, `HTTPGet` → `httpGet`.
#[must_use]
pub fn member_name(variant: &str) -> String {
    let characters: Vec<char> = variant.chars().collect();
    let mut uppers = characters
        .iter()
        .take_while(|character| character.is_uppercase())
        .count();
    // In `HTTPGet` the last capital begins the next word.
    if uppers > 1 && characters.get(uppers).is_some_and(|next| next.is_lowercase()) {
        uppers -= 1;
    }
    let (head, tail) = characters.split_at(uppers);
    head.iter()
        .flat_map(|character| character.to_lowercase())
        .chain(tail.iter().copied())
        .collect()
}

/// The case styles of serde's `rename_all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `lowercase`
    Lower,
    /// `UPPERCASE`
    Upper,
    /// `PascalCase`
    Pascal,
    /// `camelCase`
    Camel,
    /// `snake_case`
    Snake,
    /// `SCREAMING_SNAKE_CASE`
    ScreamingSnake,
    /// `kebab-case`
    Kebab,
    /// `SCREAMING-KEBAB-CASE`
    ScreamingKebab,
}

impl Case {
    /// The style of serde's name for it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    /// A snake_case field name in this style, as serde_derive does it.
    #[must_use]
    pub fn of_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_uppercase(),
            Self::Pascal => field.split('_').map(capitalized).collect(),
            Self::Camel => uncapitalized(&Self::Pascal.of_field(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_uppercase().replace('_', "-"),
        }
    }

    /// A PascalCase variant name in this style, as serde_derive does it.
    #[must_use]
    pub fn of_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_lowercase(),
            Self::Upper => variant.to_uppercase(),
            Self::Camel => uncapitalized(variant),
            Self::Snake => {
                let mut snake = String::new();
                for (index, character) in variant.chars().enumerate() {
                    if index > 0 && character.is_uppercase() {
                        snake.push('_');
                    }
                    snake.extend(character.to_lowercase());
                }
                snake
            }
            Self::ScreamingSnake => Self::Snake.of_variant(variant).to_uppercase(),
            Self::Kebab => Self::Snake.of_variant(variant).replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.of_variant(variant).replace('_', "-"),
        }
    }
}

/// The word with a capital at its beginning: `status` → `Status`.
#[must_use]
pub fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn uncapitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

/// The snake_case form of a PascalCase Rust name, acronyms kept whole: `HTTPRoute` → `http_route`.
#[must_use]
pub fn snake(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, character) in characters.iter().enumerate() {
        let after_lower = index > 0 && !characters[index - 1].is_uppercase() && characters[index - 1] != '_';
        let before_lower = characters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if character.is_uppercase() && index > 0 && (after_lower || before_lower) && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

/// The resource of a kind: `Order` → `orders`, `Policy` → `policies`, `GatewayClass` → `gatewayclasses`.
#[must_use]
pub fn plural(kind: &str) -> String {
    let singular = kind.to_lowercase();
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| singular.ends_with(suffix));
    let stem = |cut: usize| &singular[..singular.len() - cut];
    if singular == "endpoints" {
        return singular;
    }
    if singular.ends_with('y') && !ends(&["ay", "ey", "iy", "oy", "uy"]) {
        format!("{}ies", stem(1))
    } else if ends(&["s", "x", "z", "ch", "sh"]) {
        format!("{singular}es")
    } else if singular.ends_with("fe") {
        format!("{}ves", stem(2))
    } else if ends(&["lf", "eaf"]) {
        format!("{}ves", stem(1))
    } else {
        format!("{singular}s")
    }
}

/// The name without what an identifier may not hold, and a capital after each such place, as names of operations in
/// OpenAPI documents have it: `wardle.example.com` → `wardleExampleCom`.
#[must_use]
pub fn identifier(name: &str) -> String {
    let mut identifier = String::with_capacity(name.len());
    let mut upper_next = false;
    for character in name.chars() {
        if !(character.is_alphanumeric() || character == '_') {
            upper_next = !identifier.is_empty();
        } else if upper_next {
            identifier.extend(character.to_uppercase());
            upper_next = false;
        } else {
            identifier.push(character);
        }
    }
    identifier
}

/// The group turned around, as schema names begin: `shop.example.com` → `com.example.shop`.
#[must_use]
pub fn reversed_group(group: &str) -> String {
    group.rsplit('.').collect::<Vec<_>>().join(".")
}

/// Orders versions by maturity as Kubernetes does: `v1alpha1 < v1beta1 < v1 < v2`; what is no such version comes first.
#[must_use]
pub fn compare_versions(a: &str, b: &str) -> Ordering {
    version_rank(a).cmp(&version_rank(b)).then_with(|| b.cmp(a))
}

fn version_rank(version: &str) -> Option<(u8, u64, u64)> {
    let rest = version.strip_prefix('v')?;
    let digits = rest
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(rest.len());
    let major = rest[..digits].parse().ok()?;
    let stage = &rest[digits..];
    if stage.is_empty() {
        Some((2, major, 0))
    } else if let Some(minor) = stage.strip_prefix("beta") {
        Some((1, major, minor.parse().ok()?))
    } else {
        Some((0, major, stage.strip_prefix("alpha")?.parse().ok()?))
    }
}

/// Whether a name is a DNS label (RFC 1123): at most 63 of `a-z`, `0-9` and `-`, no `-` at the ends.
#[must_use]
pub fn is_dns_label(name: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.len() <= 63 && name.bytes().all(legal) && !name.starts_with('-') && !name.ends_with('-')
}

/// Whether a name is a DNS subdomain: labels joined by dots, at most 253 bytes.
#[must_use]
pub fn is_dns_subdomain(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_dns_label)
}

/// Whether a name is that of a label or annotation: `name` or `example.com/name`.
#[must_use]
pub fn is_qualified(name: &str) -> bool {
    let (prefix, name) = match name.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, name),
    };
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    prefix.is_none_or(is_dns_subdomain)
        && name.len() <= 63
        && name.chars().all(is_inner)
        && is_edge(name.chars().next())
        && is_edge(name.chars().next_back())
}

/// The candidate that a mistyped word most likely meant, if one is close enough.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            (
                edit_distance(&word.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// Edits from one word to another, a swap of neighbours counted once (optimal string alignment).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substitution = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substitution.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_camel_case() {
        for (rust, wire) in [
            ("node_port", "nodePort"),
            ("type_", "type"),
            ("_x_y", "xY"),
            ("http2_port", "http2Port"),
        ] {
            assert_eq!(wire_name(rust), wire);
        }
    }

    #[test]
    fn identifiers_lose_dots_and_dashes() {
        for (name, wanted) in [
            ("wardle.example.com", "wardleExampleCom"),
            ("v1alpha1", "v1alpha1"),
            ("a-b", "aB"),
        ] {
            assert_eq!(identifier(name), wanted);
        }
    }

    #[test]
    fn members_begin_in_lower_case() {
        for (variant, member) in [
            ("Git", "git"),
            ("HTTPGet", "httpGet"),
            ("TCP", "tcp"),
            ("GitRepo", "gitRepo"),
        ] {
            assert_eq!(member_name(variant), member);
        }
    }

    #[test]
    fn plurals_follow_the_clients_of_kubernetes() {
        for (kind, resource) in [
            ("Order", "orders"),
            ("Policy", "policies"),
            ("Gateway", "gateways"),
            ("GatewayClass", "gatewayclasses"),
            ("Proxy", "proxies"),
            ("Box", "boxes"),
            ("Batch", "batches"),
            ("Endpoints", "endpoints"),
            ("Knife", "knives"),
            ("Chief", "chiefs"),
        ] {
            assert_eq!(plural(kind), resource);
        }
    }

    #[test]
    fn versions_are_ordered_by_maturity() {
        let mut versions = ["v1", "v1alpha1", "v2", "v1beta2", "v1beta1", "odd", "v10"];
        versions.sort_by(|a, b| compare_versions(a, b));
        assert_eq!(versions, ["odd", "v1alpha1", "v1beta1", "v1beta2", "v1", "v2", "v10"]);
    }

    #[test]
    fn snake_keeps_acronyms_whole() {
        for (name, expected) in [
            ("HTTPRoute", "http_route"),
            ("OrderSpec", "order_spec"),
            ("GRPCRoute", "grpc_route"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }

    #[test]
    fn typos_find_their_word() {
        assert_eq!(closest("minimun", ["maximum", "minimum"]), Some("minimum"));
        assert_eq!(closest("otpional", ["optional", "option"]), Some("optional"));
        assert_eq!(closest("zebra", ["minimum"]), None);
    }

    #[test]
    fn serde_cases() {
        assert_eq!(Case::Camel.of_field("node_port"), "nodePort");
        assert_eq!(Case::Kebab.of_variant("CreditCard"), "credit-card");
        assert_eq!(Case::ScreamingSnake.of_variant("CreditCard"), "CREDIT_CARD");
    }
}
