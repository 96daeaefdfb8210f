//! The messages of OpenAPI v2, as `OpenAPIv2.proto` of gnostic numbers them; those that generated documents use.

use serde_json::Value;

use super::protobuf::Kind::{Any, Bool, Choice, Integer, Many, Number, One, Pairs, SchemaOrBool, Text, Within};
use super::protobuf::Message;

pub(super) static DOCUMENT: Message = Message {
    fields: &[
        ("swagger", 1, Text),
        ("info", 2, One(&INFO)),
        ("host", 3, Text),
        ("basePath", 4, Text),
        ("schemes", 5, Many(&Text)),
        ("consumes", 6, Many(&Text)),
        ("produces", 7, Many(&Text)),
        ("paths", 8, One(&PATHS)),
        ("definitions", 9, Pairs(&One(&SCHEMA))),
        ("parameters", 10, Pairs(&Choice(parameter))),
        ("responses", 11, Pairs(&One(&RESPONSE))),
        ("security", 12, Many(&Pairs(&Within(&Many(&Text))))),
        ("securityDefinitions", 13, Pairs(&Choice(security))),
        ("externalDocs", 15, One(&EXTERNAL_DOCS)),
    ],
    extensions: Some(16),
    others: None,
};

static INFO: Message = Message {
    fields: &[("title", 1, Text), ("version", 2, Text), ("description", 3, Text)],
    extensions: Some(7),
    others: None,
};

static PATHS: Message = Message {
    fields: &[],
    extensions: Some(1),
    others: Some((2, &One(&PATH))),
};

static PATH: Message = Message {
    fields: &[
        ("$ref", 1, Text),
        ("get", 2, One(&OPERATION)),
        ("put", 3, One(&OPERATION)),
        ("post", 4, One(&OPERATION)),
        ("delete", 5, One(&OPERATION)),
        ("options", 6, One(&OPERATION)),
        ("head", 7, One(&OPERATION)),
        ("patch", 8, One(&OPERATION)),
        ("parameters", 9, Many(&Choice(parameter_or_reference))),
    ],
    extensions: Some(10),
    others: None,
};

static OPERATION: Message = Message {
    fields: &[
        ("tags", 1, Many(&Text)),
        ("summary", 2, Text),
        ("description", 3, Text),
        ("externalDocs", 4, One(&EXTERNAL_DOCS)),
        ("operationId", 5, Text),
        ("produces", 6, Many(&Text)),
        ("consumes", 7, Many(&Text)),
        ("parameters", 8, Many(&Choice(parameter_or_reference))),
        ("responses", 9, One(&RESPONSES)),
        ("schemes", 10, Many(&Text)),
        ("deprecated", 11, Bool),
    ],
    extensions: Some(13),
    others: None,
};

static RESPONSES: Message = Message {
    fields: &[],
    extensions: Some(2),
    others: Some((1, &Choice(response))),
};

static RESPONSE: Message = Message {
    fields: &[("description", 1, Text), ("schema", 2, Within(&One(&SCHEMA)))],
    extensions: Some(5),
    others: None,
};

static REFERENCE: Message = Message {
    fields: &[("$ref", 1, Text), ("description", 2, Text)],
    extensions: None,
    others: None,
};

static BODY: Message = Message {
    fields: &[
        ("description", 1, Text),
        ("name", 2, Text),
        ("in", 3, Text),
        ("required", 4, Bool),
        ("schema", 5, One(&SCHEMA)),
    ],
    extensions: Some(6),
    others: None,
};

/// Parameters in the query.
static QUERY: Message = Message {
    fields: &[
        ("required", 1, Bool),
        ("in", 2, Text),
        ("description", 3, Text),
        ("name", 4, Text),
        ("allowEmptyValue", 5, Bool),
        ("type", 6, Text),
        ("format", 7, Text),
        ("items", 8, One(&ITEMS)),
        ("collectionFormat", 9, Text),
        ("default", 10, Any),
        ("pattern", 17, Text),
        ("uniqueItems", 20, Bool),
        ("enum", 21, Many(&Any)),
    ],
    extensions: Some(23),
    others: None,
};

