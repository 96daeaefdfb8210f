//! Where the main API server tells extension servers whom to trust: `kube-system/extension-apiserver-authentication`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::value::Value;

use super::{Bundle, HeaderNames, RequestHeader, Trust};
use crate::cluster::{Client, Error};

const PATH: &str = "/api/v1/namespaces/kube-system/configmaps";
const NAME: &str = "extension-apiserver-authentication";

/// The pause before it is asked for again, at first and at last.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LAST_PAUSE: Duration = Duration::from_secs(30);

/// Which part of it counts; the other may be given by options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) client_ca: bool,
    pub(super) request_header: bool,
}

/// Whom to trust, as the config map says; it is followed as long as this lives.
pub(super) struct Source {
    pub(super) client: Client,
    pub(super) trust: Trust,
    pub(super) wanted: Wanted,
}

#[derive(Deserialize)]
struct ConfigMap {
    metadata: Metadata,
    #[serde(default)]
    data: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Metadata {
    name: String,
    resource_version: String,
}

#[derive(Deserialize)]
struct List {
    metadata: Metadata,
    #[serde(default)]
    items: Vec<ConfigMap>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    object: Value,
}

impl Source {
    /// Reads it once.
    pub(super) async fn read(&self) -> Result<(), Error> {
        let map: ConfigMap = self.client.get(&format!("{PATH}/{NAME}")).await?;
        self.apply(&map).map_err(Error::Body)
    }

    /// Reads it whenever it changes, forever. What is not valid, or gone, changes nothing.
    pub(super) async fn follow(self) {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.follow_once().await {
                // The server ended the watch, as it does now and then.
                Ok(()) => pause = FIRST_PAUSE,
                Err(error) => {
                    tracing::warn!(%error, "cannot follow {NAME}");
                    pause = (pause * 2).min(LAST_PAUSE);
                }
            }
            tokio::time::sleep(pause).await;
        }
    }

    async fn follow_once(&self) -> Result<(), Error> {
        let selected = format!("{PATH}?fieldSelector=metadata.name%3D{NAME}");
        let list: List = self.client.get(&selected).await?;
        for map in list.items.iter().filter(|map| map.metadata.name == NAME) {
            self.apply_or_warn(map);
        }
        let since = list.metadata.resource_version;
        let mut events = self
            .client
            .watch(&format!("{selected}&watch=true&resourceVersion={since}"))
            .await?;
        while let Some(event) = events.next().await {
            let event: Event = read(&event?)?;
            match event.kind.as_str() {
                "ADDED" | "MODIFIED" => {
                    let map = ConfigMap::deserialize(event.object).map_err(|error| Error::Body(error.to_string()))?;
                    self.apply_or_warn(&map);
                }
                // Such as that events since then are gone: it is listed anew.
                "ERROR" => return Err(Error::Body(event.object["message"].to_string())),
                _ => {}
            }
        }
        Ok(())
    }

    fn apply_or_warn(&self, map: &ConfigMap) {
        match self.apply(map) {
            Ok(()) => tracing::debug!("read {NAME}"),
            Err(error) => tracing::warn!(error, "{NAME} is not valid, what it said before still holds"),
        }
    }

    fn apply(&self, map: &ConfigMap) -> Result<(), String> {
        let client_ca = map.client_ca()?;
        let request_header = map.request_header()?;
        self.trust.change(|trusted| {
            if self.wanted.client_ca {
                trusted.client_ca = client_ca;
            }
            if self.wanted.request_header {
                trusted.request_header = request_header;
            }
        });
        Ok(())
    }
}

fn read<T: for<'de> Deserialize<'de>>(json: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(json).map_err(|error| Error::Body(error.to_string()))
}

impl ConfigMap {
    fn client_ca(&self) -> Result<Option<Arc<Bundle>>, String> {
        self.bundle("client-ca-file")
    }

    fn request_header(&self) -> Result<Option<Arc<RequestHeader>>, String> {
        let Some(ca) = self.bundle("requestheader-client-ca-file")? else {
            return Ok(None);
        };
        Ok(Some(Arc::new(RequestHeader {
            ca,
            allowed_names: self.names("requestheader-allowed-names")?,
            names: HeaderNames {
                username: self.names("requestheader-username-headers")?,
                uid: self.names("requestheader-uid-headers")?,
                group: self.names("requestheader-group-headers")?,
                extra_prefix: self.names("requestheader-extra-headers-prefix")?,
            },
        })))
    }

    fn bundle(&self, key: &str) -> Result<Option<Arc<Bundle>>, String> {
        let Some(pem) = self.data.get(key).filter(|pem| !pem.is_empty()) else {
            return Ok(None);
        };
        let bundle = Bundle::parse(pem.as_bytes()).map_err(|error| format!("{key}: {error}"))?;
        Ok(Some(Arc::new(bundle)))
    }

    /// A list of names; absent and `null` are none.
    fn names(&self, key: &str) -> Result<Vec<String>, String> {
        let Some(json) = self.data.get(key).filter(|json| !json.is_empty()) else {
            return Ok(Vec::new());
        };
        let names: Option<Vec<String>> = serde_json::from_str(json).map_err(|error| format!("{key}: {error}"))?;
        Ok(names.unwrap_or_default())
    }
}
