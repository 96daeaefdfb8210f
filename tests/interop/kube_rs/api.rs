//! Reading and writing objects through `kube::Api`.

use std::fmt::Debug;

use fleet::v1::Pool;
use kube::api::{DeleteParams, ListParams, Patch, PatchParams, PostParams};
use kube::core::PartialObjectMeta;
use kube::{Api, Resource, ResourceExt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use wardle::v1alpha1::{Fischer, Flunder, FlunderSpec, FlunderStatus, ReferenceType};

use crate::support::server::{NAMESPACE, Server};

pub(super) fn flunder(name: &str) -> Flunder {
    let mut flunder = Flunder {
        spec: FlunderSpec {
            reference: "other".to_owned(),
            reference_type: Some(ReferenceType::Flunder),
        },
        ..Flunder::default()
    };
    flunder.metadata.name = Some(name.to_owned());
    flunder
}

pub(super) fn fischer(name: &str) -> Fischer {
    let mut fischer = Fischer {
        disallowed_flunders: vec!["red".to_owned()],
        ..Fischer::default()
    };
    fischer.metadata.name = Some(name.to_owned());
    fischer
}

/// Creates, reads, lists, replaces and deletes an object.
async fn write_and_read<K>(api: Api<K>, object: K, change: impl Fn(&mut K))
where
    K: Resource<DynamicType = ()> + Clone + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let name = object.name_any();
    let created = api
        .create(&PostParams::default(), &object)
        .await
        .expect("it is created");
    assert_eq!(created.resource_version().as_deref(), Some("1"));
    assert!(created.uid().is_some());
    let again = api.create(&PostParams::default(), &object).await;
    assert!(matches!(again, Err(kube::Error::Api(status)) if status.code == 409));

    assert_eq!(api.get(&name).await.expect("it is there"), created);
    let list = api.list(&ListParams::default()).await.expect("there is a list");
    assert_eq!(list.items, std::slice::from_ref(&created));

    let mut changed = created.clone();
    change(&mut changed);
    let replaced = api
        .replace(&name, &PostParams::default(), &changed)
        .await
        .expect("it is replaced");
    changed.meta_mut().resource_version = Some("2".to_owned());
    assert_eq!(replaced, changed);
    let outdated = api.replace(&name, &PostParams::default(), &created).await;
    assert!(matches!(outdated, Err(kube::Error::Api(status)) if status.code == 409));

    api.delete(&name, &DeleteParams::default())
        .await
        .expect("it is deleted");
    assert_eq!(api.get_opt(&name).await.expect("the server answers"), None);
}

#[tokio::test]
async fn objects_of_a_namespace() {
    let api = Api::<Flunder>::default_namespaced(Server::new().client());
    write_and_read(api, flunder("first"), |flunder| {
        flunder.spec.reference_type = Some(ReferenceType::Fischer)
    })
    .await;
}

#[tokio::test]
async fn objects_of_the_cluster() {
    let api = Api::<Fischer>::all(Server::new().client());
    write_and_read(api, fischer("first"), |fischer| fischer.disallowed_flunders.clear()).await;
}

#[tokio::test]
async fn namespaces_are_apart() {
    let client = Server::new().client();
    let mut flunder = flunder("first");
    for namespace in ["here", "there"] {
        let api = Api::namespaced(client.clone(), namespace);
        flunder = api
            .create(&PostParams::default(), &flunder)
            .await
            .expect("it is created");
        assert_eq!(flunder.namespace().as_deref(), Some(namespace));
    }
    let count = |list: kube::core::ObjectList<Flunder>| list.items.len();
    let here = Api::namespaced(client.clone(), "here")
        .list(&ListParams::default())
        .await;
    assert_eq!(here.map(count).expect("there is a list"), 1);
    let all = Api::all(client).list(&ListParams::default()).await;
    assert_eq!(all.map(count).expect("there is a list"), 2);
}

/// The server refuses bodies without `apiVersion` and `kind`.
#[tokio::test]
async fn applying_creates_and_changes() {
    let api = Api::<Flunder>::default_namespaced(Server::new().client());
    let params = PatchParams::apply("interop").force();
    let mut flunder = flunder("first");
    let created = api
        .patch("first", &params, &Patch::Apply(&flunder))
        .await
        .expect("it is created");
    assert_eq!(created.spec, flunder.spec);

    flunder.spec.reference = "third".to_owned();
    let changed = api
        .patch("first", &params, &Patch::Apply(&flunder))
        .await
        .expect("it is changed");
    assert_eq!(changed.spec.reference, "third");
    assert_eq!(changed.uid(), created.uid());

    let bare = json!({"spec": {"reference": "fourth"}});
    let refused = api.patch("second", &params, &Patch::Apply(&bare)).await;
    assert!(matches!(refused, Err(kube::Error::Api(status)) if status.code == 400));
}

#[tokio::test]
async fn merging_changes_what_is_said() {
    let api = Api::<Flunder>::default_namespaced(Server::new().client());
    api.create(&PostParams::default(), &flunder("first"))
        .await
        .expect("it is created");
    let patch = json!({"spec": {"referenceType": "Fischer"}, "metadata": {"labels": {"a": "b"}}});
    let merged = api
        .patch("first", &PatchParams::default(), &Patch::Merge(patch))
        .await
        .expect("it is merged");
    assert_eq!(merged.spec.reference_type, Some(ReferenceType::Fischer));
    assert_eq!(merged.spec.reference, "other");
    assert_eq!(merged.labels()["a"], "b");
}

#[tokio::test]
async fn status_has_a_path_of_its_own() {
    let api = Api::<Flunder>::default_namespaced(Server::new().client());
    let mut flunder = flunder("first");
    flunder.status = Some(FlunderStatus {});
    let created = api
        .create(&PostParams::default(), &flunder)
        .await
        .expect("it is created");
    let patch = json!({"status": null});
    let patched = api
        .patch_status("first", &PatchParams::default(), &Patch::Merge(patch))
        .await
        .expect("it is merged");
    assert_eq!((created.status, patched.status), (Some(FlunderStatus {}), None));
    assert_eq!(patched.spec, flunder.spec);
    assert_eq!(api.get_status("first").await.expect("it is there").status, None);
}

#[tokio::test]
async fn metadata_alone() {
    let client = Server::new().client();
    let api = Api::<Flunder>::default_namespaced(client.clone());
    api.create(&PostParams::default(), &flunder("first"))
        .await
        .expect("it is created");

    let object = api.get_metadata("first").await.expect("it is there");
    assert_eq!(object.namespace().as_deref(), Some(NAMESPACE));
    let partial = Api::<PartialObjectMeta<Flunder>>::default_namespaced(client);
    let list = partial
        .list_metadata(&ListParams::default())
        .await
        .expect("there is a list");
    assert_eq!(
        list.items.iter().map(ResourceExt::name_any).collect::<Vec<_>>(),
        ["first"]
    );
    assert_eq!(PartialObjectMeta::<Flunder>::kind(&()), "Flunder");
}

/// An object with a template of a pod, which is as large as objects get.
#[tokio::test]
async fn objects_with_types_of_kubernetes() {
    let api = Api::<Pool>::default_namespaced(Server::new().client());
    let mut pool = Pool::default();
    pool.metadata.name = Some("first".to_owned());
    pool.spec
        .template
        .metadata
        .get_or_insert_default()
        .labels
        .get_or_insert_default()
        .insert("a".to_owned(), "b".to_owned());
    pool.spec.template.spec.get_or_insert_default().node_name = Some("node".to_owned());
    write_and_read(api, pool, |pool| pool.spec.replicas = 3).await;
}
