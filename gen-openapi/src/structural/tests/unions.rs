//! Enums with data.

use super::*;

#[test]
fn an_optional_flattened_union_may_be_absent() {
    let mut build = Build::default();
    let id = git_or_http(&mut build, UnionRepr::Discriminated { tag: "type".to_owned() }, None);
    let outer = build.strukt("A", [field("", option(named(id))).layout(FieldLayout::Flattened)]);
    let schema = of_def(&build, outer);
    assert_eq!(schema["required"], Value::Null);
    let git = json!({"properties": {"type": {"enum": ["Git"]}}, "required": ["git", "type"]});
    let http = json!({"properties": {"type": {"enum": ["Http"]}}, "required": ["type"], "not": {"required": ["git"]}});
    let none = json!({"not": {"anyOf": [{"required": ["git"]}, {"required": ["type"]}]}});
    assert_eq!(schema["oneOf"], json!([git, http, none]));
}

#[test]
fn an_external_union_requires_exactly_one_member() {
    let mut build = Build::default();
    let id = git_or_http(&mut build, UnionRepr::External, Some(STRING));
    let git = json!({"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}});
    let wanted = json!({
        "type": "object",
        "properties": {"git": git, "http": {"type": "string"}},
        "oneOf": [{"required": ["git"]}, {"required": ["http"]}],
    });
    assert_eq!(of_def(&build, id), wanted);
}

#[test]
fn a_discriminated_union_ties_tag_and_member() {
    let mut build = Build::default();
    let id = git_or_http(&mut build, UnionRepr::Discriminated { tag: "type".to_owned() }, None);
    let schema = of_def(&build, id);
    assert_eq!(
        schema["properties"]["type"],
        json!({"type": "string", "enum": ["Git", "Http"]})
    );
    assert_eq!(schema["required"], json!(["type"]));
    let git = json!({"properties": {"type": {"enum": ["Git"]}}, "required": ["git"]});
    let http = json!({"properties": {"type": {"enum": ["Http"]}}, "not": {"required": ["git"]}});
    assert_eq!(schema["oneOf"], json!([git, http]));
    assert_eq!(schema["x-kubernetes-validations"], Value::Null);
}

#[test]
fn a_discriminated_union_has_one_member_at_most() {
    let mut build = Build::default();
    let id = git_or_http(
        &mut build,
        UnionRepr::Discriminated { tag: "type".to_owned() },
        Some(STRING),
    );
    let rules = SchemaOf::inline(&build.model).definition(id).kubernetes.validations;
    assert_eq!(texts(&rules), ["(has(self.git)?1:0)+(has(self.http)?1:0) <= 1"]);
}

#[test]
fn an_internal_union_has_the_members_of_all_variants() {
    let mut build = Build::default();
    let git = build.strukt("Git", [field("url", STRING)]);
    let http = build.strukt("Http", [field("url", STRING), field("port", I32)]);
    let variants = [("Git", Some(named(git))), ("Http", Some(named(http)))];
    let id = build.add(
        "Source",
        union(UnionRepr::Internal { tag: "type".to_owned() }, &variants),
    );
    let schema = of_def(&build, id);
    assert_eq!(schema["properties"].as_object().map(|members| members.len()), Some(3));
    assert_eq!(schema["required"], json!(["type"]));
    let git = json!({"properties": {"type": {"enum": ["Git"]}}, "required": ["url"]});
    let http = json!({"properties": {"type": {"enum": ["Http"]}}, "required": ["port", "url"]});
    assert_eq!(schema["oneOf"], json!([git, http]));
}

#[test]
fn an_untagged_union_of_an_integer_and_a_string() {
    let mut build = Build::default();
    let id = build.add(
        "A",
        union(UnionRepr::Untagged, &[("Int", Some(I32)), ("Text", Some(STRING))]),
    );
    assert_eq!(of_def(&build, id), of_type(TypeRef::Builtin(Builtin::IntOrString)));
}
