//! What kube and k8s-openapi know of a type.

use k8s_openapi::List;
use kube::core::object::{HasSpec, HasStatus};
use kube::core::{ApiResource, DeserializeGuard, DynamicObject, GroupVersionKind, Object, PartialObjectMeta};
use kube::{CustomResourceExt, Resource, ResourceExt};
use serde_json::{Value, json};
use wardle::generated::v1alpha1::FlunderList;
use wardle::v1alpha1::{Fischer, Flunder, FlunderSpec, FlunderStatus};

use super::api::{fischer, flunder};

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("values can be written")
}

#[test]
fn paths_and_names() {
    assert_eq!(
        Flunder::url_path(&(), Some("here")),
        "/apis/wardle.example.com/v1alpha1/namespaces/here/flunders"
    );
    assert_eq!(
        Fischer::url_path(&(), None),
        "/apis/wardle.example.com/v1alpha1/fischers"
    );
    assert_eq!(gateway::v1::GatewayClass::plural(&()), "gatewayclasses");
    assert_eq!(gateway::v1::HttpRoute::kind(&()), "HTTPRoute");
    assert_eq!(fleet::v1::Chassis::plural(&()), "chassis");
    assert_eq!(
        gateway::v1beta1::Gateway::api_version(&()),
        "gateway.networking.k8s.io/v1beta1"
    );
}

#[test]
fn extensions_of_resources() {
    let mut flunder = flunder("first");
    flunder.meta_mut().namespace = Some("here".to_owned());
    flunder.annotations_mut().insert("a".to_owned(), "b".to_owned());
    flunder.finalizers_mut().push("example.com/wait".to_owned());
    assert_eq!(flunder.annotations()["a"], "b");
    assert_eq!(flunder.finalizers(), ["example.com/wait"]);
    let reference = flunder.object_ref(&());
    assert_eq!(reference.api_version.as_deref(), Some("wardle.example.com/v1alpha1"));
    assert_eq!(reference.kind.as_deref(), Some("Flunder"));
    assert_eq!(
        (reference.namespace.as_deref(), reference.name.as_deref()),
        (Some("here"), Some("first"))
    );
}

#[test]
fn resources_know_their_names() {
    let resource = Flunder::api_resource();
    assert_eq!(
        (resource.kind.as_str(), resource.plural.as_str()),
        ("Flunder", "flunders")
    );
    assert_eq!(resource.api_version, "wardle.example.com/v1alpha1");
    assert_eq!(Flunder::crd_name(), "flunders.wardle.example.com");
    assert_eq!(gateway::v1::Gateway::shortnames(), ["gtw"]);
    assert_eq!(fleet::v1::Robot::shortnames(), ["rb", "bot"]);
}

/// The name of what is in a generic object.
fn moved<K: HasSpec<Spec = FlunderSpec> + HasStatus<Status = FlunderStatus>>(object: &mut K) -> &str {
    object.spec_mut().reference = "moved".to_owned();
    object.status_mut().get_or_insert(FlunderStatus {});
    &object.spec().reference
}

#[test]
fn generic_specs_and_statuses() {
    let mut native = flunder("first");
    assert_eq!(moved(&mut native), "moved");
    assert!(native.status().is_some());
    let mut object: Object<FlunderSpec, FlunderStatus> =
        serde_json::from_value(json_of(&flunder("first"))).expect("kube reads it");
    assert_eq!(moved(&mut object), "moved");
    assert_eq!(json_of(&object), json_of(&native));
}

#[test]
fn dynamic_objects_become_typed_ones() {
    let dynamic: DynamicObject = serde_json::from_value(json_of(&flunder("first"))).expect("kube reads it");
    let typed: Flunder = dynamic.try_parse().expect("it is a flunder");
    assert_eq!(typed, flunder("first"));
    let kind = GroupVersionKind::gvk("wardle.example.com", "v1alpha1", "Flunder");
    assert_eq!(ApiResource::from_gvk(&kind), Flunder::api_resource());
    let wrong: Result<Fischer, _> = serde_json::from_value(json_of(&flunder("first")));
    assert!(wrong.is_err_and(|error| error.to_string().contains("kind is \"Flunder\"")));
}

#[test]
fn lists_of_both_libraries() {
    let items = [flunder("first"), flunder("second")];
    let list = FlunderList {
        items: items.to_vec(),
        ..List::default()
    };
    let json = json_of(&list);
    assert_eq!(
        (&json["kind"], &json["apiVersion"]),
        (&json!("FlunderList"), &json!("wardle.example.com/v1alpha1"))
    );
    let again: List<Flunder> = serde_json::from_value(json.clone()).expect("k8s-openapi reads it");
    assert_eq!(again.items, items);
    let again: kube::core::ObjectList<Flunder> = serde_json::from_value(json).expect("kube reads it");
    assert_eq!(again.items, items);
}

/// One object that cannot be read does not spoil the list.
#[test]
fn guards_keep_what_cannot_be_read() {
    let mut broken = json_of(&flunder("broken"));
    broken["spec"]["referenceType"] = json!("Guppy");
    let items = json!([json_of(&flunder("first")), broken]);
    let guarded: Vec<DeserializeGuard<Flunder>> = serde_json::from_value(items).expect("the metadata can be read");
    let names: Vec<String> = guarded.iter().map(ResourceExt::name_any).collect();
    assert_eq!(names, ["first", "broken"]);
    assert_eq!(guarded[0].0.as_ref().ok(), Some(&flunder("first")));
    let error = guarded[1].0.as_ref().err().map(|invalid| invalid.error.as_str());
    assert!(error.is_some_and(|error| error.contains("unsupported value \"Guppy\"")));
}

/// It has no definition, but it is a kind.
#[test]
fn bodies_of_subresources() {
    let json = json!({
        "apiVersion": "fleet.example.com/v1", "kind": "DockRequest", "metadata": {"name": "r2"},
        "docks": ["A1"], "pairs": [["A1", "B7"]], "urgent": true,
    });
    let request: fleet::v1::DockRequest = serde_json::from_value(json.clone()).expect("it is read");
    assert_eq!(request.name_any(), "r2");
    assert_eq!(json_of(&request), json);
}

#[test]
fn metadata_of_a_kind() {
    let partial: PartialObjectMeta<Fischer> =
        serde_json::from_value(json_of(&fischer("first"))).expect("kube reads it");
    assert_eq!(partial.name_any(), "first");
    assert_eq!(
        PartialObjectMeta::<Fischer>::url_path(&(), None),
        Fischer::url_path(&(), None)
    );
}
