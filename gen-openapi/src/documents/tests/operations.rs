//! Which paths and operations a kind has.

use kgen_model::model::{ClientMethod, Scope};
use kgen_model::{Model, Shape, VersionId};

use super::super::document::{Document, Method, Operation};
use super::super::{of_all, of_version, plan};
use super::fixture::{Fixture, wardle};

fn document(model: &Model) -> Document {
    of_version(model, VersionId(0))
}

/// `method path id` of each operation whose path has this segment.
fn lines(document: &Document, segment: &str) -> Vec<String> {
    let below = document
        .paths
        .iter()
        .filter(|path| path.path.split('/').any(|have| have == segment));
    let operations = below.flat_map(|path| path.operations.iter().map(move |operation| (path, operation)));
    operations
        .map(|(path, one)| format!("{} {} {}", one.method.name(), path.path, one.id))
        .collect()
}

fn operation<'a>(document: &'a Document, id: &str) -> &'a Operation {
    let mut operations = document.paths.iter().flat_map(|path| &path.operations);
    operations
        .find(|operation| operation.id == id)
        .expect("the operation exists")
}

#[test]
fn a_namespaced_kind() {
    let root = "/apis/wardle.example.com/v1";
    let wanted = [
        "get {root}/flunders listWardleExampleComV1FlunderForAllNamespaces",
        "get {root}/namespaces/{namespace}/flunders listWardleExampleComV1NamespacedFlunder",
        "post {root}/namespaces/{namespace}/flunders createWardleExampleComV1NamespacedFlunder",
        "delete {root}/namespaces/{namespace}/flunders deleteWardleExampleComV1CollectionNamespacedFlunder",
        "get {root}/namespaces/{namespace}/flunders/{name} readWardleExampleComV1NamespacedFlunder",
        "put {root}/namespaces/{namespace}/flunders/{name} replaceWardleExampleComV1NamespacedFlunder",
        "delete {root}/namespaces/{namespace}/flunders/{name} deleteWardleExampleComV1NamespacedFlunder",
        "patch {root}/namespaces/{namespace}/flunders/{name} patchWardleExampleComV1NamespacedFlunder",
        "get {root}/namespaces/{namespace}/flunders/{name}/scale readWardleExampleComV1NamespacedFlunderScale",
        "put {root}/namespaces/{namespace}/flunders/{name}/scale replaceWardleExampleComV1NamespacedFlunderScale",
        "patch {root}/namespaces/{namespace}/flunders/{name}/scale patchWardleExampleComV1NamespacedFlunderScale",
        "get {root}/namespaces/{namespace}/flunders/{name}/status readWardleExampleComV1NamespacedFlunderStatus",
        "put {root}/namespaces/{namespace}/flunders/{name}/status replaceWardleExampleComV1NamespacedFlunderStatus",
        "patch {root}/namespaces/{namespace}/flunders/{name}/status patchWardleExampleComV1NamespacedFlunderStatus",
        "get {root}/watch/flunders watchWardleExampleComV1FlunderListForAllNamespaces",
        "get {root}/watch/namespaces/{namespace}/flunders watchWardleExampleComV1NamespacedFlunderList",
        "get {root}/watch/namespaces/{namespace}/flunders/{name} watchWardleExampleComV1NamespacedFlunder",
    ];
    assert_eq!(
        lines(&document(&wardle()), "flunders"),
        wanted.map(|line| line.replace("{root}", root))
    );
}

#[test]
fn a_kind_of_the_cluster() {
    let root = "/apis/wardle.example.com/v1";
    let wanted = [
        "get {root}/fischers listWardleExampleComV1Fischer",
        "post {root}/fischers createWardleExampleComV1Fischer",
        "delete {root}/fischers deleteWardleExampleComV1CollectionFischer",
        "get {root}/fischers/{name} readWardleExampleComV1Fischer",
        "put {root}/fischers/{name} replaceWardleExampleComV1Fischer",
        "delete {root}/fischers/{name} deleteWardleExampleComV1Fischer",
        "patch {root}/fischers/{name} patchWardleExampleComV1Fischer",
        "get {root}/watch/fischers watchWardleExampleComV1FischerList",
        "get {root}/watch/fischers/{name} watchWardleExampleComV1Fischer",
    ];
    assert_eq!(
        lines(&document(&wardle()), "fischers"),
        wanted.map(|line| line.replace("{root}", root))
    );
}

#[test]
fn the_core_group_and_groups_of_kubernetes() {
    for (group, path, id, tag) in [
        ("", "/api/v1/", "getCoreV1APIResources", "core_v1"),
        (
            "rbac.authorization.k8s.io",
            "/apis/rbac.authorization.k8s.io/v1/",
            "getRbacAuthorizationV1APIResources",
            "rbacAuthorization_v1",
        ),
        (
            "my-shop.com",
            "/apis/my-shop.com/v1/",
            "getMyShopComV1APIResources",
            "myShopCom_v1",
        ),
    ] {
        let fixture = Fixture::new(group, "v1", "io.k8s.api.v1");
        let document = document(&fixture.finish());
        let operation = &document.paths[0].operations[0];
        assert_eq!(
            (
                document.paths[0].path.as_str(),
                operation.id.as_str(),
                operation.tag.as_str()
            ),
            (path, id, tag)
        );
    }
}

