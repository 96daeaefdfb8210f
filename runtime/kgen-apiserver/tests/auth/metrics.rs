//! What a server counts of those who ask it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use kgen_apiserver::api::Api;
use kgen_apiserver::auth::{
    Authenticator, Authenticators, Bundle, ClientCertificates, Delegated, DelegatedOptions, Lookup, Trust, Trusted,
};
use kgen_apiserver::openapi::Documents;
use kgen_apiserver::resource::Resources;
use kgen_apiserver::server::{Server, ServerOptions, ServerParts};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::json;

use crate::authority::Authority;
use crate::main_server::MainServer;
use crate::token_reviews::QUICK;

async fn answer(server: &Server, path: &str, token: &str, certificates: &[Vec<u8>]) -> String {
    let request = http::Request::get(path).header("authorization", format!("Bearer {token}"));
    let request = request.body(Full::<Bytes>::default()).expect("it is a request");
    let body = server.handle(request, certificates).await.into_body();
    let bytes = body.collect().await.expect("it ends").to_bytes();
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

/// Reviews by the main API server, certificates and what became of both are counted.
#[tokio::test]
async fn s021_who_asks_is_counted() {
    let main = MainServer::start().await;
    let ann = json!({"authenticated": true, "user": {"username": "ann@example.com"}});
    main.state().tokens.insert("known".to_owned(), ann);
    main.state().access = json!({"allowed": false});
    let delegated = Delegated::start(DelegatedOptions {
        authentication: Some(main.client()),
        authorization: Some(main.client()),
        lookup: Lookup::Skipped,
        retry: QUICK,
        denied_ttl: Duration::ZERO,
        ..DelegatedOptions::default()
    });
    let delegated = delegated.await.expect("it starts");
    let authority = Authority::new("users");
    let trust = Trust::new(Trusted {
        client_ca: Some(Arc::new(
            Bundle::parse(authority.pem().as_bytes()).expect("it is an authority"),
        )),
        request_header: None,
    });
    let ordered: Vec<Arc<dyn Authenticator>> =
        vec![Arc::new(ClientCertificates::new(trust)), delegated.authenticator()];
    let server = Server::new(ServerParts {
        resources: Resources::default(),
        documents: Documents::of(&Api::default()),
        authenticator: Arc::new(Authenticators::new(ordered, true)),
        authorizer: delegated.authorizer(),
        options: ServerOptions::default(),
    });
    let signed = authority.client("admin", &["system:masters"]);
    let certificate = CertificateDer::from_pem_slice(signed.certificate.as_bytes()).expect("it is a certificate");
    let certificates = [certificate.to_vec()];

    answer(&server, "/version", "known", &[]).await;
    answer(&server, "/version", "unknown", &[]).await;
    let text = answer(&server, "/metrics", "known", &certificates).await;
    for line in [
        "apiserver_delegated_authn_request_total{code=\"201\"} 2",
        "apiserver_delegated_authn_request_duration_seconds_bucket{code=\"201\",le=\"10\"} 2",
        "apiserver_delegated_authz_request_total{code=\"201\"} 1",
        "apiserver_client_certificate_expiration_seconds_bucket{le=\"31104000\"} 0",
        "apiserver_client_certificate_expiration_seconds_count 1",
        "authentication_attempts{result=\"success\"} 2",
        "authentication_attempts{result=\"error\"} 1",
        "authorization_attempts_total{result=\"allowed\"} 1",
        "authorization_attempts_total{result=\"no-opinion\"} 1",
        "authenticated_user_requests{username=\"admin\"} 1",
        "authenticated_user_requests{username=\"email_id\"} 1",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    main.stop().await;
    answer(&server, "/version", "another", &[]).await;
    let text = answer(&server, "/metrics", "known", &certificates).await;
    let line = "apiserver_delegated_authn_request_total{code=\"<error>\"} ";
    assert!(text.lines().any(|known| known.starts_with(line)), "{text}");
}
