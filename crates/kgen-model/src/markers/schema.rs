//! Markers that say how a schema looks.

use super::Arg::{Bool, Constant, Text, Word};
use super::Form::{Call, Flag, FlagOrValue, Value};
use super::Place::{Case, Field, Type, Value as Scoped, Variant};
use super::{MarkerDef, named, optional, positional, row};

pub(super) const ROWS: &[MarkerDef] = &[
    row(
        "title",
        &[Type, Field, Scoped],
        Value(Text),
        &["+kubebuilder:title"],
        "A short title in the schema.",
        "#[kgen(title = \"Order\")]",
    ),
    row(
        "description",
        &[Type, Field, Variant, Scoped],
        Value(Text),
        &[],
        "The description in the schema, instead of the documentation comment. The empty string leaves it out.",
        "#[kgen(description = \"Who ordered.\")]",
    ),
    row(
        "external_docs",
        &[Type, Field, Scoped],
        Call(&[named("url", Text), optional("description", Text)]),
        &["+kubebuilder:externalDocs"],
        "A link to further documentation.",
        "#[kgen(external_docs(url = \"https://example.com/orders\"))]",
    ),
    row(
        "example",
        &[Type, Field, Scoped],
        Value(Constant),
        &["+kubebuilder:example"],
        "An example value in the schema.",
        "#[kgen(example = \"alice\")]",
    ),
    row(
        "nullable",
        &[Type, Field, Scoped],
        Flag,
        &["+nullable"],
        "`null` is a legal value, not the same as absent.",
        "#[kgen(nullable)]",
    ),
    row(
        "int_or_string",
        &[Type, Field, Scoped],
        FlagOrValue(Word(&["bare"])),
        &["+kubebuilder:validation:XIntOrString"],
        "The value is an integer or a string. `bare` says so by the extension of Kubernetes alone, without `anyOf`.",
        "#[kgen(int_or_string)]",
    ),
    row(
        "embedded_resource",
        &[Type, Field, Scoped],
        Flag,
        &[
            "+kubebuilder:validation:EmbeddedResource",
            "+kubebuilder:validation:XEmbeddedResource",
        ],
        "The value is a whole object with apiVersion, kind and metadata.",
        "#[kgen(embedded_resource, preserve_unknown_fields)]",
    ),
    row(
        "preserve_unknown_fields",
        &[Type, Field, Scoped],
        Flag,
        &[
            "+kubebuilder:pruning:PreserveUnknownFields",
            "+kubebuilder:validation:XPreserveUnknownFields",
        ],
        "Servers keep members that the schema does not name.",
        "#[kgen(preserve_unknown_fields)]",
    ),
    row(
        "additional_properties",
        &[Type, Field, Scoped],
        Value(Bool),
        &[],
        "Whether members of any name and value are legal, as the schema keyword `additionalProperties` says without a schema.",
        "#[kgen(schema(type = \"object\"), additional_properties = true)]",
    ),
    row(
        "schema",
        &[Type, Field, Scoped, Case],
        Call(&[optional("type", Text), optional("format", Text)]),
        &["+kubebuilder:validation:Type", "+kubebuilder:validation:Format"],
        "Replaces the `type` and `format` that the schema would have by the Rust type.",
        "#[kgen(schema(type = \"string\", format = \"uri\"))]",
    ),
    row(
        "schemaless",
        &[Field, Scoped],
        Flag,
        &["+kubebuilder:validation:Schemaless"],
        "The schema says nothing but what the field's own markers say.",
        "#[kgen(schemaless, preserve_unknown_fields)]",
    ),
    row(
        "extension",
        &[Type, Field, Scoped],
        Call(&[positional("name", Text), positional("value", Constant)]),
        &["+k8s:openapi-gen=x-kubernetes-"],
        "A vendor extension in OpenAPI documents; its name begins with `x-`.",
        "#[kgen(extension(\"x-shop-unit\", \"pieces\"))]",
    )
    .repeated(),
];
