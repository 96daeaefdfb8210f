//! Randomness as a list of numbers, so that proptest can shrink whatever is made of it.

use std::env;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};

/// How many random values a check is tried with, unless `PROPTEST_CASES` says more, and how many numbers they are made of
/// at most.
const CASES: u32 = 48;
const NUMBERS: usize = 600;

/// Runs a check with many lists of choices, and shrinks the first one that fails.
///
/// # Panics
/// With the least list of choices that fails.
pub fn for_all(check: impl Fn(&mut Choices<'_>) -> TestCaseResult) {
    let config = Config {
        cases: env::var("PROPTEST_CASES")
            .ok()
            .and_then(|cases| cases.parse().ok())
            .unwrap_or(CASES),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let ran = TestRunner::new(config).run(&vec(any::<u32>(), 0..NUMBERS), |numbers| {
        check(&mut Choices::new(&numbers))
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
}

/// Choices that are made one after the other. Those after the last number are 0, which is the least choice.
#[derive(Debug)]
pub struct Choices<'a> {
    numbers: &'a [u32],
    next: usize,
    /// How often the current value was refused; choices after the last number depend on it.
    attempt: u32,
}

impl<'a> Choices<'a> {
    /// Choices that the numbers decide.
    #[must_use]
    pub fn new(numbers: &'a [u32]) -> Self {
        Self {
            numbers,
            next: 0,
            attempt: 0,
        }
    }

    /// A number below `bound`.
    ///
    /// # Panics
    /// When `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.next += 1;
        let number = match self.numbers.get(self.next - 1) {
            Some(number) => *number,
            None if self.attempt == 0 => 0,
            None => scattered(self.attempt ^ scattered(self.next as u32)),
        };
        number as usize % bound
    }

    /// Whether something happens that happens `times` out of 8 times.
    pub fn is_likely(&mut self, times: usize) -> bool {
        self.below(8) + times >= 8
    }

    /// One of several values.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<'b, T>(&mut self, from: &'b [T]) -> &'b T {
        &from[self.below(from.len())]
    }

    /// Makes values until one is accepted. `None` if none ever is.
    pub fn retry<T>(&mut self, mut make: impl FnMut(&mut Self) -> T, is_accepted: impl Fn(&T) -> bool) -> Option<T> {
        let before = self.attempt;
        let accepted = (0..1000).find_map(|attempt| {
            self.attempt = before.wrapping_mul(31).wrapping_add(attempt);
            Some(make(self)).filter(&is_accepted)
        });
        self.attempt = before;
        accepted
    }
}

/// Spreads neighbouring numbers over all numbers.
fn scattered(number: u32) -> u32 {
    let mixed = (number ^ (number >> 16)).wrapping_mul(0x7feb_352d);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x846c_a68b);
    mixed ^ (mixed >> 16)
}
