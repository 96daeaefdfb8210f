//! Schemas by value: what each construct of the model becomes in a CRD.

use kgen_model::facts::{CelRule, ItemFacts, UnionMember, UpdateConstraint};
use kgen_model::model::{EnumDef, Exclusion, FieldLayout, Float, Int, UnionRepr};
use kgen_model::{Builtin, Facts, Field, ListType, Literal, RuleKind, Shape, TypeId, TypeRef};
use serde_json::{Value, json};

use super::{References, SchemaOf, Siblings};
use crate::schema::Schema;
use crate::testing::{
    Build, Change, I32, STRING, cel, field, list, map, maximum, minimum, named, option, rules, string_enum, union,
};

fn value(schema: &Schema) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

fn of_type(ty: TypeRef) -> Value {
    value(&SchemaOf::inline(&Build::default().model).type_ref(&ty))
}

fn of_field(field: &Field) -> Value {
    value(&SchemaOf::inline(&Build::default().model).field(field))
}

fn of_def(build: &Build, id: TypeId) -> Value {
    value(&SchemaOf::inline(&build.model).definition(id))
}

/// The rules of a struct with these fields.
fn imposed(fields: impl IntoIterator<Item = Field>) -> Vec<String> {
    let mut build = Build::default();
    let id = build.strukt("A", fields);
    texts(&SchemaOf::inline(&build.model).definition(id).kubernetes.validations)
}

fn texts(rules: &[CelRule]) -> Vec<String> {
    rules.iter().map(|rule| rule.rule.clone()).collect()
}

fn of_rules(ty: TypeRef, kinds: impl IntoIterator<Item = RuleKind>) -> Value {
    of_field(&field("a", ty).facts(rules(kinds)))
}

#[test]
fn scalars() {
    assert_eq!(of_type(TypeRef::Bool), json!({"type": "boolean"}));
    assert_eq!(of_type(STRING), json!({"type": "string"}));
    assert_eq!(of_type(TypeRef::Float(Float::F64)), json!({"type": "number"}));
}

#[test]
fn integers_have_the_bounds_that_their_format_does_not_say() {
    let int = |int| of_type(TypeRef::Int(int));
    assert_eq!(int(Int::I32), json!({"type": "integer", "format": "int32"}));
    assert_eq!(int(Int::I64), json!({"type": "integer", "format": "int64"}));
    assert_eq!(int(Int::U8), json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 255}));
    assert_eq!(int(Int::I16), json!({"type": "integer", "format": "int32", "minimum": -32768, "maximum": 32767}));
    assert_eq!(int(Int::U32), json!({"type": "integer", "format": "int64", "minimum": 0, "maximum": 4_294_967_295_u32}));
    assert_eq!(int(Int::U64), json!({"type": "integer", "format": "int64", "minimum": 0}));
}

#[test]
fn a_rule_takes_the_place_of_the_bound_of_the_integer() {
    let wanted = json!({"type": "integer", "format": "int32", "minimum": 1, "maximum": 65535});
    assert_eq!(of_rules(TypeRef::Int(Int::U16), [minimum(1)]), wanted);
}

#[test]
fn bounds_of_type_and_field_that_differ_leave_none_of_the_integer() {
    let mut build = Build::default();
    let port = build.add("Port", Shape::Newtype(TypeRef::Int(Int::U16)));
    build.ty(port).facts = rules([minimum(1)]);
    let id = build.strukt("A", [field("port", named(port)).facts(rules([minimum(1024)]))]);
    let port = json!({"type": "integer", "format": "int32", "maximum": 65535, "allOf": [{"minimum": 1}, {"minimum": 1024}]});
    assert_eq!(of_def(&build, id)["properties"]["port"], port);
}

#[test]
fn lists_maps_options_and_boxes() {
    assert_eq!(of_type(list(STRING)), json!({"type": "array", "items": {"type": "string"}}));
    assert_eq!(of_type(map(TypeRef::Bool)), json!({"type": "object", "additionalProperties": {"type": "boolean"}}));
    assert_eq!(of_type(option(TypeRef::Boxed(Box::new(STRING)))), json!({"type": "string"}));
}

