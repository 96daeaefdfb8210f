//! The namespaces of the cluster, of which a copy is kept.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt;
use parking_lot::RwLock;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::task::AbortHandle;

use super::{Client, Error};
use crate::admission::{NamespacePhase, Namespaces};
use crate::failure::Failure;

const PATH: &str = "/api/v1/namespaces";

/// The pause before they are asked for again, at first and at last.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LAST_PAUSE: Duration = Duration::from_secs(30);

/// The namespaces of the cluster. As long as this lives, they are followed; what is not known is asked for.
pub struct ClusterNamespaces {
    client: Client,
    known: Known,
    following: AbortHandle,
}

type Known = Arc<RwLock<BTreeMap<String, NamespacePhase>>>;

#[derive(Deserialize)]
struct Namespace {
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Metadata {
    name: String,
    resource_version: String,
    deletion_timestamp: Option<String>,
}

#[derive(Deserialize)]
struct List {
    metadata: Metadata,
    #[serde(default)]
    items: Vec<Namespace>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    object: Value,
}

impl ClusterNamespaces {
    /// Follows the namespaces from now on. To be called within a Tokio runtime.
    pub fn start(client: Client) -> Self {
        let known = Known::default();
        let following = tokio::spawn(follow(client.clone(), known.clone())).abort_handle();
        Self {
            client,
            known,
            following,
        }
    }
}

impl Drop for ClusterNamespaces {
    fn drop(&mut self) {
        self.following.abort();
    }
}

#[async_trait]
impl Namespaces for ClusterNamespaces {
    async fn phase(&self, namespace: &str) -> Result<Option<NamespacePhase>, Failure> {
        let known = self.known.read().get(namespace).copied();
        if known.is_some() {
            return Ok(known);
        }
        match self.client.get::<Namespace>(&format!("{PATH}/{namespace}")).await {
            Ok(namespace) => Ok(Some(namespace.phase())),
            Err(error) if error.code() == Some(404) => Ok(None),
            Err(error) => Err(Failure::internal(format!("the namespace cannot be looked up: {error}"))),
        }
    }
}

impl Namespace {
    fn phase(&self) -> NamespacePhase {
        match self.metadata.deletion_timestamp {
            Some(_) => NamespacePhase::Terminating,
            None => NamespacePhase::Active,
        }
    }
}

/// Keeps the copy, forever.
async fn follow(client: Client, known: Known) {
    let mut pause = FIRST_PAUSE;
    loop {
        match follow_once(&client, &known).await {
            // The server ended the watch, as it does now and then.
            Ok(()) => pause = FIRST_PAUSE,
            Err(error) => {
                tracing::warn!(%error, "cannot follow the namespaces");
                // What is no longer followed is asked for.
                known.write().clear();
                pause = (pause * 2).min(LAST_PAUSE);
            }
        }
        tokio::time::sleep(pause).await;
    }
}

async fn follow_once(client: &Client, known: &Known) -> Result<(), Error> {
    let list: List = client.get(PATH).await?;
    let listed = list.items.into_iter().map(|namespace| {
        let phase = namespace.phase();
        (namespace.metadata.name, phase)
    });
    *known.write() = listed.collect();
    let since = list.metadata.resource_version;
    let mut events = client
        .watch(&format!("{PATH}?watch=true&resourceVersion={since}"))
        .await?;
    while let Some(event) = events.next().await {
        let event: Event = serde_json::from_slice(&event?).map_err(|error| Error::Body(error.to_string()))?;
        match event.kind.as_str() {
            "ADDED" | "MODIFIED" => {
                let namespace: Namespace = read(event.object)?;
                let phase = namespace.phase();
                known.write().insert(namespace.metadata.name, phase);
            }
            "DELETED" => {
                let namespace: Namespace = read(event.object)?;
                known.write().remove(&namespace.metadata.name);
            }
            // Such as that events since then are gone: they are listed anew.
            "ERROR" => return Err(Error::Body(event.object["message"].to_string())),
            _ => {}
        }
    }
    Ok(())
}

fn read<T: DeserializeOwned>(object: Value) -> Result<T, Error> {
    serde_json::from_value(object).map_err(|error| Error::Body(error.to_string()))
}
