//! The build script's code works as generated code that is checked in does.

use build_script::api::v1::{Leaf, Pot};
use build_script::generated::api::v1::PotList;

#[test]
fn a_pot_is_read_with_its_defaults() {
    let text = r#"{"metadata": {"name": "afternoon"}, "spec": {"leaf": "Green"}}"#;
    let pot: Pot = serde_json::from_str(text).expect("the text is a pot");
    assert_eq!((pot.spec.leaf, pot.spec.cups), (Leaf::Green, 2));
    let text = serde_json::to_string(&pot).expect("a pot is JSON");
    assert!(
        text.contains(r#""apiVersion":"tea.example.com/v1","kind":"Pot""#),
        "{text}"
    );
    assert!(text.contains(r#""time":"3m0s""#), "{text}");
}

#[test]
fn a_list_of_pots_is_read() {
    let text = r#"{"apiVersion": "tea.example.com/v1", "kind": "PotList", "metadata": {}, "items": []}"#;
    let pots: PotList = serde_json::from_str(text).expect("the text is a list of pots");
    assert!(pots.items.is_empty());
}

#[test]
fn the_definition_comes_from_the_build() {
    assert!(build_script::DEFINITION.contains("name: pots.tea.example.com"));
}