#[test]
fn builtins() {
    let builtin = |builtin| of_type(TypeRef::Builtin(builtin));
    let int_or_string = json!({"anyOf": [{"type": "integer"}, {"type": "string"}], "x-kubernetes-int-or-string": true});
    assert_eq!(builtin(Builtin::IntOrString), int_or_string);
    assert_eq!(builtin(Builtin::Quantity)["x-kubernetes-int-or-string"], json!(true));
    assert_eq!(builtin(Builtin::Time), json!({"type": "string", "format": "date-time"}));
    assert_eq!(builtin(Builtin::Duration), json!({"type": "string"}));
    assert_eq!(builtin(Builtin::ByteString), json!({"type": "string", "format": "byte"}));
    assert_eq!(builtin(Builtin::Json), json!({"x-kubernetes-preserve-unknown-fields": true}));
    assert_eq!(
        builtin(Builtin::EmbeddedObject),
        json!({"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true})
    );
}

#[test]
fn required_is_sorted_and_holds_what_has_no_default() {
    let mut build = Build::default();
    let fields = [
        field("b", STRING),
        field("a", STRING),
        field("c", option(STRING)),
        field("d", I32).default(Literal::Int(1)),
        field("e", STRING).optional(),
        field("f", STRING).layout(FieldLayout::Skipped),
    ];
    let id = build.strukt("A", fields);
    let string = json!({"type": "string"});
    let wanted = json!({
        "type": "object",
        "required": ["a", "b"],
        "properties": {
            "a": string, "b": string, "c": string, "d": {"type": "integer", "format": "int32", "default": 1}, "e": string,
        },
    });
    assert_eq!(of_def(&build, id), wanted);
}

#[test]
fn flattened_members_stand_in_the_parent() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    build.ty(inner).facts = rules([cel("self.b != ''")]);
    build.ty(inner).facts.description = Some("The inner one.".to_owned());
    let outer = build.strukt("A", [field("a", STRING), field("", named(inner)).layout(FieldLayout::Flattened)]);
    let schema = of_def(&build, outer);
    assert_eq!(schema["required"], json!(["a", "b"]));
    assert_eq!(schema["x-kubernetes-validations"], json!([{"rule": "self.b != ''"}]));
    assert_eq!(schema["description"], Value::Null);
}

#[test]
fn what_an_optional_flattened_struct_requires_is_not_required_of_the_parent() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let outer = build.strukt("A", [field("", option(named(inner))).layout(FieldLayout::Flattened)]);
    assert_eq!(of_def(&build, outer)["required"], Value::Null);
}

#[test]
fn an_enum_lists_its_legal_values_as_declared() {
    let mut build = Build::default();
    let mut values = string_enum(&["B", "A", "Old"]);
    values.variants[2].excluded = Some(Exclusion::Always);
    let id = build.add("A", Shape::Enum(values));
    assert_eq!(of_def(&build, id), json!({"type": "string", "enum": ["B", "A"]}));
}

#[test]
fn an_open_enum_names_its_values_in_words() {
    let mut build = Build::default();
    let id = build.add("A", Shape::Enum(EnumDef { other: Some("Other".to_owned()), ..string_enum(&["A", "B"]) }));
    build.ty(id).facts.description = Some("How to pay.".to_owned());
    let wanted = json!({"type": "string", "description": "How to pay.\n\nKnown values: `A`, `B`."});
    assert_eq!(of_def(&build, id), wanted);
}

#[test]
fn facts_of_the_field_are_merged_onto_those_of_the_newtype() {
    let mut build = Build::default();
    let name = build.add("Name", Shape::Newtype(STRING));
    build.ty(name).facts = Facts { description: Some("A name.".to_owned()), ..rules([RuleKind::MinLength(4), cel("type")]) };
    let by_type = field("a", named(name)).facts(rules([cel("field"), RuleKind::MaxLength(9)]));
    let by_field = field("b", named(name)).facts(rules([RuleKind::MinLength(10)])).docs("Its name.");
    let id = build.strukt("A", [by_type, by_field]);
    let schema = of_def(&build, id);
    let rules = json!([{"rule": "field"}, {"rule": "type"}]);
    assert_eq!(
        schema["properties"]["a"],
        json!({"type": "string", "description": "A name.", "minLength": 4, "maxLength": 9, "x-kubernetes-validations": rules})
    );
    assert_eq!(schema["properties"]["b"]["description"], json!("Its name."));
    assert_eq!(schema["properties"]["b"]["allOf"], json!([{"minLength": 4}, {"minLength": 10}]));
}

