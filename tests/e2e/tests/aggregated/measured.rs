//! What the server counts has the names, types and labels that the Go servers give it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kgen_e2e::suite::{block_on, eventually, expect};
use kgen_e2e::{Client, Request, SampleApiserver};

use crate::Shared;

/// Families that the Go servers do not have, or have only when something goes wrong.
const OURS: [&str; 5] = [
    "apiserver_audit_error_total",
    "apiserver_handler_panics_total",
    "apiserver_request_terminations_total",
    "apiserver_terminated_watchers_total",
    "etcd_request_errors_total",
];

/// A family: what it is, and the labels of its samples, if there are any.
#[derive(Debug, Default, PartialEq, Eq)]
struct Family {
    type_: String,
    labels: Option<BTreeSet<String>>,
}

pub(crate) fn measures_are_those_of_go(shared: &Shared) -> Result<(), String> {
    let running = SampleApiserver::start(shared.folder.path(), &shared.cluster)?;
    let flunders = "/apis/wardle.example.com/v1beta1/namespaces/default/flunders";
    let ports = [running.port(), shared.server.port()];
    let [sample, ours] = ports.map(|port| shared.cluster.client_of(port, Some(&shared.cluster.admin)));
    let (sample, ours) = (sample?, ours?);
    for (client, port) in [&sample, &ours].into_iter().zip(ports) {
        // Who has a token is looked up, and who is no master is asked about.
        let stranger = shared.cluster.client_of(port, None)?;
        block_on(stranger.send(Request::new("GET", flunders).header("Authorization", "Bearer unknown")))?;
        block_on(stranger.send(Request::new("GET", flunders)))?;
        let flunder = r#"{"apiVersion":"wardle.example.com/v1beta1","kind":"Flunder","metadata":{"name":"measured"}}"#;
        let create = Request::new("POST", flunders).header("Content-Type", "application/json");
        block_on(client.send(create.body(flunder)))?;
        block_on(client.send(Request::new("GET", &format!("{flunders}?watch=1&timeoutSeconds=1"))))?;
    }
    let mut known = families(&shared.cluster.client()?)?;
    known.extend(families(&sample)?);
    let wrong: Vec<String> = families(&ours)?
        .into_iter()
        .filter(|(name, _)| !OURS.contains(&name.as_str()))
        .filter_map(|(name, ours)| match known.get(&name) {
            None => Some(format!("{name} is not known")),
            Some(go) if go.type_ != ours.type_ => Some(format!("{name} is a {} and not a {}", go.type_, ours.type_)),
            Some(Family { labels: Some(go), .. }) => {
                let ours = ours.labels.filter(|ours| ours != go)?;
                Some(format!("{name} has {go:?} and not {ours:?}"))
            }
            Some(_) => None,
        })
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

/// The families that a server tells.
fn families(client: &Client) -> Result<BTreeMap<String, Family>, String> {
    let text = eventually(Duration::from_secs(10), || {
        let answer = block_on(client.send(Request::new("GET", "/metrics")))?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        expect(&text, &["apiserver_request_total"]).map(|()| text)
    })?;
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines() {
        if let Some((name, type_)) = line.strip_prefix("# TYPE ").and_then(|line| line.split_once(' ')) {
            name.clone_into(&mut last);
            families.entry(last.clone()).or_default().type_ = type_.to_owned();
        } else if let (false, Some(family)) = (line.starts_with('#'), families.get_mut(&last)) {
            family.labels.get_or_insert_with(|| labels(line));
        }
    }
    Ok(families)
}

/// The names of the labels of a sample, without those of buckets and quantiles.
fn labels(sample: &str) -> BTreeSet<String> {
    let inside = sample.split_once('{').and_then(|(_, rest)| rest.rsplit_once('}'));
    let pairs = inside.map_or("", |(inside, _)| inside).split("\",");
    let names = pairs.filter_map(|pair| Some(pair.split_once("=\"")?.0.to_owned()));
    names.filter(|name| name != "le" && name != "quantile").collect()
}
