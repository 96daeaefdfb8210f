//! The check that objects survive conversion to the stored version and back, and the other way round.

use std::cell::Cell;
use std::marker::PhantomData;

use kgen::conversion::{ConvertFrom, Versioned};
use kgen::serde::Serialize;
use kgen::serde_json::{self, Value};

use crate::loss::{When, difference, remove, remove_new};
use crate::{Random, TestCaseError, for_all};

/// A version of a kind, and what a way to the stored version and back does not bring home. Paths are those of
/// documents, such as `.spec.items[].colour`.
#[derive(Clone, Debug)]
pub struct RoundTrip<V> {
    of_version: Loss,
    of_hub: Loss,
    version: PhantomData<V>,
}

#[derive(Clone, Debug, Default)]
struct Loss {
    lost: Vec<&'static str>,
    by_hand: Vec<&'static str>,
    loose: Vec<&'static str>,
    defaulted: Vec<&'static str>,
}

impl<V> Default for RoundTrip<V> {
    fn default() -> Self {
        Self {
            of_version: Loss::default(),
            of_hub: Loss::default(),
            version: PhantomData,
        }
    }
}

impl<V> RoundTrip<V> {
    /// A version that loses nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The stored version has no place for this.
    #[must_use]
    pub fn lost(mut self, path: &'static str) -> Self {
        self.of_version.lost.push(path);
        self
    }

    /// This version has no place for that part of the stored one.
    #[must_use]
    pub fn lost_of_hub(mut self, path: &'static str) -> Self {
        self.of_hub.lost.push(path);
        self
    }

    /// A person's own function converts this: it need only stay the same from the second round on.
    #[must_use]
    pub fn by_hand(mut self, path: &'static str) -> Self {
        self.of_version.by_hand.push(path);
        self
    }

    /// A person's own function converts that part of the stored version.
    #[must_use]
    pub fn by_hand_of_hub(mut self, path: &'static str) -> Self {
        self.of_hub.by_hand.push(path);
        self
    }

    /// Here empty and absent are the same.
    #[must_use]
    pub fn loose(mut self, path: &'static str) -> Self {
        self.of_version.loose.push(path);
        self
    }

    /// Here empty and absent are the same in the stored version.
    #[must_use]
    pub fn loose_of_hub(mut self, path: &'static str) -> Self {
        self.of_hub.loose.push(path);
        self
    }

    /// Where this is absent, the stored version has a default, which comes back.
    #[must_use]
    pub fn defaulted(mut self, path: &'static str) -> Self {
        self.of_version.defaulted.push(path);
        self
    }

    /// Where that part of the stored version is absent, this version has a default, which comes back.
    #[must_use]
    pub fn defaulted_of_hub(mut self, path: &'static str) -> Self {
        self.of_hub.defaulted.push(path);
        self
    }
}

impl<V> RoundTrip<V>
where
    V: Versioned + Random + Serialize,
    V::Hub: Random + Serialize,
{
    /// Makes random objects of both versions and converts them there and back, twice. Objects that cannot be converted,
    /// because a number is too large or a name unknown, are passed over.
    ///
    /// # Panics
    /// With the least object that is not what it was, or when no object can be converted at all.
    pub fn check(&self) {
        survive::<V, V::Hub>(&self.of_version);
        survive::<V::Hub, V>(&self.of_hub);
    }
}

/// Objects of one version survive the way to another one.
fn survive<A, B>(loss: &Loss)
where
    A: ConvertFrom<B> + Random + Serialize,
    B: ConvertFrom<A>,
{
    let (tried, converted) = (Cell::new(0), Cell::new(0));
    for_all(|choices| {
        tried.set(tried.get() + 1);
        let before: A = choices.random();
        let document = json(&before)?;
        let Ok(there) = B::convert_from(before) else {
            return Ok(());
        };
        converted.set(converted.get() + 1);
        let after = back::<A, B>(there)?;
        same(&document, &json(&after)?, loss, Round::First)?;
        // Once there and back, an object is as it will always be.
        let document = json(&after)?;
        let there = B::convert_from(after).map_err(failed)?;
        let again = back::<A, B>(there)?;
        same(&document, &json(&again)?, loss, Round::Second)
    });
    assert!(
        converted.get() > 0,
        "none of {} random objects can be converted",
        tried.get()
    );
}

fn back<A: ConvertFrom<B>, B>(there: B) -> Result<A, TestCaseError> {
    A::convert_from(there).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(format!("what was converted cannot be converted back: {error}"))
}

fn json(value: &impl Serialize) -> Result<Value, TestCaseError> {
    serde_json::to_value(value).map_err(|error| TestCaseError::fail(error.to_string()))
}

/// The first way there and back, on which an object may still change, or the second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    First,
    Second,
}

fn same(before: &Value, after: &Value, loss: &Loss, round: Round) -> Result<(), TestCaseError> {
    let (by_hand, defaulted) = match round {
        Round::First => (loss.by_hand.as_slice(), loss.defaulted.as_slice()),
        Round::Second => (&[][..], &[][..]),
    };
    let rest = |document: &Value| {
        let mut document = document.clone();
        let lost = loss.lost.iter().chain(by_hand);
        lost.for_each(|path| remove(&mut document, path, When::Always));
        document
    };
    let (mut rest_before, mut rest_after) = (rest(before), rest(after));
    for path in defaulted {
        remove_new(&rest_before, &mut rest_after, path);
    }
    for path in &loss.loose {
        remove(&mut rest_before, path, When::Empty);
        remove(&mut rest_after, path, When::Empty);
    }
    match difference("", &rest_before, &rest_after) {
        None => Ok(()),
        Some(difference) => Err(TestCaseError::fail(format!("{difference}, in {before:#}"))),
    }
}
