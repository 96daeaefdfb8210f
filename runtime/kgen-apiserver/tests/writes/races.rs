//! Several writers at once.

use std::sync::Arc;

use kgen_apiserver::request::Verb;
use kgen_apiserver::storage::Memory;
use serde_json::json;

use crate::fixture::{Careless, FLUNDERS, Server, flunder};

/// Updates without a version are made again until they are made; none is lost, and none makes an object come back.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn s136_nothing_is_lost_and_nothing_comes_back() {
    let server = Arc::new(Server::with(|api| api.strategy(Careless)));
    let object = server.create(FLUNDERS, &flunder("a")).await.is(201).body;
    let writers = (0..8).map(|writer| {
        let server = server.clone();
        tokio::spawn(async move {
            for round in 0..20 {
                let mut object = flunder("a");
                object["spec"]["reference"] = json!(format!("{writer}-{round}"));
                let answer = server.update(FLUNDERS, &object).await;
                assert!(matches!(answer.code, 200 | 404), "{answer:?}");
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    tokio::task::yield_now().await;
    let uid = &object["metadata"]["uid"];
    let options = json!({"preconditions": {"uid": uid}});
    let deleted = server.delete(FLUNDERS, "a", &options).await.is(200);
    assert_eq!(&deleted.body["details"]["uid"], uid);
    for writer in writers {
        writer.await.expect("no writer panics");
    }
    server.get(FLUNDERS, "a").await.is(404);
}

/// Of those who have seen the same state, one writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn s093_one_of_many_writers_wins() {
    let server = Arc::new(Server::new());
    let object = server.create(FLUNDERS, &flunder("a")).await.is(201).body;
    let writers = (0..16).map(|writer| {
        let (server, mut object) = (server.clone(), object.clone());
        tokio::spawn(async move {
            object["spec"]["reference"] = json!(format!("w{writer}"));
            server.update(FLUNDERS, &object).await.code
        })
    });
    let writers: Vec<_> = writers.collect();
    let mut won = 0;
    for writer in writers {
        match writer.await.expect("no writer panics") {
            200 => won += 1,
            code => assert_eq!(code, 409),
        }
    }
    assert_eq!(won, 1);
}

/// What a cache has at hand may be of the past: then it is decided again, about what there is.
#[tokio::test]
async fn s104_what_is_at_hand_is_not_trusted() {
    let store = Arc::new(Memory::new());
    let direct = Server::on(store.clone(), |api| api);
    let cached = Server::cached(store);
    let mut object = direct.create(FLUNDERS, &flunder("a")).await.is(201).body;
    for round in 0..50 {
        object["spec"]["reference"] = json!(format!("direct-{round}"));
        object = direct.update(FLUNDERS, &object).await.is(200).body;
        // The cache may not have seen that yet, or may just have.
        object["spec"]["reference"] = json!(format!("cached-{round}"));
        object = cached.update(FLUNDERS, &object).await.is(200).body;
        let same = cached.update(FLUNDERS, &object).await.is(200).body;
        assert_eq!(same, object);
    }
    direct.delete(FLUNDERS, "a", &json!({})).await.is(200);
    cached.update(FLUNDERS, &object).await.is(404);
    direct.create(FLUNDERS, &flunder("a")).await.is(201);
    let stale = json!({"preconditions": {"uid": object["metadata"]["uid"]}});
    cached.delete(FLUNDERS, "a", &stale).await.is(409);
    cached.call(Verb::Delete, FLUNDERS, "a").send().await.is(200);
    direct.get(FLUNDERS, "a").await.is(404);
}
