//! Those who watch and behave badly, and very many who behave.

use std::time::Duration;

use futures_util::future::{join_all, try_join_all};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use kgen_e2e::suite::block_on;
use kgen_e2e::{Request, Storage, WardleServer};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use crate::{FLUNDERS, annotate, create};

/// What ten thousand watches may cost.
const MEMORY: u64 = 400 << 20;

/// What may be kept while 20 watchers do not read 120 MB each. Without them the past in the store and in the cache takes
/// up to 280 MB, and 2,400 MB would be kept if it were for each of them.
const KEPT: u64 = 600 << 20;

fn start() -> Result<(WardleServer, TempDir), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let server = WardleServer::start("wardle-server", folder.path(), Storage::Memory)?;
    Ok((server, folder))
}

fn watch() -> Request {
    Request::new("GET", &format!("{FLUNDERS}?watch=true&timeoutSeconds=600"))
}

pub(crate) fn those_who_never_read_are_cut_off(_: &()) -> Result<(), String> {
    let (server, _folder) = start()?;
    let client = server.client()?;
    block_on(async {
        create(&client, "big").await?;
        let mut silent = Vec::new();
        for _ in 0..20 {
            silent.push(client.open(watch()).await?.into_body());
        }
        let reader = tokio::spawn(sees_the_last(client.open(watch()).await?.into_body()));
        let (at_first, _) = server.weight()?;
        // 120 MB for each watcher: more than the buffers of a connection and the window of events hold.
        let filler = "x".repeat(120_000);
        for number in 0..1000 {
            let value = format!("{number}-{filler}");
            let write = timeout(Duration::from_secs(10), annotate(&client, "big", &value));
            write.await.map_err(|_| "writers wait for those who do not read")??;
        }
        annotate(&client, "big", "the-last").await?;
        let is_served = timeout(Duration::from_secs(30), reader).await;
        let is_served = is_served.map_err(|_| "who reads is not served")?;
        if !is_served.map_err(|error| error.to_string())? {
            return Err("who reads was cut off as well".to_owned());
        }
        let (after, _) = server.weight()?;
        if after.saturating_sub(at_first) > KEPT {
            return Err(format!(
                "{} MB are kept for those who do not read",
                (after - at_first) >> 20
            ));
        }
        // Their streams end, and they can tell that they have to ask again.
        let ends = silent
            .into_iter()
            .map(|body| timeout(Duration::from_secs(60), sees_the_last(body)));
        let ends = join_all(ends).await;
        let cut_off = ends.iter().filter(|end| matches!(end, Ok(false))).count();
        if cut_off == ends.len() {
            Ok(())
        } else {
            Err(format!("of {} watches {cut_off} are cut off", ends.len()))
        }
    })
}

/// Whether a watch brings the last event before it ends.
async fn sees_the_last(mut body: Incoming) -> bool {
    let mut tail = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        tail.extend_from_slice(frame.data_ref().map_or(&[], |data| &data[..]));
        if tail.windows(10).any(|window| window == b"\"the-last\"") {
            return true;
        }
        tail.drain(..tail.len().saturating_sub(20));
    }
    false
}

pub(crate) fn those_who_vanish_are_forgotten(_: &()) -> Result<(), String> {
    let (server, _folder) = start()?;
    let client = server.client()?;
    block_on(async {
        create(&client, "vanishing").await?;
        let (_, at_first) = server.weight()?;
        for _ in 0..5 {
            let watches = try_join_all((0..100).map(|_| client.open(watch()))).await?;
            drop(watches);
        }
        for _ in 0..100 {
            annotate(&client, "vanishing", "again").await?;
            let (_, files) = server.weight()?;
            if files <= at_first + 5 {
                return Ok(());
            }
            sleep(Duration::from_millis(200)).await;
        }
        Err(format!(
            "{} files stay open, {at_first} were at first",
            server.weight()?.1
        ))
    })
}

pub(crate) fn ten_thousand_watch_in_little_memory(_: &()) -> Result<(), String> {
    let (server, _folder) = start()?;
    let client = server.client()?;
    block_on(async {
        create(&client, "watched").await?;
        let mut bodies = Vec::new();
        for _ in 0..100 {
            let mut connection = client.http2().await?;
            for _ in 0..100 {
                let answer = connection.open(watch()).await?;
                if answer.status() != 200 {
                    return Err(format!("watch {} is answered {}", bodies.len(), answer.status()));
                }
                bodies.push(answer.into_body());
            }
        }
        // All of them have begun.
        let first = bodies.iter_mut().map(BodyExt::frame);
        timeout(Duration::from_secs(60), join_all(first))
            .await
            .map_err(|_| "they do not all begin")?;
        annotate(&client, "watched", "now").await?;
        let next = bodies.iter_mut().map(BodyExt::frame);
        let next = timeout(Duration::from_secs(60), join_all(next))
            .await
            .map_err(|_| "an event is not delivered to all")?;
        let served = next.iter().filter(|frame| matches!(frame, Some(Ok(_)))).count();
        let (memory, _) = server.weight()?;
        eprintln!(
            "{served} watches of 10000 are served; the server has {} MB",
            memory >> 20
        );
        if served < 10_000 || memory > MEMORY {
            return Err(format!("{served} watches of 10000 are served with {} MB", memory >> 20));
        }
        Ok(())
    })
}
