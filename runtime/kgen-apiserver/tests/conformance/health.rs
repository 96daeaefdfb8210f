//! Whether a server is well, what it is, and what it counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{Method, StatusCode};
use kgen_apiserver::health::Check;
use kgen_apiserver::server::{Server, ServerOptions};

use crate::fixture::{Answer, Echo, get, parts, request};

fn server(checks: Vec<Check>) -> Server {
    let options = ServerOptions {
        checks,
        ..ServerOptions::default()
    };
    Server::with_endpoints(parts(options), Arc::new(Echo))
}

/// The version has two numbers, and is written for people.
#[tokio::test]
async fn s018_the_version_has_two_numbers() {
    let answer = Answer::of(&server(Vec::new()), get("/version")).await;
    let version = answer.json();
    for key in ["major", "minor"] {
        assert!(
            version[key]
                .as_str()
                .is_some_and(|number| number.parse::<u32>().is_ok()),
            "{version}"
        );
    }
    assert!(answer.text().starts_with("{\n  \"major\": "), "{}", answer.text());
}

/// All three endpoints say `ok`, or on demand what they looked at, as a whole or one by one.
#[tokio::test]
async fn s019_a_healthy_server_says_so() {
    let server = server(vec![Check::new("extra", || std::future::ready(Ok(())))]);
    for endpoint in ["healthz", "livez", "readyz"] {
        let path = format!("/{endpoint}");
        let answer = Answer::of(&server, get(&path)).await;
        assert_eq!((answer.status, answer.text()), (StatusCode::OK, "ok"));
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        let shutdown = if endpoint == "readyz" { "[+]shutdown ok\n" } else { "" };
        let verbose = Answer::of(&server, get(&format!("{path}?verbose"))).await;
        let wanted = format!("[+]ping ok\n[+]storage ok\n[+]extra ok\n{shutdown}{endpoint} check passed\n");
        assert_eq!(verbose.text(), wanted);
        for single in ["ping", "storage", "extra"] {
            assert_eq!(Answer::of(&server, get(&format!("{path}/{single}"))).await.text(), "ok");
        }
        assert_eq!(
            Answer::of(&server, get(&format!("{path}/none"))).await.status,
            StatusCode::NOT_FOUND
        );
    }
    let head = Answer::of(&server, request(Method::HEAD, "/healthz")).await;
    assert_eq!(
        (head.status, head.body.len(), head.header("content-length")),
        (StatusCode::OK, 0, Some("2"))
    );
}

/// A check that fails makes the whole fail, without saying why, unless it is left out.
#[tokio::test]
async fn s019_a_check_that_fails_can_be_left_out() {
    let is_well = Arc::new(AtomicBool::new(false));
    let asked = is_well.clone();
    let check = Check::new("extra", move || {
        let is_well = asked.load(Ordering::Relaxed);
        std::future::ready(if is_well { Ok(()) } else { Err("secret".to_owned()) })
    });
    let server = server(vec![check]);
    let answer = Answer::of(&server, get("/livez")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let wanted = "[+]ping ok\n[+]storage ok\n[-]extra failed: reason withheld\nlivez check failed\n";
    assert_eq!(answer.text(), wanted);
    let left_out = Answer::of(&server, get("/livez?verbose&exclude=extra")).await;
    assert_eq!(left_out.status, StatusCode::OK);
    assert!(
        left_out.text().contains("[+]extra excluded: ok\n"),
        "{}",
        left_out.text()
    );
    let unknown = Answer::of(&server, get("/livez?exclude=none")).await;
    assert_eq!(unknown.status, StatusCode::INTERNAL_SERVER_ERROR);
    let warning = "warn: some health checks cannot be excluded: no matches for \"none\"\n";
    assert!(unknown.text().contains(warning), "{}", unknown.text());
    is_well.store(true, Ordering::Relaxed);
    assert_eq!(Answer::of(&server, get("/livez")).await.text(), "ok");
}

/// Health checks are among what is counted, too.
#[tokio::test]
async fn s021_health_checks_are_measured() {
    let answer = Answer::of(&server(Vec::new()), get("/metrics/slis")).await;
    let line = "kubernetes_healthcheck{name=\"shutdown\",type=\"readyz\"} 1";
    assert!(answer.text().lines().any(|known| known == line), "{}", answer.text());
}

/// Requests are counted under the names of the Go servers.
#[tokio::test]
async fn s021_requests_are_counted() {
    let server = server(Vec::new());
    let path = "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders";
    for _ in 0..3 {
        Answer::of(&server, get(path)).await;
    }
    Answer::of(&server, get(&format!("{path}/x"))).await;
    Answer::of(&server, get("/healthz")).await;
    let answer = Answer::of(&server, get("/metrics")).await;
    assert!(
        answer
            .header("content-type")
            .is_some_and(|type_| type_.starts_with("text/plain; version=0.0.4"))
    );
    let of = |verb: &str, scope: &str| {
        format!(
            "apiserver_request_total{{verb=\"{verb}\",group=\"wardle.example.com\",version=\"v1alpha1\",\
             resource=\"flunders\",subresource=\"\",scope=\"{scope}\",component=\"apiserver\",dry_run=\"\",code=\"200\"}}"
        )
    };
    let text = answer.text();
    for line in [
        format!("{} 3", of("LIST", "namespace")),
        format!("{} 1", of("GET", "resource")),
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    for name in [
        "apiserver_request_duration_seconds_bucket{",
        "apiserver_response_sizes_sum{",
        "apiserver_current_inflight_requests{request_kind=\"mutating\"} 0",
        "apiserver_longrunning_requests",
        "apiserver_watch_events_total",
        "apiserver_resource_objects{group=\"wardle.example.com\",resource=\"flunders\"} 0",
        "process_resident_memory_bytes ",
        "process_cpu_seconds_total ",
    ] {
        assert!(text.contains(name), "{name}\n{text}");
    }
}
