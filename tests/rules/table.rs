//! What definitions do not hold, as a list.

use kgen_gen_openapi::structural::Why;

use crate::rules::Rule;
use crate::scopes::Scope;

/// Rules in scopes that only code checks.
const LEFT_TO_CODE: &[&str] = &[
    "FormatOfSchemas in Keys: Unsayable",
    "FormatOfSchemas in KeysOfNewtype: Unsayable",
    "FormatOfSchemas in KeysOfType: Unsayable",
    "FormatOfSchemas in Item: Unsayable",
    "FormatOfSchemas in OnUpdate: Unsayable",
    "FormatOfSchemas in Mode: Unsayable",
];

/// Nothing is left out but what the list says.
pub(crate) fn compare(told: &[(&Rule, &Scope, Why, String)]) {
    let found: Vec<String> = told
        .iter()
        .map(|(rule, scope, why, _)| format!("{} in {}: {why:?}", rule.name, scope.name))
        .collect();
    assert_eq!(found, LEFT_TO_CODE);
}
