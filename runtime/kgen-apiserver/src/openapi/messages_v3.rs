//! The messages of OpenAPI v3, as `OpenAPIv3.proto` of gnostic numbers them; those that generated documents use.

use serde_json::Value;

use super::protobuf::Kind::{Any, Bool, Choice, Integer, Many, Number, One, Pairs, Scalar, SchemaOrBool, Text, Within};
use super::protobuf::Message;

pub(super) static DOCUMENT: Message = Message {
    fields: &[
        ("openapi", 1, Text),
        ("info", 2, One(&INFO)),
        ("paths", 4, One(&PATHS)),
        ("components", 5, One(&COMPONENTS)),
        ("security", 6, Many(&Pairs(&Within(&Many(&Text))))),
        ("externalDocs", 8, One(&EXTERNAL_DOCS)),
    ],
    extensions: Some(9),
    others: None,
};

static INFO: Message = Message {
    fields: &[("title", 1, Text), ("description", 2, Text), ("version", 6, Text)],
    extensions: Some(7),
    others: None,
};

static COMPONENTS: Message = Message {
    fields: &[
        ("schemas", 1, Pairs(&Choice(schema))),
        ("responses", 2, Pairs(&Choice(response))),
        ("parameters", 3, Pairs(&Choice(parameter))),
        ("requestBodies", 5, Pairs(&Choice(request_body))),
        ("securitySchemes", 7, Pairs(&Choice(security_scheme))),
    ],
    extensions: Some(10),
    others: None,
};

static PATHS: Message = Message {
    fields: &[],
    extensions: Some(2),
    others: Some((1, &One(&PATH))),
};

static PATH: Message = Message {
    fields: &[
        ("$ref", 1, Text),
        ("summary", 2, Text),
        ("description", 3, Text),
        ("get", 4, One(&OPERATION)),
        ("put", 5, One(&OPERATION)),
        ("post", 6, One(&OPERATION)),
        ("delete", 7, One(&OPERATION)),
        ("options", 8, One(&OPERATION)),
        ("head", 9, One(&OPERATION)),
        ("patch", 10, One(&OPERATION)),
        ("trace", 11, One(&OPERATION)),
        ("parameters", 13, Many(&Choice(parameter))),
    ],
    extensions: Some(14),
    others: None,
};

static OPERATION: Message = Message {
    fields: &[
        ("tags", 1, Many(&Text)),
        ("summary", 2, Text),
        ("description", 3, Text),
        ("externalDocs", 4, One(&EXTERNAL_DOCS)),
        ("operationId", 5, Text),
        ("parameters", 6, Many(&Choice(parameter))),
        ("requestBody", 7, Choice(request_body)),
        ("responses", 8, One(&RESPONSES)),
        ("deprecated", 10, Bool),
    ],
    extensions: Some(13),
    others: None,
};

static PARAMETER: Message = Message {
    fields: &[
        ("name", 1, Text),
        ("in", 2, Text),
        ("description", 3, Text),
        ("required", 4, Bool),
        ("deprecated", 5, Bool),
        ("allowEmptyValue", 6, Bool),
        ("style", 7, Text),
        ("explode", 8, Bool),
        ("allowReserved", 9, Bool),
        ("schema", 10, Choice(schema)),
        ("example", 11, Any),
        ("content", 13, Pairs(&One(&MEDIA_TYPE))),
    ],
    extensions: Some(14),
    others: None,
};

static REQUEST_BODY: Message = Message {
    fields: &[
        ("description", 1, Text),
        ("content", 2, Pairs(&One(&MEDIA_TYPE))),
        ("required", 3, Bool),
    ],
    extensions: Some(4),
    others: None,
};

static MEDIA_TYPE: Message = Message {
    fields: &[("schema", 1, Choice(schema)), ("example", 2, Any)],
    extensions: Some(5),
    others: None,
};

static RESPONSES: Message = Message {
    fields: &[("default", 1, Choice(response))],
    extensions: Some(3),
    others: Some((2, &Choice(response))),
};

static RESPONSE: Message = Message {
    fields: &[("description", 1, Text), ("content", 3, Pairs(&One(&MEDIA_TYPE)))],
    extensions: Some(5),
    others: None,
};

static REFERENCE: Message = Message {
    fields: &[("$ref", 1, Text), ("summary", 2, Text), ("description", 3, Text)],
    extensions: None,
    others: None,
};

static SCHEMA: Message = Message {
    fields: &[
        ("nullable", 1, Bool),
        ("readOnly", 3, Bool),
        ("writeOnly", 4, Bool),
        ("externalDocs", 6, One(&EXTERNAL_DOCS)),
        ("example", 7, Any),
        ("deprecated", 8, Bool),
        ("title", 9, Text),
        ("multipleOf", 10, Number),
        ("maximum", 11, Number),
        ("exclusiveMaximum", 12, Bool),
        ("minimum", 13, Number),
        ("exclusiveMinimum", 14, Bool),
        ("maxLength", 15, Integer),
        ("minLength", 16, Integer),
        ("pattern", 17, Text),
        ("maxItems", 18, Integer),
        ("minItems", 19, Integer),
        ("uniqueItems", 20, Bool),
        ("maxProperties", 21, Integer),
        ("minProperties", 22, Integer),
        ("required", 23, Many(&Text)),
        ("enum", 24, Many(&Any)),
        ("type", 25, Text),
        ("allOf", 26, Many(&Choice(schema))),
        ("oneOf", 27, Many(&Choice(schema))),
        ("anyOf", 28, Many(&Choice(schema))),
        ("not", 29, One(&SCHEMA)),
        ("items", 30, Within(&Many(&Choice(schema)))),
        ("properties", 31, Pairs(&Choice(schema))),
        ("additionalProperties", 32, SchemaOrBool(&Choice(schema))),
        ("default", 33, Scalar),
        ("description", 34, Text),
        ("format", 35, Text),
    ],
    extensions: Some(36),
    others: None,
};

static EXTERNAL_DOCS: Message = Message {
    fields: &[("description", 1, Text), ("url", 2, Text)],
    extensions: Some(3),
    others: None,
};

static SECURITY_SCHEME: Message = Message {
    fields: &[
        ("type", 1, Text),
        ("description", 2, Text),
        ("name", 3, Text),
        ("in", 4, Text),
        ("scheme", 5, Text),
        ("bearerFormat", 6, Text),
    ],
    extensions: Some(9),
    others: None,
};

fn security_scheme(value: &Value) -> (&'static [u32], &'static Message) {
    or_reference(value, &SECURITY_SCHEME)
}

fn schema(value: &Value) -> (&'static [u32], &'static Message) {
    or_reference(value, &SCHEMA)
}

fn response(value: &Value) -> (&'static [u32], &'static Message) {
    or_reference(value, &RESPONSE)
}

fn parameter(value: &Value) -> (&'static [u32], &'static Message) {
    or_reference(value, &PARAMETER)
}

fn request_body(value: &Value) -> (&'static [u32], &'static Message) {
    or_reference(value, &REQUEST_BODY)
}

fn or_reference(value: &Value, message: &'static Message) -> (&'static [u32], &'static Message) {
    match value.get("$ref") {
        Some(_) => (&[2], &REFERENCE),
        None => (&[1], message),
    }
}
