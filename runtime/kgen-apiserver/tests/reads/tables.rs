//! Rows for people.

use serde_json::{Value, json};

use crate::fixture::{FLUNDERS, ROBOTS, Server, TABLE, flunder, robot};

async fn table(server: &Server, address: &str) -> Value {
    server.get_as(address, &[("accept", TABLE)]).await.ok()
}

fn headings(table: &Value) -> Vec<&str> {
    let columns = table["columnDefinitions"].as_array().expect("it has columns");
    columns
        .iter()
        .map(|column| column["name"].as_str().expect("it has a name"))
        .collect()
}

/// A kind without columns is shown with name and time of creation; lists and single objects are tables alike.
#[tokio::test]
async fn s024_default_columns_are_name_and_creation() {
    let server = Server::wardle().await;
    let empty = table(&server, FLUNDERS).await;
    assert_eq!(empty["rows"], json!([]));
    let revision = server.put("flunders", flunder("a")).await;
    for address in [FLUNDERS.to_owned(), format!("{FLUNDERS}/a")] {
        let table = table(&server, &address).await;
        assert_eq!(
            (&table["kind"], &table["apiVersion"]),
            (&json!("Table"), &json!("meta.k8s.io/v1"))
        );
        assert_eq!(table["metadata"], json!({"resourceVersion": revision.to_string()}));
        assert_eq!(headings(&table), ["Name", "Created At"]);
        let name = &table["columnDefinitions"][0];
        assert_eq!(
            (&name["type"], &name["format"], &name["priority"]),
            (&json!("string"), &json!("name"), &json!(0))
        );
        assert_eq!(table["columnDefinitions"][1]["type"], "date");
        assert_eq!(table["rows"][0]["cells"], json!(["a", "2026-01-01T00:00:00Z"]));
        let object = &table["rows"][0]["object"];
        assert_eq!(object["kind"], "PartialObjectMetadata");
        assert_eq!(object["metadata"]["name"], "a");
        assert_eq!(object.get("spec"), None);
    }
}

/// The columns that the API declares follow the name, with their types, and dates are shown as ages.
#[tokio::test]
async fn s024_declared_columns_are_shown() {
    let server = Server::fleet().await;
    server.put("robots", robot("a", "north")).await;
    let table = table(&server, ROBOTS).await;
    assert_eq!(
        headings(&table),
        ["Name", "Site", "Enabled", "Charge", "Load", "Seen", "Ready"]
    );
    assert_eq!(
        table["columnDefinitions"][3],
        json!({
            "name": "Charge", "type": "integer", "format": "int32", "priority": 0,
            "description": "What the battery holds, in percent.",
        })
    );
    assert_eq!(table["columnDefinitions"][4]["priority"], 1);
    let cells = table["rows"][0]["cells"].as_array().expect("it has cells");
    assert_eq!(
        cells[..5],
        [json!("a"), json!("north"), json!(true), json!(80), Value::Null]
    );
    assert!(
        cells[5].as_str().is_some_and(|age| age.ends_with(['d', 'h', 'y'])),
        "{}",
        cells[5]
    );
    assert_eq!(cells[6], "True");
}

/// `includeObject` decides what a row holds beside its cells.
#[tokio::test]
async fn s024_rows_hold_what_is_asked_for() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let object = server.get(&format!("{FLUNDERS}/a")).await.ok();
    for (include, wanted) in [("None", Value::Null), ("Object", object)] {
        let table = table(&server, &format!("{FLUNDERS}?includeObject={include}")).await;
        assert_eq!(table["rows"][0]["object"], wanted);
    }
    let metadata = table(&server, &format!("{FLUNDERS}?includeObject=Metadata")).await;
    assert_eq!(metadata, table(&server, FLUNDERS).await);
    let address = format!("{FLUNDERS}?includeObject=x");
    let (code, _, message) = server.get_as(&address, &[("accept", TABLE)]).await.refusal();
    assert_eq!(code, 400);
    assert_eq!(
        message,
        r#"Invalid value: "x": must be 'Metadata', 'Object', 'None', or empty"#
    );
}

/// Parts of a list are parts of its table.
#[tokio::test]
async fn s024_tables_come_in_parts() {
    let server = Server::wardle().await;
    for name in ["a", "b", "c"] {
        server.put("flunders", flunder(name)).await;
    }
    let first = table(&server, &format!("{FLUNDERS}?limit=2")).await;
    assert_eq!(first["rows"].as_array().map(Vec::len), Some(2));
    assert_eq!(first["metadata"]["remainingItemCount"], 1);
    let rest = first["metadata"]["continue"].as_str().expect("it goes on");
    let second = table(&server, &format!("{FLUNDERS}?limit=2&continue={rest}")).await;
    assert_eq!(second["rows"][0]["cells"][0], "c");
    assert_eq!(
        second["metadata"]["resourceVersion"],
        first["metadata"]["resourceVersion"]
    );
}

/// The status of an object is shown as a table too.
#[tokio::test]
async fn s140_subresources_are_shown_as_tables() {
    let server = Server::fleet().await;
    server.put("robots", robot("a", "north")).await;
    let status = table(&server, &format!("{ROBOTS}/a/status")).await;
    assert_eq!(status, table(&server, &format!("{ROBOTS}/a")).await);
}
