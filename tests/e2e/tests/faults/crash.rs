//! The server is killed while objects are written, again and again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kgen_e2e::suite::block_on;
use kgen_e2e::{Client, Storage, WardleServer};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::{annotate, create, list};

const KILLS: usize = 20;
const WRITERS: usize = 8;

/// What was acknowledged: the value of each object, and the highest version of all answers.
#[derive(Default)]
struct Acknowledged {
    values: BTreeMap<String, String>,
    highest: u64,
}

pub(crate) fn nothing_acknowledged_is_lost_when_the_server_is_killed(_: &()) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut server = WardleServer::start("wardle-server", folder.path(), Storage::Embedded)?;
    let acknowledged = Arc::new(Mutex::new(Acknowledged::default()));
    for kill in 0..KILLS {
        let client = server.client()?;
        block_on(async {
            let mut writers = JoinSet::new();
            for writer in 0..WRITERS {
                writers.spawn(write(client.clone(), format!("{kill}-{writer}"), acknowledged.clone()));
            }
            sleep(Duration::from_millis(200 + 37 * kill as u64)).await;
            server.process.kill();
            let ended = timeout(Duration::from_secs(30), writers.join_all()).await;
            let ended = ended.map_err(|_| "writers hang after the server was killed")?;
            ended.into_iter().collect::<Result<(), String>>()
        })?;
        server.restart()?;
        let client = server.client()?;
        block_on(check(&client, &acknowledged, kill))?;
    }
    let count = acknowledged.lock().map_err(|error| error.to_string())?.values.len();
    if count < KILLS * WRITERS {
        Err(format!("only {count} objects were written"))
    } else {
        Ok(())
    }
}

/// Makes objects and changes each once, until the server answers no more.
async fn write(client: Client, prefix: String, acknowledged: Arc<Mutex<Acknowledged>>) -> Result<(), String> {
    for number in 0.. {
        let name = format!("crash-{prefix}-{number}");
        for value in ["", "changed"] {
            let version = if value.is_empty() {
                create(&client, &name).await
            } else {
                annotate(&client, &name, value).await
            };
            let Ok(version) = version else { return Ok(()) };
            let mut acknowledged = acknowledged.lock().map_err(|error| error.to_string())?;
            acknowledged.values.insert(name.clone(), value.to_owned());
            acknowledged.highest = acknowledged.highest.max(version);
        }
    }
    Ok(())
}

async fn check(client: &Client, acknowledged: &Mutex<Acknowledged>, kill: usize) -> Result<(), String> {
    let items = list(client, "").await?;
    let found: BTreeMap<_, _> = items
        .iter()
        .map(|item| {
            let metadata = &item["metadata"];
            (metadata["name"].as_str(), metadata["annotations"]["value"].as_str())
        })
        .collect();
    let next = create(client, &format!("crash-after-{kill}")).await?;
    let acknowledged = acknowledged.lock().map_err(|error| error.to_string())?;
    for (name, value) in &acknowledged.values {
        match found.get(&Some(name.as_str())) {
            None => return Err(format!("{name} was acknowledged and is lost after kill {kill}")),
            // What was not acknowledged may have happened.
            Some(found) if !value.is_empty() && *found != Some(value.as_str()) => {
                return Err(format!(
                    "the change of {name} was acknowledged and is lost after kill {kill}"
                ));
            }
            Some(_) => {}
        }
    }
    if next > acknowledged.highest {
        return Ok(());
    }
    Err(format!(
        "after kill {kill} a write got version {next}, though {} was given out",
        acknowledged.highest
    ))
}
