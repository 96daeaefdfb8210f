//! Lists whose items or keys are unique, short and long.

use kgen::validation::rules;

use crate::types::Port;
use crate::{assert_finds, found};

#[test]
fn repeated_items_of_a_set() {
    assert_finds(&[], |e, p| rules::unique_set::<String>(e, p, &[]));
    assert_finds(&[], |e, p| rules::unique_set(e, p, &["a", "b"]));
    let wanted = [
        ("", r#"spec.x[2]: Duplicate value: "a""#),
        ("", r#"spec.x[3]: Duplicate value: "a""#),
        ("", r#"spec.x[4]: Duplicate value: "b""#),
    ];
    assert_finds(&wanted, |e, p| rules::unique_set(e, p, &["a", "b", "a", "a", "b"]));
    assert_finds(&[("", "spec.x[1]: Duplicate value: 1")], |e, p| {
        rules::unique_set(e, p, &[1, 1])
    });
    let wanted = [("", r#"spec.x[1]: Duplicate value: {"name":"a","container":1}"#)];
    let ports = [Port::new("a", 1), Port::new("a", 1), Port::new("a", 2)];
    assert_finds(&wanted, |e, p| rules::unique_set(e, p, &ports));
}

#[test]
fn repeated_keys_of_a_map() {
    let ports = [Port::new("a", 1), Port::new("b", 1), Port::new("a", 2)];
    let wanted = [("", r#"spec.x[2]: Duplicate value: {"name":"a","container":2}"#)];
    assert_finds(&wanted, |e, p| {
        rules::unique_map(e, p, &ports, |port| port.name.as_str())
    });
    assert_finds(&[], |e, p| {
        rules::unique_map(e, p, &ports, |port| (port.name.as_str(), port.container))
    });
}

#[test]
fn repeated_items_in_a_schema() {
    assert_finds(&[], |e, p| rules::unique_items(e, p, &[1, 2]));
    let wanted = [(
        "",
        r#"spec.x: Invalid value: "": spec.x in body shouldn't contain duplicates"#,
    )];
    assert_finds(&wanted, |e, p| rules::unique_items(e, p, &[1, 1, 1]));
}

/// The same is found in lists that are searched and in lists that are indexed.
#[test]
fn long_lists_are_as_exact_as_short_ones() {
    for len in [1_usize, 2, 31, 32, 33, 64, 1000] {
        let mut items: Vec<String> = (0..len).map(|index| index.to_string()).collect();
        assert_finds(&[], |e, p| rules::unique_set(e, p, &items));
        items.push("0".to_owned());
        items.push((len - 1).to_string());
        let wanted = [
            format!("spec.x[{len}]: Duplicate value: \"0\""),
            format!("spec.x[{}]: Duplicate value: \"{}\"", len + 1, len - 1),
        ];
        let texts = |found: Vec<(&'static str, String)>| found.into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(texts(found(|e, p| rules::unique_set(e, p, &items))), wanted);
        assert_eq!(
            texts(found(|e, p| rules::unique_map(e, p, &items, String::as_str))),
            wanted
        );
    }
}

/// This takes a moment; comparing all pairs would take minutes.
#[test]
fn huge_lists_are_not_compared_pair_by_pair() {
    let items: Vec<u32> = (0..50_000).collect();
    assert_finds(&[], |e, p| rules::unique_set(e, p, &items));
    assert_finds(&[], |e, p| rules::unique_map(e, p, &items, |item| *item));
}
