//! kube's `Api`, watcher and controller, with the types that kgen makes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use kgen::k8s::ObjectMeta;
use kube::api::{Api, DeleteParams, ListParams, Patch, PatchParams, PostParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::runtime::controller::{Action, Controller};
use kube::runtime::finalizer::{Event, finalizer};
use kube::runtime::watcher;
use kube::{Client, Config, ResourceExt};
use serde_json::json;
use tokio::time::timeout;
use wardle::v1beta1::{Flunder, FlunderSpec, ReferenceType};

const PATIENCE: Duration = Duration::from_secs(20);

async fn flunders(kubeconfig: &Path) -> Result<Api<Flunder>, String> {
    let kubeconfig = Kubeconfig::read_from(kubeconfig).map_err(text)?;
    let options = KubeConfigOptions::default();
    let config = Config::from_custom_kubeconfig(kubeconfig, &options)
        .await
        .map_err(text)?;
    let client = Client::try_from(config).map_err(text)?;
    Ok(Api::namespaced(client, "default"))
}

fn flunder(name: &str, by: &str) -> Flunder {
    Flunder {
        metadata: ObjectMeta {
            name: Some(name.to_owned()),
            labels: Some(BTreeMap::from([("by".to_owned(), by.to_owned())])),
            ..ObjectMeta::default()
        },
        spec: FlunderSpec {
            flunder_reference: "other".to_owned(),
            reference_type: Some(ReferenceType::Flunder),
            ..FlunderSpec::default()
        },
        status: None,
    }
}

pub(crate) async fn api(kubeconfig: &Path) -> Result<(), String> {
    let api = flunders(kubeconfig).await?;
    let created = api
        .create(&PostParams::default(), &flunder("kube", "api"))
        .await
        .map_err(text)?;
    let again = api.create(&PostParams::default(), &flunder("kube", "api")).await;
    refused(again, 409)?;
    let mut changed = created.clone();
    changed.spec.flunder_reference = "second".to_owned();
    let changed = api
        .replace("kube", &PostParams::default(), &changed)
        .await
        .map_err(text)?;
    refused(api.replace("kube", &PostParams::default(), &created).await, 409)?;
    let merge = Patch::Merge(json!({"metadata": {"labels": {"merged": "yes"}}}));
    api.patch("kube", &PatchParams::default(), &merge).await.map_err(text)?;
    let mut applied = flunder("kube", "api");
    applied.spec.flunder_reference = "third".to_owned();
    let apply = Patch::Apply(&applied);
    refused(api.patch("kube", &PatchParams::apply("kube-rs"), &apply).await, 409)?;
    let forced = api
        .patch("kube", &PatchParams::apply("kube-rs").force(), &apply)
        .await
        .map_err(text)?;
    wants(
        forced.spec.flunder_reference == "third" && forced.labels().contains_key("merged"),
        &forced,
    )?;
    wants(forced.uid() == changed.uid(), &forced)?;
    let list = api.list(&ListParams::default().labels("by=api")).await.map_err(text)?;
    wants(list.items.len() == 1, &list.items)?;
    let metadata = api.get_metadata("kube").await.map_err(text)?;
    wants(metadata.name_any() == "kube", &metadata)?;
    api.delete("kube", &DeleteParams::default()).await.map_err(text)?;
    wants(api.get_opt("kube").await.map_err(text)?.is_none(), &"it is still there")
}

pub(crate) async fn watches(kubeconfig: &Path) -> Result<(), String> {
    let api = flunders(kubeconfig).await?;
    for streaming in [false, true] {
        let config = watcher::Config::default().labels("by=watcher");
        let config = if streaming { config.streaming_lists() } else { config };
        api.create(&PostParams::default(), &flunder("watched-1", "watcher"))
            .await
            .map_err(text)?;
        let mut events = watcher::watcher(api.clone(), config).boxed();
        let mut seen = Vec::new();
        let mut is_started = false;
        while seen.last().is_none_or(|last| last != "delete watched-2") {
            let event = timeout(PATIENCE, events.try_next())
                .await
                .map_err(|_| format!("nothing comes after {seen:?}"))?;
            match event.map_err(text)?.ok_or("the watcher ended")? {
                watcher::Event::Init => {}
                watcher::Event::InitApply(object) => seen.push(format!("initial {}", object.name_any())),
                watcher::Event::InitDone => seen.push("done".to_owned()),
                watcher::Event::Apply(object) => seen.push(format!("apply {}", object.name_any())),
                watcher::Event::Delete(object) => seen.push(format!("delete {}", object.name_any())),
            }
            if !is_started && seen.last().is_some_and(|last| last == "done") {
                is_started = true;
                api.create(&PostParams::default(), &flunder("watched-2", "watcher"))
                    .await
                    .map_err(text)?;
                for name in ["watched-1", "watched-2"] {
                    api.delete(name, &DeleteParams::default()).await.map_err(text)?;
                }
            }
        }
        let wanted = [
            "initial watched-1",
            "done",
            "apply watched-2",
            "delete watched-1",
            "delete watched-2",
        ];
        wants(seen == wanted, &seen)?;
    }
    Ok(())
}

/// A controller that writes a label and keeps a finalizer until it has cleaned up.
pub(crate) async fn controller(kubeconfig: &Path) -> Result<(), String> {
    let api = flunders(kubeconfig).await?;
    let config = watcher::Config::default().labels("by=controller");
    let controller = Controller::new(api.clone(), config).run(
        reconcile,
        |_, error, _| {
            eprintln!("{error}");
            Action::requeue(Duration::from_secs(1))
        },
        Arc::new(api.clone()),
    );
    let running = tokio::spawn(controller.for_each(async |_| {}));
    api.create(&PostParams::default(), &flunder("controlled", "controller"))
        .await
        .map_err(text)?;
    let is_marked = |object: &Flunder| object.labels().contains_key("reconciled") && !object.finalizers().is_empty();
    until(&api, |object| object.as_ref().is_some_and(is_marked)).await?;
    api.delete("controlled", &DeleteParams::default()).await.map_err(text)?;
    until(&api, |object| object.is_none()).await?;
    running.abort();
    Ok(())
}

async fn reconcile(
    object: Arc<Flunder>,
    api: Arc<Api<Flunder>>,
) -> Result<Action, kube::runtime::finalizer::Error<kube::Error>> {
    finalizer(&api, "example.com/controller", object, async |event| {
        if let Event::Apply(object) = event {
            let label = Patch::Merge(json!({"metadata": {"labels": {"reconciled": "yes"}}}));
            api.patch(&object.name_any(), &PatchParams::default(), &label).await?;
        }
        Ok(Action::await_change())
    })
    .await
}

/// Waits until the controlled object is so.
async fn until(api: &Api<Flunder>, is_so: impl Fn(&Option<Flunder>) -> bool) -> Result<(), String> {
    let asked = timeout(PATIENCE, async {
        loop {
            let object = api.get_opt("controlled").await.map_err(text)?;
            if is_so(&object) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    asked.await.map_err(|_| "the controller does nothing".to_owned())?
}

fn refused<T: std::fmt::Debug>(result: kube::Result<T>, code: u16) -> Result<(), String> {
    match result {
        Err(kube::Error::Api(status)) if status.code == code => Ok(()),
        other => Err(format!("should be refused with {code}: {other:?}")),
    }
}

fn wants(holds: bool, shown: &impl std::fmt::Debug) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(format!("not as wanted: {shown:?}"))
    }
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
