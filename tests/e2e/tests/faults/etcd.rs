//! etcd goes away under load and comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kgen_e2e::suite::block_on;
use kgen_e2e::{Client, Etcd, Request, Storage, WardleServer};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::{FLUNDERS, create, list};

/// How long one request may take, whatever happens: what upstream gives a request, and a little.
const BUDGET: Duration = Duration::from_secs(40);

/// What the writers have seen.
#[derive(Default)]
struct Seen {
    ended: AtomicBool,
    written: AtomicUsize,
    refused: AtomicUsize,
    hung: AtomicUsize,
}

pub(crate) fn requests_fail_and_go_on_when_etcd_goes_and_comes(_: &()) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let etcd = Etcd::start("etcd", folder.path())?;
    let mut server = WardleServer::start("wardle-server", folder.path(), Storage::Etcd(Box::new(etcd)))?;
    let client = server.client()?;
    let Storage::Etcd(etcd) = &mut server.storage else {
        return Err("no etcd".to_owned());
    };
    block_on(async {
        let seen = Arc::new(Seen::default());
        let mut writers = JoinSet::new();
        for writer in 0..8 {
            writers.spawn(write(client.clone(), writer, seen.clone()));
        }
        until("objects are written", || seen.written.load(Ordering::Relaxed) > 50).await?;
        etcd.stop();
        let before = seen.refused.load(Ordering::Relaxed);
        until("writes are refused", || seen.refused.load(Ordering::Relaxed) > before).await?;
        // The copy in memory is there, and the server lives.
        let cached = timeout(BUDGET, list(&client, "resourceVersion=0&limit=1")).await;
        cached.map_err(|_| "a list from memory hangs without etcd")??;
        let alive = client.send(Request::new("GET", "/livez/ping")).await?;
        if alive.status != 200 {
            return Err(format!("not alive without etcd: {}", alive.status));
        }
        etcd.restart()?;
        let back = seen.written.load(Ordering::Relaxed);
        until("objects are written again", || {
            seen.written.load(Ordering::Relaxed) > back + 50
        })
        .await?;
        seen.ended.store(true, Ordering::Relaxed);
        let acknowledged = timeout(BUDGET, writers.join_all()).await;
        let acknowledged: Vec<String> = acknowledged.map_err(|_| "writers hang")?.concat();
        if seen.hung.load(Ordering::Relaxed) > 0 {
            return Err("a request hung".to_owned());
        }
        let items = list(&client, "").await?;
        let lost = acknowledged
            .iter()
            .find(|name| !items.iter().any(|item| item["metadata"]["name"] == name.as_str()));
        match lost {
            Some(name) => Err(format!("{name} was acknowledged and is lost")),
            None => watch_goes_on(&client).await,
        }
    })
}

/// Makes objects until it is told to end; the names of those that were acknowledged.
async fn write(client: Client, writer: usize, seen: Arc<Seen>) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        if seen.ended.load(Ordering::Relaxed) {
            break;
        }
        let name = format!("etcd-{writer}-{number}");
        match timeout(BUDGET, create(&client, &name)).await {
            Ok(Ok(_)) => {
                seen.written.fetch_add(1, Ordering::Relaxed);
                acknowledged.push(name);
            }
            Ok(Err(_)) => {
                seen.refused.fetch_add(1, Ordering::Relaxed);
                sleep(Duration::from_millis(20)).await;
            }
            Err(_) => {
                seen.hung.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
    acknowledged
}

/// The cache sees what happens after etcd came back.
async fn watch_goes_on(client: &Client) -> Result<(), String> {
    let version = create(client, "etcd-last").await?;
    let path = format!("{FLUNDERS}?watch=true&timeoutSeconds=5&resourceVersion={}", version - 1);
    let answer = client.send(Request::new("GET", &path)).await?;
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    if body.contains("etcd-last") {
        Ok(())
    } else {
        Err(format!("the watch misses it: {body}"))
    }
}

async fn until(what: &str, is_so: impl Fn() -> bool) -> Result<(), String> {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        if Instant::now() > end {
            return Err(format!("not within a minute: {what}"));
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
