//! Files that say how to reach the main API server.

use std::fs;
use std::time::Duration;

use kgen_apiserver::cluster::{Client, Error, write_kubeconfig};
use serde_json::Value;
use tempfile::TempDir;

use crate::main_server::MainServer;

const PATH: &str = "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";

async fn reaches(client: &Client) -> bool {
    client.get::<Value>(PATH).await.is_ok()
}

async fn main_server() -> (MainServer, TempDir) {
    let main = MainServer::start().await;
    main.configure(&[]);
    (main, TempDir::new().expect("a folder"))
}

#[tokio::test]
async fn a_kubeconfig_that_was_written_can_be_used() {
    let (main, folder) = main_server().await;
    let path = folder.path().join("new/kubeconfig");
    let server = format!("https://{}", main.address);
    write_kubeconfig(&path, "wardle", &server, main.authority.as_bytes(), main.token()).expect("it is written");
    assert!(reaches(&Client::from_kubeconfig(&path).expect("it is valid")).await);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&path).expect("it is there").permissions().mode() & 0o777,
            0o600
        );
    }
}

#[tokio::test]
async fn files_beside_a_kubeconfig_are_read_again() {
    let (main, folder) = main_server().await;
    let path = folder.path().join("kubeconfig");
    fs::write(folder.path().join("ca.crt"), &main.authority).expect("it is written");
    fs::write(folder.path().join("token"), "old").expect("it is written");
    let text = format!(
        "apiVersion: v1
kind: Config
current-context: a
contexts: [{{name: a, context: {{cluster: c, user: u}}}}]
clusters: [{{name: c, cluster: {{server: \"https://localhost:{}/\", certificate-authority: ca.crt}}}}]
users: [{{name: u, user: {{tokenFile: token}}}}]
preferences: {{}}
",
        main.address.port()
    );
    fs::write(&path, text).expect("it is written");
    let client = Client::from_kubeconfig(&path).expect("it is valid");
    let refused = client.get::<Value>(PATH).await.expect_err("the token is an old one");
    assert_eq!(refused.code(), Some(401));
    fs::write(folder.path().join("token"), format!("{}\n", main.token())).expect("it is written");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert!(reaches(&client).await);
}

#[tokio::test]
async fn a_server_is_verified_unless_that_is_turned_off() {
    let (main, folder) = main_server().await;
    let path = folder.path().join("kubeconfig");
    let server = format!("https://{}", main.address);
    let other = crate::authority::Authority::new("other").pem();
    write_kubeconfig(&path, "a", &server, other.as_bytes(), main.token()).expect("it is written");
    let client = Client::from_kubeconfig(&path).expect("it is valid");
    let error = client.get::<Value>(PATH).await.expect_err("the server is another");
    assert!(matches!(&error, Error::Transport { broken: false, .. }), "{error}");
    let text = fs::read_to_string(&path).expect("it is there");
    let trusting = text.replace("    server:", "    insecure-skip-tls-verify: true\n    server:");
    assert_ne!(text, trusting);
    fs::write(&path, trusting).expect("it is written");
    assert!(reaches(&Client::from_kubeconfig(&path).expect("it is valid")).await);
}

#[test]
fn what_is_wrong_with_a_kubeconfig_is_said() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("kubeconfig");
    let error = |text: &str| {
        fs::write(&path, text).expect("it is written");
        let error = Client::from_kubeconfig(&path).expect_err("it is not valid").to_string();
        error.replace(&format!("{}: ", path.display()), "")
    };
    let context = "current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\n";
    let cluster = format!(
        "{context}clusters: [{{name: c, cluster: {{server: 'https://h', certificate-authority-data: YQ==}}}}]\n"
    );
    assert_eq!(error("users: null"), "`current-context` is not set");
    assert_eq!(error("current-context: a"), "there is no context `a`");
    assert_eq!(error(context), "there is no cluster `c`");
    assert_eq!(error(&cluster), "there is no user `u`");
    let user = |user: &str| error(&format!("{cluster}users: [{{name: u, user: {{{user}}}}}]"));
    assert_eq!(
        user("exec: {command: x}"),
        "`exec` and `auth-provider` are not supported: name a certificate, a token or a `tokenFile`"
    );
    assert_eq!(
        user("client-key-data: YQ=="),
        "there is a `client-key`, but no `client-certificate`"
    );
    assert_eq!(
        user("token: a"),
        "there is no certificate (`-----BEGIN CERTIFICATE-----`)"
    );
    assert!(user("tokenFile: none").starts_with("cannot read "));
}
