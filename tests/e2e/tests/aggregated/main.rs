//! wardle-server as an aggregated API server: behind a real kube-apiserver, beside a real kube-controller-manager.
//!
//! `KGEN_WARDLE_SERVER=…/assets/sample-apiserver` runs the cases against the Go server, to tell what is its own fault.

mod access;
mod collected;
mod manifests;
mod measured;
mod operators;
mod registration;
mod requests;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use kgen_e2e::programs::missing;
use kgen_e2e::servers::ControllerManager;
use kgen_e2e::suite::eventually;
use kgen_e2e::{Cluster, Kubectl, Program, Suite, WardleServer, cases};
use tempfile::TempDir;

/// The cluster with wardle-server behind it.
pub(crate) struct Shared {
    /// kubectl as the administrator.
    pub(crate) kubectl: Kubectl,
    pub(crate) server: WardleServer,
    /// The kubeconfig of the account that the manifests make for it.
    pub(crate) account: PathBuf,
    _controller_manager: ControllerManager,
    pub(crate) cluster: Cluster,
    pub(crate) folder: TempDir,
}

fn main() -> ExitCode {
    let programs = [
        Program::Etcd,
        Program::KubeApiserver,
        Program::KubeControllerManager,
        Program::Kubectl,
        Program::Python,
        Program::SampleApiserver,
    ];
    Suite {
        start,
        missing: missing(&programs, "The cases behind kube-apiserver"),
        cases: cases![
            manifests::those_of_other_examples_are_accepted,
            manifests::the_account_has_the_rights_that_it_needs,
            manifests::usual_roles_are_for_these_kinds_too,
            manifests::nothing_is_refused_to_the_server,
            registration::both_versions_are_available,
            registration::discovery_is_merged,
            registration::openapi_v3_is_merged,
            registration::openapi_v2_is_merged,
            registration::kubectl_explains,
            requests::objects_are_made_changed_and_deleted,
            requests::watches_go_through,
            requests::strict_validation_reaches_the_server,
            requests::server_side_apply_goes_through,
            requests::deprecated_versions_warn,
            access::a_role_allows_to_get_and_not_to_create,
            access::the_server_asks_for_itself,
            access::the_front_proxy_is_believed,
            access::forged_headers_are_refused,
            access::tokens_are_reviewed,
            access::nobody_may_do_little,
            operators::kopf_cares_for_objects_without_a_status,
            operators::kopf_writes_the_status,
            collected::a_deleted_namespace_is_emptied,
            collected::nothing_is_made_in_a_namespace_that_ends,
            collected::nothing_is_made_in_a_namespace_that_is_not,
            collected::dependents_go_with_their_owner,
            collected::dependents_go_before_their_owner_in_the_foreground,
            collected::orphans_stay,
            measured::measures_are_those_of_go,
        ],
    }
    .run()
}

fn start() -> Result<Shared, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let cluster = Cluster::start(folder.path())?;
    let controller_manager = cluster.start_controller_manager()?;
    let kubectl = Kubectl::new(&cluster.kubeconfig, folder.path())?;
    manifests::apply(&kubectl)?;
    if env::var_os("KGEN_WARDLE_SERVER").is_some() {
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/aggregated/rules.yaml");
        kubectl.run(&["apply", "-f", &rules.display().to_string()])?;
    }
    let token = kubectl.run(&["-n", "wardle", "create", "token", "wardle-server"])?;
    let address = cluster.apiserver.address();
    let kubeconfig = cluster.pki.kubeconfig_with_token("wardle", &address, token.trim())?;
    let server = WardleServer::start_behind(&cluster, folder.path(), &kubeconfig)?;
    let shared = Shared {
        kubectl,
        server,
        account: kubeconfig,
        _controller_manager: controller_manager,
        cluster,
        folder,
    };
    registration::register(&shared)?;
    Ok(shared)
}

impl Shared {
    /// A namespace for one case.
    pub(crate) fn namespace(&self, name: &str) -> Result<(), String> {
        self.kubectl.run(&["create", "namespace", name]).map(drop)
    }

    /// Applies a manifest.
    pub(crate) fn apply(&self, name: &str, manifest: &str) -> Result<(), String> {
        let path = self.write(name, manifest)?;
        self.kubectl.run(&["apply", "-f", &path]).map(drop)
    }

    /// Writes a file for kubectl and gives its path.
    pub(crate) fn write(&self, name: &str, content: &str) -> Result<String, String> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).map_err(|error| error.to_string())?;
        Ok(path.display().to_string())
    }

    /// Waits until something is not found any more.
    pub(crate) fn gone(&self, arguments: &[&str]) -> Result<(), String> {
        eventually(Duration::from_secs(60), || {
            let complaint = self.kubectl.fail(arguments)?;
            if complaint.contains("NotFound") {
                Ok(())
            } else {
                Err(complaint)
            }
        })
    }
}