#[test]
fn scopes_reach_elements_values_and_members() {
    let mut build = Build::default();
    let line = build.strukt("Line", [field("sku", STRING), field("note", option(STRING))]);
    let sku = rules([RuleKind::MaxLength(63)]);
    let note = rules([RuleKind::Required]);
    let each = Facts { subfields: vec![("sku".to_owned(), sku), ("note".to_owned(), note)], ..Facts::default() };
    let lines = field("lines", list(named(line))).facts(Facts { each: Some(Box::new(each)), ..Facts::default() });
    let id = build.strukt("A", [lines]);
    let items = json!({
        "type": "object",
        "required": ["note", "sku"],
        "properties": {"sku": {"type": "string", "maxLength": 63}, "note": {"type": "string"}},
    });
    assert_eq!(of_def(&build, id)["properties"]["lines"]["items"], items);

    let each = Facts { each: Some(Box::new(rules([RuleKind::MaxLength(3)]))), ..Facts::default() };
    let wanted = json!({"type": "object", "additionalProperties": {"type": "string", "maxLength": 3}});
    assert_eq!(of_field(&field("a", map(STRING)).facts(each)), wanted);
}

#[test]
fn keys_are_checked_by_cel() {
    let keys = rules([RuleKind::MaxLength(9), RuleKind::Pattern("^a".to_owned())]);
    let facts = |bounds| Facts { each_key: Some(Box::new(keys.clone())), ..rules(bounds) };
    let rules = |facts| SchemaOf::inline(&Build::default().model).place(&map(STRING), &facts).kubernetes.validations;
    let bounded = texts(&rules(facts(vec![RuleKind::MaxProperties(8)])));
    assert_eq!(bounded, ["self.all(key, size(key) <= 9)", "self.all(key, key.matches('^a'))"]);
    assert_eq!(texts(&rules(facts(Vec::new()))), ["self.all(key, size(key) <= 9)"], "a pattern would be too dear");
}

