//! What two schemas say together.

use kgen_model::facts::CelRule;

use super::*;

fn string() -> Schema {
    Schema::of_type(JsonType::String)
}

fn limits(limits: Limits) -> Schema {
    Schema {
        limits,
        ..Schema::default()
    }
}

fn min_length(min: u64) -> Schema {
    limits(Limits {
        min_length: Some(min),
        ..Limits::default()
    })
}

fn cel(rule: &str) -> Schema {
    let rule = CelRule {
        rule: rule.to_owned(),
        ..CelRule::default()
    };
    let kubernetes = Kubernetes {
        validations: vec![rule],
        ..Kubernetes::default()
    };
    Schema {
        kubernetes,
        ..Schema::default()
    }
}

#[test]
fn what_one_side_says_is_kept() {
    let merged = merge(merge(string(), min_length(4)), Schema::default());
    assert_eq!(merged, merge(string(), min_length(4)));
    assert_eq!(
        (merged.type_, merged.limits.min_length),
        (Some(JsonType::String), Some(4))
    );
}

#[test]
fn what_both_say_alike_is_said_once() {
    assert_eq!(merge(min_length(4), min_length(4)), min_length(4));
}

#[test]
fn limits_that_differ_both_hold() {
    let merged = merge(merge(string(), min_length(4)), min_length(10));
    assert_eq!(merged.limits, Limits::default());
    assert_eq!(merged.logic.all_of, [min_length(4), min_length(10)]);
}

#[test]
fn all_differences_share_one_pair_of_branches() {
    let both = |min_length, max_length| {
        limits(Limits {
            min_length: Some(min_length),
            max_length: Some(max_length),
            ..Limits::default()
        })
    };
    assert_eq!(merge(both(1, 2), both(3, 4)).logic.all_of, [both(1, 2), both(3, 4)]);
}

#[test]
fn a_field_narrows_the_enum_of_its_type() {
    let one_of = |values: &[&str]| {
        limits(Limits {
            enum_: values.iter().map(|value| Literal::from(*value)).collect(),
            ..Limits::default()
        })
    };
    assert_eq!(merge(one_of(&["b", "a"]), Schema::default()), one_of(&["b", "a"]));
    assert_eq!(
        merge(one_of(&["c", "b", "a"]), one_of(&["a", "b"])),
        one_of(&["b", "a"])
    );
    assert_eq!(
        merge(one_of(&["a"]), one_of(&["b"])).logic.all_of,
        [one_of(&["a"]), one_of(&["b"])]
    );
}

#[test]
fn rules_of_the_field_come_first() {
    let rules = merge(cel("type"), cel("field")).kubernetes.validations;
    assert_eq!(
        rules.iter().map(|rule| rule.rule.as_str()).collect::<Vec<_>>(),
        ["field", "type"]
    );
}

#[test]
fn the_words_and_the_default_of_the_field_win() {
    let about = |text: &str| {
        let about = About {
            description: Some(text.to_owned()),
            default: Some(Literal::from(text)),
            ..About::default()
        };
        Schema {
            about,
            ..Schema::default()
        }
    };
    assert_eq!(merge(about("type"), about("field")), about("field"));
    assert_eq!(merge(about("type"), Schema::default()), about("type"));
}

#[test]
fn members_and_elements_merge() {
    let with = |inner: Schema| Schema {
        properties: [("a".to_owned(), inner)].into(),
        ..Schema::default()
    };
    assert_eq!(
        merge(with(string()), with(min_length(1))),
        with(merge(string(), min_length(1)))
    );
    assert_eq!(
        merge(Schema::array(string()), Schema::array(min_length(1))).items,
        with(merge(string(), min_length(1)))
            .properties
            .remove("a")
            .map(Box::new)
    );
    assert_eq!(
        merge(Schema::map(string()), Schema::map(min_length(1))),
        Schema::map(merge(string(), min_length(1)))
    );
}

#[test]
fn two_alternatives_both_hold() {
    let any_of = |logic: Logic| Schema {
        logic,
        ..Schema::default()
    };
    let one = any_of(Logic {
        any_of: vec![min_length(1)],
        ..Logic::default()
    });
    let two = any_of(Logic {
        any_of: vec![min_length(2)],
        ..Logic::default()
    });
    assert_eq!(
        merge(one.clone(), two.clone()).logic,
        Logic {
            all_of: vec![one, two],
            ..Logic::default()
        }
    );
}

#[test]
fn a_format_of_a_number_is_replaced_and_one_of_a_string_hoisted() {
    let merged = merge(
        Schema::of_type(JsonType::Integer).format("int64"),
        Schema::default().format("duration"),
    );
    assert_eq!(merged.format.as_deref(), Some("duration"));
    let merged = merge(string().format("uri"), Schema::default().format("hostname"));
    assert_eq!((merged.format, merged.logic.all_of.len()), (None, 2));
}
