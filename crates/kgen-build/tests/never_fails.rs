//! Whatever people write, the pipeline ends with files or with a report: the targets of `fuzz`, with inputs that are the
//! same each time.

#[path = "../../../fuzz/src/dice.rs"]
mod dice;
#[expect(unreachable_pub, reason = "it is a library for the fuzzer")]
#[path = "../../../fuzz/src/sources.rs"]
mod targets;

use std::path::Path;

use self::dice::{Dice, inputs, seeds};
use self::targets::TARGETS;

/// How many inputs each target gets.
const INPUTS: usize = 100;

/// What is put into inputs, beside bytes.
const WORDS: &[&str] = &[
    "#[kgen(",
    ")]",
    "kgen::version! {",
    "kgen::Api",
    "::",
    "<",
    ">",
    "'a",
    "pub enum A {",
    "}",
    "[",
    "]",
    "Option<",
    "default = ",
    "json!(",
    "-1",
    "1e999",
    "99999999999999999999",
    "\"",
    "\\u{0}",
    "\u{feff}",
    "\u{1f600}",
    "é",
    "/*",
    "//",
    "r#",
    "crate",
    "null",
    "~",
    "- ",
    ": ",
    "\n",
    "  ",
    "*a",
    "&a ",
    "type: object",
    "x-kubernetes-",
    "properties:",
    "items:",
    "pattern:",
];

/// Whatever is made of good sources by a few changes.
#[test]
fn no_source_breaks_the_pipeline() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    for (target, run) in TARGETS {
        let seeds = seeds(&fuzz, target);
        let mut dice = Dice::new(0x9e37_79b9_7f4a_7c15 ^ inputs(INPUTS) as u64);
        seeds.iter().for_each(|seed| run(seed));
        for _ in 0..inputs(INPUTS) {
            run(&dice.changed(&seeds, WORDS));
        }
    }
}

/// Whatever bytes.
#[test]
fn no_bytes_break_the_pipeline() {
    for (_, run) in TARGETS {
        let mut dice = Dice::new(0x2545_f491_4f6c_dd1d ^ inputs(INPUTS) as u64);
        for _ in 0..inputs(INPUTS) {
            run(&dice.bytes());
        }
    }
}
