//! One object.

use serde_json::json;

use crate::fixture::{FISCHERS, FLUNDERS, ROBOTS, Server, flunder, robot, version};

/// A get answers the object with its kind, and a missing one is a Status that names it.
#[tokio::test]
async fn s054_get_answers_the_object_or_says_that_there_is_none() {
    let server = Server::wardle().await;
    let revision = server.put("flunders", flunder("a")).await;
    let answer = server.get(&format!("{FLUNDERS}/a")).await;
    assert!(answer.text().ends_with("}\n"));
    let mut wanted = flunder("a");
    wanted["metadata"]["resourceVersion"] = revision.to_string().into();
    wanted["metadata"]
        .as_object_mut()
        .map(|metadata| metadata.remove("labels"));
    let mut object = answer.ok();
    object["metadata"]
        .as_object_mut()
        .map(|metadata| metadata.remove("labels"));
    assert_eq!(object, wanted);

    let answer = server.get(&format!("{FLUNDERS}/b")).await;
    assert_eq!(
        answer.json(),
        json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "code": 404, "reason": "NotFound",
            "message": "flunders.wardle.example.com \"b\" not found",
            "details": {"name": "b", "group": "wardle.example.com", "kind": "flunders"},
        })
    );
}

/// A get takes the resource version that the state must at least have, and says when it lies ahead.
#[tokio::test]
async fn s055_get_reads_a_state_that_is_new_enough() {
    let server = Server::wardle().await;
    let revision = server.put("flunders", flunder("a")).await;
    server.get(FLUNDERS).await.ok();
    for wanted in ["", "0", "1", &revision.to_string()] {
        let answer = server.get(&format!("{FLUNDERS}/a?resourceVersion={wanted}")).await;
        assert_eq!(version(&answer.ok()), revision, "{wanted}");
    }
    let answer = server.get(&format!("{FLUNDERS}/a?resourceVersion=1000")).await;
    let status = answer.json();
    assert_eq!(
        (status["code"].as_u64(), &status["reason"]),
        (Some(504), &json!("Timeout"))
    );
    let message = format!("Timeout: Too large resource version: 1000, current: {revision}");
    assert_eq!(status["message"], message);
    assert_eq!(status["details"]["causes"][0]["reason"], "ResourceVersionTooLarge");
    assert_eq!(status["details"]["retryAfterSeconds"], 1);
}

/// What is no resource version, and options that are gone, are the client's mistakes.
#[tokio::test]
async fn s054_get_refuses_options_that_make_no_sense() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    for bad in ["x", "-1", "01", "1.0"] {
        let (code, reason, message) = server
            .get(&format!("{FLUNDERS}/a?resourceVersion={bad}"))
            .await
            .refusal();
        assert_eq!((code, reason.as_str()), (400, "BadRequest"));
        assert!(message.starts_with("invalid resource version"), "{message}");
    }
    let (code, _, message) = server.get(&format!("{FLUNDERS}/a?export=true")).await.refusal();
    assert_eq!(code, 400);
    assert_eq!(
        message,
        "the export parameter, deprecated since v1.14, is no longer supported"
    );
}

/// Resources, versions and subresources that are not served are not found; objects lie where their scope says.
#[tokio::test]
async fn s054_what_is_not_served_is_not_found() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    for address in [
        "/apis/wardle.example.com/v1alpha1/namespaces/default/others/a".to_owned(),
        "/apis/wardle.example.com/v1alpha1/namespaces/default/fischers/a".to_owned(),
        format!("{FLUNDERS}/a/status"),
        format!("{FLUNDERS}/a/scale"),
        format!("{FLUNDERS}/a/other"),
    ] {
        let (code, reason, message) = server.get(&address).await.refusal();
        assert_eq!((code, reason.as_str()), (404, "NotFound"), "{address}");
        assert_eq!(message, "the server could not find the requested resource", "{address}");
    }
    let address = "/apis/wardle.example.com/v1/namespaces/default/flunders/a";
    assert_eq!(server.get(address).await.code, 404);
    let address = "/apis/wardle.example.com/v1alpha1/flunders/a";
    assert_eq!(server.get(address).await.code, 404);
    assert_eq!(server.get(&format!("{FISCHERS}/a")).await.refusal().0, 404);
}

/// A get of the status answers the whole object.
#[tokio::test]
async fn s137_status_is_read_as_the_object() {
    let server = Server::fleet().await;
    server.put("robots", robot("a", "north")).await;
    let object = server.get(&format!("{ROBOTS}/a")).await;
    let status = server.get(&format!("{ROBOTS}/a/status")).await;
    assert_eq!(status.ok()["kind"], "Robot");
    assert_eq!(status.body, object.body);
    assert_eq!(server.get(&format!("{ROBOTS}/b/status")).await.refusal().0, 404);
}
