//! The operations, and what is told of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http::Method;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::Result;
use crate::client::{Client, Content};
use crate::process::Processes;

/// How many changes watches are told of.
const EVENTS: usize = 500;

/// What is created.
#[derive(Clone)]
pub(crate) struct Object {
    api_version: String,
    kind: String,
    spec: Arc<str>,
}

/// All that operations need.
pub(crate) struct Work {
    pub(crate) client: Client,
    pub(crate) server: Processes,
    pub(crate) object: Object,
    pub(crate) objects: usize,
    pub(crate) concurrency: usize,
    pub(crate) label: String,
}

impl Object {
    pub(crate) fn parse(kind: &str, spec: String) -> Result<Self> {
        let (api_version, kind) = kind.rsplit_once('/').ok_or("--kind is `group/version/Kind`")?;
        Ok(Self {
            api_version: api_version.to_owned(),
            kind: kind.to_owned(),
            spec: spec.into(),
        })
    }

    /// The object number `number` with some metadata, as large as objects often are.
    fn json(&self, number: usize, round: u32, resource_version: Option<&Value>) -> Result<Vec<u8>> {
        let mut object = json!({
            "apiVersion": self.api_version,
            "kind": self.kind,
            "metadata": {
                "name": name(number),
                "labels": {"app": format!("a{}", number % 10), "round": round.to_string()},
                "annotations": {"example.com/note": "a remark of the length that people write on such an object"},
            },
            "spec": self.spec(number)?,
        });
        if let Some(resource_version) = resource_version {
            object["metadata"]["resourceVersion"] = resource_version.clone();
        }
        Ok(serde_json::to_vec(&object)?)
    }

    fn spec(&self, number: usize) -> Result<Value> {
        Ok(serde_json::from_str(&self.spec.replace("{i}", &number.to_string()))?)
    }
}

fn name(number: usize) -> String {
    format!("load-{number:06}")
}

fn content(media_type: &'static str, bytes: Vec<u8>) -> Option<Content> {
    Some(Content { media_type, bytes })
}

impl Work {
    pub(crate) async fn create(&self) -> Result<()> {
        let object = self.object.clone();
        let create = move |client: Client, number| {
            let body = object.json(number, 0, None);
            async move {
                let body = content("application/json", body?);
                client
                    .call(number, Method::POST, "", body, 201)
                    .await
                    .map(|body| body.len())
            }
        };
        self.measure("create", self.objects, self.concurrency, create).await
    }

    pub(crate) async fn get(&self) -> Result<()> {
        let objects = self.objects;
        let get = move |client: Client, number: usize| async move {
            let path = format!("/{}", name(number % objects));
            client
                .call(number, Method::GET, &path, None, 200)
                .await
                .map(|body| body.len())
        };
        self.measure("get", self.objects * 4, self.concurrency, get).await
    }

    pub(crate) async fn list(&self, operation: &str, query: &'static str, times: usize) -> Result<()> {
        let list = move |client: Client, number| async move {
            client
                .call(number, Method::GET, query, None, 200)
                .await
                .map(|body| body.len())
        };
        self.measure(operation, times, self.concurrency.min(4), list).await
    }

    pub(crate) async fn update(&self) -> Result<()> {
        let object = self.object.clone();
        let update = move |client: Client, number| {
            let object = object.clone();
            async move {
                let path = format!("/{}", name(number));
                let live = client.call(number, Method::GET, &path, None, 200).await?;
                let live: Value = serde_json::from_slice(&live)?;
                let body = object.json(number, 1, Some(&live["metadata"]["resourceVersion"]))?;
                let body = content("application/json", body);
                client
                    .call(number, Method::PUT, &path, body, 200)
                    .await
                    .map(|body| body.len())
            }
        };
        self.measure("get and update", self.objects, self.concurrency, update)
            .await
    }

    pub(crate) async fn patch(&self) -> Result<()> {
        let patch = move |client: Client, number| async move {
            let body = br#"{"metadata":{"labels":{"round":"2"}}}"#.to_vec();
            let body = content("application/merge-patch+json", body);
            let path = format!("/{}", name(number));
            client
                .call(number, Method::PATCH, &path, body, 200)
                .await
                .map(|body| body.len())
        };
        self.measure("merge patch", self.objects, self.concurrency, patch).await
    }

    pub(crate) async fn apply(&self) -> Result<()> {
        let object = self.object.clone();
        let apply = move |client: Client, number: usize| {
            let object = object.clone();
            async move {
                let config = json!({
                    "apiVersion": object.api_version, "kind": object.kind,
                    "metadata": {"name": name(number)}, "spec": object.spec(number + 1)?,
                });
                let body = content("application/apply-patch+yaml", serde_json::to_vec(&config)?);
                let path = format!("/{}?fieldManager=load&force=true", name(number));
                client
                    .call(number, Method::PATCH, &path, body, 200)
                    .await
                    .map(|body| body.len())
            }
        };
        self.measure("apply", self.objects, self.concurrency, apply).await
    }

    pub(crate) async fn delete(&self) -> Result<()> {
        let delete = move |client: Client, number| async move {
            let path = format!("/{}", name(number));
            client
                .call(number, Method::DELETE, &path, None, 200)
                .await
                .map(|body| body.len())
        };
        self.measure("delete", self.objects, self.concurrency, delete).await
    }