#[test]
fn formats_of_kubernetes_become_what_every_server_enforces() {
    let format = |name: &str| of_rules(STRING, [RuleKind::Format(name.to_owned())]);
    let short = json!({"type": "string", "format": "k8s-short-name", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"});
    assert_eq!(format("k8s-short-name"), short);
    assert_eq!(format("k8s-label-value")["format"], Value::Null);
    assert_eq!(format("hostname"), json!({"type": "string", "format": "hostname"}));
    let shorter = of_rules(STRING, [RuleKind::MaxLength(9), RuleKind::Format("k8s-uuid".to_owned())]);
    assert_eq!(shorter["maxLength"], json!(9));
}

#[test]
fn schema_facts_take_the_place_of_the_type() {
    let with = |change: fn(&mut Facts)| {
        let mut facts = Facts::default();
        change(&mut facts);
        of_field(&field("a", I32).facts(facts))
    };
    assert_eq!(with(|facts| facts.schema.type_ = Some("string".to_owned())), json!({"type": "string"}));
    assert_eq!(with(|facts| facts.schema.schemaless = true), json!({}));
    assert_eq!(with(|facts| facts.schema.nullable = true), json!({"type": "integer", "format": "int32", "nullable": true}));
    assert_eq!(with(|facts| facts.schema.int_or_string = true), of_type(TypeRef::Builtin(Builtin::IntOrString)));
}

#[test]
fn an_immutable_field_says_so_itself_and_in_its_struct() {
    let field = |ty| field("a", ty).facts(rules([RuleKind::Immutable]));
    let value_rule = json!([{"rule": "self == oldSelf", "message": "field is immutable"}]);
    assert_eq!(of_field(&field(STRING))["x-kubernetes-validations"], value_rule);
    assert!(imposed([field(STRING)]).is_empty());
    assert_eq!(imposed([field(option(STRING))]), ["!has(oldSelf.a) || has(self.a)"]);
}

#[test]
fn rules_of_members_come_before_those_of_the_struct() {
    let mut build = Build::default();
    let id = build.strukt("A", [field("a", option(STRING)).facts(rules([RuleKind::Immutable]))]);
    build.ty(id).facts = rules([cel("self.a != ''"), RuleKind::AtLeastOneOf(vec!["a".to_owned()])]);
    let rules = SchemaOf::inline(&build.model).definition(id).kubernetes.validations;
    assert_eq!(texts(&rules), ["!has(oldSelf.a) || has(self.a)", "self.a != ''", "has(self.a)"]);
}

#[test]
fn rules_without_a_keyword_become_cel() {
    let rule = |ty: TypeRef, kind| of_rules(ty, [kind])["x-kubernetes-validations"][0]["rule"].clone();
    assert_eq!(rule(STRING, RuleKind::MaxBytes(9)), json!("size(bytes(self)) <= 9"));
    assert_eq!(rule(STRING, RuleKind::Neq(Literal::from("it's"))), json!(r"self != 'it\'s'"));
    assert_eq!(rule(I32, RuleKind::Monotonic), json!("self >= oldSelf"));
    assert_eq!(rule(map(STRING), RuleKind::Update(vec![UpdateConstraint::NoAddItem])), json!("self.all(x, x in oldSelf)"));
    assert_eq!(rule(map(STRING), RuleKind::Update(vec![UpdateConstraint::NoRemoveItem])), json!("oldSelf.all(x, x in self)"));
}

#[test]
fn rules_that_could_become_too_dear_are_left_to_code() {
    let set = |kinds| Facts { list: Some(ListType::Set), ..rules(kinds) };
    let update = || RuleKind::Update(vec![UpdateConstraint::NoAddItem]);
    let count = |facts| SchemaOf::inline(&Build::default().model).place(&list(STRING), &facts).kubernetes.validations.len();
    assert_eq!(count(set(vec![update()])), 0);
    assert_eq!(count(set(vec![update(), RuleKind::MaxItems(16)])), 1);
    assert_eq!(count(rules([RuleKind::Unique(ListType::Set), RuleKind::MaxItems(16)])), 0);
    let small = Some(Box::new(rules([RuleKind::MaxLength(16)])));
    assert_eq!(count(Facts { each: small, ..rules([RuleKind::Unique(ListType::Set), RuleKind::MaxItems(16)]) }), 1);
}

#[test]
fn what_fields_say_about_each_other() {
    let with = |kind| [field("a", option(STRING)).facts(rules([kind])), field("b", option(STRING))];
    assert_eq!(imposed(with(RuleKind::Forbidden)), ["!has(self.a)"]);
    assert_eq!(imposed(with(RuleKind::DependentRequired("b".to_owned()))), ["!has(self.a) || has(self.b)"]);
    assert_eq!(imposed(with(RuleKind::DependentForbidden("b".to_owned()))), ["!has(self.a) || !has(self.b)"]);
    let update = RuleKind::Update(vec![UpdateConstraint::NoSet, UpdateConstraint::NoUnset]);
    assert_eq!(imposed(with(update)), ["has(oldSelf.a) || !has(self.a)", "!has(oldSelf.a) || has(self.a)"]);
}

#[test]
fn unions_of_fields() {
    let member = |wire: &str| field(wire, option(STRING)).facts(rules([RuleKind::UnionMember(UnionMember::default())]));
    assert_eq!(imposed([member("a"), member("b")]), ["(has(self.a)?1:0)+(has(self.b)?1:0) == 1"]);

    let tag = field("type", STRING).facts(rules([RuleKind::UnionDiscriminator(None)]));
    let named = UnionMember { union: None, name: Some("B".to_owned()) };
    let b = field("b", option(STRING)).facts(rules([RuleKind::UnionMember(named)]));
    assert_eq!(
        imposed([tag, member("a"), b]),
        ["self.type == 'a' ? has(self.a) : !has(self.a)", "self.type == 'B' ? has(self.b) : !has(self.b)"]
    );

    let one = |wire: &str| field(wire, option(STRING)).facts(rules([RuleKind::ZeroOrOneOfMember(UnionMember::default())]));
    assert_eq!(imposed([one("a"), one("b")]), ["(has(self.a)?1:0)+(has(self.b)?1:0) <= 1"]);
}

#[test]
fn modes() {
    let mode = field("mode", option(STRING)).facts(rules([RuleKind::ModeDiscriminator(None)]));
    let in_mode = RuleKind::IfMode {
        modality: None,
        mode: "Fast".to_owned(),
        facts: Box::new(rules([RuleKind::Required, minimum(1)])),
    };
    let count = field("count", option(I32)).facts(rules([in_mode]));
    let is_fast = "(has(self.mode) && self.mode == 'Fast')";
    assert_eq!(
        imposed([mode, count]),
        [
            format!("{is_fast} || !has(self.count)"),
            format!("!({is_fast}) || has(self.count)"),
            format!("!({is_fast}) || !has(self.count) || self.count >= 1"),
        ]
    );
}

#[test]
fn on_update_keeps_what_is_about_a_change() {
    let later = rules([cel("self != oldSelf"), cel("self != ''"), RuleKind::MaxLength(3)]);
    let schema = of_rules(STRING, [RuleKind::OnUpdate(Box::new(later))]);
    assert_eq!(schema, json!({"type": "string", "x-kubernetes-validations": [{"rule": "self != oldSelf"}]}));
}

#[test]
fn cases_hold_limits_only() {
    let case = |kinds: Vec<RuleKind>| rules(kinds);
    let any_of = RuleKind::AnyOf(vec![
        case(vec![RuleKind::Format("ipv4".to_owned())]),
        case(vec![RuleKind::MaxLength(3), RuleKind::Neq(Literal::from("x"))]),
    ]);
    let wanted = json!({"type": "string", "anyOf": [{"format": "ipv4"}, {"maxLength": 3}]});
    assert_eq!(of_rules(STRING, [any_of]), wanted);
    let not = RuleKind::Not(Box::new(case(vec![maximum(3)])));
    assert_eq!(of_rules(I32, [not]), json!({"type": "integer", "format": "int32", "not": {"maximum": 3}}));
}

#[test]
fn what_only_code_checks_leaves_no_trace() {
    let fast = || Box::new(rules([RuleKind::MaxLength(3)]));
    let item = ItemFacts { keys: vec![("name".to_owned(), Literal::from("a"))], facts: *fast() };
    let facts = rules([
        RuleKind::ValidateWith("crate::f".to_owned()),
        RuleKind::IfFeature { feature: "F".to_owned(), enabled: true, facts: fast() },
        RuleKind::Maturity { level: kgen_model::facts::Maturity::Alpha, since: None, facts: fast() },
    ]);
    let facts = Facts { items: vec![item], ..facts };
    assert_eq!(of_field(&field("a", STRING).facts(facts)), json!({"type": "string"}));
}

fn git_or_http(build: &mut Build, repr: UnionRepr, last: Option<TypeRef>) -> TypeId {
    let git = build.strukt("Git", [field("url", STRING)]);
    build.add("Source", union(repr, &[("Git", Some(named(git))), ("Http", last)]))
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
    assert_eq!(schema["properties"]["type"], json!({"type": "string", "enum": ["Git", "Http"]}));
    assert_eq!(schema["required"], json!(["type"]));
    let git = json!({"properties": {"type": {"enum": ["Git"]}}, "required": ["git"]});
    let http = json!({"properties": {"type": {"enum": ["Http"]}}, "not": {"required": ["git"]}});
    assert_eq!(schema["oneOf"], json!([git, http]));
    assert_eq!(schema["x-kubernetes-validations"], Value::Null);
}

#[test]
fn a_discriminated_union_has_one_member_at_most() {
    let mut build = Build::default();
    let id = git_or_http(&mut build, UnionRepr::Discriminated { tag: "type".to_owned() }, Some(STRING));
    let rules = SchemaOf::inline(&build.model).definition(id).kubernetes.validations;
    assert_eq!(texts(&rules), ["(has(self.git)?1:0)+(has(self.http)?1:0) <= 1"]);
}

#[test]
fn an_internal_union_has_the_members_of_all_variants() {
    let mut build = Build::default();
    let git = build.strukt("Git", [field("url", STRING)]);
    let http = build.strukt("Http", [field("url", STRING), field("port", I32)]);
    let variants = [("Git", Some(named(git))), ("Http", Some(named(http)))];
    let id = build.add("Source", union(UnionRepr::Internal { tag: "type".to_owned() }, &variants));
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
    let id = build.add("A", union(UnionRepr::Untagged, &[("Int", Some(I32)), ("Text", Some(STRING))]));
    assert_eq!(of_def(&build, id), of_type(TypeRef::Builtin(Builtin::IntOrString)));
}

#[test]
fn metadata_of_a_template_keeps_what_a_person_sets() {
    let mut build = Build::default();
    let metadata = build.object_meta();
    let names = of_def_use(&build, metadata)["properties"].as_object().map(|members| members.keys().cloned().collect());
    let wanted = ["annotations", "finalizers", "labels", "name", "namespace"].map(str::to_owned);
    assert_eq!(names, Some(wanted.to_vec()));
}

fn of_def_use(build: &Build, id: TypeId) -> Value {
    value(&SchemaOf::inline(&build.model).type_ref(&named(id)))
}

#[test]
fn a_recursion_is_cut_where_unknown_fields_are_preserved() {
    let mut build = Build::default();
    let id = TypeId(0);
    let preserved = || {
        let mut facts = Facts::default();
        facts.schema.preserve_unknown_fields = true;
        facts
    };
    let each = Facts { each: Some(Box::new(preserved())), ..Facts::default() };
    let next = field("next", option(TypeRef::Boxed(Box::new(named(id))))).facts(preserved());
    build.strukt("Node", [next, field("children", list(named(id))).facts(each)]);
    let any = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true});
    let schema = of_def(&build, id);
    assert_eq!(schema["properties"]["next"], any);
    assert_eq!(schema["properties"]["children"], json!({"type": "array", "items": any}));
}

