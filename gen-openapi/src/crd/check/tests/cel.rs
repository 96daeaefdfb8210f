//! CEL rules.

use super::*;

#[test]
fn cel_that_cannot_be_read() {
    assert_eq!(of_facts(STRING, rules([cel("self = 'a'")])), [("cel-syntax", 100)]);
    assert_eq!(of_facts(STRING, rules([cel("self == 'a'")])), []);
}

#[test]
fn members_that_cel_names_are_there() {
    let rule = |text: &str| {
        let mut build = Build::default();
        let line = build.strukt("Line", [field("sku", STRING), field("in-stock", TypeRef::Bool)]);
        let spec = build.spec([
            field("lines", list(named(line))),
            field("labels", map(STRING)),
            field("namespace", STRING),
            field("any", TypeRef::Builtin(Builtin::Json)),
        ]);
        build.ty(spec).facts = rules([cel(text)]);
        (codes(&build), help(&build))
    };
    let fine = [
        "self.lines[0].sku == 'a' && self.lines.size() > 1",
        "self.labels.anything == 'a' && self.labels['b'] == 'c'",
        "self.lines[0].in__dash__stock && self.__namespace__ != ''",
        "self.any.thing == 1 && has(oldSelf.lines)",
        "self.lines.all(line, line.unknown == 1)",
    ];
    for text in fine {
        assert_eq!(rule(text).0, [""; 0], "{text}");
    }
    assert_eq!(
        rule("self.lnes.size() > 0"),
        (vec!["cel-unknown-field"], "did you mean `lines`?".to_owned())
    );
    assert_eq!(rule("self.lines[0].skuu == ''").0, ["cel-unknown-field"]);
    assert_eq!(rule("self.namespace.x == ''").0, ["cel-unknown-field"]);
    assert_eq!(
        rule("self.namespace == ''").1,
        "`namespace` is a word of CEL: write `__namespace__`"
    );
}

#[test]
fn of_metadata_cel_sees_the_name() {
    let rule = |text: &str| {
        let mut build = Build::default();
        build.spec([]);
        let ty = build.model.resources[0].ty;
        build.ty(ty).facts = rules([cel(text)]);
        codes(&build)
    };
    assert_eq!(rule("self.metadata.name != '' && self.kind != ''"), [""; 0]);
    assert_eq!(rule("has(self.metadata.labels)"), ["cel-unknown-field"]);
}

#[test]
fn what_stands_beside_a_cel_rule() {
    let one = |change: fn(&mut CelRule)| {
        let mut rule = CelRule {
            rule: "self.b != oldSelf.b".to_owned(),
            ..CelRule::default()
        };
        change(&mut rule);
        let mut build = Build::default();
        let inner = build.strukt("Inner", [field("b", STRING)]);
        build.spec([field("a", named(inner)).facts(rules([RuleKind::Cel(rule)]))]);
        codes(&build)
    };
    assert_eq!(one(|rule| rule.reason = Some("FieldValueInvalid".to_owned())), [""; 0]);
    assert_eq!(one(|rule| rule.reason = Some("Invalid".to_owned())), ["bad-cel-rule"]);
    assert_eq!(one(|rule| rule.message = Some(" ".to_owned())), ["bad-cel-rule"]);
    assert_eq!(one(|rule| rule.message = Some("a\nb".to_owned())), ["bad-cel-rule"]);
    assert_eq!(one(|rule| rule.rule = "self.b\n!= ''".to_owned()), ["bad-cel-rule"]);
    assert_eq!(one(|rule| rule.field_path = Some(".b".to_owned())), [""; 0]);
    assert_eq!(one(|rule| rule.field_path = Some(".c".to_owned())), ["bad-cel-rule"]);
    assert_eq!(
        one(|rule| rule.message_expression = Some("'no' + ".to_owned())),
        ["cel-syntax"]
    );
    let old = |rule: &mut CelRule| {
        rule.rule = "self.b != ''".to_owned();
        rule.optional_old_self = Some(true);
    };
    assert_eq!(one(old), ["bad-cel-rule"]);
}

#[test]
fn no_old_values_in_lists_without_identity() {
    let wrong = [("old-value-in-list", 100)];
    let immutable = || field("note", option(STRING)).facts(rules([RuleKind::Immutable]));
    let few = Facts {
        rules: rules([RuleKind::MaxItems(8)]).rules,
        ..by("sku")
    };
    assert_eq!(lines([field("sku", STRING), immutable()], few), []);
    assert_eq!(lines([field("sku", STRING), immutable()], Facts::default()), wrong);
    assert_eq!(of_facts(list(STRING), each(rules([cel("self == oldSelf")]))), wrong);
    assert_eq!(of_facts(map(STRING), each(rules([cel("self == oldSelf")]))), []);
    assert_eq!(of_facts(list(STRING), each(rules([cel("self == 'oldSelf'")]))), []);
}

#[test]
fn a_newtype_over_a_list_takes_its_identity_from_either_side() {
    let mut build = Build::default();
    let line = build.strukt(
        "Line",
        [
            field("sku", STRING),
            field("n", I32).facts(rules([RuleKind::Monotonic])),
        ],
    );
    let all = build.add("Lines", Shape::Newtype(list(named(line))));
    build.spec([field("lines", named(all)).facts(by("sku"))]);
    assert_eq!(codes(&build), [""; 0]);
    build.fields(TypeId(2))[0].facts = Facts::default();
    assert_eq!(codes(&build), ["old-value-in-list"]);
}
