//! Lists in parts.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use crate::fixture::{FLUNDERS, Server, flunder, labelled, version};

async fn with_five(server: Server) -> Server {
    for name in ["a", "b", "c", "d", "e"] {
        let parity = if "ace".contains(name) { "odd" } else { "even" };
        server
            .put("flunders", labelled("default", name, json!({"parity": parity})))
            .await;
    }
    server
}

/// The parts of a list are of one state, whatever is written meanwhile, and make the whole.
#[tokio::test]
async fn s058_parts_are_of_one_state() {
    for server in [
        Server::wardle().await,
        Server::direct(wardle::generated::scheme()).await,
    ] {
        let server = with_five(server).await;
        let first = server.get(&format!("{FLUNDERS}?limit=2")).await;
        let state = version(&first.ok());
        server.put("flunders", flunder("aa")).await;
        server.put("flunders", flunder("cc")).await;
        server.delete("flunders", flunder("d")).await;
        let mut names = first.names();
        let mut list = first.ok();
        while let Some(rest) = list["metadata"]["continue"].as_str() {
            let next = server.get(&format!("{FLUNDERS}?limit=2&continue={rest}")).await;
            names.extend(next.names());
            list = next.ok();
            assert_eq!(version(&list), state);
        }
        assert_eq!(names, ["a", "b", "c", "d", "e"]);
        assert_eq!(list["metadata"].get("remainingItemCount"), None);
    }
}

/// How many objects remain is told only where all are selected.
#[tokio::test]
async fn s060_what_remains_is_counted_without_selectors() {
    let server = with_five(Server::wardle().await).await;
    let list = server.get(&format!("{FLUNDERS}?limit=2")).await.ok();
    assert_eq!(list["metadata"]["remainingItemCount"], 3);
    let list = server
        .get(&format!("{FLUNDERS}?limit=2&labelSelector=parity=odd"))
        .await
        .ok();
    assert_eq!(list["metadata"].get("remainingItemCount"), None);
    assert!(list["metadata"]["continue"].is_string());
}

/// With a selector a part is as long as the limit says, if there are as many.
#[tokio::test]
async fn s061_parts_of_selected_objects_are_full() {
    for server in [
        Server::wardle().await,
        Server::direct(wardle::generated::scheme()).await,
    ] {
        let server = with_five(server).await;
        let first = server
            .get(&format!("{FLUNDERS}?limit=2&labelSelector=parity=odd"))
            .await;
        assert_eq!(first.names(), ["a", "c"]);
        let list = first.ok();
        let rest = list["metadata"]["continue"].as_str().expect("it goes on");
        let last = server
            .get(&format!("{FLUNDERS}?limit=2&labelSelector=parity=odd&continue={rest}"))
            .await;
        assert_eq!(last.names(), ["e"]);
        assert_eq!(last.ok()["metadata"].get("continue"), None);
    }
}

/// A client that accepts any state is given all of it.
#[tokio::test]
async fn s057_any_state_is_given_whole() {
    let server = with_five(Server::wardle().await).await;
    server.get(FLUNDERS).await.ok();
    let list = server.get(&format!("{FLUNDERS}?limit=2&resourceVersion=0")).await;
    assert_eq!(list.names().len(), 5);
    assert_eq!(list.ok()["metadata"].get("continue"), None);
}

/// A state that is forgotten is 410; the answer holds a token by which the list goes on with the present one.
#[tokio::test]
async fn s059_a_forgotten_state_is_gone_and_the_list_can_go_on() {
    let server = with_five(Server::direct(wardle::generated::scheme()).await).await;
    let list = server.get(&format!("{FLUNDERS}?limit=2")).await.ok();
    let rest = list["metadata"]["continue"].as_str().expect("it goes on").to_owned();
    let state = version(&list);
    server.put("flunders", flunder("cc")).await;
    let now = server.put("flunders", flunder("f")).await;
    server.compact(now).await;

    let answer = server.get(&format!("{FLUNDERS}?limit=2&continue={rest}")).await;
    let (code, reason, message) = answer.refusal();
    assert_eq!((code, reason.as_str()), (410, "Expired"));
    assert!(message.starts_with("The provided continue parameter is too old to display a consistent list result."));
    let status = answer.json();
    let inconsistent = status["metadata"]["continue"].as_str().expect("there is a token");
    let list = server.get(&format!("{FLUNDERS}?limit=9&continue={inconsistent}")).await;
    assert_eq!(list.names(), ["c", "cc", "d", "e", "f"]);

    let exact = format!("{FLUNDERS}?resourceVersion={state}&resourceVersionMatch=Exact");
    let (code, reason, message) = server.get(&exact).await.refusal();
    assert_eq!((code, reason.as_str()), (410, "Expired"));
    assert_eq!(message, "The resourceVersion for the provided list is too old.");
}

/// Tokens that were not given out here are refused, above all those that lead elsewhere.
#[tokio::test]
async fn s062_forged_tokens_are_refused() {
    let server = with_five(Server::wardle().await).await;
    let forged = |text: &str| URL_SAFE_NO_PAD.encode(text);
    for token in [
        "x".to_owned(),
        forged("{}"),
        forged(r#"{"v":"meta.k8s.io/v1","rv":1,"start":"../../other/a"}"#),
        forged(r#"{"v":"meta.k8s.io/v1","rv":-7,"start":"a"}"#),
    ] {
        let (code, reason, message) = server.get(&format!("{FLUNDERS}?continue={token}")).await.refusal();
        assert_eq!((code, reason.as_str()), (400, "BadRequest"));
        assert!(message.starts_with("invalid continue token"), "{message}");
    }
}
