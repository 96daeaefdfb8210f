//! Watching, caching and reconciling.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use futures::{StreamExt, TryStreamExt, pin_mut};
use kube::api::{DeleteParams, PostParams};
use kube::core::PartialObjectMeta;
use kube::runtime::WatchStreamExt;
use kube::runtime::controller::{Action, Controller};
use kube::runtime::reflector::{self, ObjectRef, reflector};
use kube::runtime::watcher::{self, Event, watcher};
use kube::{Api, Resource, ResourceExt};
use tokio::sync::mpsc;
use tokio::time::timeout;
use wardle::v1alpha1::{Fischer, Flunder};

use super::api::{fischer, flunder};
use crate::support::server::{NAMESPACE, Server};

/// How long anything may take before it counts as not happening.
const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn watchers_tell_what_happens() {
    let api = Api::<Flunder>::default_namespaced(Server::new().client());
    api.create(&PostParams::default(), &flunder("first"))
        .await
        .expect("it is created");
    let events = watcher(api.clone(), watcher::Config::default());
    pin_mut!(events);
    let mut next = async || {
        timeout(PATIENCE, events.try_next())
            .await
            .expect("there is an event")
            .expect("it is good")
    };

    assert!(matches!(next().await, Some(Event::Init)));
    assert!(matches!(next().await, Some(Event::InitApply(object)) if object.name_any() == "first"));
    assert!(matches!(next().await, Some(Event::InitDone)));
    let second = api
        .create(&PostParams::default(), &flunder("second"))
        .await
        .expect("it is created");
    assert!(matches!(next().await, Some(Event::Apply(object)) if object == second));
    api.delete("first", &DeleteParams::default())
        .await
        .expect("it is deleted");
    assert!(matches!(next().await, Some(Event::Delete(object)) if object.name_any() == "first"));
}

#[tokio::test]
async fn watchers_of_metadata() {
    let client = Server::new().client();
    let api = Api::<Flunder>::default_namespaced(client.clone());
    api.create(&PostParams::default(), &flunder("first"))
        .await
        .expect("it is created");
    let partial = Api::<PartialObjectMeta<Flunder>>::default_namespaced(client);
    let objects = watcher(partial, watcher::Config::default()).applied_objects();
    pin_mut!(objects);
    let first = timeout(PATIENCE, objects.try_next())
        .await
        .expect("there is an event")
        .expect("it is good");
    assert_eq!(first.map(|object| object.name_any()).as_deref(), Some("first"));
}

#[tokio::test]
async fn reflectors_fill_stores() {
    let api = Api::<Flunder>::default_namespaced(Server::new().client());
    let (store, writer) = reflector::store();
    let events = reflector(writer, watcher(api.clone(), watcher::Config::default()));
    tokio::spawn(events.for_each(|_| async {}));
    timeout(PATIENCE, store.wait_until_ready())
        .await
        .expect("the store is filled")
        .expect("the reflector runs");

    let created = api
        .create(&PostParams::default(), &flunder("first"))
        .await
        .expect("it is created");
    let reference = ObjectRef::new("first").within(NAMESPACE);
    assert_eq!(ObjectRef::from_obj(&created), reference);
    until(|| store.get(&reference).as_deref() == Some(&created)).await;
    api.delete("first", &DeleteParams::default())
        .await
        .expect("it is deleted");
    until(|| store.is_empty()).await;
}

async fn until(mut is_so: impl FnMut() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(PATIENCE, wait).await.expect("it becomes so");
}

/// The controller of fischers is called for a fischer, and again for a flunder that the fischer owns.
#[tokio::test]
async fn controllers_reconcile_objects_and_what_they_own() {
    let client = Server::new().client();
    let fischers = Api::<Fischer>::all(client.clone());
    let flunders = Api::<Flunder>::default_namespaced(client.clone());
    let (reconciled, mut names) = mpsc::unbounded_channel();
    let reconcile = |fischer: Arc<Fischer>, reconciled: Arc<mpsc::UnboundedSender<String>>| async move {
        // The test may be over.
        let _ = reconciled.send(fischer.name_any());
        Ok::<_, Infallible>(Action::await_change())
    };
    let on_error = |_: Arc<Fischer>, error: &Infallible, _: Arc<mpsc::UnboundedSender<String>>| match *error {};
    let controller = Controller::new(fischers.clone(), watcher::Config::default())
        .owns(Api::<Flunder>::all(client), watcher::Config::default())
        .run(reconcile, on_error, Arc::new(reconciled));
    tokio::spawn(controller.for_each(|_| async {}));
    let mut next = async || timeout(PATIENCE, names.recv()).await.expect("the controller is called");

    let owner = fischers
        .create(&PostParams::default(), &fischer("owner"))
        .await
        .expect("it is created");
    assert_eq!(next().await.as_deref(), Some("owner"));
    let mut owned = flunder("owned");
    owned.owner_references_mut().extend(owner.controller_owner_ref(&()));
    flunders
        .create(&PostParams::default(), &owned)
        .await
        .expect("it is created");
    assert_eq!(next().await.as_deref(), Some("owner"));
}
