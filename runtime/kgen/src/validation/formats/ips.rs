//! Addresses of the Internet protocol, as Go before 1.17 read them: numbers may have zeros before them.

/// Four numbers up to 255 between dots.
pub(super) fn is_sloppy_ipv4(value: &str) -> bool {
    let mut count = 0;
    for number in value.split('.') {
        count += 1;
        if !is_number(number.as_bytes(), 255) {
            return false;
        }
    }
    count == 4
}

/// Eight hexadecimal numbers between colons, some of which may be left out, and the last two of which may be an IPv4
/// address.
pub(super) fn is_sloppy_ipv6(value: &str) -> bool {
    let (head, tail) = match value.split_once("::") {
        Some((head, tail)) => (head, Some(tail)),
        None => (value, None),
    };
    match tail {
        None => groups(head, true) == Some(8),
        Some(tail) => {
            let head = if head.is_empty() { Some(0) } else { groups(head, false) };
            let tail = if tail.is_empty() { Some(0) } else { groups(tail, true) };
            matches!((head, tail), (Some(head), Some(tail)) if head + tail < 8)
        }
    }
}

/// How many numbers of 16 bits there are, if there is nothing else.
fn groups(value: &str, may_end_in_ipv4: bool) -> Option<usize> {
    let mut count = 0;
    let mut rest = value.split(':').peekable();
    while let Some(group) = rest.next() {
        if may_end_in_ipv4 && rest.peek().is_none() && group.contains('.') {
            return is_sloppy_ipv4(group).then_some(count + 2);
        }
        let digits = group.trim_start_matches('0');
        if group.is_empty() || digits.len() > 4 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// Whether this is a number up to `max`.
pub(super) fn is_number(digits: &[u8], max: u32) -> bool {
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return false;
        }
        number = number * 10 + u32::from(digit - b'0');
        if number > max {
            return false;
        }
    }
    !digits.is_empty()
}
