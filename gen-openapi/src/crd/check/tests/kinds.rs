//! Names, paths and facts of kinds.

use super::*;

#[test]
fn of_metadata_the_name_can_be_limited() {
    let with = |member: &str, kinds: Vec<RuleKind>| {
        let mut build = Build::default();
        build.spec([]);
        let ty = build.model.resources[0].ty;
        build.fields(ty)[0].facts = Facts {
            subfields: vec![(member.to_owned(), rules(kinds))],
            ..Facts::default()
        };
        codes(&build)
    };
    assert_eq!(with("name", vec![RuleKind::MaxLength(9)]), [""; 0]);
    assert_eq!(with("name", vec![cel("self != ''")]), ["metadata-rule"]);
    assert_eq!(with("labels", Vec::new()), ["metadata-rule"]);
}

fn paths(change: impl Fn(&mut kgen_model::Resource)) -> (Vec<&'static str>, String) {
    let mut build = Build::default();
    let line = build.strukt("Line", [field("sku", STRING)]);
    let spec = build.strukt(
        "OrderSpec",
        [
            field("customer", STRING),
            field("replicas", I32),
            field("lines", list(named(line))),
        ],
    );
    let status = build.strukt(
        "OrderStatus",
        [field("replicas", I32), field("any", TypeRef::Builtin(Builtin::Json))],
    );
    build.kind(
        "v1",
        [field("spec", named(spec)), field("status", option(named(status)))],
    );
    change(&mut build.model.resources[0]);
    (codes(&build), help(&build))
}

#[test]
fn columns_lead_somewhere() {
    let column = |path: &str| {
        paths(|resource| {
            resource.columns = vec![Column {
                name: "A".to_owned(),
                path: path.to_owned(),
                type_: "string".to_owned(),
                format: None,
                description: None,
                priority: 0,
            }];
        })
    };
    let fine = [
        ".spec.customer",
        ".spec.lines[0].sku",
        ".spec.lines[?(@.sku==\"a\")].sku",
        ".status.any.thing",
        ".kind",
        ".metadata.labels.a",
    ];
    for path in fine {
        assert_eq!(column(path).0, [""; 0], "{path}");
    }
    assert_eq!(
        column(".spec.custmer"),
        (vec!["bad-path"], "did you mean `customer`?".to_owned())
    );
    assert_eq!(column(".spec.customer.name").0, ["bad-path"]);
    assert_eq!(column(".spec.lines[*].skuu").0, ["bad-path"]);
    assert_eq!(column(".spec").0, ["bad-column"]);
}

#[test]
fn selectable_fields_are_scalars() {
    let selectable = |path: &str| paths(|resource| resource.selectable = vec![path.to_owned()]).0;
    assert_eq!(selectable(".spec.customer"), [""; 0]);
    assert_eq!(selectable(".spec.lines"), ["bad-path"]);
    assert_eq!(selectable(".spec.lines[0].sku"), ["bad-path"]);
    assert_eq!(selectable(".metadata.name"), ["bad-path"]);
    assert_eq!(
        paths(|resource| resource.selectable = vec![".spec.customer".to_owned(); 9]).0,
        ["bad-path"]
    );
}

#[test]
fn scale_reads_replicas() {
    let scale = |spec: &str, status: &str, selector: Option<&str>| {
        paths(|resource| {
            resource.subresources.scale = Some(Scale {
                spec_path: spec.to_owned(),
                status_path: status.to_owned(),
                selector_path: selector.map(str::to_owned),
            });
        })
        .0
    };
    assert_eq!(
        scale(".spec.replicas", ".status.replicas", Some(".spec.customer")),
        [""; 0]
    );
    assert_eq!(scale(".spec.customer", ".status.replicas", None), ["bad-path"]);
    assert_eq!(scale(".status.replicas", ".status.replicas", None), ["bad-path"]);
    assert_eq!(scale(".spec.replicas", ".status.replica", None), ["bad-path"]);
    assert_eq!(
        scale(".spec.replicas", ".status.replicas", Some(".spec.replicas")),
        ["bad-path"]
    );
}

