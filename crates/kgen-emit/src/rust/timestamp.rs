//! Points in time as text (RFC 3339).

use super::Value;

/// What `jiff::Timestamp` can hold.
const SECONDS: std::ops::RangeInclusive<i64> = -377_705_023_201..=253_402_207_200;

/// The point in time that a text such as `2026-01-02T03:04:05Z` names.
pub(super) fn timestamp(text: &str) -> Option<Value> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let (time, offset) = offset(time)?;
    let (time, nanoseconds) = match time.split_once('.') {
        Some((time, fraction)) => (time, fraction_of_second(fraction)?),
        None => (time, 0),
    };
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let is_legal = (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - offset;
    (is_legal && SECONDS.contains(&seconds)).then_some(Value::Timestamp { seconds, nanoseconds })
}

/// Takes `Z` or `+01:00` off, and gives it in seconds.
fn offset(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let at = time.rfind(['+', '-'])?;
    let [hours, minutes] = numbers(&time[at + 1..], ':', [2, 2])?;
    let seconds = (hours * 60 + minutes) * 60;
    let signed = if time[at..].starts_with('-') { -seconds } else { seconds };
    (hours < 24 && minutes < 60).then_some((&time[..at], signed))
}

/// Up to nine digits behind the point, as nanoseconds.
fn fraction_of_second(digits: &str) -> Option<i32> {
    let is_legal = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_legal.then(|| format!("{digits:0<9}").parse().ok()).flatten()
}

/// Numbers of so many digits each, with something between them.
fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut pieces = text.split(between);
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let piece = pieces.next().filter(|piece| piece.len() == digits)?;
        let is_number = piece.bytes().all(|byte| byte.is_ascii_digit());
        *number = is_number.then(|| piece.parse().ok()).flatten()?;
    }
    pieces.next().is_none().then_some(numbers)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970, counted in eras of 400 years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64, nanoseconds: i32) -> Option<Value> {
        Some(Value::Timestamp { seconds, nanoseconds })
    }

    #[test]
    fn points_in_time_are_seconds_since_1970() {
        assert_eq!(timestamp("1970-01-01T00:00:00Z"), at(0, 0));
        assert_eq!(timestamp("2000-03-01T12:00:01Z"), at(951_912_001, 0));
        assert_eq!(timestamp("1969-12-31T23:59:59Z"), at(-1, 0));
        assert_eq!(timestamp("2026-02-03T04:05:06.5+01:30"), at(1_770_086_106, 500_000_000));
    }

    #[test]
    fn what_is_no_point_in_time_is_none() {
        let texts = ["2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-01-01T24:00:00Z"];
        let more = [
            "2025-01-01",
            "2025-01-01T00:00:00",
            "25-1-1T0:0:0Z",
            "2025-01-01T00:00:00.Z",
            "9999-12-31T00:00:00Z",
        ];
        for text in texts.into_iter().chain(more) {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }
}
