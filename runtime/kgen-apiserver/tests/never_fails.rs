//! Whatever clients send, nothing panics and nothing is called a fault of the server: the targets of `fuzz`, with inputs
//! that are the same each time.

#[path = "../../../fuzz/src/dice.rs"]
mod dice;
#[expect(unreachable_pub, reason = "it is a library for the fuzzer")]
#[path = "../../../fuzz/src/served/mod.rs"]
mod targets;

use std::path::Path;

use self::dice::{Dice, inputs, seeds};
use self::targets::TARGETS;

/// How many inputs each target gets.
const INPUTS: usize = 250;

/// What is put into inputs, beside bytes.
const WORDS: &[&str] = &[
    "null",
    "{}",
    "[]",
    "[[[[",
    "{\"a\":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "-1",
    "1e999",
    "99999999999999999999",
    "0.1",
    "true",
    ",",
    ":",
    "\n",
    "  ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: *a",
    "!!binary ",
    "---\n",
    "|",
    ">",
    "%",
    "#",
    "~",
    "~1",
    "/-",
    "/0",
    "metadata",
    "managedFields",
    "fieldsV1",
    "f:spec",
    "k:{",
    "spec",
    "status",
    "\u{feff}",
    "\u{1f600}",
    "2024-01-01T00:00:00Z",
    "apiVersion",
    "kind",
    "=",
    "!=",
    " in (",
    ")",
    "notin",
];

/// Whatever is made of good requests by a few changes.
#[test]
fn s045_s105_s106_s123_no_request_is_a_fault_of_the_server() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    for (target, send) in TARGETS {
        let seeds = seeds(&fuzz, target);
        let mut dice = Dice::new(0x9e37_79b9_7f4a_7c15 ^ inputs(INPUTS) as u64);
        seeds.iter().for_each(|seed| send(seed));
        for _ in 0..inputs(INPUTS) {
            send(&dice.changed(&seeds, WORDS));
        }
    }
}

/// Whatever bytes.
#[test]
fn s045_s105_s106_s123_no_bytes_are_a_fault_of_the_server() {
    for (_, send) in TARGETS {
        let mut dice = Dice::new(0x2545_f491_4f6c_dd1d ^ inputs(INPUTS) as u64);
        for _ in 0..inputs(INPUTS) {
            send(&dice.bytes());
        }
    }
}
