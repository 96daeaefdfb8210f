//! The server is registered, found available, and what it says of itself is part of what the cluster says.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kgen_e2e::suite::{block_on, eventually, expect};
use kgen_e2e::{Answer, Request};

use crate::Shared;

const PATIENCE: Duration = Duration::from_secs(90);

/// Leads the service and both versions, which are registered, to the server: it runs in no pod here, and its certificate is
/// that of an authority. Then waits until both are available.
pub(crate) fn register(shared: &Shared) -> Result<(), String> {
    let port = shared.server.port();
    shared
        .kubectl
        .run(&["-n", "wardle", "delete", "service", "wardle-server"])?;
    let service = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: wardle-server, namespace: wardle}}\n\
         spec: {{type: ExternalName, externalName: localhost, ports: [{{port: {port}}}]}}\n"
    );
    shared.apply("service.yaml", &service)?;
    let bundle = STANDARD.encode(shared.cluster.pki.authority());
    let spec = format!(r#"{{"caBundle": "{bundle}", "insecureSkipTLSVerify": false, "service": {{"port": {port}}}}}"#);
    let patch = format!(r#"{{"spec": {spec}}}"#);
    for version in ["v1alpha1", "v1beta1"] {
        let name = format!("{version}.wardle.example.com");
        shared
            .kubectl
            .run(&["patch", "apiservice", &name, "--type=merge", "-p", &patch])?;
    }
    both_versions_are_available(shared)?;
    eventually(PATIENCE, || shared.kubectl.run(&["get", "flunders", "-A"]).map(drop))
}

pub(crate) fn both_versions_are_available(shared: &Shared) -> Result<(), String> {
    for version in ["v1alpha1", "v1beta1"] {
        let name = format!("apiservice/{version}.wardle.example.com");
        shared
            .kubectl
            .run(&["wait", "--for=condition=Available", "--timeout=60s", &name])?;
    }
    Ok(())
}

pub(crate) fn discovery_is_merged(shared: &Shared) -> Result<(), String> {
    let resources = shared
        .kubectl
        .run(&["api-resources", "--api-group=wardle.example.com"])?;
    expect(
        &resources,
        &["fischers", "flunders", "wardle.example.com/v1beta1", "true", "false"],
    )?;
    let versions = shared.kubectl.run(&["api-versions"])?;
    expect(
        &versions,
        &["wardle.example.com/v1alpha1", "wardle.example.com/v1beta1", "apps/v1"],
    )?;
    let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    let answer = ask(shared, Request::new("GET", "/apis").header("Accept", aggregated))?;
    let groups = answer.json();
    let groups = groups["items"].as_array().ok_or("no groups")?;
    let wardle = groups
        .iter()
        .find(|group| group["metadata"]["name"] == "wardle.example.com")
        .ok_or("wardle.example.com is not in the aggregated discovery")?;
    let stale = wardle["versions"].as_array().ok_or("no versions")?.iter();
    let stale: Vec<_> = stale.filter(|version| version["freshness"] != "Current").collect();
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("not current: {stale:?}"))
    }
}

pub(crate) fn openapi_v3_is_merged(shared: &Shared) -> Result<(), String> {
    eventually(PATIENCE, || {
        let root = ask(shared, Request::new("GET", "/openapi/v3"))?.json();
        let path = &root["paths"]["apis/wardle.example.com/v1alpha1"]["serverRelativeURL"];
        let path = path.as_str().ok_or("v1alpha1 is not in the merged root")?;
        let document = ask(shared, Request::new("GET", path))?;
        expect(
            &String::from_utf8_lossy(&document.body),
            &["FlunderSpec", "x-kubernetes-group-version-kind"],
        )
    })
}

pub(crate) fn openapi_v2_is_merged(shared: &Shared) -> Result<(), String> {
    eventually(PATIENCE, || {
        let document = ask(shared, Request::new("GET", "/openapi/v2"))?;
        let pieces = [
            "/apis/wardle.example.com/v1beta1/namespaces/{namespace}/flunders/{name}",
            "/apis/apps/v1/",
        ];
        expect(&String::from_utf8_lossy(&document.body), &pieces).map_err(|_| "not in the merged document".to_owned())
    })
}

pub(crate) fn kubectl_explains(shared: &Shared) -> Result<(), String> {
    eventually(PATIENCE, || {
        let spec = shared
            .kubectl
            .run(&["explain", "flunders.spec", "--api-version=wardle.example.com/v1alpha1"])?;
        expect(
            &spec,
            &["GROUP:      wardle.example.com", "reference\t<string>", "referenceType"],
        )
    })
}

/// Asks kube-apiserver as its administrator.
pub(crate) fn ask(shared: &Shared, request: Request) -> Result<Answer, String> {
    let client = shared.cluster.client()?;
    let answer = block_on(client.send(request))?;
    if answer.status < 300 {
        return Ok(answer);
    }
    Err(format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)))
}