    /// Makes changes, and waits until all watches were told of all of them.
    pub(crate) async fn watch(&self, watches: usize) -> Result<()> {
        let from = self.revision().await?;
        let ready = Arc::new(Barrier::new(watches + 1));
        let watches_open: Vec<_> = (0..watches)
            .map(|number| tokio::spawn(follow(self.client.clone(), number, from.clone(), ready.clone())))
            .collect();
        ready.wait().await;
        let (time, begin) = (self.server.time(), Instant::now());
        let objects = self.objects;
        let touch = move |client: Client, number: usize| async move {
            let body = format!(
                r#"{{"metadata":{{"labels":{{"watch":"{number}-{}"}}}}}}"#,
                begin.elapsed().as_nanos()
            );
            let body = content("application/merge-patch+json", body.into_bytes());
            let path = format!("/{}", name(number % objects));
            client
                .call(number, Method::PATCH, &path, body, 200)
                .await
                .map(|body| body.len())
        };
        let (latencies, _) = spread(&self.client, EVENTS, 8, touch).await?;
        let mut bytes = 0;
        for watch in watches_open {
            bytes += watch.await??;
        }
        let deliveries = EVENTS * watches;
        let operation = format!("delivery to one of {watches} watches");
        let rate = deliveries as f64 / begin.elapsed().as_secs_f64();
        let cost = (self.server.time() - time) as f64 / deliveries as f64;
        self.print(&operation, rate, &latencies, cost, bytes / deliveries);
        Ok(())
    }

    /// Opens watches to which nothing happens.
    pub(crate) async fn idle(&self, watches: usize) -> Result<()> {
        let from = self.revision().await?;
        let before = self.server.memory();
        let mut open = Vec::with_capacity(watches);
        for number in 0..watches {
            let path = format!("?watch=1&resourceVersion={from}");
            open.push(self.client.send(number, Method::GET, &path, None).await?);
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let each = (self.server.memory().saturating_sub(before)) as f64 / watches as f64;
        self.print_memory(&format!("{watches} idle watches, {each:.1} kB each"));
        Ok(())
    }

    async fn revision(&self) -> Result<String> {
        let list = self.client.call(0, Method::GET, "?limit=1", None, 200).await?;
        let list: Value = serde_json::from_slice(&list)?;
        let revision = list["metadata"]["resourceVersion"].as_str();
        Ok(revision.ok_or("the list has no resourceVersion")?.to_owned())
    }

    async fn measure<F, R>(&self, operation: &str, times: usize, at_once: usize, request: F) -> Result<()>
    where
        F: Fn(Client, usize) -> R + Send + Sync + 'static,
        R: Future<Output = Result<usize>> + Send,
    {
        let (time, begin) = (self.server.time(), Instant::now());
        let (latencies, bytes) = spread(&self.client, times, at_once, request).await?;
        let rate = times as f64 / begin.elapsed().as_secs_f64();
        let cost = (self.server.time() - time) as f64 / times as f64;
        self.print(operation, rate, &latencies, cost, bytes / times);
        Ok(())
    }

    fn print(&self, operation: &str, rate: f64, latencies: &[Duration], cost: f64, bytes: usize) {
        let quantile = |part: f64| {
            let place = (latencies.len().saturating_sub(1)) as f64 * part;
            latencies
                .get(place as usize)
                .map_or(0.0, |latency| latency.as_secs_f64() * 1000.0)
        };
        let (p50, p99, memory) = (quantile(0.5), quantile(0.99), self.server.memory() / 1024);
        let label = &self.label;
        println!("| {label} | {operation} | {rate:.0} | {p50:.2} | {p99:.2} | {cost:.1} | {bytes} | {memory} |");
    }

    pub(crate) fn print_memory(&self, when: &str) {
        let memory = self.server.memory() as f64 / 1024.0;
        println!("| {} | {when} | | | | | | {memory:.1} |", self.label);
    }
}

/// Does something so many times, some of them at once. Returns how long each took, in order, and the sum of bytes.
async fn spread<F, R>(client: &Client, times: usize, at_once: usize, request: F) -> Result<(Vec<Duration>, usize)>
where
    F: Fn(Client, usize) -> R + Send + Sync + 'static,
    R: Future<Output = Result<usize>> + Send,
{
    let (next, request) = (Arc::new(AtomicUsize::new(0)), Arc::new(request));
    let workers = (0..at_once).map(|_| {
        let (client, next, request) = (client.clone(), next.clone(), request.clone());
        tokio::spawn(async move {
            let (mut latencies, mut bytes) = (Vec::new(), 0);
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= times {
                    return Result::Ok((latencies, bytes));
                }
                let begin = Instant::now();
                bytes += request(client.clone(), number).await?;
                latencies.push(begin.elapsed());
            }
        })
    });
    let (mut latencies, mut bytes) = (Vec::with_capacity(times), 0);
    for worker in workers.collect::<Vec<_>>() {
        let (some, more) = worker.await??;
        latencies.extend(some);
        bytes += more;
    }
    latencies.sort_unstable();
    Ok((latencies, bytes))
}

/// Reads a watch until it has told of all changes; returns how many bytes it took.
async fn follow(client: Client, number: usize, from: String, ready: Arc<Barrier>) -> Result<usize> {
    let path = format!("?watch=1&resourceVersion={from}");
    let answer = client.send(number, Method::GET, &path, None).await?;
    let status = answer.status();
    ready.wait().await;
    if !status.is_success() {
        return Err(format!("watch: {status}").into());
    }
    let (mut body, mut events, mut bytes) = (answer.into_body(), 0, 0);
    while events < EVENTS {
        let frame = body.frame().await.ok_or("a watch ended early")??;
        if let Some(data) = frame.data_ref() {
            bytes += data.len();
            events += data.iter().filter(|byte| **byte == b'\n').count();
        }
    }
    Ok(bytes)
}
