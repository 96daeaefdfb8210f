//! Definitions say what generated validation says: the table of rules and scopes, and the groups of types, by which the
//! generator `validation` is tested, with their objects looked at as an API server looks at them. Keywords are left to a
//! library of JSON schemas, rules in CEL to an engine for CEL. What generated code says of the same objects is tested
//! where the tables stand (`gen-validation/tests/behaviour`).

#[path = "../../gen-validation/tests/behaviour/cases.rs"]
mod cases;
mod cel_value;
mod engine;
#[path = "../../gen-validation/tests/behaviour/rules.rs"]
mod rules;
#[path = "../../gen-validation/tests/behaviour/scopes.rs"]
mod scopes;
mod server;
#[path = "../../gen-validation/tests/behaviour/structs/mod.rs"]
mod structs;
mod table;
mod types;

use cases::Case;
use rules::Rule;
use scopes::{SCOPES, Scope, When};
use types::Types;

/// Objects about which code and servers differ, with the reason.
const UNLIKE: &[(&str, &str)] = &[
    ("Enums {\"phase\"", FEATURES),
    ("Unions {\"c\":1} instead of {} ", RELATIONS),
    ("Unions {\"a\":\"y\",\"b\":0} instead", RELATIONS),
    ("Unions {\"b\":1,\"kind\":\"B\"} instead", RELATIONS),
    ("Modes {\"mode\":\"A\",\"on\":true} instead", RELATIONS),
    ("Dependents {\"a\":2} instead of {\"a\":1} ", RELATIONS),
    ("Correlated {\"set\":[2,1]} instead", ELEMENTS),
    ("Correlated {\"keys\":{\"ab\":2,", ELEMENTS),
];

const FEATURES: &str = "a definition knows no features";
const RELATIONS: &str = "code looks at members again when one of them is set or unset, servers when anything changed";
const ELEMENTS: &str = "code looks at elements and keys that are new, servers at all of them";

/// Why code and servers differ about an object, if they may.
fn reason(case: &Case) -> Option<&'static str> {
    let text = case.to_string();
    UNLIKE
        .iter()
        .find(|(object, _)| text.starts_with(object))
        .map(|(_, reason)| *reason)
}

/// Whether a definition has a place for a rule at all: there are no features there, nothing is in the shadow, and no
/// element of a list is `null`.
fn is_in_definitions(rule: &Rule, scope: &Scope) -> bool {
    let is_known = !matches!(
        (rule.name, scope.name),
        ("ByHand" | "UniqueItems", _) | ("MaxBytes", "Case")
    );
    let is_always = matches!(scope.when, When::Always | When::Update);
    is_known && is_always && scope.name != "EachOption"
}

/// The declaration of a rule in a scope, with limits around it, so that servers can afford it.
fn bounded(scope: &Scope, rule: &Rule) -> String {
    let limit = match scope.name {
        "Each" | "EachEach" => "max_items = 8, ",
        "Values" | "ValuesByName" | "Keys" | "KeysOfNewtype" => "max_properties = 8, ",
        _ => "",
    };
    let text = scope.declare(rule);
    let text = text.replace(
        "#[kgen(each(each(",
        &format!("#[kgen({limit}each(max_properties = 8, each("),
    );
    let text = text.replace("#[kgen(each(", &format!("#[kgen({limit}each("));
    let text = text.replace("#[kgen(each_key(", &format!("#[kgen({limit}each_key("));
    let text = text.replace("unique = ", "max_items = 8, unique = ");
    let text = text.replace("list = map(", "max_items = 8, list = map(");
    let text = text.replace("list = set", "list = set, max_items = 8, each(max_length = 63)");
    // What holds at times limits nothing for servers: the field says it.
    let of_field = match rule.name {
        "Set" => "max_items = 8, each(max_length = 63)",
        "UniqueSet" | "UniqueMap" | "ListMap" | "ListMapOfTwo" => "max_items = 8",
        "Format" => "max_length = 63",
        _ => "description = \"bounded\"",
    };
    match scope.name {
        "Item" | "OnUpdate" | "Mode" => text.replace("pub at: ", &format!("#[kgen({of_field})] pub at: ")),
        "Below" => text.replace("pub of: Vec", "#[kgen(max_items = 8)] pub of: Vec"),
        "KeysOfType" => text.replace("pub at: BTreeMap", "#[kgen(max_properties = 8)] pub at: BTreeMap"),
        _ => text,
    }
}

#[test]
fn every_rule_in_every_scope_is_said_or_told() {
    let mut texts = Vec::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut rows = Vec::new();
    for rule in rules::RULES {
        for scope in SCOPES
            .iter()
            .filter(|scope| scope.takes(rule) && is_in_definitions(rule, scope))
        {
            texts.push(bounded(scope, rule));
            let of_rule = scope.cases(rule);
            rows.push((rule, scope, of_rule[0].ty.clone()));
            cases.extend(of_rule);
        }
    }
    texts.extend(structs::groups().into_iter().take(1).map(|group| limited(&group.types)));
    let types = Types::of(&texts);
    let told: Vec<_> = rows
        .into_iter()
        .filter_map(|(rule, scope, ty)| Some((rule, scope, types.left_out(&ty)?, ty)))
        .collect();
    cases.retain(|case| told.iter().all(|(.., ty)| case.ty != *ty));
    agree(&types, &cases);
    table::compare(&told);
}

/// The types of a group, with limits where servers want them.
fn limited(types: &str) -> String {
    let limits = [
        (
            "pub struct Named {\n",
            "pub struct Named {\n    #[kgen(max_length = 63)]\n",
        ),
        (
            "pub struct Pair {\n",
            "pub struct Pair {\n    #[kgen(max_length = 63)]\n",
        ),
        ("list = set, update", "list = set, max_items = 8, update"),
        (
            "list = map(key = \"name\"), ",
            "list = map(key = \"name\"), max_items = 8, ",
        ),
        ("unique = ", "max_items = 8, unique = "),
    ];
    let mut text = types.to_owned();
    for (from, to) in limits {
        text = text.replace(from, to);
    }
    text
}

#[test]
fn rules_about_several_values_are_said() {
    let groups = structs::groups();
    let texts: Vec<String> = groups.iter().map(|group| limited(&group.types)).collect();
    let types = Types::of(&texts);
    let cases: Vec<Case> = groups.into_iter().flat_map(|group| group.cases).collect();
    let cases: Vec<Case> = cases
        .into_iter()
        .filter(|case| case.options.is_empty() && !["Functions", "Presence", "Opaque"].contains(&case.ty.as_str()))
        .collect();
    agree(&types, &cases);
}

/// An object is legal for the server if, and only if, code finds nothing wrong with it; but for those of [`UNLIKE`], which
/// do differ.
fn agree(types: &Types, cases: &[Case]) {
    let differences: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let found = server::faults(&types.schema(&case.ty), &case.new, case.old.as_ref());
            let is_alike = found.is_empty() == case.wanted.is_empty();
            let why = reason(case).map_or(String::new(), |why| format!("\n  which was to be because {why}"));
            (is_alike != why.is_empty())
                .then(|| format!("{case}\n  code:   {:?}\n  server: {found:?}{why}", case.wanted))
        })
        .collect();
    assert!(
        differences.is_empty(),
        "{} of {} differ\n{}",
        differences.len(),
        cases.len(),
        differences.join("\n")
    );
}
