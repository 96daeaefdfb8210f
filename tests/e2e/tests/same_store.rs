//! The Go sample server and wardle-server on the same etcd: what the one writes, the other serves.

use std::process::ExitCode;
use std::time::Duration;

use http_body_util::BodyExt;
use kgen_e2e::programs::missing;
use kgen_e2e::suite::block_on;
use kgen_e2e::{Client, Cluster, Etcd, Request, SampleApiserver, Storage, Suite, WardleServer, cases};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

const ALPHA: &str = "/apis/wardle.example.com/v1alpha1/namespaces/default/flunders";
const BETA: &str = "/apis/wardle.example.com/v1beta1/namespaces/default/flunders";

struct Shared {
    go: Client,
    ours: Client,
    _servers: (SampleApiserver, WardleServer, Cluster),
    _folder: TempDir,
}

fn main() -> ExitCode {
    Suite {
        start,
        missing: missing(SampleApiserver::PROGRAMS, "The cases on an etcd with the Go server"),
        cases: cases![
            each_serves_what_the_other_writes,
            each_sees_at_once_what_the_other_writes,
            each_watches_what_the_other_writes,
            each_respects_the_owners_of_the_other,
            both_change_one_object_at_once,
        ],
    }
    .run()
}

fn start() -> Result<Shared, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let cluster = Cluster::start(folder.path())?;
    let etcd = Etcd::start("shared-etcd", folder.path())?;
    let address = etcd.address();
    let ours = WardleServer::start("wardle-server", folder.path(), Storage::Etcd(Box::new(etcd)))?;
    let go = SampleApiserver::start_on(&address, folder.path(), &cluster)?;
    Ok(Shared {
        go: cluster.client_of(go.port(), Some(&cluster.admin))?,
        ours: ours.client()?,
        _servers: (go, ours, cluster),
        _folder: folder,
    })
}