#[test]
fn names_that_servers_refuse() {
    let one = |change: fn(&mut Build)| {
        let mut build = Build::default();
        build.spec([]);
        change(&mut build);
        codes(&build)
    };
    assert_eq!(
        one(|build| build.model.resources[0].plural = "Orders".to_owned()),
        ["bad-name"]
    );
    assert_eq!(
        one(|build| build.model.resources[0].short_names = vec!["1o".to_owned()]),
        ["bad-name"]
    );
    assert_eq!(
        one(|build| build.model.resources[0].kind = "order".to_owned()),
        ["bad-name"]
    );
    assert_eq!(
        one(|build| build.model.resources[0].list_kind = "Order".to_owned()),
        ["bad-name"]
    );
    assert_eq!(
        one(|build| build.model.versions[0].group = "shop".to_owned()),
        ["bad-name"]
    );
    assert_eq!(
        one(|build| build.model.resources[0].short_names = vec!["o".to_owned(); 2]),
        ["duplicate-name"]
    );
    let label = |build: &mut Build| {
        drop(
            build.model.resources[0]
                .labels
                .insert("a/b".to_owned(), "c d".to_owned()),
        )
    };
    assert_eq!(one(label), ["bad-name"]);
    assert_eq!(
        one(|build| build.model.versions[0].group = String::new()),
        [""; 0],
        "the core group has no definitions"
    );
    let label = "a".repeat(60);
    let group = [label.as_str(); 4].join(".");
    let mut build = Build::default();
    build.spec([]);
    build.model.versions[0].group = format!("{group}.example");
    assert_eq!(codes(&build), ["bad-name"]);
}

#[test]
fn groups_of_kubernetes_need_an_approval() {
    let mut build = Build::default();
    build.spec([]);
    build.model.versions[0].group = "shop.k8s.io".to_owned();
    assert_eq!(codes(&build), ["missing-approval"]);
    let annotations = &mut build.model.resources[0].annotations;
    annotations.insert("api-approved.kubernetes.io".to_owned(), "unapproved, a test".to_owned());
    assert_eq!(codes(&build), [""; 0]);
}

#[test]
fn a_definition_is_stored_and_served() {
    let mut build = Build::default();
    build.kind("v1beta1", [field("spec", map(STRING))]);
    build.kind("v1", [field("spec", map(STRING))]);
    assert_eq!(codes(&build), [""; 0]);
    build.model.resources[1].in_crd = false;
    assert_eq!(codes(&build), ["no-storage-version"]);
    build.model.resources[1].in_crd = true;
    build
        .model
        .resources
        .iter_mut()
        .for_each(|resource| resource.served = false);
    assert_eq!(codes(&build), ["no-served-version"]);
}

#[test]
fn deprecation_warnings_are_one_short_line() {
    let warning = |text: &str| {
        paths(|resource| {
            resource.deprecation = Some(Deprecation {
                warning: Some(text.to_owned()),
            })
        })
        .0
    };
    assert_eq!(warning("use v2"), [""; 0]);
    assert_eq!(warning("use\nv2"), ["bad-deprecation"]);
    assert_eq!(warning(&"a".repeat(257)), ["bad-deprecation"]);
}

#[test]
fn columns_have_types_that_servers_know() {
    let column = |type_: &str, format: Option<&str>| {
        paths(|resource| {
            resource.columns = vec![Column {
                name: "A".to_owned(),
                path: ".spec.customer".to_owned(),
                type_: type_.to_owned(),
                format: format.map(str::to_owned),
                description: None,
                priority: 0,
            }];
        })
        .0
    };
    assert_eq!(column("string", Some("byte")), [""; 0]);
    assert_eq!(column("text", None), ["bad-column"]);
    assert_eq!(column("string", Some("k8s-uuid")), ["bad-column"]);
}
