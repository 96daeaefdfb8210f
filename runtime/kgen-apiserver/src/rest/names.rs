//! Names and uids that the server makes up.

use std::fmt::Write as _;

use crate::failure::Failure;

/// Letters and digits that make no words and are not taken for each other.
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// How many characters are made up.
const LENGTH: usize = 5;

/// How many bytes of a `generateName` are used, so that the name is a label of DNS.
const LONGEST_BASE: usize = 63 - LENGTH;

/// A name that begins with a base.
pub(super) fn after(base: &str) -> Result<String, Failure> {
    let mut end = base.len().min(LONGEST_BASE);
    while !base.is_char_boundary(end) {
        end -= 1;
    }
    let mut name = base[..end].to_owned();
    // What lies above the largest multiple of the alphabet's length would make its first letters likelier.
    let fair = u8::MAX - u8::MAX % 27;
    while name.len() < end + LENGTH {
        let bytes: [u8; 8] = random()?;
        let letters = bytes.into_iter().filter(|byte| *byte < fair);
        let letters = letters.map(|byte| char::from(ALPHABET[usize::from(byte % 27)]));
        name.extend(letters.take(end + LENGTH - name.len()));
    }
    Ok(name)
}

/// A random uid, version 4 of RFC 9562.
pub(super) fn uid() -> Result<String, Failure> {
    let mut bytes: [u8; 16] = random()?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut uid = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            uid.push('-');
        }
        write!(uid, "{byte:02x}").map_err(Failure::internal)?;
    }
    Ok(uid)
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Failure::internal)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_their_base() {
        let name = after("web-").expect("there is randomness");
        assert!(name.starts_with("web-") && name.len() == 9, "{name}");
        assert!(name.bytes().skip(4).all(|byte| ALPHABET.contains(&byte)), "{name}");
        assert_eq!(after(&"x".repeat(100)).expect("there is randomness").len(), 63);
        assert_eq!(
            after(&"ä".repeat(40)).expect("there is randomness").chars().count(),
            29 + 5
        );
    }

    #[test]
    fn uids_are_random() {
        let (one, other) = (uid().expect("randomness"), uid().expect("randomness"));
        assert_ne!(one, other);
        let digits: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(digits, [8, 4, 4, 4, 12]);
        assert_eq!(&one[14..15], "4");
    }
}
