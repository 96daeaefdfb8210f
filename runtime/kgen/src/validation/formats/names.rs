//! Names of Kubernetes: what they are made of, and the words of the messages about them.
//!
//! The messages show regular expressions, as upstream's do; the checks are loops over bytes.

use crate::validation::{BadValue, Error, Errors, Path};

const LABEL: &str = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_RULE: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must \
                          start and end with an alphanumeric character";
const SUBDOMAIN_RULE: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or \
                              '.', and must start and end with an alphanumeric character";
const CASELESS_RULE: &str = "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start \
                             and end with an alphanumeric character";
const KEY_RULE: &str =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const KEY: &str = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const KEY_EXAMPLES: [&str; 3] = ["MyName", "my.name", "123-abc"];
const VALUE_RULE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', \
                          and must start and end with an alphanumeric character";
const VALUE: &str = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
const IDENTIFIER_RULE: &str = "a valid C identifier must start with alphabetic character or '_', followed by a string of \
                               alphanumeric characters or '_'";

/// What a message is going to be about.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) path: &'a Path<'a>,
    /// The value that the message shows.
    pub(super) value: &'a str,
    pub(super) origin: &'static str,
    /// What goes before the message.
    pub(super) prefix: &'a str,
}

impl Subject<'_> {
    pub(super) fn invalid(&self, errors: &mut Errors, detail: impl FnOnce() -> String) {
        errors.push_with(|| {
            let detail = format!("{}{}", self.prefix, detail());
            Error::invalid(self.path, BadValue::from(self.value), detail).with_origin(self.origin)
        });
    }

    pub(super) fn too_long(&self, errors: &mut Errors, max: usize) {
        errors.push_with(|| Error::too_long(self.path, max).with_origin(self.origin));
    }
}

/// What a message says of a regular expression.
fn explain(rule: &str, regex: &str, examples: &[&str]) -> String {
    let examples: Vec<String> = examples.iter().map(|example| format!("'{example}', ")).collect();
    format!(
        "{rule} (e.g. {}regex used for validation is '{regex}')",
        examples.join(" or ")
    )
}

fn no_more_than(max: usize) -> String {
    format!("must be no more than {max} bytes")
}

/// A DNS label: `my-name`.
pub(super) fn label(errors: &mut Errors, subject: &Subject<'_>, value: &str) {
    if value.len() > 63 {
        subject.invalid(errors, || no_more_than(63));
    }
    if !is_label(value, false) {
        if is_subdomain(value, false) {
            subject.invalid(errors, || "must not contain dots".to_owned());
        } else {
            subject.invalid(errors, || explain(LABEL_RULE, LABEL, &["my-name", "123-abc"]));
        }
    }
}

/// A DNS subdomain: `example.com`.
pub(super) fn subdomain(errors: &mut Errors, subject: &Subject<'_>, value: &str, caseless: bool) {
    if value.len() > 253 {
        subject.invalid(errors, || no_more_than(253));
    }
    if !is_subdomain(value, caseless) {
        let (rule, example) = if caseless {
            (CASELESS_RULE, "Example.com")
        } else {
            (SUBDOMAIN_RULE, "example.com")
        };
        subject.invalid(errors, || explain(rule, &format!("{LABEL}(\\.{LABEL})*"), &[example]));
    }
}

/// The key of a label, `name` or `example.com/name`, when `head` stands before it. A head ends in a dot and could be the
/// start of either part.
pub(super) fn label_key(errors: &mut Errors, subject: &Subject<'_>, head: &str, value: &str) {
    let name = match value.split_once('/') {
        Some((_, name)) if name.contains('/') => {
            subject.invalid(errors, || {
                let rule = explain(KEY_RULE, KEY, &KEY_EXAMPLES);
                format!(
                    "a valid label key {rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
                )
            });
            return;
        }
        Some((prefix, name)) => {
            label_key_prefix(errors, subject, head.len() + prefix.len(), prefix);
            label_key_name(errors, subject, name.len(), is_key(name));
            return;
        }
        None => value,
    };
    let is_valid = if head.is_empty() {
        is_key(name)
    } else {
        !name.is_empty() && ends_as_key(name)
    };
    label_key_name(errors, subject, head.len() + name.len(), is_valid);
}

fn label_key_prefix(errors: &mut Errors, subject: &Subject<'_>, len: usize, prefix: &str) {
    if len == 0 {
        subject.invalid(errors, || "prefix part must be non-empty".to_owned());
        return;
    }
    if len > 253 {
        subject.invalid(errors, || format!("prefix part {}", no_more_than(253)));
    }
    if !is_subdomain(prefix, false) {
        subject.invalid(errors, || {
            let regex = format!("{LABEL}(\\.{LABEL})*");
            format!("prefix part {}", explain(SUBDOMAIN_RULE, &regex, &["example.com"]))
        });
    }
}

fn label_key_name(errors: &mut Errors, subject: &Subject<'_>, len: usize, is_valid: bool) {
    if len == 0 {
        subject.invalid(errors, || "name part must be non-empty".to_owned());
    } else if len > 63 {
        subject.invalid(errors, || format!("name part {}", no_more_than(63)));
    }
    if !is_valid {
        subject.invalid(errors, || {
            format!("name part {}", explain(KEY_RULE, KEY, &KEY_EXAMPLES))
        });
    }
}

/// The value of a label.
pub(super) fn label_value(errors: &mut Errors, subject: &Subject<'_>, value: &str) {
    if value.len() > 63 {
        subject.invalid(errors, || no_more_than(63));
    }
    if !value.is_empty() && !is_key(value) {
        subject.invalid(errors, || explain(VALUE_RULE, VALUE, &["MyValue", "my_value", "12345"]));
    }
}

/// An identifier of C, of limited length.
pub(super) fn identifier(errors: &mut Errors, subject: &Subject<'_>, value: &str, max: usize) {
    if value.len() > max {
        subject.too_long(errors, max);
    }
    if !is_identifier(value) {
        subject.invalid(errors, || {
            let examples = ["my_name", "MY_NAME", "MyName"];
            explain(IDENTIFIER_RULE, "[A-Za-z_][A-Za-z0-9_]*", &examples)
        });
    }
}

/// Letters, digits and dashes, with no dash at the ends.
fn is_label(value: &str, caseless: bool) -> bool {
    // Without case, the sign of Kelvin is a k and the long s is an s.
    let is_letter = |c: char| match c {
        'a'..='z' => true,
        'A'..='Z' | '\u{17f}' | '\u{212a}' => caseless,
        _ => false,
    };
    let is_inner = |c: char| is_letter(c) || c.is_ascii_digit() || c == '-';
    !value.is_empty() && !value.starts_with('-') && !value.ends_with('-') && value.chars().all(is_inner)
}

/// Labels between dots, of any length.
fn is_subdomain(value: &str, caseless: bool) -> bool {
    value.split('.').all(|label| is_label(label, caseless))
}

/// Letters, digits, dashes, underscores and dots, with a letter or digit at the ends.
fn is_key(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_alphanumeric()) && ends_as_key(value)
}

fn ends_as_key(value: &str) -> bool {
    value.ends_with(|c: char| c.is_ascii_alphanumeric())
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn is_identifier(value: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    value.bytes().next().is_some_and(|byte| !byte.is_ascii_digit()) && value.bytes().all(is_inner)
}
