//! Unions, discriminated or not, and fields that need or exclude others: on create, and on update with ratcheting.

use kgen::validation::Operation;
use kgen::validation::rules::{self, Discriminated};

use crate::assert_finds;

const MEMBERS: [&str; 3] = ["a", "b", "c"];
const NONE: [bool; 3] = [false; 3];
const A: [bool; 3] = [true, false, false];
const AC: [bool; 3] = [true, false, true];

#[test]
fn exactly_one_member() {
    let create = Operation::create();
    assert_finds(&[], |e, p| rules::union(e, p, &create, &MEMBERS, A, None));
    let wanted = r#"spec.x: Invalid value: "": must specify one of: `a`, `b`, `c`"#;
    assert_finds(&[("union", wanted)], |e, p| {
        rules::union(e, p, &create, &MEMBERS, NONE, None)
    });
    let wanted = r#"spec.x: Invalid value: "{a, c}": must specify exactly one of: `a`, `b`, `c`"#;
    assert_finds(&[("union", wanted)], |e, p| {
        rules::union(e, p, &create, &MEMBERS, AC, None)
    });
}

#[test]
fn a_union_is_checked_again_when_its_members_change() {
    let update = Operation::update();
    assert_finds(&[], |e, p| rules::union(e, p, &update, &MEMBERS, AC, Some(AC)));
    assert_finds(&[], |e, p| rules::union(e, p, &update, &MEMBERS, NONE, Some(NONE)));
    let wanted = r#"spec.x: Invalid value: "{a, c}": must specify exactly one of: `a`, `b`, `c`"#;
    assert_finds(&[("union", wanted)], |e, p| {
        rules::union(e, p, &update, &MEMBERS, AC, Some(A))
    });
    assert_finds(&[("union", wanted)], |e, p| {
        rules::union(e, p, &update, &MEMBERS, AC, None)
    });
}

#[test]
fn at_most_one_member() {
    let (create, update) = (Operation::create(), Operation::update());
    assert_finds(&[], |e, p| rules::zero_or_one_of(e, p, &create, &MEMBERS, NONE, None));
    assert_finds(&[], |e, p| rules::zero_or_one_of(e, p, &create, &MEMBERS, A, None));
    assert_finds(&[], |e, p| rules::zero_or_one_of(e, p, &update, &MEMBERS, AC, Some(AC)));
    let wanted = r#"spec.x: Invalid value: "{a, c}": must specify at most one of: `a`, `b`, `c`"#;
    for (operation, old) in [(create, None), (create, Some(AC)), (update, Some(A)), (update, None)] {
        assert_finds(&[("zeroOrOneOf", wanted)], |e, p| {
            rules::zero_or_one_of(e, p, &operation, &MEMBERS, AC, old)
        });
    }
}

#[test]
fn the_member_that_the_discriminator_names() {
    const UNION: Discriminated<'_, 2> = Discriminated {
        discriminator: "type",
        members: &[("a", "A"), ("b", "B")],
    };
    let (create, update) = (Operation::create(), Operation::update());
    let wrong = ("A", [false, true]);
    assert_finds(&[], |e, p| {
        rules::discriminated_union(e, p, &create, &UNION, ("A", [true, false]), None)
    });
    // A value that names no member is the business of its own rules.
    assert_finds(&[], |e, p| {
        rules::discriminated_union(e, p, &create, &UNION, ("Other", [false, false]), None)
    });
    assert_finds(&[], |e, p| {
        rules::discriminated_union(e, p, &update, &UNION, wrong, Some(wrong))
    });
    let wanted = [
        (
            "union",
            r#"spec.x.a: Invalid value: "": must be specified when `type` is "A""#,
        ),
        (
            "union",
            r#"spec.x.b: Invalid value: "": may only be specified when `type` is "B""#,
        ),
    ];
    for (operation, old) in [
        (create, None),
        (update, None),
        (update, Some(("B", [false, true]))),
        (update, Some(("A", [true, true]))),
    ] {
        assert_finds(&wanted, |e, p| {
            rules::discriminated_union(e, p, &operation, &UNION, wrong, old)
        });
    }
}

#[test]
fn fields_that_need_others() {
    let (create, update) = (Operation::create(), Operation::update());
    let fields = |trigger, dependent| [("trigger", trigger), ("dependent", dependent)];
    for (trigger, dependent) in [(false, false), (false, true), (true, true)] {
        assert_finds(&[], |e, p| {
            rules::dependent_required(e, p, &create, fields(trigger, dependent), None)
        });
    }
    let alone = fields(true, false);
    assert_finds(&[], |e, p| {
        rules::dependent_required(e, p, &update, alone, Some([true, false]))
    });
    let wanted = [(
        "dependentRequired",
        "spec.x.dependent: Required value: must be set when trigger is set",
    )];
    for (operation, old) in [
        (create, None),
        (update, None),
        (update, Some([true, true])),
        (update, Some([false; 2])),
    ] {
        assert_finds(&wanted, |e, p| rules::dependent_required(e, p, &operation, alone, old));
    }
}

#[test]
fn fields_that_exclude_others() {
    let (create, update) = (Operation::create(), Operation::update());
    let fields = |trigger, dependent| [("trigger", trigger), ("dependent", dependent)];
    for (trigger, dependent) in [(false, false), (false, true), (true, false)] {
        assert_finds(&[], |e, p| {
            rules::dependent_forbidden(e, p, &create, fields(trigger, dependent), None)
        });
    }
    let both = fields(true, true);
    assert_finds(&[], |e, p| {
        rules::dependent_forbidden(e, p, &update, both, Some([true; 2]))
    });
    let wanted = [(
        "dependentForbidden",
        "spec.x.dependent: Forbidden: may not be set when trigger is set",
    )];
    for (operation, old) in [(create, None), (update, None), (update, Some([true, false]))] {
        assert_finds(&wanted, |e, p| rules::dependent_forbidden(e, p, &operation, both, old));
    }
}
