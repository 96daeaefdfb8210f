//! What Go reads and writes, and what it refuses.

use proptest::prelude::*;

use super::*;

fn nanos(text: &str) -> Result<i64, String> {
    text.parse()
        .map(Duration::as_nanos)
        .map_err(|error: InvalidDuration| error.to_string())
}

#[test]
fn what_go_reads_is_read() {
    const SECOND: i64 = 1_000_000_000;
    let cases = [
        ("0", 0),
        ("-0", 0),
        ("5s", 5 * SECOND),
        ("+5s", 5 * SECOND),
        ("-5s", -5 * SECOND),
        ("5.0s", 5 * SECOND),
        ("5.s", 5 * SECOND),
        (".5s", SECOND / 2),
        ("1.004s", 1_004_000_000),
        ("100.00100s", 100_001_000_000),
        ("10ns", 10),
        ("11us", 11_000),
        ("12\u{b5}s", 12_000),
        ("12\u{3bc}s10ns", 12_010),
        ("300ms", 300_000_000),
        ("-2m", -120 * SECOND),
        ("1h30m", 5400 * SECOND),
        ("1.5h", 5400 * SECOND),
        ("1h2m3s4ms5us6ns", 3_723_004_005_006),
        ("10.5s4m", 250_500_000_000),
        ("0.3333333333333333333h", 1200 * SECOND),
        ("0.100000000000000000000h", 360 * SECOND),
        ("9223372036854775807ns", i64::MAX),
        ("9223372036.854775807s", i64::MAX),
        ("-9223372036854775808ns", i64::MIN),
        ("-2562047h47m16.854775808s", i64::MIN),
    ];
    for (text, wanted) in cases {
        assert_eq!(nanos(text), Ok(wanted), "{text}");
    }
}

#[test]
fn what_go_refuses_is_refused() {
    let cases = [
        "",
        "3",
        "-",
        "s",
        ".",
        "-.",
        ".s",
        "+.s",
        "1d",
        "1 s",
        "1h 30m",
        "1.5",
        "1H",
        "\u{85}\u{85}",
        "9223372036854775808ns",
        "-9223372036854775809ns",
        "2562048h",
        "99999999999999999999ns",
        "3000000h-1h",
    ];
    for text in cases {
        assert!(nanos(text).is_err(), "{text}");
    }
    assert_eq!(
        nanos("1h30"),
        Err(
            "invalid duration \"1h30\": each number needs one of the units `ns`, `us`, `ms`, `s`, `m` and `h`"
                .to_owned()
        )
    );
}

#[test]
fn it_is_written_as_go_writes_it() {
    let cases = [
        (0, "0s"),
        (1, "1ns"),
        (1_100, "1.1\u{b5}s"),
        (2_200_000, "2.2ms"),
        (3_300_000_000, "3.3s"),
        (245_000_000_000, "4m5s"),
        (245_001_000_000, "4m5.001s"),
        (5_400_000_000_000, "1h30m0s"),
        (-1, "-1ns"),
        (i64::MAX, "2562047h47m16.854775807s"),
        (i64::MIN, "-2562047h47m16.854775808s"),
    ];
    for (nanos, wanted) in cases {
        assert_eq!(Duration::from_nanos(nanos).to_string(), wanted);
    }
}

#[test]
fn json_has_it_as_a_string() {
    let timeout: Duration = serde_json::from_str("\"90m\"").unwrap_or_default();
    assert_eq!(serde_json::to_string(&timeout).ok().as_deref(), Some("\"1h30m0s\""));
    let error = serde_json::from_str::<Duration>("90").map_err(|error| error.to_string());
    assert!(error.is_err_and(|error| error.contains("expected a duration such as \"1h30m\"")));
}

#[test]
fn std_has_no_negative_ones_and_longer_ones() {
    assert_eq!(
        Duration::try_from(time::Duration::from_millis(5)),
        Ok(Duration::from_nanos(5_000_000))
    );
    assert!(Duration::try_from(time::Duration::MAX).is_err());
    assert!(time::Duration::try_from(Duration::from_nanos(-1)).is_err());
}

#[test]
fn no_time_is_empty() {
    assert!(Duration::default().is_empty());
    assert!(!Duration::from_nanos(-1).is_empty());
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(nanos: i64) {
        let duration = Duration::from_nanos(nanos);
        prop_assert_eq!(duration.to_string().parse(), Ok(duration));
    }

    #[test]
    fn no_text_breaks_it(text in "[-+]?([0-9]{0,25}\\.?[0-9]{0,25}[nuµmsh]{0,2}){0,4}") {
        let _ = text.parse::<Duration>();
    }
}