#[test]
fn parameters_of_all_operations_stand_at_the_path() {
    let document = document(&wardle());
    let names = |path: &str| {
        let path = document
            .paths
            .iter()
            .find(|have| have.path.ends_with(path))
            .expect("the path exists");
        let own = path
            .operations
            .iter()
            .map(|operation| operation.parameters.iter().map(|have| have.name).collect());
        (
            path.parameters.iter().map(|have| have.name).collect::<Vec<_>>(),
            own.collect::<Vec<Vec<&str>>>(),
        )
    };
    let (shared, own) = names("v1/namespaces/{namespace}/flunders/{name}/status");
    assert_eq!(shared, ["name", "namespace", "pretty"]);
    let write = vec!["dryRun", "fieldManager", "fieldValidation"];
    assert_eq!(own, [vec![], write.clone(), [write, vec!["force"]].concat()]);
    let (shared, own) = names("watch/fischers");
    assert!(shared.contains(&"watch") && shared.contains(&"pretty") && !shared.contains(&"name"));
    assert_eq!(own, [Vec::<&str>::new()]);
}

#[test]
fn scale_is_about_the_kind_of_autoscaling() {
    let document = document(&wardle());
    let operation = operation(&document, "replaceWardleExampleComV1NamespacedFlunderScale");
    let kind = &operation.target.as_ref().expect("it has a kind").kind;
    assert_eq!(
        (kind.group.as_str(), kind.version.as_str(), kind.kind.as_str()),
        ("autoscaling", "v1", "Scale")
    );
    assert_eq!(
        operation.body.as_ref().map(|body| body.definition.as_str()),
        Some("io.k8s.api.autoscaling.v1.Scale")
    );
}

#[test]
fn a_method_of_a_subresource_has_a_path() {
    let mut fixture = Fixture::new("a.b", "v1", "b.a.v1");
    let input = fixture.ty("Approval", Shape::Struct(Vec::new()));
    let method = |verb: &str| ClientMethod {
        name: "approve".to_owned(),
        verb: verb.to_owned(),
        subresource: Some("approval".to_owned()),
        input: Some(input),
        result: None,
    };
    fixture.kind("Order", Scope::Cluster, Vec::new()).client.methods = vec![method("update"), method("update")];
    let document = document(&fixture.finish());
    assert_eq!(
        lines(&document, "approval"),
        ["put /apis/a.b/v1/orders/{name}/approval replaceABV1OrderApproval"]
    );
    let operation = operation(&document, "replaceABV1OrderApproval");
    assert_eq!(
        operation.body.as_ref().map(|body| body.definition.as_str()),
        Some("b.a.v1.Approval")
    );
    assert_eq!(operation.responses[0].definition.as_deref(), Some("b.a.v1.Order"));
    assert!(document.definitions.contains_key("b.a.v1.Approval"));
}

#[test]
fn further_subresources_have_the_object_as_body() {
    let mut model = wardle();
    model.resources[1].subresources.supports = ["/resize", "/status", "/scale"].map(str::to_owned).into();
    model.resources[1].subresources.scale = None;
    let document = document(&model);
    assert!(lines(&document, "scale").is_empty());
    assert_eq!(lines(&document, "status").len(), 3);
    let methods: Vec<_> = lines(&document, "resize")
        .iter()
        .map(|line| line[..3].to_owned())
        .collect();
    assert_eq!(methods, ["get", "put", "pat"]);
}

#[test]
fn the_body_of_a_subresource_has_no_path_of_its_own() {
    let mut model = wardle();
    model.resources[0].subresources.is = Some("/bait".to_owned());
    assert!(lines(&document(&model), "fischers").is_empty());
}

#[test]
fn only_what_is_served_is_published() {
    let mut fixture = Fixture::new("a.b", "v1alpha1", "b.a.v1alpha1");
    fixture.kind("Order", Scope::Cluster, Vec::new());
    fixture.version("a.b", "v1", "b.a.v1");
    fixture.kind("Order", Scope::Cluster, Vec::new());
    fixture.kind("Draft", Scope::Cluster, Vec::new()).served = false;
    let mut model = fixture.finish();
    model.versions[0].served = false;
    let documents = plan(&model);
    assert_eq!(
        documents.versions.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        [VersionId(1)]
    );
    let swagger = documents.swagger.expect("a version is served");
    assert_eq!(lines(&swagger, "orders"), lines(&documents.versions[0].1, "orders"));
    assert!(lines(&swagger, "drafts").is_empty() && lines(&swagger, "v1alpha1").is_empty());
}

#[test]
fn a_model_that_serves_nothing_has_no_document() {
    let mut model = wardle();
    model.versions[0].served = false;
    assert_eq!((plan(&model).versions.len(), plan(&model).swagger), (0, None));
}

#[test]
fn a_version_or_kind_can_be_switched_off() {
    let mut model = wardle();
    let fischer = model.resources[0].ty;
    model.types[fischer.0 as usize]
        .generate
        .insert("openapi".to_owned(), false);
    assert!(lines(&of_all(&model), "fischers").is_empty());
    model.versions[0].generate.insert("openapi".to_owned(), false);
    assert!(plan(&model).versions.is_empty());
}

#[test]
fn ids_are_unique() {
    let document = of_all(&wardle());
    let mut ids: Vec<_> = document
        .paths
        .iter()
        .flat_map(|path| &path.operations)
        .map(|one| &one.id)
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn operations_stand_in_the_order_of_methods() {
    for path in of_all(&wardle()).paths {
        let methods: Vec<Method> = path.operations.iter().map(|operation| operation.method).collect();
        assert!(methods.is_sorted(), "{}", path.path);
    }
}
