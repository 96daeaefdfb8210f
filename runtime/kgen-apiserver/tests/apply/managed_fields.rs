//! `metadata.managedFields` as it is stored.

use kgen_apiserver::apply::{
    Entry, FieldSet, ManagedFields, Operation, manager_or_user_agent, validate_managed_fields, validate_manager,
};
use serde_json::{Value, json};

fn entry(manager: &str, operation: &str, time: Option<&str>) -> Value {
    let mut entry = json!({
        "manager": manager,
        "operation": operation,
        "apiVersion": "example.com/v1",
        "fieldsType": "FieldsV1",
        "fieldsV1": {"f:spec": {}},
    });
    if let Some(time) = time {
        entry["time"] = time.into();
    }
    entry
}

#[test]
fn the_text_is_that_of_kubernetes() {
    let text = r#"[{"manager":"a","operation":"Apply","apiVersion":"example.com/v1","time":"2024-01-02T03:04:05Z","fieldsType":"FieldsV1","fieldsV1":{"f:ports":{"k:{\"port\":80}":{},"k:{\"port\":443}":{}}},"subresource":"status"}]"#;
    let managed = ManagedFields::from_json(text).expect("managed fields");
    assert_eq!(
        serde_json::to_string(&managed).expect("managers have a JSON form"),
        text
    );
}

#[test]
fn entries_are_sorted_by_operation_time_and_name() {
    let given = json!([
        entry("u", "Update", None),
        entry("c", "Apply", Some("2024-01-01T00:00:02Z")),
        entry("b", "Apply", Some("2024-01-01T00:00:03Z")),
        entry("a", "Apply", Some("2024-01-01T00:00:02Z")),
    ]);
    let managed = ManagedFields::decode(&given).expect("managed fields");
    let sorted = managed.to_value();
    let names: Vec<&str> = sorted
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["manager"].as_str())
        .collect();
    assert_eq!(names, ["a", "c", "b", "u"]);
}

#[test]
fn times_are_whole_seconds_of_utc() {
    let managed = ManagedFields::decode(&json!([entry("a", "Apply", Some("2024-01-01T02:00:00.9+02:00"))]));
    let written = managed.expect("managed fields").to_value();
    assert_eq!(written[0]["time"], "2024-01-01T00:00:00Z");
}

#[test]
fn an_applier_has_one_entry_whatever_the_version() {
    let mut later = entry("a", "Apply", None);
    later["apiVersion"] = "example.com/v2".into();
    let managed = ManagedFields::decode(&json!([entry("a", "Apply", None), later])).expect("managed fields");
    let versions: Vec<_> = managed
        .iter()
        .map(|(_, Entry { api_version, .. })| api_version.as_str())
        .collect();
    assert_eq!(versions, ["example.com/v2"]);
}

#[test]
fn what_is_broken_is_told() {
    let with = |name: &str, value: Value| {
        let mut entry = entry("a", "Apply", None);
        entry[name] = value;
        let error = ManagedFields::decode(&json!([entry])).expect_err("a broken entry");
        error.to_string()
    };
    assert_eq!(
        with("operation", json!("Other")),
        "operation must be `Apply` or `Update`"
    );
    assert_eq!(with("apiVersion", json!("")), "apiVersion must not be empty");
    assert_eq!(
        with("fieldsType", json!("")),
        "missing fieldsType in managed fields entry 0"
    );
    assert_eq!(
        with("fieldsType", json!("V2")),
        "invalid fieldsType \"V2\" in managed fields entry 0"
    );
    for (name, value) in [
        ("fieldsV1", json!({"x": 1})),
        ("manager", json!(1)),
        ("time", json!("noon")),
        ("fieldsV1", json!([])),
    ] {
        assert!(!with(name, value).is_empty());
    }
}

#[test]
fn null_is_absent() {
    let mut entry = entry("a", "Update", None);
    entry["fieldsV1"] = Value::Null;
    entry["subresource"] = Value::Null;
    entry["time"] = Value::Null;
    let managed = ManagedFields::decode(&json!([entry])).expect("managed fields");
    let (id, entry) = managed.iter().next().expect("an entry");
    assert_eq!(
        (id.operation, id.subresource.as_str(), &entry.fields),
        (Operation::Update, "", &FieldSet::default())
    );
    assert!(ManagedFields::decode(&Value::Null).expect("none").is_empty());
}

#[test]
fn a_client_is_told_what_it_may_not_write() {
    let causes = validate_managed_fields(&json!([
        {"operation": "", "manager": "a\u{7}"},
        {"operation": "Delete", "fieldsType": "V2", "manager": "x".repeat(129), "subresource": "s".repeat(257)},
    ]));
    let causes: Vec<String> = causes
        .iter()
        .map(|cause| format!("{}: {}", cause.field, cause.message))
        .collect();
    assert_eq!(
        causes,
        [
            "metadata.managedFields[0].operation: Required value: must not be empty",
            "metadata.managedFields[0].manager: Invalid value: \"a\\a\": invalid character U+0007 (at position 1)",
            "metadata.managedFields[1].operation: Unsupported value: \"Delete\": supported values: \"Apply\", \"Update\"",
            "metadata.managedFields[1].fieldsType: Invalid value: \"V2\": must be `FieldsV1`",
            "metadata.managedFields[1].manager: Too long: may not be more than 128 bytes",
            "metadata.managedFields[1].subresource: Too long: may not be more than 256 bytes",
        ]
    );
}

#[test]
fn a_manager_is_named_by_the_client_or_by_its_user_agent() {
    assert_eq!(manager_or_user_agent("me", "kubectl/v1.32"), "me");
    assert_eq!(manager_or_user_agent("", "kubectl/v1.32.4 (linux/amd64)"), "kubectl");
    assert_eq!(manager_or_user_agent("", "Mozilla"), "Mozilla");
    assert_eq!(manager_or_user_agent("", "a\u{7}b/1"), "ab");
    assert_eq!(manager_or_user_agent("", &"é".repeat(100)).len(), 128);
    assert_eq!(manager_or_user_agent("", &format!("a{}", "é".repeat(100))).len(), 127);
    assert!(validate_manager("kubectl é", "fieldManager").is_empty());
}
