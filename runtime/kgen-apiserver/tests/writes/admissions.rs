//! Plugins.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use kgen_apiserver::admission::{Admission, NamespaceLifecycle, NamespacePhase, Namespaces, Operation, Write};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::Verb;
use kgen_apiserver::storage::Memory;
use parking_lot::Mutex;
use serde_json::{Value, json};
use wardle::v1alpha1::{Fischer, Flunder};

use crate::fixture::{FISCHERS, FLUNDERS, NEW_FLUNDERS, Server, flunder};

/// Some namespaces.
struct Known(BTreeMap<&'static str, NamespacePhase>);

#[async_trait]
impl Namespaces for Known {
    async fn phase(&self, namespace: &str) -> Result<Option<NamespacePhase>, Failure> {
        Ok(self.0.get(namespace).copied())
    }
}

/// Nothing is made where nothing can be, or where everything is going away.
#[tokio::test]
async fn s053_namespaces_must_be_there_and_stay() {
    let phases = [
        ("default", NamespacePhase::Active),
        ("old", NamespacePhase::Terminating),
    ];
    let plugin = NamespaceLifecycle::new(Arc::new(Known(phases.into())));
    let server = Server::with(|api| api.admission(plugin));
    let create = |namespace: &str, name: &str| {
        server
            .call(Verb::Create, FLUNDERS, "")
            .namespace(namespace)
            .json(&flunder(name))
            .send()
    };
    create("default", "a").await.is(201);
    let refused = create("old", "a").await.is(403);
    assert_eq!(
        refused.message(),
        "flunders.wardle.example.com \"a\" is forbidden: unable to create new content in namespace old because it is being \
         terminated"
    );
    let causes = &refused.body["details"]["causes"];
    assert_eq!(
        causes,
        &json!([{
            "reason": "NamespaceTerminating", "message": "namespace old is being terminated",
            "field": "metadata.namespace",
        }])
    );
    let refused = create("none", "a").await.is(404);
    assert_eq!(refused.message(), r#"namespaces "none" not found"#);
    server
        .create(FISCHERS, &json!({"metadata": {"name": "a"}}))
        .await
        .is(201);
    server
        .call(Verb::Delete, FLUNDERS, "a")
        .namespace("none")
        .send()
        .await
        .is(404);
}

/// Refuses flunders that a fischer does not like, marks the others, and remembers what it saw.
#[derive(Clone, Default)]
struct BanFlunder(Arc<Mutex<Vec<(Operation, bool)>>>);

#[async_trait]
impl Admission for BanFlunder {
    fn name(&self) -> &'static str {
        "BanFlunder"
    }

    async fn admit(&self, write: &mut Write<'_>) -> Result<(), Failure> {
        if let Some(flunder) = write
            .object
            .as_deref_mut()
            .and_then(|object| object.downcast_mut::<Flunder>())
        {
            let labels = flunder.metadata.labels.get_or_insert_default();
            labels.insert("seen".to_owned(), "yes".to_owned());
        }
        Ok(())
    }

    async fn validate(&self, write: &Write<'_>) -> Result<(), Failure> {
        self.0.lock().push((write.operation, write.dry_run));
        let Some(object) = write.object.as_deref().filter(|object| object.is::<Flunder>()) else {
            return Ok(());
        };
        let fischers = write.resources.list::<Fischer>(None).await?;
        let name = object.object_meta().name.clone().unwrap_or_default();
        if fischers
            .iter()
            .any(|fischer| fischer.disallowed_flunders.contains(&name))
        {
            return Err(Failure::forbidden(
                &write.subject(),
                "this name may not be used, please change the resource name",
            ));
        }
        Ok(())
    }
}

/// Plugins change and refuse, whatever the version, dry or not.
#[tokio::test]
async fn s046_plugins_see_every_write() {
    let plugin = BanFlunder::default();
    let server = Server::with(|api| api.admission(plugin.clone()));
    let fischer = json!({"metadata": {"name": "a"}, "disallowedFlunders": ["bad"]});
    server.create(FISCHERS, &fischer).await.is(201);
    let made = server
        .create(NEW_FLUNDERS, &json!({"metadata": {"name": "good"}}))
        .await
        .is(201);
    assert_eq!(made.metadata("labels"), &json!({"seen": "yes"}));
    let refused = server.create(FLUNDERS, &flunder("bad")).await.is(403);
    assert_eq!(
        refused.message(),
        "flunders.wardle.example.com \"bad\" is forbidden: this name may not be used, please change the resource name"
    );
    server.get(FLUNDERS, "bad").await.is(404);
    let dry = |object: &Value| server.call(Verb::Create, FLUNDERS, "").query("dryRun=All").json(object);
    dry(&flunder("bad")).send().await.is(403);
    let updated = server.overwrite(FLUNDERS, &flunder("good")).await.is(200);
    assert_eq!(updated.metadata("labels"), &json!({"seen": "yes"}));
    server
        .delete(FLUNDERS, "good", &json!({"dryRun": ["All"]}))
        .await
        .is(200);
    server.delete(FLUNDERS, "good", &json!({})).await.is(200);
    let seen = plugin.0.lock().clone();
    assert_eq!(
        seen,
        [
            (Operation::Create, false),
            (Operation::Create, false),
            (Operation::Create, false),
            (Operation::Create, true),
            (Operation::Update, false),
            (Operation::Delete, true),
            (Operation::Delete, false),
        ]
    );
}

/// Refuses to delete what is labelled.
struct Keep;

#[async_trait]
impl Admission for Keep {
    fn name(&self) -> &'static str {
        "Keep"
    }

    async fn validate(&self, write: &Write<'_>) -> Result<(), Failure> {
        let old = write.old.filter(|_| write.operation == Operation::Delete);
        let labels = old.and_then(|old| old.object_meta().labels.as_ref());
        match labels.is_some_and(|labels| labels.contains_key("keep")) {
            true => Err(Failure::forbidden(&write.subject(), "it is kept")),
            false => Ok(()),
        }
    }
}

/// A plugin that refuses a deletion is asked about what there is.
#[tokio::test]
async fn s136_plugins_may_refuse_deletions() {
    let server = Server::with(|api| api.admission(Keep));
    let mut object = flunder("a");
    object["metadata"]["labels"] = json!({"keep": "yes"});
    server.create(FLUNDERS, &object).await.is(201);
    server.delete(FLUNDERS, "a", &json!({})).await.is(403);
    object["metadata"]["labels"] = json!({});
    server.overwrite(FLUNDERS, &object).await.is(200);
    server.delete(FLUNDERS, "a", &json!({})).await.is(200);
}

/// What is at hand comes to be what there is, without a question to the store.
#[tokio::test]
async fn what_is_at_hand_is_of_a_moment_ago() {
    let server = Server::cached(Arc::new(Memory::new()));
    let fischer = json!({"metadata": {"name": "a"}, "disallowedFlunders": ["bad"]});
    server.create(FISCHERS, &fischer).await.is(201);
    let seen = async {
        loop {
            let fischers = server.resources.at_hand::<Fischer>(None).await.unwrap();
            match fischers.into_iter().next() {
                Some(fischer) => return fischer,
                None => tokio::task::yield_now().await,
            }
        }
    };
    let seen = tokio::time::timeout(Duration::from_secs(10), seen).await.unwrap();
    assert_eq!(seen.disallowed_flunders, ["bad"]);
    assert!(seen.metadata.resource_version.is_some());
}
