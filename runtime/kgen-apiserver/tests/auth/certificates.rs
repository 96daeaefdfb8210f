//! Users who show a certificate.

use kgen_apiserver::auth::{DelegatedOptions, Lookup};
use rcgen::{DnType, ExtendedKeyUsagePurpose};
use serde_json::{Value, json};

use crate::authority::{Authority, Signed, named};
use crate::gate::Gate;

async fn gate(users: &Authority) -> Gate {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("users.crt");
    std::fs::write(&file, users.pem()).expect("it is written");
    let options = DelegatedOptions {
        client_ca_file: Some(file),
        lookup: Lookup::Skipped,
        always_allow_paths: vec!["*".to_owned()],
        ..DelegatedOptions::default()
    };
    Gate::delegated(options).await
}

/// Asks with a certificate.
async fn shown(gate: &Gate, certificate: &Signed) -> (u16, Value) {
    let answer = gate.client().with(certificate).get("/", &[]).await;
    (answer.status.as_u16(), answer.body)
}

/// The common name is the user, the organizations are the groups.
#[tokio::test]
async fn s147_certificates_say_who_asks() {
    let users = Authority::new("users");
    let gate = gate(&users).await;
    let (status, user) = shown(&gate, &users.client("ann", &["builders", "readers"])).await;
    assert_eq!(status, 200);
    assert_eq!(user["name"], "ann");
    assert_eq!(user["groups"], json!(["builders", "readers", "system:authenticated"]));
    let id = user["extra"]["authentication.kubernetes.io/credential-id"][0]
        .as_str()
        .unwrap_or_default();
    assert_eq!(id.strip_prefix("X509SHA256=").map(str::len), Some(64), "{id}");
}

/// The uid stands in an attribute that Kubernetes has a number for.
#[tokio::test]
async fn s147_certificates_may_have_a_uid() {
    let users = Authority::new("users");
    let gate = gate(&users).await;
    let mut params = named("ann", &[]);
    params
        .distinguished_name
        .push(DnType::CustomDnType(vec![1, 3, 6, 1, 4, 1, 57683, 2]), "u-1");
    assert_eq!(shown(&gate, &users.sign(&params)).await.1["uid"], "u-1");
}

/// Authorities in between are shown by the client.
#[tokio::test]
async fn s147_certificates_may_come_by_way_of_others() {
    let users = Authority::new("users");
    let gate = gate(&users).await;
    let between = users.beneath("between");
    let mut certificate = between.client("ann", &[]);
    assert_eq!(shown(&gate, &certificate).await.0, 401);
    certificate.certificate.push_str(&between.pem());
    assert_eq!(shown(&gate, &certificate).await.1["name"], "ann");
}

/// A certificate that does not verify is refused, even where those are let in who show none.
#[tokio::test]
async fn s147_certificates_of_others_are_refused() {
    let users = Authority::new("users");
    let gate = gate(&users).await;
    let of_another_authority = Authority::new("users").client("ann", &[]);
    let of_a_server = {
        let mut params = named("ann", &[]);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        users.sign(&params)
    };
    for refused in [of_another_authority, of_a_server, users.expired_client("ann")] {
        assert_eq!(shown(&gate, &refused).await.0, 401);
    }
    let nobody = gate.client().get("/", &[]).await;
    assert_eq!(nobody.body["name"], "system:anonymous");
    assert_eq!(nobody.body["groups"], json!(["system:unauthenticated"]));
    // Its name is what a certificate is for.
    assert_eq!(
        shown(&gate, &users.client("", &["system:masters"])).await.1["name"],
        "system:anonymous"
    );
}
