//! Who may do what: users come from the front proxy, tokens and certificates, and kube-apiserver's rules hold.

use kgen_e2e::suite::{block_on, expect};
use kgen_e2e::{Answer, Identity, Kubectl, Request};

use crate::Shared;

const FLUNDERS: &str = "/apis/wardle.example.com/v1beta1/namespaces/default/flunders";

/// A user who may read flunders of the default namespace, and no more.
fn reader(shared: &Shared, user: &str) -> Result<Identity, String> {
    let rules = format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: {user}, namespace: default}}\n\
         rules: [{{apiGroups: [wardle.example.com], resources: [flunders], verbs: [get, list, watch]}}]\n---\n\
         apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: {user}, namespace: default}}\n\
         roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: {user}}}\n\
         subjects: [{{apiGroup: rbac.authorization.k8s.io, kind: User, name: {user}}}]\n"
    );
    shared.apply(&format!("{user}.yaml"), &rules)?;
    shared.cluster.pki.client(user, user, &["readers"])
}

pub(crate) fn a_role_allows_to_get_and_not_to_create(shared: &Shared) -> Result<(), String> {
    let identity = reader(shared, "jane")?;
    let address = shared.cluster.apiserver.address();
    let kubeconfig = shared.cluster.pki.kubeconfig("jane", &address, &identity)?;
    let kubectl = Kubectl::new(&kubeconfig, shared.folder.path())?;
    kubectl.run(&["get", "flunders"])?;
    let can_create = kubectl.output(&["auth", "can-i", "create", "flunders"])?;
    expect(&can_create.stdout, &["no"])?;
    let can_get = kubectl.output(&["auth", "can-i", "get", "flunders"])?;
    expect(&can_get.stdout, &["yes"])?;
    let manifest =
        "apiVersion: wardle.example.com/v1beta1\nkind: Flunder\nmetadata: {name: jane, namespace: default}\n";
    let path = shared.write("jane-flunder.yaml", manifest)?;
    let complaint = kubectl.fail(&["create", "-f", &path])?;
    expect(
        &complaint,
        &["Forbidden", "User \"jane\" cannot create resource \"flunders\""],
    )
}

/// Without the aggregator: a client certificate of the cluster's authority is known here too.
pub(crate) fn the_server_asks_for_itself(shared: &Shared) -> Result<(), String> {
    let identity = reader(shared, "john")?;
    let client = shared.cluster.client_of(shared.server.port(), Some(&identity))?;
    let send = |request: Request| block_on(client.send(request));
    wants(&send(Request::new("GET", FLUNDERS))?, 200, "")?;
    let answer = send(flunder("john"))?;
    let message = r#"flunders.wardle.example.com is forbidden: User \"john\" cannot create resource \"flunders\" in API group \"wardle.example.com\" in the namespace \"default\""#;
    wants(&answer, 403, message)?;
    let elsewhere = FLUNDERS.replace("default", "kube-system");
    wants(
        &send(Request::new("GET", &elsewhere))?,
        403,
        "in the namespace \\\"kube-system\\\"",
    )?;
    let all = "/apis/wardle.example.com/v1beta1/flunders";
    wants(&send(Request::new("GET", all))?, 403, "at the cluster scope")
}

pub(crate) fn the_front_proxy_is_believed(shared: &Shared) -> Result<(), String> {
    reader(shared, "jack")?;
    let proxy = shared.cluster.front_proxy.client("proxy", "front-proxy", &[])?;
    let client = shared.cluster.client_of(shared.server.port(), Some(&proxy))?;
    let send = |request: Request| block_on(client.send(request.header("X-Remote-User", "jack")));
    wants(&send(Request::new("GET", FLUNDERS))?, 200, "")?;
    wants(&send(flunder("jack"))?, 403, "User \\\"jack\\\" cannot create")?;
    let masters = flunder("jack")
        .header("X-Remote-Group", "system:masters")
        .header("X-Remote-Group", "others");
    wants(&send(masters)?, 201, "")?;
    wants(
        &send(Request::new("DELETE", &format!("{FLUNDERS}/jack")).header("X-Remote-Group", "system:masters"))?,
        200,
        "",
    )
}

pub(crate) fn forged_headers_are_refused(shared: &Shared) -> Result<(), String> {
    let forged = |request: Request| {
        request
            .header("X-Remote-User", "admin")
            .header("X-Remote-Group", "system:masters")
            .header("X-Remote-Extra-Scopes", "all")
    };
    let port = shared.server.port();
    let reader = reader(shared, "judy")?;
    let impostor = shared.cluster.front_proxy.client("impostor", "impostor", &[])?;
    // No certificate, one of a client, and one of the right authority for somebody who is not the proxy.
    for (who, identity) in [
        ("nobody", None),
        ("judy", Some(&reader)),
        ("an impostor", Some(&impostor)),
    ] {
        let client = shared.cluster.client_of(port, identity)?;
        let answer = block_on(client.send(forged(flunder("forged"))))?;
        if ![401, 403].contains(&answer.status) {
            return Err(format!("{who} was believed: {}", shown(&answer)));
        }
    }
    let client = shared.cluster.client_of(port, Some(&reader))?;
    let answer = block_on(client.send(forged(flunder("forged"))))?;
    wants(&answer, 403, "User \\\"judy\\\" cannot create")
}

pub(crate) fn tokens_are_reviewed(shared: &Shared) -> Result<(), String> {
    shared
        .kubectl
        .run(&["-n", "default", "create", "serviceaccount", "robot"])?;
    let token = shared.kubectl.run(&["-n", "default", "create", "token", "robot"])?;
    let client = shared.cluster.client_of(shared.server.port(), None)?;
    let with_token = client.clone().with_token(token.trim());
    let answer = block_on(with_token.send(Request::new("GET", FLUNDERS)))?;
    wants(
        &answer,
        403,
        "User \\\"system:serviceaccount:default:robot\\\" cannot list",
    )?;
    let answer = block_on(client.with_token("nonsense").send(Request::new("GET", FLUNDERS)))?;
    wants(&answer, 401, "Unauthorized")
}

pub(crate) fn nobody_may_do_little(shared: &Shared) -> Result<(), String> {
    let client = shared.cluster.client_of(shared.server.port(), None)?;
    let send = |path: &str| block_on(client.send(Request::new("GET", path)));
    wants(&send("/healthz")?, 200, "ok")?;
    wants(&send("/readyz")?, 200, "ok")?;
    wants(&send(FLUNDERS)?, 403, "User \\\"system:anonymous\\\" cannot list")?;
    wants(&send("/metrics")?, 403, "system:anonymous")
}

fn flunder(name: &str) -> Request {
    Request::json("POST", FLUNDERS, &serde_json::json!({"metadata": {"name": name}}))
}

fn wants(answer: &Answer, status: u16, piece: &str) -> Result<(), String> {
    if answer.status != status {
        return Err(format!("wanted {status}, got {}", shown(answer)));
    }
    expect(&String::from_utf8_lossy(&answer.body), &[piece])
}

fn shown(answer: &Answer) -> String {
    format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body))
}
