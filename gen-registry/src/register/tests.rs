use kgen_emit::{Generator, Layout, slashed};
use kgen_model::Report;

use super::{Register, plan};
use crate::testing::model;

/// All files, with their paths for headers.
fn files(text: &str) -> String {
    let (model, layout) = (model(text), Layout::default());
    let files = Register.parts(&model).into_iter();
    let files = files.flat_map(|part| Register.generate(&model, &layout, part));
    let texts = files.map(|file| {
        assert_eq!(file.problem, None);
        let (_, body) = file.text.split_once('\n').expect("files have headers");
        format!("// {}\n{body}", slashed(&file.path))
    });
    texts.collect::<Vec<_>>().join("\n")
}

const SHOP: &str = r#"
    pub mod v1 {
        use kgen::k8s::ObjectMeta;
        kgen::version! { group = "shop.example.com", version = "v1", storage }
        /// An order.
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, namespaced, short_name = "ord", category = "all", status, selectable = ".spec.customer")]
        #[kgen(scale(spec = ".spec.copies", status = ".status.copies"))]
        #[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
        #[kgen(column("Copies", path = ".spec.copies", description = "How many.", priority = 1))]
        pub struct Order { pub metadata: ObjectMeta, pub spec: OrderSpec, pub status: Option<OrderStatus> }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        pub struct OrderSpec { pub customer: String, #[kgen(default = 1, minimum = 0)] pub copies: Option<i32> }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        pub struct OrderStatus { #[kgen(optional)] pub copies: i32 }
    }
    pub mod v1beta1 {
        use kgen::k8s::ObjectMeta;
        kgen::version! { group = "shop.example.com", version = "v1beta1" }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, namespaced, short_name = "ord", category = "all", deprecated, served = false)]
        #[kgen(lifecycle(introduced = "1.0", deprecated = "1.3", removed = "1.10", replacement = "shop.example.com/v1/Order"))]
        pub struct Order { pub metadata: ObjectMeta }
        /// Not converted.
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, cluster, storage, verbs("watch", "list", "get"))]
        pub struct HTTPRoute { pub metadata: ObjectMeta }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        #[kgen(kind, namespaced, is_subresource = "/approval")]
        pub struct Approval { pub metadata: ObjectMeta }
        #[derive(Clone, Default, PartialEq, kgen::Api)]
        #[kgen(kind, cluster, generate(register = false))]
        pub struct Unknown { pub metadata: ObjectMeta }
    }"#;

#[test]
fn kinds_are_described_by_what_they_say() {
    insta::assert_snapshot!(files(SHOP));
}

#[test]
fn without_kinds_there_are_no_files() {
    assert_eq!(files("#[derive(kgen::Api)] pub struct A {}"), "");
}

#[test]
fn deprecated_versions_warn_as_those_of_kubernetes() {
    let warning = |markers: &str| {
        let text = format!(
            "use kgen::k8s::ObjectMeta;
             kgen::version! {{ group = \"shop.example.com\", version = \"v1\", storage }}
             #[derive(Clone, Debug, kgen::Api)] #[kgen(kind, namespaced, {markers})]
             pub struct Order {{ pub metadata: ObjectMeta }}"
        );
        let model = model(&text);
        let plan = plan(&model, model.modules()[0]);
        plan.kinds[0].warning.clone().expect("it is deprecated")
    };
    assert_eq!(warning("deprecated"), "shop.example.com/v1 Order is deprecated");
    assert_eq!(warning("deprecated = \"use another\""), "use another");
    assert_eq!(
        warning("deprecated, lifecycle(introduced = \"1.0\", deprecated = \"1.2\")"),
        "shop.example.com/v1 Order is deprecated in v1.2+"
    );
}

#[test]
fn objects_that_cannot_be_printed_are_left_out() {
    let text = "use kgen::k8s::ObjectMeta;
        kgen::version! { group = \"shop.example.com\", version = \"v1\", storage }
        #[derive(Clone, kgen::Api)] #[kgen(kind, namespaced)] pub struct Order { pub metadata: ObjectMeta }";
    let mut report = Report::default();
    assert_eq!(files(text), "");
    Register.check(&model(text), &mut report);
    let found: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|found| (found.code, found.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [(
            "missing-derive",
            "`Order` is not in the scheme, because it is not `Debug`"
        )]
    );
}

#[test]
fn functions_have_names_of_their_own() {
    let kind = |name: &str| {
        format!(
            "#[derive(Clone, Debug, kgen::Api)] #[kgen(kind, cluster)] pub struct {name} {{ pub metadata: ObjectMeta }}"
        )
    };
    let kinds: String = ["Register", "HTTPRoute"].map(kind).concat();
    let version = "kgen::version! { group = \"shop.example.com\", version = \"v1\", storage }";
    let model = model(&format!("use kgen::k8s::ObjectMeta; {version} {kinds}"));
    let plan = plan(&model, model.modules()[0]);
    let functions: Vec<_> = plan.kinds.iter().map(|kind| kind.function.as_str()).collect();
    assert_eq!(functions, ["register_", "http_route"]);
}
