//! What generated validation says, for every rule in every scope where it may stand: the types are written here from
//! tables, generated code is compiled beside them, and one program validates all objects.

mod cases;
mod krate;
mod rules;
mod scopes;
mod structs;

use cases::Case;

#[test]
fn every_rule_holds_in_every_scope() {
    let mut types = Vec::new();
    let mut cases: Vec<Case> = Vec::new();
    for rule in rules::RULES {
        for scope in scopes::SCOPES.iter().filter(|scope| scope.takes(rule)) {
            types.push(scope.declare(rule));
            cases.extend(scope.cases(rule));
        }
    }
    for group in structs::groups() {
        types.push(group.types);
        cases.extend(group.cases);
    }
    let found = krate::validate(&types, &cases);
    let differences: Vec<String> = cases
        .iter()
        .zip(&found)
        .filter(|(case, found)| case.wanted != **found)
        .map(|(case, found)| format!("{case}\n  wanted {:#?}\n  found {found:#?}", case.wanted))
        .collect();
    assert!(
        differences.is_empty(),
        "{} of {} differ\n{}",
        differences.len(),
        cases.len(),
        differences.join("\n")
    );
}
