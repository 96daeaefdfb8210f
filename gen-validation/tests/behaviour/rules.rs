//! Rules about a value, each with values that keep and break it.

/// A rule.
pub(crate) struct Rule {
    /// A name for types.
    pub name: &'static str,
    /// The marker.
    pub marker: &'static str,
    /// The type of the value.
    pub ty: &'static str,
    /// A value that keeps the rule, as JSON.
    pub valid: &'static str,
    /// A value that breaks it.
    pub invalid: &'static str,
    /// What is said about the latter, behind the path and what is below it.
    pub errors: &'static [(&'static str, &'static str)],
}

impl Rule {
    /// Whether keys can break it.
    pub(crate) fn is_about_text(&self) -> bool {
        self.ty == "String"
    }
}

const fn rule(
    name: &'static str,
    marker: &'static str,
    ty: &'static str,
    valid: &'static str,
    invalid: &'static str,
    errors: &'static [(&'static str, &'static str)],
) -> Rule {
    Rule {
        name,
        marker,
        ty,
        valid,
        invalid,
        errors,
    }
}

#[rustfmt::skip]
pub(crate) const RULES: &[Rule] = &[
    rule("Minimum", "minimum = 3", "i32", "3", "2", &[("", "Invalid value: 2: must be greater than or equal to 3")]),
    rule("MinimumOfUnsigned", "minimum = 3", "u16", "3", "2", &[("", "Invalid value: 2: must be greater than or equal to 3")]),
    rule("MinimumOfFloat", "minimum = 0.5", "f64", "0.5", "0.25", &[("", "Invalid value: 0.25: must be greater than or equal to 0.5")]),
    rule("MinimumOfEither", "minimum = 3", "IntOrString", "3", "2", &[("", "Invalid value: 2: must be greater than or equal to 3")]),
    rule("Maximum", "maximum = -3", "i64", "-3", "-2", &[("", "Invalid value: -2: must be less than or equal to -3")]),
    rule("ExclusiveMinimum", "minimum = 3, exclusive_minimum", "i32", "4", "3", &[("", "Invalid value: 3: $path in body should be greater than 3")]),
    rule("ExclusiveMaximum", "maximum = 3, exclusive_maximum", "i32", "2", "3", &[("", "Invalid value: 3: $path in body should be less than 3")]),
    rule("MultipleOf", "multiple_of = 3", "i32", "6", "7", &[("", "Invalid value: 7: $path in body should be a multiple of 3")]),
    rule("MinLength", "min_length = 2", "String", "\"äb\"", "\"ä\"", &[("", "Too short: must be at least 2 characters")]),
    rule("MaxLength", "max_length = 2", "String", "\"äb\"", "\"äbc\"", &[("", "Too long: may not be more than 2 characters")]),
    rule("MaxBytes", "max_bytes = 2", "String", "\"ä\"", "\"äb\"", &[("", "Too long: may not be more than 2 bytes")]),
    rule("Pattern", "pattern = \"^[a-z]+\\\\d$\"", "String", "\"a1\"", "\"1\"", &[("", "Invalid value: \"1\": $path in body should match '^[a-z]+\\d$'")]),
    rule("Format", "format = \"k8s-short-name\"", "String", "\"a\"", "\"A\"", &[("", "Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]),
    rule("FormatOfSchemas", "format = \"date\"", "String", "\"2026-01-01\"", "\"2026\"", &[("", "Invalid value: \"2026\": $path in body must be of type date: \"2026\"")]),
    rule("Enum", "enum_values = [\"b\", \"a\"]", "String", "\"a\"", "\"c\"", &[("", "Unsupported value: \"c\": supported values: \"a\", \"b\"")]),
    rule("EnumOfNumbers", "enum_values = [1, 2]", "i32", "2", "3", &[("", "Unsupported value: 3: supported values: \"1\", \"2\"")]),
    rule("Neq", "neq = \"a\"", "String", "\"b\"", "\"a\"", &[("", "Invalid value: \"a\": must not be equal to \"a\"")]),
    rule("NeqOfNumber", "neq = 1", "i32", "2", "1", &[("", "Invalid value: 1: must not be equal to 1")]),
    rule("NeqOfBool", "neq = true", "bool", "false", "true", &[("", "Invalid value: true: must not be equal to true")]),
    rule("MinItems", "min_items = 2", "Vec<i32>", "[1, 2]", "[1]", &[("", "Too few: 1: must have at least 2 items")]),
    rule("MaxItems", "max_items = 2", "Vec<i32>", "[1, 2]", "[1, 2, 3]", &[("", "Too many: 3: must have at most 2 items")]),
    rule("UniqueItems", "unique_items", "Vec<i32>", "[1, 2]", "[1, 2, 1]", &[("", "Invalid value: \"\": $path in body shouldn't contain duplicates")]),
    rule("Set", "list = set", "Vec<String>", "[\"a\", \"b\"]", "[\"a\", \"b\", \"a\"]", &[("[2]", "Duplicate value: \"a\"")]),
    rule("UniqueSet", "list = atomic, unique = set", "Vec<i32>", "[1, 2]", "[1, 1, 1]", &[("[1]", "Duplicate value: 1"), ("[2]", "Duplicate value: 1")]),
    rule("ListMap", "list = map(key = \"name\")", "Vec<Named>", "[{\"name\": \"a\"}, {\"name\": \"b\"}]", "[{\"name\": \"a\"}, {\"name\": \"a\", \"size\": 1}]", &[("[1]", "Duplicate value: {\"name\":\"a\",\"size\":1}")]),
    rule("ListMapOfTwo", "list = map(key = \"name\", key = \"port\")", "Vec<Pair>", "[{\"name\": \"a\", \"port\": 1}, {\"name\": \"a\", \"port\": 2}]", "[{\"name\": \"a\", \"port\": 1}, {\"name\": \"a\", \"port\": 1}]", &[("[1]", "Duplicate value: {\"name\":\"a\",\"port\":1}")]),
    rule("UniqueMap", "unique = map(key = \"kind\")", "Vec<Named>", "[{\"name\": \"a\"}, {\"name\": \"b\", \"kind\": \"B\"}]", "[{\"name\": \"a\"}, {\"name\": \"b\"}]", &[("[1]", "Duplicate value: {\"name\":\"b\"}")]),
    rule("MinProperties", "min_properties = 2", "BTreeMap<String, i32>", "{\"a\": 1, \"b\": 2}", "{\"a\": 1}", &[("", "Too few: 1: must have at least 2 items")]),
    rule("MaxProperties", "max_properties = 1", "HashMap<String, i32>", "{\"a\": 1}", "{\"a\": 1, \"b\": 2}", &[("", "Too many: 2: must have at most 1 item")]),
    rule("ByHand", "validate_with = even", "i32", "2", "3", &[("", "Invalid value: 3: must be even")]),
    rule("AllOf", "all_of(case(minimum = 1), case(maximum = 3))", "i32", "3", "4", &[("", "Invalid value: 4: must be less than or equal to 3")]),
];
