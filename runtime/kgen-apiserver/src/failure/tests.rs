//! Failures as clients see them.

use kgen::serde_json::{json, to_value};
use kgen::validation::{Errors, Path, rules};

use super::*;

fn subject() -> Subject {
    Subject {
        group: "wardle.example.com".to_owned(),
        resource: "flunders".to_owned(),
        name: "a".to_owned(),
    }
}

#[test]
fn refusals_say_what_they_are_about() {
    let details = json!({"group": "wardle.example.com", "kind": "flunders", "name": "a"});
    for (failure, code, reason, message) in [
        (
            Failure::not_found(&subject()),
            404,
            "NotFound",
            r#"flunders.wardle.example.com "a" not found"#,
        ),
        (
            Failure::already_exists(&subject()),
            409,
            "AlreadyExists",
            r#"flunders.wardle.example.com "a" already exists"#,
        ),
        (
            Failure::forbidden(&subject(), "no"),
            403,
            "Forbidden",
            r#"flunders.wardle.example.com "a" is forbidden: no"#,
        ),
        (
            Failure::modified(&subject()),
            409,
            "Conflict",
            "Operation cannot be fulfilled on flunders.wardle.example.com \"a\": the object has been modified; \
             please apply your changes to the latest version and try again",
        ),
    ] {
        let status = to_value(failure.status()).expect("a status is JSON");
        let wanted = json!({
            "apiVersion": "v1", "kind": "Status", "metadata": {}, "status": "Failure",
            "code": code, "reason": reason, "message": message, "details": details,
        });
        assert_eq!(status, wanted);
    }
}

#[test]
fn broken_rules_are_causes() {
    let mut errors = Errors::new();
    let spec = Path::ROOT.child("spec");
    rules::minimum(&mut errors, &spec.child("replicas"), -1, 0);
    rules::required(&mut errors, &spec.child("name"), false);
    let failure = Failure::invalid("wardle.example.com", "Flunder", "a", &errors);
    assert_eq!(
        failure.message,
        r#"Flunder.wardle.example.com "a" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.name: Required value]"#
    );
    let details = to_value(failure.details).expect("details are JSON");
    assert_eq!(
        details,
        json!({
            "group": "wardle.example.com", "kind": "Flunder", "name": "a",
            "causes": [
                {
                    "reason": "FieldValueInvalid", "field": "spec.replicas",
                    "message": "Invalid value: -1: must be greater than or equal to 0",
                },
                {"reason": "FieldValueRequired", "field": "spec.name", "message": "Required value"},
            ],
        })
    );
}

#[test]
fn clients_are_told_when_to_come_back() {
    let failure = Failure::revision_ahead(9, 7, Duration::from_secs(1));
    assert_eq!(failure.message, "Timeout: Too large resource version: 9, current: 7");
    let details = failure.details.expect("it says when");
    assert_eq!(details.retry_after_seconds, Some(1));
    let causes = details.causes.unwrap_or_default();
    assert_eq!(causes[0].reason.as_deref(), Some("ResourceVersionTooLarge"));
}

#[test]
fn the_core_group_has_no_name() {
    let subject = Subject {
        group: String::new(),
        ..subject()
    };
    assert_eq!(Failure::not_found(&subject).message, r#"flunders "a" not found"#);
    let verb = Failure::unsupported_verb(&subject, "create");
    assert_eq!(
        verb.message,
        r#"create is not supported on resources of kind "flunders""#
    );
    assert_eq!(verb.details.and_then(|details| details.name), None);
}
