//! What a definition says of its kind.

use kgen_source::crd::CrdOptions;

use crate::common::{Run, differences, documents, meaning};

const SPEC: &str = "{type: object, properties: {replicas: {type: integer, format: int32}, customer: {type: string}}}";
const STATUS: &str = "{type: object, properties: {replicas: {type: integer, format: int32}, selector: {type: string}}}";
const ROOT: &str = "apiVersion: {type: string}, kind: {type: string}, metadata: {type: object}";

fn schema() -> String {
    format!("{{openAPIV3Schema: {{type: object, properties: {{{ROOT}, spec: {SPEC}, status: {STATUS}}}}}}}")
}

/// A definition with these members of the spec and of its only version.
fn definition(spec: &str, version: &str) -> String {
    let schema = schema();
    with_versions(
        spec,
        &format!("{{name: v1, served: true, storage: true, schema: {schema}{version}}}"),
    )
}

fn with_versions(spec: &str, versions: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: orders.shop.example.com}}\n\
         spec: {{group: shop.example.com, scope: Namespaced, names: {{kind: Order, plural: orders}}, versions: [{versions}]{spec}}}\n"
    )
}

#[track_caller]
fn same(text: &str) {
    let run = Run::of(text, &CrdOptions::default()).check();
    assert_eq!(run.errors(), Vec::<String>::new(), "{text}");
    let (wanted, have) = (documents(text), run.definitions());
    assert_eq!(wanted.len(), have.len());
    for (wanted, have) in wanted.into_iter().zip(have) {
        let found = differences(&meaning(wanted), &meaning(have));
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn names_and_scope() {
    let names = "names: {kind: Order, plural: orders, singular: ordr, listKind: OrderCollection, shortNames: [ord, o], categories: [all, shop]}";
    same(&definition("", "").replace("names: {kind: Order, plural: orders}", names));
    same(&definition("", "").replace("Namespaced", "Cluster"));
}

#[test]
fn annotations_and_labels() {
    let metadata = "metadata: {name: orders.shop.example.com, labels: {app.kubernetes.io/name: shop}, annotations: {helm.sh/resource-policy: keep, x: ''}}";
    same(&definition("", "").replace("metadata: {name: orders.shop.example.com}", metadata));
}

#[test]
fn subresources() {
    same(&definition("", ", subresources: {status: {}}"));
    same(&definition(
        "",
        ", subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.selector}}",
    ));
    same(&definition(
        "",
        ", subresources: {scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}",
    ));
}

#[test]
fn a_status_subresource_without_a_status() {
    let text = definition("", ", subresources: {status: {}}");
    same(&text.replace(&format!(", status: {STATUS}"), ""));
}

#[test]
fn columns_and_selectable_fields() {
    same(&definition(
        "",
        ", additionalPrinterColumns: [{name: Customer, type: string, jsonPath: .spec.customer, description: Who, priority: 1}, {name: Age, type: date, format: date, jsonPath: .metadata.creationTimestamp, priority: 0}]",
    ));
    same(&definition("", ", selectableFields: [{jsonPath: .spec.customer}]"));
}

#[test]
fn versions_with_different_shapes() {
    let (old, new) = (schema(), schema().replace("customer", "client"));
    same(&with_versions(
        "",
        &format!(
            "{{name: v1alpha1, served: false, storage: false, deprecated: true, schema: {old}}}, \
         {{name: v1, served: true, storage: true, schema: {new}}}, \
         {{name: v1beta1, served: true, storage: false, deprecated: true, deprecationWarning: use v1, schema: {old}, subresources: {{status: {{}}}}}}"
        ),
    ));
}

#[test]
fn conversion() {
    same(&definition(
        ", conversion: {strategy: None}, preserveUnknownFields: false",
        "",
    ));
    same(&definition(
        ", conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1, v1beta1], clientConfig: {caBundle: Cg==, service: {namespace: shop, name: webhook, path: /convert, port: 8443}}}}",
        "",
    ));
    same(&definition(
        ", conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {url: 'https://example.com/convert'}}}",
        "",
    ));
}

#[test]
fn roots_with_and_without_what_every_object_has() {
    same(&definition("", "").replace(&format!("{ROOT}, "), ""));
    same(&definition("", "").replace("metadata: {type: object}", "metadata: {type: object, description: Standard, properties: {name: {type: string, maxLength: 63, pattern: ^a}}}"));
    same(&definition("", "").replace(
        "apiVersion: {type: string}",
        "apiVersion: {type: string, description: The version.}",
    ));
    same(&definition("", "").replace(
        "{openAPIV3Schema: {type: object, ",
        "{openAPIV3Schema: {type: object, required: [metadata, spec, kind], ",
    ));
    same(&definition("", "").replace(
        &schema(),
        "{openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}",
    ));
    same(&definition("", "").replace("{openAPIV3Schema: {type: object, ", "{openAPIV3Schema: {type: object, description: An order., x-kubernetes-validations: [{rule: 'self.metadata.name.size() < 9'}], oneOf: [{required: [spec]}, {required: [status]}], "));
}

#[test]
fn members_beside_spec_and_status() {
    same(&definition("", "").replace(
        "status: {",
        "data: {type: object, additionalProperties: {type: string}}, immutable: {type: boolean}, status: {",
    ));
}

#[test]
fn what_servers_add_means_nothing() {
    let text = definition("", "").replace(
        "metadata: {name: orders.shop.example.com}",
        "metadata: {name: orders.shop.example.com, creationTimestamp: null, uid: x, generation: 3}",
    );
    same(&format!(
        "{text}status: {{acceptedNames: {{kind: Order, plural: orders}}, conditions: [], storedVersions: [v1]}}\n"
    ));
}

#[test]
fn several_documents_json_and_lists() {
    let (one, two) = (
        definition("", ""),
        definition("", "")
            .replace("Order", "Invoice")
            .replace("orders", "invoices"),
    );
    let mut sorted = Run::of(&format!("---\n{one}---\n---\n{two}"), &CrdOptions::default()).definitions();
    assert_eq!(sorted.len(), 2);
    let json = serde_json::to_string_pretty(&documents(&one)[0]).expect("it is JSON");
    same(&json);
    let list =
        serde_json::json!({"apiVersion": "v1", "kind": "List", "items": [documents(&one)[0], documents(&two)[0]]});
    let of_list = Run::of(&list.to_string(), &CrdOptions::default());
    assert_eq!(of_list.errors(), Vec::<String>::new());
    let mut have = of_list.definitions();
    have.sort_by_key(ToString::to_string);
    sorted.sort_by_key(ToString::to_string);
    assert_eq!(have, sorted);
}

#[test]
fn other_kinds_are_left_out_with_a_note() {
    let text = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: x}}\n---\n{}",
        definition("", "")
    );
    let run = Run::of(&text, &CrdOptions::default());
    assert_eq!(run.definitions().len(), 1);
    let notes: Vec<&str> = run.report.diagnostics().iter().map(|found| found.code).collect();
    assert_eq!(notes, ["no-crd"]);
}
