//! Spans of time as Go writes them, such as `1m30s`.

use std::time::Duration;

/// Reads what `time.ParseDuration` of Go reads. Negative spans are none.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let text = text.strip_prefix('+').unwrap_or(text);
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = text;
    let mut seconds = 0.0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(digits);
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let number: f64 = number.parse().ok()?;
        seconds += number * unit_seconds(unit)?;
        rest = after;
    }
    (!text.is_empty()).then_some(())?;
    Duration::try_from_secs_f64(seconds).ok()
}

fn unit_seconds(unit: &str) -> Option<f64> {
    let seconds = match unit {
        "ns" => 1e-9,
        "us" | "µs" | "μs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_go_are_read() {
        for (text, wanted) in [
            ("0", Some(Duration::ZERO)),
            ("34s", Some(Duration::from_secs(34))),
            ("1m30s", Some(Duration::from_secs(90))),
            ("1.5h", Some(Duration::from_secs(5400))),
            ("100ms", Some(Duration::from_millis(100))),
            ("", None),
            ("3", None),
            ("-1s", None),
            ("s", None),
            ("1fortnight", None),
            ("1e400s", None),
        ] {
            assert_eq!(parse(text), wanted, "{text:?}");
        }
    }
}
