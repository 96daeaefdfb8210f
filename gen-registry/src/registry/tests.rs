use std::path::PathBuf;

use kgen_emit::{Generator, Layout, Part, Support};
use kgen_model::Report;

use super::{DocumentPlan, Plan, Registry, plan};
use crate::testing::model;

fn layout(server: Support) -> Layout {
    Layout {
        server,
        ..Layout::default()
    }
}

const SHOP: &str = r#"
    pub struct Orders;
    pub mod v1 {
        use kgen::k8s::ObjectMeta;
        kgen::version! { group = "shop.example.com", version = "v1" }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, namespaced, strategy = super::Orders)]
        pub struct Order { pub metadata: ObjectMeta, #[kgen(each(if_enabled("Big", max_length = 9)))] pub lines: Vec<String> }
    }
    pub mod core {
        use kgen::k8s::ObjectMeta;
        kgen::version! { group = "", version = "v2" }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, cluster)]
        pub struct Thing { pub metadata: ObjectMeta }
    }
    pub mod dark {
        use kgen::k8s::ObjectMeta;
        kgen::version! { group = "dark.example.com", version = "v1", served = false }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, cluster)]
        pub struct Thing { pub metadata: ObjectMeta }
    }"#;

#[test]
fn a_server_gets_documents_and_strategies() {
    let document = |path: &str| DocumentPlan {
        path: path.to_owned(),
        file: format!("../../../docs/api/v3/{path}.json"),
    };
    let layout = Layout {
        rust_root: PathBuf::from("api/src/generated"),
        openapi: PathBuf::from("docs/api"),
        ..layout(Support::Feature)
    };
    let wanted = Plan {
        is_feature: true,
        scheme: "crate::generated::scheme".to_owned(),
        swagger: Some("../../../docs/api/v2.json".to_owned()),
        documents: vec![document("api/v2"), document("apis/shop.example.com/v1")],
        features: vec!["Big"],
        strategies: vec!["crate::Orders"],
    };
    assert_eq!(plan(&model(SHOP), &layout), Some(wanted));
}

#[test]
fn without_a_server_or_kinds_there_is_no_file() {
    let files = |text: &str, server| Registry.generate(&model(text), &layout(server), Part(0)).len();
    assert_eq!(files(SHOP, Support::Off), 0);
    assert_eq!(files("#[derive(kgen::Api)] pub struct A {}", Support::Always), 0);
    assert_eq!(files(SHOP, Support::Always), 1);
}

#[test]
fn strategies_stand_where_objects_are_stored() {
    let kind = |version: &str, markers: &str| {
        format!(
            "pub mod {version} {{
                kgen::version! {{ group = \"shop.example.com\", version = \"{version}\" }}
                #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
                #[kgen(kind, cluster, {markers})]
                pub struct Order {{ pub metadata: kgen::k8s::ObjectMeta }}
            }}"
        )
    };
    let text = [
        "pub struct Orders;".to_owned(),
        kind("v1", "storage"),
        kind("v1beta1", "strategy = crate::Orders"),
    ];
    let mut report = Report::default();
    Registry.check(&model(&text.concat()), &mut report);
    let found: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|found| (found.code, found.help.as_deref()))
        .collect();
    assert_eq!(found, [("misplaced-marker", Some("move it to `crate::v1::Order`"))]);
}
