//! Which schemas a document has, and how they refer to each other.

use kgen_emit::Generator;
use kgen_model::model::Scope;
use kgen_model::{Builtin, Field, Report, Shape, TypeRef, VersionId};
use serde_json::{Value, json};

use super::super::document::Document;
use super::super::{OpenApi, of_all, of_version};
use super::fixture::{Fixture, wardle};
use crate::testing::{Change, field, list, named, option, string_enum};

fn definition(document: &Document, name: &str) -> Value {
    serde_json::to_value(&document.definitions[name]).expect("schemas are JSON")
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// What the spec of a kind says about one field.
fn property(field: impl FnOnce(&mut Fixture) -> Field) -> Value {
    let mut fixture = Fixture::new("a.b", "v1", "b.a.v1");
    let field = field(&mut fixture);
    let wire = field.wire.clone();
    fixture.kind("Order", Scope::Cluster, vec![field]);
    definition(&of_version(&fixture.finish(), VersionId(0)), "b.a.v1.Order")["properties"][wire].take()
}

#[test]
fn a_kind_has_what_every_object_has() {
    let document = of_version(&wardle(), VersionId(0));
    let wanted = json!({
        "type": "object",
        "properties": {
            "apiVersion": { "type": "string", "description": "The group and version of this object." },
            "kind": { "type": "string", "description": "The kind of this object." },
            "metadata": reference("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"),
        },
        "x-kubernetes-group-version-kind": [{ "group": "wardle.example.com", "version": "v1", "kind": "Flunder" }],
    });
    assert_eq!(definition(&document, "com.example.wardle.v1.Flunder"), wanted);
}

#[test]
fn a_kind_has_a_list() {
    let document = of_version(&wardle(), VersionId(0));
    let list = definition(&document, "com.example.wardle.v1.FlunderList");
    let items = json!({ "type": "array", "items": reference("com.example.wardle.v1.Flunder") });
    assert_eq!(list["properties"]["items"], items);
    assert_eq!(list["required"], json!(["items"]));
    let kind = json!([{ "group": "wardle.example.com", "version": "v1", "kind": "FlunderList" }]);
    assert_eq!(list["x-kubernetes-group-version-kind"], kind);
}

#[test]
fn options_and_events_belong_to_every_version() {
    let mut fixture = Fixture::new("a.b", "v1alpha1", "b.a.v1alpha1");
    fixture.kind("Order", Scope::Cluster, Vec::new());
    fixture.version("a.b", "v1", "b.a.v1");
    fixture.kind("Order", Scope::Cluster, Vec::new());
    let groups = |document: &Document, name: &str| {
        let schema = &document.definitions[&format!("io.k8s.apimachinery.pkg.apis.meta.v1.{name}")];
        let kinds = schema.kubernetes.group_version_kinds.iter();
        kinds
            .map(|kind| format!("{}/{}/{}", kind.group, kind.version, kind.kind))
            .collect::<Vec<_>>()
    };
    let model = fixture.finish();
    let (one, all) = (of_version(&model, VersionId(1)), of_all(&model));
    assert_eq!(groups(&one, "WatchEvent"), ["/v1/WatchEvent", "a.b/v1/WatchEvent"]);
    let wanted = [
        "/v1/DeleteOptions",
        "a.b/v1/DeleteOptions",
        "a.b/v1alpha1/DeleteOptions",
    ];
    assert_eq!(groups(&all, "DeleteOptions"), wanted);
    assert_eq!(groups(&all, "Status"), ["/v1/Status"]);
}

#[test]
fn every_reference_has_its_definition() {
    for document in [of_version(&wardle(), VersionId(0)), of_all(&wardle())] {
        for schema in document.definitions.values() {
            schema.clone().visit_mut(&mut |schema| {
                let Some(pointer) = &schema.reference else { return };
                let name = pointer.trim_start_matches("#/components/schemas/");
                assert!(document.definitions.contains_key(name), "{pointer}");
            });
        }
        for operation in document.paths.iter().flat_map(|path| &path.operations) {
            let answers = operation
                .responses
                .iter()
                .filter_map(|response| response.definition.as_ref());
            for name in answers.chain(operation.body.as_ref().map(|body| &body.definition)) {
                assert!(document.definitions.contains_key(name), "{name}");
            }
        }
    }
}

#[test]
fn types_that_nothing_names_are_left_out() {
    let mut fixture = Fixture::new("a.b", "v1", "b.a.v1");
    fixture.strukt("Alone");
    fixture.kind("Order", Scope::Cluster, Vec::new());
    let document = of_version(&fixture.finish(), VersionId(0));
    assert!(!document.definitions.contains_key("b.a.v1.Alone"));
    assert!(!document.definitions.contains_key("io.k8s.api.autoscaling.v1.Scale"));
}

#[test]
fn a_lone_reference_stands_alone() {
    let line = |fixture: &mut Fixture| field("line", fixture.strukt("Line"));
    assert_eq!(property(line), reference("b.a.v1.Line"));
}

#[test]
fn what_is_said_beside_a_reference_is_kept() {
    let line = |fixture: &mut Fixture| field("line", fixture.strukt("Line")).docs("What was ordered.");
    assert_eq!(
        property(line),
        json!({ "description": "What was ordered.", "allOf": [reference("b.a.v1.Line")] })
    );
}

#[test]
fn an_enum_stands_in_its_place() {
    let payment = |fixture: &mut Fixture| {
        let shape = Shape::Enum(string_enum(&["Card", "Invoice"]));
        field("payment", named(fixture.ty("Payment", shape)))
    };
    assert_eq!(
        property(payment),
        json!({ "type": "string", "enum": ["Card", "Invoice"] })
    );
}

#[test]
fn scalars_of_kubernetes_are_references_where_kubernetes_has_a_definition() {
    let of = |builtin| property(|_| field("a", TypeRef::Builtin(builtin)));
    assert_eq!(
        of(Builtin::Time),
        reference("io.k8s.apimachinery.pkg.apis.meta.v1.Time")
    );
    assert_eq!(
        of(Builtin::Quantity),
        reference("io.k8s.apimachinery.pkg.api.resource.Quantity")
    );
    assert_eq!(
        of(Builtin::IntOrString),
        reference("io.k8s.apimachinery.pkg.util.intstr.IntOrString")
    );
    assert_eq!(of(Builtin::ByteString), json!({ "type": "string", "format": "byte" }));
    assert_eq!(
        of(Builtin::Json),
        json!({ "x-kubernetes-preserve-unknown-fields": true })
    );
}

#[test]
fn types_may_refer_to_themselves() {
    let mut fixture = Fixture::new("a.b", "v1", "b.a.v1");
    let node = fixture.ty("Node", Shape::Struct(Vec::new()));
    fixture.fields(node).push(field("children", option(list(named(node)))));
    fixture.kind("Tree", Scope::Cluster, vec![field("root", named(node))]);
    let document = of_version(&fixture.finish(), VersionId(0));
    let items = definition(&document, "b.a.v1.Node")["properties"]["children"]["items"].take();
    assert_eq!(items, reference("b.a.v1.Node"));
}

#[test]
fn a_list_and_a_type_of_one_name_are_refused() {
    let mut fixture = Fixture::new("a.b", "v1", "b.a.v1");
    fixture.kind("Order", Scope::Cluster, Vec::new());
    fixture.strukt("OrderList");
    let mut report = Report::default();
    OpenApi.check(&fixture.finish(), &mut report);
    let wanted = "the lists of `Order` and a type are both called `b.a.v1.OrderList` in OpenAPI";
    assert_eq!(
        report
            .diagnostics()
            .iter()
            .map(|found| found.message.as_str())
            .collect::<Vec<_>>(),
        [wanted]
    );
}