/// Parameters in the path and in headers.
static PLACED: Message = Message {
    fields: &[
        ("required", 1, Bool),
        ("in", 2, Text),
        ("description", 3, Text),
        ("name", 4, Text),
        ("type", 5, Text),
        ("format", 6, Text),
        ("items", 7, One(&ITEMS)),
        ("collectionFormat", 8, Text),
        ("default", 9, Any),
        ("pattern", 16, Text),
        ("uniqueItems", 19, Bool),
        ("enum", 20, Many(&Any)),
    ],
    extensions: Some(22),
    others: None,
};

static ITEMS: Message = Message {
    fields: &[("type", 1, Text), ("format", 2, Text)],
    extensions: Some(18),
    others: None,
};

static SCHEMA: Message = Message {
    fields: &[
        ("$ref", 1, Text),
        ("format", 2, Text),
        ("title", 3, Text),
        ("description", 4, Text),
        ("default", 5, Any),
        ("multipleOf", 6, Number),
        ("maximum", 7, Number),
        ("exclusiveMaximum", 8, Bool),
        ("minimum", 9, Number),
        ("exclusiveMinimum", 10, Bool),
        ("maxLength", 11, Integer),
        ("minLength", 12, Integer),
        ("pattern", 13, Text),
        ("maxItems", 14, Integer),
        ("minItems", 15, Integer),
        ("uniqueItems", 16, Bool),
        ("maxProperties", 17, Integer),
        ("minProperties", 18, Integer),
        ("required", 19, Many(&Text)),
        ("enum", 20, Many(&Any)),
        ("additionalProperties", 21, SchemaOrBool(&One(&SCHEMA))),
        ("type", 22, Within(&Many(&Text))),
        ("items", 23, Within(&Many(&One(&SCHEMA)))),
        ("allOf", 24, Many(&One(&SCHEMA))),
        ("properties", 25, Pairs(&One(&SCHEMA))),
        ("discriminator", 26, Text),
        ("readOnly", 27, Bool),
        ("externalDocs", 29, One(&EXTERNAL_DOCS)),
        ("example", 30, Any),
    ],
    extensions: Some(31),
    others: None,
};

static EXTERNAL_DOCS: Message = Message {
    fields: &[("description", 1, Text), ("url", 2, Text)],
    extensions: Some(3),
    others: None,
};

static BASIC: Message = Message {
    fields: &[("type", 1, Text), ("description", 2, Text)],
    extensions: Some(3),
    others: None,
};

static API_KEY: Message = Message {
    fields: &[
        ("type", 1, Text),
        ("name", 2, Text),
        ("in", 3, Text),
        ("description", 4, Text),
    ],
    extensions: Some(5),
    others: None,
};

fn security(value: &Value) -> (&'static [u32], &'static Message) {
    match value["type"].as_str() {
        Some("basic") => (&[1], &BASIC),
        _ => (&[2], &API_KEY),
    }
}

fn parameter(value: &Value) -> (&'static [u32], &'static Message) {
    match value["in"].as_str() {
        Some("body") => (&[1], &BODY),
        Some("header") => (&[2, 1], &PLACED),
        Some("formData") => (&[2, 2], &QUERY),
        Some("path") => (&[2, 4], &PLACED),
        _ => (&[2, 3], &QUERY),
    }
}

fn parameter_or_reference(value: &Value) -> (&'static [u32], &'static Message) {
    if value.get("$ref").is_some() {
        return (&[2], &REFERENCE);
    }
    match value["in"].as_str() {
        Some("body") => (&[1, 1], &BODY),
        Some("header") => (&[1, 2, 1], &PLACED),
        Some("formData") => (&[1, 2, 2], &QUERY),
        Some("path") => (&[1, 2, 4], &PLACED),
        _ => (&[1, 2, 3], &QUERY),
    }
}

fn response(value: &Value) -> (&'static [u32], &'static Message) {
    match value.get("$ref") {
        Some(_) => (&[2], &REFERENCE),
        None => (&[1], &RESPONSE),
    }
}
