//! Inputs that are the same each time, for the ordinary tests.

use std::fs;
use std::path::Path;

/// How many inputs each target gets; `KGEN_INPUTS` says another number. Other numbers are other inputs.
pub(crate) fn inputs(usual: usize) -> usize {
    let said = std::env::var("KGEN_INPUTS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(usual)
}

/// A generator of numbers that are the same each time (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    /// The first number follows from this one, which is not 0.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

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

    /// Any bytes.
    pub(crate) fn bytes(&mut self) -> Vec<u8> {
        let length = self.below(200);
        (0..length).map(|_| self.next().to_le_bytes()[3]).collect()
    }

    /// A seed after a few changes, some of which put one of the words into it.
    pub(crate) fn changed(&mut self, seeds: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
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
                    let word = words[self.below(words.len())];
                    input.splice(at..at, word.bytes());
                }
            }
        }
        input
    }
}

/// What a target begins with.
pub(crate) fn seeds(fuzz: &Path, target: &str) -> Vec<Vec<u8>> {
    let folder = fuzz.join("seeds").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display()));
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}
