//! The vocabulary: one table of markers with their places, arguments and documentation. What people write is checked
//! against it ([`check`]), `kgen explain` prints it, and the book's reference is made from it.

mod check;
mod fields;
mod kinds;
mod rules;
mod schema;
mod scopes;

pub(crate) use check::Uses;
pub use check::{Constants, Use, UseValue, check};

/// A word of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct MarkerDef {
    /// The word, as in `#[kgen(word)]`.
    pub name: &'static str,
    /// Where it may stand.
    pub places: &'static [Place],
    /// What may follow it.
    pub form: Form,
    /// Whether it may stand more than once at one place.
    pub repeat: bool,
    /// Words that contradict it.
    pub conflicts: &'static [&'static str],
    /// Its names in the tools of Kubernetes.
    pub upstream: &'static [&'static str],
    /// What it says, in Markdown: the first sentence is a summary.
    pub docs: &'static str,
    /// One line that uses it.
    pub example: &'static str,
}

/// Where a marker may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In `kgen::version! { .. }`.
    Version,
    /// On a struct with `kind`.
    Kind,
    /// On a struct or an enum.
    Type,
    /// On a field.
    Field,
    /// On a variant of an enum.
    Variant,
    /// On a value inside of a scope: `each(..)`, `subfield(..)`, `item(..)` and the conditions.
    Value,
    /// On a key, in `each_key(..)`.
    Key,
    /// In a `case(..)` or `not(..)` of schema logic.
    Case,
}

impl Place {
    /// The place in words, for diagnostics.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Version => "`kgen::version!`",
            Self::Kind => "a struct with `kind`",
            Self::Type => "a type",
            Self::Field => "a field",
            Self::Variant => "a variant",
            Self::Value => "a scope of values",
            Self::Key => "`each_key`",
            Self::Case => "schema logic",
        }
    }

    /// The place with its preposition, for diagnostics.
    #[must_use]
    pub fn adverb(self) -> String {
        let preposition = match self {
            Self::Kind | Self::Type | Self::Field | Self::Variant => "on",
            Self::Version | Self::Value | Self::Key | Self::Case => "in",
        };
        format!("{preposition} {}", self.noun())
    }
}

/// What may follow a marker's name.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Nothing: `optional`.
    Flag,
    /// A value: `minimum = 0`.
    Value(Arg),
    /// Nothing or a value: `deprecated`, `deprecated = "use v2"`.
    FlagOrValue(Arg),
    /// Arguments: `column("Name", path = ".spec.x")`.
    Call(&'static [Param]),
    /// Nothing or arguments: `union_member`, `union_member(union = "u")`.
    FlagOrCall(&'static [Param]),
    /// Arguments, then any markers that are legal in the inner place: `each(max_length = 63)`.
    Scope(&'static [Param], Place),
    /// Arguments of any names with constant values, then markers: `item(name = "x", required)`.
    Item,
    /// Cases: `any_of(case(..), case(..))`.
    Cases,
    /// Switches by generator name: `generate(deepcopy = false)`.
    Switches,
}

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arg {
    /// `true` or `false`.
    Bool,
    /// A whole number from 0.
    Count,
    /// Any whole number.
    Int,
    /// Any number.
    Number,
    /// A string.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any constant: a literal, a list, `json!(..)`, or a path to a constant or variant.
    Constant,
    /// A list of constants.
    Constants,
    /// A list of strings.
    Texts,
    /// A path to a function or type.
    Path,
    /// `atomic`, `set` or `map(key = "..")`.
    ListType,
}

impl Arg {
    /// The value in words, for diagnostics.
    #[must_use]
    pub fn noun(self) -> String {
        match self {
            Self::Bool => "`true` or `false`".into(),
            Self::Count => "a whole number from 0".into(),
            Self::Int => "a whole number".into(),
            Self::Number => "a number".into(),
            Self::Text => "a string".into(),
            Self::Word(words) => alternatives(words.iter().map(|word| format!("`{word}`"))),
            Self::Constant => "a constant, a list or `json!(..)`".into(),
            Self::Constants => "a list of one constant or more".into(),
            Self::Texts => "a list of strings".into(),
            Self::Path => "a path".into(),
            Self::ListType => "`atomic`, `set` or `map(key = \"..\")`".into(),
        }
    }
}

/// `a`, `a or b`, `a, b or c`.
fn alternatives(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// An argument of a marker.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name; for positional ones only in the documentation.
    pub name: &'static str,
    /// What it may be.
    pub arg: Arg,
    /// How it is written.
    pub kind: ParamKind,
}

/// How an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// By its place, and it must be there.
    Positional,
    /// By its place, as often as one likes but at least once.
    Rest,
    /// `name = value`, and it must be there.
    Named,
    /// `name = value`, or left out.
    Optional,
    /// The bare name, or left out.
    Switch,
}

const fn positional(name: &'static str, arg: Arg) -> Param {
    Param {
        name,
        arg,
        kind: ParamKind::Positional,
    }
}

const fn rest(name: &'static str, arg: Arg) -> Param {
    Param {
        name,
        arg,
        kind: ParamKind::Rest,
    }
}

const fn named(name: &'static str, arg: Arg) -> Param {
    Param {
        name,
        arg,
        kind: ParamKind::Named,
    }
}

const fn optional(name: &'static str, arg: Arg) -> Param {
    Param {
        name,
        arg,
        kind: ParamKind::Optional,
    }
}

const fn switch(name: &'static str) -> Param {
    Param {
        name,
        arg: Arg::Bool,
        kind: ParamKind::Switch,
    }
}

/// A row with the usual answers: once at a place, no contradictions.
const fn row(
    name: &'static str,
    places: &'static [Place],
    form: Form,
    upstream: &'static [&'static str],
    docs: &'static str,
    example: &'static str,
) -> MarkerDef {
    MarkerDef {
        name,
        places,
        form,
        repeat: false,
        conflicts: &[],
        upstream,
        docs,
        example,
    }
}

