//! Where the real servers are.

use std::env;
use std::path::{Path, PathBuf};

/// A program that the tests start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The store of Kubernetes.
    Etcd,
    /// The API server that ours stands behind.
    KubeApiserver,
    /// The garbage collector and the controller of namespaces, among others.
    KubeControllerManager,
    /// Kubernetes' own example of an aggregated API server: the one that ours is compared with.
    SampleApiserver,
    /// The client that people use.
    Kubectl,
    /// A program on client-go with the generated clientset of the sample API.
    GoClient,
    /// Python with Kubernetes' client and kopf.
    Python,
}

impl Program {
    /// The name of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Etcd => "etcd",
            Self::KubeApiserver => "kube-apiserver",
            Self::KubeControllerManager => "kube-controller-manager",
            Self::SampleApiserver => "sample-apiserver",
            Self::Kubectl => "kubectl",
            Self::GoClient => "client",
            Self::Python => "python/bin/python",
        }
    }

    /// Its path: in `KUBEBUILDER_ASSETS` if that is set, then where `assets.sh` builds it; kubectl may be installed.
    pub fn find(self) -> Option<PathBuf> {
        let given = env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from);
        let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let installed = env::var_os("PATH").filter(|_| self == Self::Kubectl);
        let installed = installed.iter().flat_map(env::split_paths);
        given
            .into_iter()
            .chain([built])
            .chain(installed)
            .map(|folder| folder.join(self.name()))
            .find(|path| path.is_file())
    }
}

/// What to tell if one of the programs is not there; `cases` says what will not run then.
pub fn missing(programs: &[Program], cases: &str) -> Option<String> {
    let missing: Vec<_> = programs
        .iter()
        .filter(|program| program.find().is_none())
        .map(|program| program.name())
        .collect();
    (!missing.is_empty()).then(|| {
        format!(
            "{cases} are IGNORED, since there is no {}: run tests/e2e/assets.sh, or set KUBEBUILDER_ASSETS.",
            missing.join(", no ")
        )
    })
}
