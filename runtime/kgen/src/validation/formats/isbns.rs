//! Numbers of books.

/// The characters of a number, without blanks and dashes; absent if there are more than `N`.
fn characters<const N: usize>(value: &str) -> Option<[u8; N]> {
    let mut characters = [0; N];
    let mut len = 0;
    let skipped = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' | b'-');
    for byte in value.bytes().filter(|byte| !skipped(byte)) {
        *characters.get_mut(len)? = byte;
        len += 1;
    }
    (len == N).then_some(characters)
}

pub(super) fn is_isbn10(value: &str) -> bool {
    let Some(characters) = characters::<10>(value) else {
        return false;
    };
    let mut sum = 0;
    for (weight, byte) in (1..).zip(characters) {
        sum += weight
            * match byte {
                b'0'..=b'9' => u32::from(byte - b'0'),
                b'X' if weight == 10 => 10,
                _ => return false,
            };
    }
    sum % 11 == 0
}

pub(super) fn is_isbn13(value: &str) -> bool {
    let Some(characters) = characters::<13>(value) else {
        return false;
    };
    if !characters.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let weighted = |(weight, byte): (u32, u8)| weight * u32::from(byte - b'0');
    [1, 3].into_iter().cycle().zip(characters).map(weighted).sum::<u32>() % 10 == 0
}
