//! Whatever clients send, nothing panics and nothing is called a fault of the server: the targets of `fuzz`, with inputs
//! that are the same each time.

#[expect(unreachable_pub, reason = "it is a library for the fuzzer")]
#[path = "../../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

use self::targets::TARGETS;

/// How many inputs each target gets, unless `KGEN_INPUTS` says another number. Other numbers are other inputs.
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

fn inputs() -> usize {
    let said = std::env::var("KGEN_INPUTS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(INPUTS)
}

/// A generator of numbers that are the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    /// A seed after a few changes.
    fn changed(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut input = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(4) {
            let at = self.below(input.len() + 1);
            match self.below(6) {
                0 => input.truncate(at),
                1 if at < input.len() => input[at] ^= 1 << self.below(8),
                2 if at < input.len() => drop(input.remove(at)),
                3 => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len());
                    input.truncate(at);
                    input.extend_from_slice(&other[from..]);
                }
                4 => {
                    let to = at + self.below(input.len() - at + 1);
                    let part = input[at..to].to_vec();
                    input.splice(at..at, part);
                }
                _ => {
                    let word = WORDS[self.below(WORDS.len())];
                    input.splice(at..at, word.bytes());
                }
            }
        }
        input
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display()));
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// Whatever is made of good requests by a few changes.
#[test]
fn s045_s105_s106_s123_no_request_is_a_fault_of_the_server() {
    for (target, send) in TARGETS {
        let seeds = seeds(target);
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ inputs() as u64);
        seeds.iter().for_each(|seed| send(seed));
        for _ in 0..inputs() {
            send(&dice.changed(&seeds));
        }
    }
}

/// Whatever bytes.
#[test]
fn s045_s105_s106_s123_no_bytes_are_a_fault_of_the_server() {
    for (_, send) in TARGETS {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d ^ inputs() as u64);
        for _ in 0..inputs() {
            let length = dice.below(200);
            let bytes: Vec<u8> = (0..length).map(|_| dice.next().to_le_bytes()[3]).collect();
            send(&bytes);
        }
    }
}
