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
        "ambiguous-module",
        "A module has two files, `name.rs` and `name/mod.rs`. Remove one of them.",
    ),
    code(
        "bad-cel-rule",
        "What stands beside a rule in CEL does not fit it: an unknown reason, a field path that leads nowhere, an empty message, or `optional_old_self` where nothing is compared with the old value. `kgen explain cel` shows the arguments.",
    ),
    code(
        "bad-column",
        "A printer column has a type or format that servers do not know. Types are `string`, `integer`, `number`, `boolean` and `date`; without one the field's own type counts.",
    ),
    code(
        "bad-crd",
        "A CustomResourceDefinition lacks something, or says something that servers do not know. The label is the JSON pointer to the place.",
    ),
    code(
        "bad-default",
        "A default is not a legal value of its field: it has another type, breaks a rule or lacks a required member. Servers refuse such a definition. Give another default, or loosen the rule.",
    ),
    code(
        "bad-deprecation",
        "A warning of deprecation is empty, too long or has line breaks. Say in one short line what to use instead, or say nothing: servers have a standard warning.",
    ),
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
        "bad-module-name",
        "A file's name cannot be the name of a module. Rename it to letters, digits and `_`, or name the files to load one by one.",
    ),
    code(
        "bad-name",
        "A group, version or other name is not legal in Kubernetes. Groups are DNS subdomains, versions are DNS labels that begin with a letter.",
    ),
    code(
        "bad-path",
        "A path of a column, a selectable field or the scale subresource leads nowhere or to the wrong type. Paths begin with a dot and name members as in JSON, such as `.spec.customer`.",
    ),
    code(
        "bad-pattern",
        "A pattern is no regular expression that servers can read. They use Go's syntax (RE2), which has no lookaround and no backreferences.",
    ),
    code(
        "bad-schema",
        "A keyword of a schema in a CustomResourceDefinition has a value that does not belong there. The label is the JSON pointer to the place.",
    ),
    code(
        "bad-schema-type",
        "There is no such type in JSON schema. The types are array, boolean, integer, number, object and string.",
    ),
    code(
        "bad-variant",
        "A variant of an enum carries what it cannot carry. Variants carry one value or none; the variant that keeps unknown values stands in an enum of names and carries a `String`.",
    ),
    code(
        "bad-yaml",
        "A file is no YAML, has a key twice, or grows without end by aliases. What stands behind the error is not read.",
    ),
    code(
        "cel-syntax",
        "An expression in CEL cannot be read. The message says where it ends to make sense.",
    ),
    code(
        "cel-unknown-field",
        "An expression in CEL names a member that the value does not have. Members are named as in JSON; of metadata, rules see `name` and `generateName` only.",
    ),
    code(
        "constant-does-not-fit",
        "A constant in a rule has another type than the value that the rule is about. Write a constant of the value's type.",
    ),
    code(
        "contradicting-markers",
        "Two markers cannot stand together, or one lacks another. Keep the one that is meant.",
    ),
    code(
        "contradictory-rules",
        "No value can satisfy what is said: a minimum above a maximum, enums without a common value, or a choice among members of which one is always there. Mend one of the rules.",
    ),
    code(
        "conversion-not-total",
        "A required field has no value when an object comes from a version without the field. Give the field a default, make it `optional`, or make it an `Option`.",
    ),
    code(
        "converted-twice",
        "Two fields or variants become the same field or variant of the stored version, so one of the values would be lost. Give each a counterpart of its own, or let a function merge them: `convert_with` with `converts`.",
    ),
    code(
        "converts-nothing",
        "A function converts parts of a struct, but it is not said which; or fields are named that no function converts. `convert_with` and `converts` stand together on a struct.",
    ),
    code(
        "cyclic-alias",
        "A type alias or a newtype stands for itself. Let one of the types in the circle name a struct, an enum or a type of std.",
    ),
    code(
        "default-type",
        "A declared default is no value of its field's type. Write a literal, a list, `json!(..)` or a path to a constant or variant that fits.",
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
        "field-without-place",
        "A field below a list or map has no one place in the object, so it can neither be moved nor kept in an annotation; or the annotation would have an illegal name. Let a function of your own convert it.",
    ),
    code(
        "file-exists",
        "A file that a person may have edited would be written over. Choose another folder, or say `--force`.",
    ),
    code(
        "file-too-large",
        "A file is larger than kgen reads. Split it into modules.",
    ),
    code(
        "flattened-map",
        "A flattened map makes an object with both known and unknown members, which a custom resource definition cannot describe. Make the map a member of its own, or add `schemaless, preserve_unknown_fields`.",
    ),
    code(
        "flattened-type",
        "A flattened field is of a type whose fields cannot stand in the parent. Flatten structs whose serde kgen writes, or unions; a union may be optional.",
    ),
    code(
        "float-without-permission",
        "Floating point numbers are read differently by clients of different languages. Use an integer or `Quantity`, or permit it with `allow_float`.",
    ),
    code(
        "folder-not-empty",
        "A new project is to be made in a folder that holds files already. Name a new folder or an empty one.",
    ),
    code(
        "foreign-file",
        "A file stands where kgen would write one, and kgen did not make it. Move it away, or choose another folder under `[output]` in `kgen.toml`.",
    ),
    code(
        "generator-fault",
        "A generator broke down or made a file that cannot be written. This is a fault of kgen, not of the input: please report it with the input.",
    ),
    code(
        "incomplete-union",
        "A union of fields lacks members, or a mode its discriminator. Mark the fields with `union_member`, or the field that names the mode with `mode_discriminator`.",
    ),
    code(
        "incomplete-version",
        "`kgen::version!` states no group or no version. Write `kgen::version! { group = \"shop.example.com\", version = \"v1\" }`.",
    ),
    code(
        "inexpressible-default",
        "A declared default cannot be written down as a constant in Rust. Set it in a function of your own with `default_with`.",
    ),
    code(
        "input-in-output",
        "Custom resource definitions lie in a folder of the output, or the output in theirs: the next run would read what this one wrote. Put the output elsewhere with `--out`, or `[output]` in `kgen.toml`.",
    ),
    code(
        "invalid-config",
        "`kgen.toml` cannot be read. The message says what is wrong; `source`, `generators`, `kube`, the folders under `[output]`, `[crd-source]` and `[types]` are all that it may hold.",
    ),
    code(
        "kind-with-own-serde",
        "A kind derives serde itself, which writes no apiVersion and kind. Remove the derives: kgen writes serde for it.",
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
        "kube-attribute",
        "An argument of `#[kube(..)]` is missing, unknown or not legal. kgen reads the arguments of kube-derive 5; `group`, `version` and `kind` are always needed.",
    ),
    code(
        "limit-outside-of-type",
        "A limit lies outside of what the integer's Rust type holds, so that it limits nothing. Take it away, or use a wider integer.",
    ),
    code(
        "list-map-key",
        "The key of a list map is missing, optional or no scalar. The elements of `list = map(key = \"..\")` are objects whose key members are required strings, numbers or bools, or have a default.",
    ),
    code(
        "marker-on-storage",
        "The stored version says how it differs from another version. Say it at the other version; the stored version says only `added`.",
    ),
    code(
        "metadata-rule",
        "A custom resource definition cannot hold rules about `metadata`. Only limits in `subfield(\"name\", ..)` and `subfield(\"generateName\", ..)` are possible there.",
    ),
    code(
        "misplaced-marker",
        "A marker stands where it means nothing. `kgen explain <marker>` says where it may stand.",
    ),
    code(
        "missing-approval",
        "Groups under `k8s.io` and `kubernetes.io` are protected. Servers accept a definition there only with the annotation `api-approved.kubernetes.io`; or use a group of your own.",
    ),
    code(
        "missing-argument",
        "A marker lacks an argument that it needs. `kgen explain <marker>` shows its form and an example.",
    ),
    code(
        "missing-derive",
        "A type lacks a trait that generated code, kube or servers need. Add it to the derives.",
    ),
    code(
        "missing-module",
        "A module is declared but has no file. Create the file, or remove the declaration. Modules below the folder of generated code may be missing.",
    ),
    code(
        "missing-path",
        "The path that was named does not exist. Name a crate's folder, a folder inside of a crate, a Rust file, or files of custom resource definitions.",
    ),
    code(
        "module-cycle",
        "A module is declared in its own file, so that it would contain itself. Let `#[path]` name another file.",
    ),
    code(
        "narrowed-file",
        "A part of a crate is read, and a file that was made from more of the crate would be made from that part alone. Run kgen for the whole crate, or name generators whose files come from this part alone, such as `kgen deepcopy src/v1.rs`.",
    ),
    code(
        "needless-marker",
        "A marker says what the Rust type says already. Remove it.",
    ),
    code(
        "nested-default",
        "A default inside of a scope stands in schemas only. Give it to the field itself, or set it in a function of your own with `default_with`.",
    ),
    code(
        "nested-too-deeply",
        "Code nests too deeply to be read. Move a part into an item of its own.",
    ),
    code(
        "no-crate",
        "The path lies in no crate. Name a folder that has a `Cargo.toml` with `[package]`, or a path below one.",
    ),
    code(
        "no-crd",
        "A file of definitions holds objects of other kinds. They are left out; keep definitions in files of their own.",
    ),
    code(
        "no-out-dir",
        "A build script's output folder is asked for where Cargo has set none. Call this in `build.rs`, or choose a folder with `Build::output`.",
    ),
    code(
        "no-output",
        "Custom resource definitions that lie in no crate were named without a folder for the output. Name one: `--out DIR`.",
    ),
    code(
        "no-served-version",
        "No version of a kind is served, so that nobody can use it. Take `served = false` away from one of them.",
    ),
    code(
        "no-server",
        "A generator was named that is for API servers only, and the crate is none, or has no kinds to serve. Put `kgen-apiserver = \"0.1\"` below `[dependencies]` in `Cargo.toml`; where only some who use the types want a server, put `optional = true` beside it and `server = [\"dep:kgen-apiserver\"]` below `[features]`. A run of all generators leaves it out without a word.",
    ),
    code(
        "no-sources",
        "The folder holds no Rust files. Name the folder of the API's types.",
    ),
    code(
        "no-storage-version",
        "A kind has several versions and none of them is the one that is stored. Mark one with `storage`.",
    ),
    code(
        "no-version",
        "No module states an API group and version. Write `kgen::version! { group = \"shop.example.com\", version = \"v1\" }` into the module that holds the types. Of a folder of custom resource definitions: there is none in it.",
    ),
    code(
        "not-comparable",
        "A rule compares values of a type without `PartialEq`, so that nothing in Rust checks it. Derive `PartialEq`.",
    ),
    code(
        "not-in-case",
        "A marker cannot stand inside of schema logic, because servers refuse it there. Cases hold limits such as `minimum`, `pattern` or `fields_required`: move the rest beside the cases.",
    ),
    code(
        "not-structural",
        "A schema is none that servers accept in a CustomResourceDefinition: it does not say a type, refers to another schema, or says inside of `allOf`, `anyOf`, `oneOf` or `not` what belongs beside them. The label is the JSON pointer to the place.",
    ),
    code("not-utf8", "A file is not UTF-8, as Rust has to be. Save it as UTF-8."),
    code(
        "nullable-element",
        "The elements of a set or list map can be null, which identifies nothing. Take `nullable` away, or write `list = atomic`.",
    ),
    code(
        "old-crd",
        "A CustomResourceDefinition has a version that servers do not offer any more. Write it as `apiextensions.k8s.io/v1`, where each version has a schema of its own.",
    ),
    code(
        "old-value-in-list",
        "A rule compares with the old value inside of a list whose elements have no identity. Give them one with `list = map(key = \"..\")`.",
    ),
    code(
        "opaque-serde",
        "A field is read and written by functions of its own (`#[serde(with = ..)]`), so its Rust type does not tell its schema. Say it with `schema(..)` or `schemaless`.",
    ),
    code(
        "optional-without-empty",
        "A field is `optional` as it stands, but nothing tells when a value of its type is empty. Make it an `Option`.",
    ),
    code(
        "out-of-date",
        "With `--check`: the files on the disk are not those that the input gives. Run `kgen` and commit what it changes.",
    ),
    code(
        "private-field",
        "A field is private to its module, so generated code cannot reach it. Make it `pub` or `pub(crate)`.",
    ),
    code(
        "private-type",
        "A type or its module is private, so generated code cannot reach it. Make both `pub` or `pub(crate)`, or export the type from the module above with `pub use`.",
    ),
    code(
        "recursive-type",
        "A type holds itself, which a custom resource definition cannot describe. Mark the field `preserve_unknown_fields`, or `schemaless`; OpenAPI documents alone may be recursive: `generate(crd = false)`.",
    ),
    code(
        "refused-schema",
        "The definition that kube-derive would give of a kind is one that `crd()` panics at or that servers refuse: tuples, types that hold themselves, maps whose keys are numbers, variants with members of different schemas. Change the type, or state another schema with a marker.",
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
        "rule-does-not-fit",
        "A marker is about another sort of value than the one it stands on, such as `max_length` on a number. The help says what it is about.",
    ),
    code(
        "rule-not-in-code",
        "A rule stands in schemas, but no code in Rust checks it. The help says what would change that.",
    ),
    code(
        "rule-not-in-crd",
        "A rule is checked by generated code, but the custom resource definition does not hold it: servers could not afford it or cannot express it. The help says what would change that.",
    ),
    code(
        "serde-says-it",
        "A type derives serde itself, so its serde attributes are the truth; a marker about names or presence would contradict them. Use the serde attribute.",
    ),
    code(
        "set-of-objects",
        "The elements of a set are objects whose members have owners of their own. Write `list = map(key = \"..\")`, or `each(map = atomic)` if elements are replaced as a whole.",
    ),
    code(
        "syntax-error",
        "A file is not Rust. Mend it as the message says; `cargo check` may say more.",
    ),
    code(
        "two-storage-versions",
        "Two versions of a kind are marked as stored. Objects are stored in exactly one version.",
    ),
    code(
        "unconvertible-field",
        "A field has different types in two versions, and none follows from the other. Write the conversion in a function of your own: `convert_with = path`. An `Option` and a plain field are converted where the plain field is `optional`, so that absent and empty are the same.",
    ),
    code(
        "union-not-structural",
        "An enum with data has no structural schema, as custom resource definitions need it. Use a `discriminator`, or say what it is in JSON with `schema(type = \"..\")`, or `schemaless, preserve_unknown_fields`.",
    ),
    code(
        "unique-items",
        "Servers refuse the schema keyword `uniqueItems`, because checking it is slow. Write `list = set`, or `unique = set` with `max_items`.",
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
        "unknown-counterpart",
        "A marker of conversion names a field, a path or a variant that the stored version does not have. `renamed` and `converts` use Rust names, `moved` uses a path in documents.",
    ),
    code(
        "unknown-default",
        "The default that serde takes for an absent member is computed by more than kgen can read. It reads functions whose body is one value, constants, struct literals and derived `Default`s. Simplify it, or state it: `kgen(default = ..)`.",
    ),
    code(
        "unknown-discriminator-value",
        "A union or mode asks for a value that its discriminator's type does not have. Name one of its values, for a union with `union_member(name = \"..\")`.",
    ),
    code(
        "unknown-format",
        "There is no format of this name. The formats are those of Kubernetes, such as `k8s-short-name`, and those of OpenAPI, such as `date-time`.",
    ),
    code(
        "unknown-function",
        "A marker names a function that does not exist in this crate. Write its path, such as `crate::defaults::order`.",
    ),
    code(
        "unknown-generator",
        "There is no generator of this name. `kgen list` names them.",
    ),
    code(
        "unknown-keyword",
        "A CustomResourceDefinition has a member that servers do not know, which they would drop without a word. Mend the name, or take it away.",
    ),
    code(
        "unknown-marker",
        "There is no marker of this name. `kgen explain` lists all of them, and knows the names of controller-gen and code-generator.",
    ),
    code(
        "unknown-member",
        "A marker names a member that the type does not have. Members are named as in JSON.",
    ),
    code(
        "unknown-schema",
        "What schemars makes of a type cannot be known from the source: a function makes the schema, or another crate. State it with a marker: `kgen(schema(type = \"string\"))`, or `kgen(schemaless, preserve_unknown_fields)`. Behind `cfg_attr(any(), ..)` a marker needs no derive.",
    ),
    code(
        "unknown-strategy",
        "A marker names a strategy that does not exist in this crate, or that is no value. Write the path of a unit struct or of a constant, such as `crate::strategies::Orders`.",
    ),
    code(
        "unknown-type",
        "A field names a type that kgen cannot find. It reads the modules of this crate, std's basic types, serde_json and k8s-openapi.",
    ),
    code(
        "unknown-word",
        "`kgen explain` knows no such word. Without a word it lists all markers and codes.",
    ),
    code(
        "unmapped-field",
        "A field has no counterpart in the other version of its struct, and nothing says why. Say where it is: `renamed`, `moved`, `dropped` or `convert_with` at the version that is not stored, `added` at the one that is.",
    ),
    code(
        "unmapped-variant",
        "A variant has no counterpart in the other version of its enum. Say its name in the stored version: `renamed = \"..\"`. Or mark it `dropped` at the version that is not stored, `added` at the one that is: objects that hold it cannot be converted then.",
    ),
    code(
        "unreadable-file",
        "A file or folder cannot be read. Check the path and its rights.",
    ),
    code(
        "unsupported-type",
        "A type cannot be part of an API, because JSON or Kubernetes has nothing like it. The help says what to write instead.",
    ),
    code(
        "unwritable-file",
        "A file cannot be written or removed. Check the rights of its folder and the space on the disk.",
    ),
];