#[test]
fn unknown_fields_of_a_type_that_is_not_recursive_add_to_the_known_ones() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let mut facts = Facts::default();
    facts.schema.preserve_unknown_fields = true;
    let id = build.strukt("A", [field("a", named(inner)).facts(facts)]);
    let wanted = json!({
        "type": "object",
        "required": ["b"],
        "properties": {"b": {"type": "string"}},
        "x-kubernetes-preserve-unknown-fields": true,
    });
    assert_eq!(of_def(&build, id)["properties"]["a"], wanted);
}

fn references(siblings: Siblings) -> References {
    References {
        pointer: |ty| ty.fields().map(|_| format!("#/{}", ty.name)),
        builtin: super::builtin_schema,
        siblings,
    }
}

#[test]
fn references_stand_alone_or_beside_what_is_said() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let id = build.strukt("A", [field("a", named(inner)), field("b", option(named(inner))).docs("The inner one.")]);
    let members = |siblings| {
        let schema = SchemaOf::reference(&build.model, references(siblings)).definition(id);
        value(&schema)["properties"].clone()
    };
    let lone = json!({"$ref": "#/Inner"});
    let beside = json!({"$ref": "#/Inner", "description": "The inner one."});
    assert_eq!(members(Siblings::Beside), json!({"a": lone, "b": beside}));
    let wrapped = json!({"allOf": [lone], "description": "The inner one."});
    assert_eq!(members(Siblings::Wrapped), json!({"a": lone, "b": wrapped}));
}

#[test]
fn documents_have_patch_facts_and_no_rules_but_written_ones() {
    let mut build = Build::default();
    let mut a = field("a", option(list(STRING))).facts(rules([RuleKind::Immutable, cel("self != []")]));
    a.facts.patch.strategy = Some("merge".to_owned());
    a.facts.extensions.insert("x-example".to_owned(), Literal::Int(1));
    let id = build.strukt("A", [a]);
    let schema = SchemaOf::reference(&build.model, references(Siblings::Wrapped)).definition(id);
    let wanted = json!({
        "type": "array",
        "items": {"type": "string"},
        "x-example": 1,
        "x-kubernetes-patch-strategy": "merge",
        "x-kubernetes-validations": [{"rule": "self != []"}],
    });
    assert_eq!(value(&schema)["properties"]["a"], wanted);
    assert_eq!(of_def(&build, id)["properties"]["a"]["x-example"], Value::Null);
}

#[test]
fn a_flattened_struct_is_not_referred_to() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let id = build.strukt("A", [field("", named(inner)).layout(FieldLayout::Flattened)]);
    let schema = SchemaOf::reference(&build.model, references(Siblings::Wrapped)).definition(id);
    assert_eq!((schema.reference, schema.properties.len()), (None, 1));
}
