use kgen_emit::{Deployment, Generator, Layout, Part, Support};

use super::{Manifests, plan};
use crate::testing::model;

const SHOP: &str = r#"
    pub mod v1 {
        kgen::version! { group = "shop.example.com", version = "v1", storage }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, namespaced, status)]
        pub struct Order { pub metadata: kgen::k8s::ObjectMeta, pub status: Option<i32> }
    }
    pub mod v1beta1 {
        kgen::version! { group = "shop.example.com", version = "v1beta1" }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, namespaced)]
        pub struct Order { pub metadata: kgen::k8s::ObjectMeta }
    }
    pub mod dark {
        kgen::version! { group = "shop.example.com", version = "v1alpha1", served = false }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, namespaced)]
        pub struct Order { pub metadata: kgen::k8s::ObjectMeta }
    }
    pub mod core {
        kgen::version! { group = "", version = "v1" }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, cluster)]
        pub struct Thing { pub metadata: kgen::k8s::ObjectMeta }
    }"#;

fn layout(deployment: Deployment) -> Layout {
    Layout {
        server: Support::Feature,
        deployment,
        ..Layout::default()
    }
}

fn text(deployment: Deployment) -> String {
    let files = Manifests.generate(&model(SHOP), &layout(deployment), Part(0));
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].problem, None);
    files[0]
        .text
        .split_once('\n')
        .map(|(_, body)| body.to_owned())
        .unwrap_or_default()
}

#[test]
fn a_server_that_stores_in_a_volume() {
    insta::assert_snapshot!(text(Deployment::of("shop_api")));
}

#[test]
fn a_server_on_etcd_with_a_certificate_of_the_cluster() {
    let text = text(Deployment {
        etcd_servers: vec!["https://a:2379".to_owned(), "https://b:2379".to_owned()],
        etcd_prefix: Some("/registry/shop".to_owned()),
        ca_bundle: Some("LS0t".to_owned()),
        ..Deployment::of("shop")
    });
    for wanted in [
        "--etcd-servers=https://a:2379,https://b:2379",
        "--etcd-prefix=/registry/shop",
        "--tls-cert-file=/certificates/tls.crt",
        "secretName: shop-server-tls",
        "caBundle: LS0t",
        "replicas: 2",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing:\n{text}");
    }
    for unwanted in ["insecureSkipTLSVerify", "PersistentVolumeClaim", "--data-dir"] {
        assert!(!text.contains(unwanted), "{unwanted} is there:\n{text}");
    }
}

#[test]
fn versions_are_those_that_are_served_outside_of_the_core_group() {
    let plan = plan(&model(SHOP), &layout(Deployment::default())).expect("there are kinds");
    let versions = vec!["v1".to_owned(), "v1beta1".to_owned()];
    assert_eq!(plan.groups, [("shop.example.com".to_owned(), versions)]);
}
