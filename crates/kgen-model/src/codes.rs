//! The diagnostic codes: stable words, with what they mean and how to mend it. A test of the workspace compares the
//! table with the codes that are used.

/// A diagnostic code.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The word in brackets behind `error`.
    pub code: &'static str,
    /// What it means and what to do. The first sentence is a summary.
    pub docs: &'static str,
}

impl Code {
    /// The first sentence of the documentation.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs
            .split_once(". ")
            .map_or(self.docs, |(first, _)| first)
            .trim_end_matches('.')
    }
}

/// The code of this word.
#[must_use]
pub fn find(word: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.code == word)
}

const fn code(code: &'static str, docs: &'static str) -> Code {
    Code { code, docs }
}

/// All codes, in order.
pub const CODES: &[Code] = &[
    code(
        "bad-map-key",
        "The keys of a map are no strings. JSON objects have string keys: use `String`, an enum of named strings, or a newtype over one of them.",
    ),
    code(
        "bad-marker-argument",
        "A marker's argument is missing, of the wrong type or not legal. `kgen explain <marker>` shows its form and an example.",
    ),
    code(
        "bad-marker-syntax",
        "The text inside of `#[kgen(..)]` cannot be read. Items are `word`, `word = value` and `word(..)`, separated by commas; values are literals, paths, lists and `json!(..)`.",
    ),
    code(
        "bad-name",
        "A group, version or other name is not legal in Kubernetes. Groups are DNS subdomains, versions are DNS labels that begin with a letter.",
    ),
    code(
        "bad-variant",
        "A variant of an enum carries what it cannot carry. Variants of unions carry one value; the variant that keeps unknown values carries a `String`.",
    ),
    code(
        "contradicting-markers",
        "Two markers cannot stand together, or one lacks another. Keep the one that is meant.",
    ),
    code(
        "cyclic-alias",
        "A type alias stands for itself. Let one of the aliases in the circle name a struct, an enum or a type of std.",
    ),
    code(
        "disagreeing-versions",
        "Versions of one kind say different things about what all versions share: scope, plural, short names, categories. Say it once, at one of the versions.",
    ),
    code(
        "duplicate-kind",
        "A version has two kinds of one name, or two kinds share a resource. Rename one, or give it another `plural`.",
    ),
    code(
        "duplicate-name",
        "Two things have the same name in JSON or in OpenAPI. Give one of them another name with `name = \"..\"`.",
    ),
    code(
        "duplicate-version",
        "Two modules state the same group and version. Sub-modules belong to the version of the module above them.",
    ),
    code(
        "float-without-permission",
        "Floating point numbers are read differently by clients of different languages. Use an integer or `Quantity`, or permit it with `allow_float`.",
    ),
    code(
        "incomplete-version",
        "`kgen::version!` states no group or no version. Write `kgen::version! { group = \"shop.example.com\", version = \"v1\" }`.",
    ),
    code(
        "kind-without-metadata",
        "A kind has no field `metadata: ObjectMeta`. Every object of Kubernetes has one.",
    ),
    code(
        "kind-without-scope",
        "A kind says neither `namespaced` nor `cluster`. Tools differ about the default, so it has to be said.",
    ),
    code(
        "kind-without-status",
        "A kind has the subresource `status` but no field of that name. Add the field or remove the marker.",
    ),
    code(
        "kind-without-version",
        "A kind stands in a module without a version. State it once with `kgen::version!` in the module or in one above.",
    ),
    code(
        "misplaced-marker",
        "A marker stands where it means nothing. `kgen explain <marker>` says where it may stand.",
    ),
    code(
        "missing-argument",
        "A marker lacks an argument that it needs. `kgen explain <marker>` shows its form and an example.",
    ),
    code(
        "needless-marker",
        "A marker says what the Rust type says already. Remove it.",
    ),
    code(
        "no-storage-version",
        "A kind has several versions and none of them is the one that is stored. Mark one with `storage`.",
    ),
    code(
        "opaque-serde",
        "A field is read and written by functions of its own (`#[serde(with = ..)]`), so its Rust type does not tell its schema. Say it with `schema(..)` or `schemaless`.",
    ),
    code(
        "private-field",
        "A field is private to its module, so generated code cannot reach it. Make it `pub` or `pub(crate)`.",
    ),
    code(
        "private-type",
        "A type is private to its module, so generated code cannot reach it. Make it `pub` or `pub(crate)`.",
    ),
    code(
        "repeated-marker",
        "A marker stands at one place twice. Keep one of them.",
    ),
    code(
        "repeated-version",
        "A module states its version twice. Keep one `kgen::version!`.",
    ),
    code(
        "serde-says-it",
        "A type derives serde itself, so its serde attributes are the truth; a marker about names or presence would contradict them. Use the serde attribute.",
    ),
    code(
        "two-storage-versions",
        "Two versions of a kind are marked as stored. Objects are stored in exactly one version.",
    ),
    code(
        "unknown-argument",
        "A marker has no such argument. `kgen explain <marker>` lists its arguments.",
    ),
    code(
        "unknown-constant",
        "A marker names a constant or variant that does not exist or has no readable value. Constants for markers are literals, lists of them, or other constants of this crate.",
    ),
    code(
        "unknown-function",
        "A marker names a function that does not exist in this crate. Write its path, such as `crate::defaults::order`.",
    ),
    code(
        "unknown-marker",
        "There is no marker of this name. `kgen explain` lists all of them, and knows the names of controller-gen and code-generator.",
    ),
    code(
        "unknown-type",
        "A field names a type that kgen cannot find. It reads the modules of this crate, std's basic types, serde_json and k8s-openapi.",
    ),
    code(
        "unsupported-type",
        "A type cannot be part of an API, because JSON or Kubernetes has nothing like it. The help says what to write instead.",
    ),
];