impl Shared {
    /// Both ways: who writes, who reads, and a name for that way.
    fn ways(&self) -> [(&Client, &Client, &'static str); 2] {
        [(&self.go, &self.ours, "from-go"), (&self.ours, &self.go, "from-ours")]
    }
}

fn each_serves_what_the_other_writes(shared: &Shared) -> Result<(), String> {
    block_on(async {
        for (writer, reader, way) in shared.ways() {
            let name = format!("serves-{way}");
            let body = json!({
                "metadata": {"name": name, "labels": {"a": "b"}, "finalizers": ["example.com/x"]},
                "spec": {"reference": "other", "referenceType": "Fischer"},
            });
            let written = ask(writer, Request::json("POST", ALPHA, &body)).await?;
            let read = ask(reader, Request::new("GET", &format!("{ALPHA}/{name}"))).await?;
            for pointer in ["uid", "resourceVersion", "creationTimestamp", "labels", "finalizers"] {
                same(&written["metadata"][pointer], &read["metadata"][pointer], &name)?;
            }
            same(&written["spec"], &read["spec"], &name)?;
            let converted = ask(reader, Request::new("GET", &format!("{BETA}/{name}"))).await?;
            same(&converted["spec"]["fischerReference"], &json!("other"), &name)?;
            // The reader goes on with it to its end.
            let patched = ask(reader, merge(BETA, &name, &json!({"metadata": {"labels": {"c": "d"}}}))).await?;
            let seen = ask(writer, Request::new("GET", &format!("{ALPHA}/{name}"))).await?;
            same(
                &seen["metadata"]["resourceVersion"],
                &patched["metadata"]["resourceVersion"],
                &name,
            )?;
            same(&seen["metadata"]["labels"], &json!({"a": "b", "c": "d"}), &name)?;
            ask(reader, Request::new("DELETE", &format!("{BETA}/{name}"))).await?;
            ask(writer, merge(ALPHA, &name, &json!({"metadata": {"finalizers": null}}))).await?;
            let gone = reader.send(Request::new("GET", &format!("{ALPHA}/{name}"))).await?;
            same(&json!(gone.status), &json!(404), &name)?;
        }
        Ok(())
    })
}

/// A list without a resource version is as new as the last write, whoever wrote.
fn each_sees_at_once_what_the_other_writes(shared: &Shared) -> Result<(), String> {
    block_on(async {
        for (writer, reader, way) in shared.ways() {
            for number in 0..20 {
                let name = format!("at-once-{way}-{number}");
                let body = json!({"metadata": {"name": name, "labels": {"way": way}}});
                ask(writer, Request::json("POST", BETA, &body)).await?;
                let list = Request::new("GET", &format!("{BETA}?labelSelector=way%3D{way}"));
                let list = ask(reader, list).await?;
                let count = list["items"].as_array().map_or(0, Vec::len);
                same(&json!(count), &json!(number + 1), &name)?;
            }
        }
        Ok(())
    })
}

fn each_watches_what_the_other_writes(shared: &Shared) -> Result<(), String> {
    block_on(async {
        for (writer, reader, way) in shared.ways() {
            let name = format!("watched-{way}");
            let path = format!("{BETA}?watch=true&timeoutSeconds=20&fieldSelector=metadata.name%3D{name}");
            let mut watch = reader.open(Request::new("GET", &path)).await?.into_body();
            ask(
                writer,
                Request::json("POST", BETA, &json!({"metadata": {"name": name}})),
            )
            .await?;
            ask(writer, merge(BETA, &name, &json!({"metadata": {"labels": {"a": "b"}}}))).await?;
            ask(writer, Request::new("DELETE", &format!("{BETA}/{name}"))).await?;
            let mut seen = String::new();
            while !seen.contains("DELETED") {
                let frame = timeout(Duration::from_secs(20), watch.frame()).await;
                let frame = frame.map_err(|_| format!("{name}: nothing comes after {seen}"))?;
                let frame = frame.ok_or("the watch ended")?.map_err(|error| error.to_string())?;
                seen.push_str(&String::from_utf8_lossy(frame.data_ref().map_or(&[], |data| &data[..])));
            }
            let kinds: Vec<Value> = serde_json::Deserializer::from_str(&seen)
                .into_iter::<Value>()
                .map(|event| event.map_or(Value::Null, |event| event["type"].clone()))
                .collect();
            same(&json!(kinds), &json!(["ADDED", "MODIFIED", "DELETED"]), &name)?;
        }
        Ok(())
    })
}

fn each_respects_the_owners_of_the_other(shared: &Shared) -> Result<(), String> {
    block_on(async {
        for (writer, reader, way) in shared.ways() {
            let name = format!("owned-{way}");
            ask(writer, apply(&name, "one", "a")).await?;
            let refused = reader.send(apply(&name, "two", "b")).await?;
            same(&json!(refused.status), &json!(409), &name)?;
            let causes = &refused.json()["details"]["causes"];
            same(&causes[0]["field"], &json!(".spec.reference"), &name)?;
            same(&causes[0]["message"], &json!("conflict with \"one\""), &name)?;
            // The same again by its owner is no write.
            let before = ask(writer, Request::new("GET", &format!("{ALPHA}/{name}"))).await?;
            let again = ask(writer, apply(&name, "one", "a")).await?;
            same(
                &before["metadata"]["resourceVersion"],
                &again["metadata"]["resourceVersion"],
                &name,
            )?;
        }
        Ok(())
    })
}

/// Each merges labels of its own into one object, which takes as many retries as it takes; none is lost.
fn both_change_one_object_at_once(shared: &Shared) -> Result<(), String> {
    const LABELS: usize = 40;
    block_on(async {
        let body = json!({"metadata": {"name": "busy"}});
        ask(&shared.ours, Request::json("POST", ALPHA, &body)).await?;
        let write = async |client: &Client, way: &str| {
            for number in 0..LABELS {
                let label = format!("{way}-{number}");
                ask(
                    client,
                    merge(ALPHA, "busy", &json!({"metadata": {"labels": {label: "x"}}})),
                )
                .await?;
            }
            Ok::<(), String>(())
        };
        let (go, ours) = tokio::join!(write(&shared.go, "go"), write(&shared.ours, "ours"));
        go.and(ours)?;
        for client in [&shared.go, &shared.ours] {
            let read = ask(client, Request::new("GET", &format!("{ALPHA}/busy"))).await?;
            let count = read["metadata"]["labels"].as_object().map_or(0, serde_json::Map::len);
            same(&json!(count), &json!(2 * LABELS), "busy")?;
        }
        Ok(())
    })
}

fn merge(path: &str, name: &str, patch: &Value) -> Request {
    Request::new("PATCH", &format!("{path}/{name}"))
        .header("Content-Type", "application/merge-patch+json")
        .body(patch.to_string())
}

fn apply(name: &str, manager: &str, reference: &str) -> Request {
    let body = json!({
        "apiVersion": "wardle.example.com/v1alpha1",
        "kind": "Flunder",
        "metadata": {"name": name},
        "spec": {"reference": reference, "referenceType": "Flunder"},
    });
    Request::new("PATCH", &format!("{ALPHA}/{name}?fieldManager={manager}"))
        .header("Content-Type", "application/apply-patch+yaml")
        .body(body.to_string())
}

async fn ask(client: &Client, request: Request) -> Result<Value, String> {
    let what = format!("{} {}", request.method, request.path);
    let answer = client.send(request).await?;
    if answer.status < 300 {
        return Ok(answer.json());
    }
    Err(format!(
        "{what}: {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    ))
}

fn same(found: &Value, wanted: &Value, what: &str) -> Result<(), String> {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{what}: {found} should be {wanted}"))
    }
}
