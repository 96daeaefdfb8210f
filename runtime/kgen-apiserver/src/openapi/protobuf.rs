//! OpenAPI documents in the binary form that some clients ask for: the messages of `github.com/google/gnostic-models`.
//!
//! The messages are tables that say which member of an object is which field.

use serde_json::{Map, Value};

/// How the members of an object become the fields of a message.
pub(super) struct Message {
    /// Members by their names.
    pub(super) fields: &'static [(&'static str, u32, Kind)],
    /// Where all members go whose names begin with `x-`.
    pub(super) extensions: Option<u32>,
    /// Where all other members go, as pairs of name and value.
    pub(super) others: Option<(u32, &'static Kind)>,
}

/// How a value is written.
pub(super) enum Kind {
    Text,
    Bool,
    Integer,
    Number,
    /// Any value, as YAML, of which JSON is a part.
    Any,
    /// A message of its own.
    One(&'static Message),
    /// A field for each of a list's items, or for the one value that is no list.
    Many(&'static Kind),
    /// A message whose first field has pairs of name and value.
    Pairs(&'static Kind),
    /// A message whose first field has the value.
    Within(&'static Kind),
    /// A message that depends on the value, within others of which it is the field of that number.
    Choice(fn(&Value) -> (&'static [u32], &'static Message)),
    /// A message with a schema in its first field, or a boolean in its second.
    SchemaOrBool(&'static Kind),
    /// A message with a number, a boolean or a text.
    Scalar,
}

/// The document as bytes.
pub(super) fn encoded(message: &Message, document: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Value::Object(members) = document {
        write_members(&mut bytes, message, members);
    }
    bytes
}

fn write_members(to: &mut Vec<u8>, message: &Message, members: &Map<String, Value>) {
    for (name, value) in members {
        if let Some((_, number, kind)) = message.fields.iter().find(|(known, ..)| known == name) {
            write(to, *number, kind, value);
        } else if name.starts_with("x-") {
            if let Some(number) = message.extensions {
                write_pair(to, number, name, &Kind::Any, value);
            }
        } else if let Some((number, kind)) = message.others {
            write_pair(to, number, name, kind, value);
        }
    }
}

fn write(to: &mut Vec<u8>, number: u32, kind: &Kind, value: &Value) {
    match kind {
        Kind::Text => {
            if let Some(text) = value.as_str() {
                write_bytes(to, number, text.as_bytes());
            }
        }
        Kind::Bool => {
            if let Some(value) = value.as_bool() {
                write_varint(to, u64::from(number) << 3);
                write_varint(to, value.into());
            }
        }
        Kind::Integer => {
            if let Some(value) = value.as_i64() {
                write_varint(to, u64::from(number) << 3);
                // Negative numbers have ten bytes, as their bits say.
                write_varint(to, value.cast_unsigned());
            }
        }
        Kind::Number => {
            if let Some(value) = value.as_f64() {
                write_varint(to, u64::from(number) << 3 | 1);
                to.extend_from_slice(&value.to_le_bytes());
            }
        }
        Kind::Any => write_within(to, number, |to| write_bytes(to, 2, format!("{value}\n").as_bytes())),
        Kind::One(message) => write_bytes(to, number, &encoded(message, value)),
        Kind::Many(kind) => match value {
            Value::Array(items) => items.iter().for_each(|item| write(to, number, kind, item)),
            one => write(to, number, kind, one),
        },
        Kind::Pairs(kind) => write_within(to, number, |to| {
            for (name, value) in value.as_object().into_iter().flatten() {
                write_pair(to, 1, name, kind, value);
            }
        }),
        Kind::Within(kind) => write_within(to, number, |to| write(to, 1, kind, value)),
        Kind::Choice(choose) => {
            let (path, message) = choose(value);
            let mut bytes = encoded(message, value);
            for number in path.iter().rev() {
                let mut outer = Vec::with_capacity(bytes.len() + 6);
                write_bytes(&mut outer, *number, &bytes);
                bytes = outer;
            }
            write_bytes(to, number, &bytes);
        }
        Kind::SchemaOrBool(schema) => write_within(to, number, |to| match value {
            Value::Bool(_) => write(to, 2, &Kind::Bool, value),
            _ => write(to, 1, schema, value),
        }),
        Kind::Scalar => write_within(to, number, |to| match value {
            Value::Number(_) => write(to, 1, &Kind::Number, value),
            Value::Bool(_) => write(to, 2, &Kind::Bool, value),
            Value::String(_) => write(to, 3, &Kind::Text, value),
            // Nothing else has a place there.
            Value::Null | Value::Array(_) | Value::Object(_) => {}
        }),
    }
}

fn write_pair(to: &mut Vec<u8>, number: u32, name: &str, kind: &Kind, value: &Value) {
    write_within(to, number, |to| {
        write_bytes(to, 1, name.as_bytes());
        write(to, 2, kind, value);
    });
}

fn write_within(to: &mut Vec<u8>, number: u32, write: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = Vec::new();
    write(&mut bytes);
    write_bytes(to, number, &bytes);
}

fn write_bytes(to: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    write_varint(to, u64::from(number) << 3 | 2);
    write_varint(to, bytes.len() as u64);
    to.extend_from_slice(bytes);
}

fn write_varint(to: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        to.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    to.push(value.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static INNER: Message = Message {
        fields: &[("n", 1, Kind::Integer)],
        extensions: Some(5),
        others: None,
    };
    static OUTER: Message = Message {
        fields: &[
            ("text", 1, Kind::Text),
            ("list", 2, Kind::Many(&Kind::One(&INNER))),
            ("yes", 20, Kind::Bool),
            ("half", 4, Kind::Number),
        ],
        extensions: None,
        others: None,
    };

    #[test]
    fn members_are_fields() {
        let document = json!({"text": "ab", "list": [{"n": 300}, {"x-a": [1]}], "yes": true, "half": 0.5, "other": 1});
        let wanted: &[u8] = &[
            0x21, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, // half
            0x12, 3, 0x08, 0xac, 0x02, // list[0]
            0x12, 13, 0x2a, 11, 0x0a, 3, b'x', b'-', b'a', 0x12, 4, 0x12, 2, b'[', b'1', // list[1]
            0x0a, 2, b'a', b'b', // text
            0xa0, 0x01, 1, // yes
        ];
        let mut wanted = wanted.to_vec();
        // The YAML of the extension ends its line.
        let yaml = wanted.iter().position(|byte| *byte == b'1').expect("it is there");
        wanted.splice(yaml..=yaml, [b'1', b']', b'\n']);
        let lengths = [(15, 15), (17, 13), (24, 6), (26, 4)];
        for (index, length) in lengths {
            wanted[index] = length;
        }
        assert_eq!(encoded(&OUTER, &document), wanted);
    }
}