impl MarkerDef {
    const fn repeated(mut self) -> Self {
        self.repeat = true;
        self
    }

    const fn against(mut self, conflicts: &'static [&'static str]) -> Self {
        self.conflicts = conflicts;
        self
    }

    /// The first sentence of the documentation.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs
            .split_once(". ")
            .map_or(self.docs, |(first, _)| first)
            .trim_end_matches('.')
    }
}

/// All markers, by family.
pub const FAMILIES: &[(&str, &[MarkerDef])] = &[
    ("Versions and kinds", kinds::ROWS),
    ("Fields and types", fields::ROWS),
    ("Schema", schema::ROWS),
    ("Rules", rules::ROWS),
    ("Scopes and logic", scopes::ROWS),
];

/// All markers.
pub fn all() -> impl Iterator<Item = &'static MarkerDef> {
    FAMILIES.iter().flat_map(|(_, rows)| *rows)
}

/// The marker of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static MarkerDef> {
    all().find(|def| def.name == name)
}

/// The markers that other tools call so: `+kubebuilder:validation:Minimum`, `k8s::minimum` or `Minimum`.
pub fn by_upstream_name(name: &str) -> impl Iterator<Item = &'static MarkerDef> {
    let wanted = name.trim_start_matches('+').replace("::", ":").to_lowercase();
    all().filter(move |def| {
        def.upstream.iter().any(|upstream| {
            let upstream = upstream.trim_start_matches('+').to_lowercase();
            upstream == wanted || upstream.rsplit(':').next() == Some(wanted.as_str())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_unique_and_documented() {
        let mut seen = std::collections::BTreeSet::new();
        for def in all() {
            assert!(seen.insert(def.name), "`{}` stands twice in the table", def.name);
            assert!(def.docs.ends_with('.'), "`{}` has no full sentence", def.name);
            assert!(
                def.example.contains(def.name),
                "the example of `{}` does not use it",
                def.name
            );
            assert!(!def.places.is_empty(), "`{}` may stand nowhere", def.name);
            for conflict in def.conflicts {
                let other = find(conflict).unwrap_or_else(|| panic!("`{}` contradicts unknown `{conflict}`", def.name));
                assert!(
                    other.conflicts.contains(&def.name),
                    "`{conflict}` does not know that it contradicts `{}`",
                    def.name
                );
            }
        }
        assert!(seen.len() > 90, "{} markers", seen.len());
    }

    #[test]
    fn upstream_names_lead_to_ours() {
        for (upstream, ours) in [
            ("+kubebuilder:validation:Minimum", "minimum"),
            ("k8s:minimum", "minimum"),
            ("listType", "list"),
            ("genclient:nonNamespaced", "cluster"),
        ] {
            assert!(by_upstream_name(upstream).any(|def| def.name == ours), "{upstream}");
        }
    }
}
