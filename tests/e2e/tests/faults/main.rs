//! What wardle-server does when something breaks: its store, itself, or those who watch it.

mod crash;
mod etcd;
mod watchers;

use std::process::ExitCode;

use kgen_e2e::programs::missing;
use kgen_e2e::{Client, Program, Request, Suite, cases};
use serde_json::{Value, json};

/// Where the objects of the cases are.
pub(crate) const FLUNDERS: &str = "/apis/wardle.example.com/v1beta1/namespaces/default/flunders";

fn main() -> ExitCode {
    Suite {
        start: || Ok(()),
        missing: missing(&[Program::Etcd], "The cases on faults"),
        cases: cases![
            crash::nothing_acknowledged_is_lost_when_the_server_is_killed,
            etcd::requests_fail_and_go_on_when_etcd_goes_and_comes,
            watchers::those_who_never_read_are_cut_off,
            watchers::those_who_vanish_are_forgotten,
            watchers::ten_thousand_watch_in_little_memory,
        ],
    }
    .run()
}

/// Makes a flunder; its resource version, or why there is none.
pub(crate) async fn create(client: &Client, name: &str) -> Result<u64, String> {
    let body = json!({"metadata": {"name": name, "labels": {"by": "faults"}}});
    version(client, Request::json("POST", FLUNDERS, &body)).await
}

/// Sets an annotation of a flunder; its resource version, or why there is none.
pub(crate) async fn annotate(client: &Client, name: &str, value: &str) -> Result<u64, String> {
    let patch = json!({"metadata": {"annotations": {"value": value}}});
    let request = Request::new("PATCH", &format!("{FLUNDERS}/{name}"))
        .header("Content-Type", "application/merge-patch+json")
        .body(patch.to_string());
    version(client, request).await
}

async fn version(client: &Client, request: Request) -> Result<u64, String> {
    let answer = client.send(request).await?;
    let object = answer.json();
    match object["metadata"]["resourceVersion"].as_str() {
        Some(version) if answer.status < 300 => version.parse().map_err(|_| format!("no version: {version}")),
        _ => Err(format!("{}: {}", answer.status, object["message"])),
    }
}

/// All flunders, as `query` asks.
pub(crate) async fn list(client: &Client, query: &str) -> Result<Vec<Value>, String> {
    let answer = client.send(Request::new("GET", &format!("{FLUNDERS}?{query}"))).await?;
    let list = answer.json();
    let items = list["items"].as_array().filter(|_| answer.status == 200);
    items
        .cloned()
        .ok_or_else(|| format!("{}: {}", answer.status, list["message"]))
}
