//! Markers that hold other markers: where they apply, when, and schema logic.

use super::Arg::Text;
use super::Form::{Cases, Item, Scope};
use super::Place::{Case, Field, Key, Type, Value as Scoped};
use super::{MarkerDef, Place, optional, positional, row};

const VALUE: &[Place] = &[Type, Field, Scoped];
const LOGIC: &[Place] = &[Type, Field, Scoped, Case];

pub(super) const ROWS: &[MarkerDef] = &[
    row("each", LOGIC, Scope(&[], Scoped), &["+k8s:eachVal", "+kubebuilder:validation:items"],
        "What holds for each element of a list or each value of a map. Scopes nest: `each(each(..))`.",
        "#[kgen(each(max_length = 63))]"),
    row("each_key", VALUE, Scope(&[], Key), &["+k8s:eachKey"],
        "What holds for each key of a map.",
        "#[kgen(each_key(format = \"k8s-label-key\"))]"),
    row("subfield", LOGIC, Scope(&[positional("field", Text)], Scoped), &["+k8s:subfield"],
        "What holds for a member of the value, by its JSON name, on top of what its own declaration says.",
        "#[kgen(subfield(\"name\", required))]").repeated(),
    row("item", VALUE, Item, &["+k8s:item"],
        "What holds for the element of a list map with these keys.",
        "#[kgen(item(type = \"Ready\", immutable))]").repeated(),
    row("on_update", VALUE, Scope(&[], Scoped), &[],
        "What holds when an object is updated, but not when it is created.",
        "#[kgen(on_update(minimum = 1))]"),
    row("if_mode", &[Field], Scope(&[positional("mode", Text), optional("modality", Text)], Scoped), &["+k8s:ifMode"],
        "What holds when the sibling with `mode_discriminator` has this value. In modes that no `if_mode` names, the field must not be set.",
        "#[kgen(if_mode(\"Manual\", required))]").repeated(),
    row("if_enabled", VALUE, Scope(&[positional("feature", Text)], Scoped), &["+k8s:ifEnabled"],
        "What holds while a feature is on.",
        "#[kgen(if_enabled(\"OrderDrafts\", required))]").repeated(),
    row("if_disabled", VALUE, Scope(&[positional("feature", Text)], Scoped), &["+k8s:ifDisabled"],
        "What holds while a feature is off.",
        "#[kgen(if_disabled(\"OrderDrafts\", forbidden))]").repeated(),
    row("alpha", VALUE, Scope(&[optional("since", Text)], Scoped), &["+k8s:alpha"],
        "What will hold, and is only counted so far.",
        "#[kgen(alpha(since = \"1.3\", max_length = 63))]").repeated(),
    row("beta", VALUE, Scope(&[optional("since", Text)], Scoped), &["+k8s:beta"],
        "What will hold, and is enforced unless it is switched off.",
        "#[kgen(beta(since = \"1.4\", max_length = 63))]").repeated(),
    row("all_of", LOGIC, Cases, &[],
        "Every case holds, as the schema keyword `allOf`.",
        "#[kgen(all_of(case(pattern = \"^a\"), case(pattern = \"z$\")))]").repeated(),
    row("any_of", LOGIC, Cases, &[],
        "At least one case holds, as the schema keyword `anyOf`.",
        "#[kgen(any_of(case(format = \"ipv4\"), case(format = \"ipv6\")))]").repeated(),
    row("one_of", LOGIC, Cases, &[],
        "Exactly one case holds, as the schema keyword `oneOf`.",
        "#[kgen(one_of(case(fields_required(\"a\")), case(fields_required(\"b\"))))]").repeated(),
    row("not", LOGIC, Scope(&[], Case), &[],
        "What stands inside does not hold, as the schema keyword `not`.",
        "#[kgen(not(enum_values = [\"IPAddress\"]))]").repeated(),
];
