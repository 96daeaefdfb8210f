//! Lengths of time in the notation of Go, as the APIs of Kubernetes have them.

use std::fmt;
use std::str::FromStr;
use std::time;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::DeepCopy;
use crate::codec::Empty;
use crate::k8s::DeepMerge;

/// A length of time with a sign, in whole nanoseconds: what `metav1.Duration` is in Go, and written like it.
///
/// A value is read as a sequence of numbers with units: `1h30m`, `1.5h`, `-300ms`. The units are `ns`, `us` (or `µs`),
/// `ms`, `s`, `m` and `h`; `0` needs none. It is written in one form only, `1h30m0s`. It reaches 292 years.
///
/// ```
/// use kgen::k8s::Duration;
///
/// let timeout: Duration = "1.5h".parse()?;
/// assert_eq!(timeout.to_string(), "1h30m0s");
/// assert_eq!(std::time::Duration::try_from(timeout), Ok(std::time::Duration::from_secs(5400)));
/// # Ok::<(), kgen::k8s::InvalidDuration>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    nanos: i64,
}

impl Duration {
    /// No time at all, which is also the default.
    pub const ZERO: Self = Self::from_nanos(0);

    /// So many nanoseconds.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Self {
        Self { nanos }
    }

    /// The length in nanoseconds.
    #[must_use]
    pub const fn as_nanos(self) -> i64 {
        self.nanos
    }
}

/// Why a text or a value is no [`Duration`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDuration(String);

impl fmt::Display for InvalidDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidDuration {}

/// The sign of the smallest value makes it one nanosecond longer than the largest.
const LONGEST: u64 = 1 << 63;

const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    // The micro sign, and the Greek letter that looks like it.
    ("\u{b5}s", 1_000),
    ("\u{3bc}s", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

impl FromStr for Duration {
    type Err = InvalidDuration;

    fn from_str(text: &str) -> Result<Self, InvalidDuration> {
        let invalid = |why: &str| InvalidDuration(format!("invalid duration {text:?}: {why}"));
        let negative = text.starts_with('-');
        let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
        if rest == "0" {
            return Ok(Self::ZERO);
        }
        if rest.is_empty() {
            return Err(invalid("it is empty"));
        }
        let mut length: u64 = 0;
        while !rest.is_empty() {
            let (part, behind) = leading_part(rest).map_err(invalid)?;
            let sum = length.checked_add(part).filter(|sum| *sum <= LONGEST);
            length = sum.ok_or_else(|| invalid(TOO_LONG))?;
            rest = behind;
        }
        let nanos = if negative {
            0_i64.checked_sub_unsigned(length)
        } else {
            i64::try_from(length).ok()
        };
        nanos.map(Self::from_nanos).ok_or_else(|| invalid(TOO_LONG))
    }
}

const TOO_LONG: &str = "it is longer than 292 years";

/// A number and its unit as nanoseconds, and what stands behind them.
fn leading_part(text: &str) -> Result<(u64, &str), &'static str> {
    let (whole, behind) = leading_digits(text);
    let (fraction, behind) = behind.strip_prefix('.').map_or(("", behind), leading_digits);
    if whole.is_empty() && fraction.is_empty() {
        return Err("a number is missing");
    }
    let end = behind
        .find(|c: char| c == '.' || c.is_ascii_digit())
        .unwrap_or(behind.len());
    let (unit, behind) = behind.split_at(end);
    let (_, unit) = UNITS
        .into_iter()
        .find(|(name, _)| *name == unit)
        .ok_or("each number needs one of the units `ns`, `us`, `ms`, `s`, `m` and `h`")?;
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().map_err(|_| TOO_LONG)?
    };
    let nanos = whole
        .checked_mul(unit)
        .and_then(|nanos| nanos.checked_add(fraction_of(unit, fraction)));
    Ok((nanos.ok_or(TOO_LONG)?, behind))
}

fn leading_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The digits behind the point in nanoseconds. Computed as Go does, so that both read the same value.
fn fraction_of(unit: u64, digits: &str) -> u64 {
    let (mut fraction, mut scale) = (0_u64, 1.0_f64);
    for digit in digits.bytes().map(|byte| u64::from(byte - b'0')) {
        let longer = fraction
            .checked_mul(10)
            .and_then(|fraction| fraction.checked_add(digit));
        let Some(longer) = longer.filter(|longer| *longer <= LONGEST) else {
            break;
        };
        fraction = longer;
        scale *= 10.0;
    }
    (fraction as f64 * (unit as f64 / scale)) as u64
}

/// Writes `1h30m0s`, or one small unit below a second, such as `1.5ms`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.nanos.unsigned_abs();
        if self.nanos < 0 {
            f.write_str("-")?;
        }
        match length {
            0 => f.write_str("0s"),
            1..1_000 => write!(f, "{length}ns"),
            1_000..1_000_000 => write!(f, "{}\u{b5}s", Decimal(length, 3)),
            1_000_000..1_000_000_000 => write!(f, "{}ms", Decimal(length, 6)),
            _ => {
                let minutes = length / 60_000_000_000;
                if minutes >= 60 {
                    write!(f, "{}h", minutes / 60)?;
                }
                if minutes > 0 {
                    write!(f, "{}m", minutes % 60)?;
                }
                write!(f, "{}s", Decimal(length % 60_000_000_000, 9))
            }
        }
    }
}

/// A number of which so many digits stand behind the point, without zeros at its end.
struct Decimal(u64, u32);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, digits) = *self;
        let scale = 10_u64.pow(digits);
        write!(f, "{}", number / scale)?;
        match number % scale {
            0 => Ok(()),
            fraction => {
                let fraction = format!("{fraction:0width$}", width = digits as usize);
                write!(f, ".{}", fraction.trim_end_matches('0'))
            }
        }
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Fails beyond 292 years.
impl TryFrom<time::Duration> for Duration {
    type Error = InvalidDuration;

    fn try_from(duration: time::Duration) -> Result<Self, InvalidDuration> {
        let nanos = i64::try_from(duration.as_nanos());
        nanos
            .map(Self::from_nanos)
            .map_err(|_| InvalidDuration(format!("{duration:?}: {TOO_LONG}")))
    }
}

/// Fails below zero.
impl TryFrom<Duration> for time::Duration {
    type Error = InvalidDuration;

    fn try_from(duration: Duration) -> Result<Self, InvalidDuration> {
        let nanos = u64::try_from(duration.nanos);
        nanos
            .map(Self::from_nanos)
            .map_err(|_| InvalidDuration(format!("{duration} is negative")))
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Duration;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a duration such as \"1h30m\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Duration, E> {
        text.parse().map_err(E::custom)
    }
}

impl DeepCopy for Duration {
    fn deep_copy(&self) -> Self {
        *self
    }
}

impl DeepMerge for Duration {
    fn merge_from(&mut self, other: Self) {
        *self = other;
    }
}

impl Empty for Duration {
    fn is_empty(&self) -> bool {
        *self == Self::ZERO
    }
}

#[cfg(test)]
mod tests;
