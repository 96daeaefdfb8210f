//! The subject of a certificate: who it says its owner is.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;

use super::Unauthenticated;

/// 2.5.4.3, `CN`.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// 2.5.4.10, `O`.
const ORGANIZATION: &[u8] = &[0x55, 0x04, 0x0a];
/// 1.3.6.1.4.1.57683.2, which Kubernetes has registered for the uid of a user.
const UID: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0x83, 0xc2, 0x53, 0x02];

/// Who a certificate says its owner is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// `CN`; the last, if there are several.
    pub common_name: String,
    /// All `O`.
    pub organizations: Vec<String>,
    /// All uids, of which there should be one at most.
    pub uids: Vec<String>,
    /// What tells the certificate from all others: `X509SHA256=…`.
    pub credential_id: String,
    /// Until when the certificate is good.
    pub expires: Option<Timestamp>,
}

impl Subject {
    /// Reads the subject of a certificate.
    ///
    /// # Errors
    /// If it is no certificate.
    pub fn of(certificate: &CertificateDer<'_>) -> Result<Self, Unauthenticated> {
        let parsed = EndEntityCert::try_from(certificate);
        let parsed = parsed.map_err(|error| Unauthenticated(format!("not a certificate: {error}")))?;
        let mut subject = read(parsed.subject())
            .ok_or_else(|| Unauthenticated("the subject of the certificate is not valid".to_owned()))?;
        let digest = ring::digest::digest(&ring::digest::SHA256, certificate);
        let hex: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        subject.credential_id = format!("X509SHA256={hex}");
        subject.expires = expires(certificate);
        Ok(subject)
    }
}

/// When the time of a certificate is over, by RFC 5280.
fn expires(mut certificate: &[u8]) -> Option<Timestamp> {
    let mut certificate = expect(0x30, &mut certificate)?;
    let mut signed = expect(0x30, &mut certificate)?;
    // The version, the serial number, the algorithm and the issuer; certificates without a version are very old.
    let (first, _) = next(&mut signed)?;
    for _ in 0..if first == 0xa0 { 3 } else { 2 } {
        next(&mut signed)?;
    }
    let mut validity = expect(0x30, &mut signed)?;
    next(&mut validity)?;
    let (tag, time) = next(&mut validity)?;
    let time = str::from_utf8(time).ok()?;
    let time = match tag {
        // UTCTime, whose years are from 1950 on
        0x17 => format!("{}{time}", if time < "5" { "20" } else { "19" }),
        // GeneralizedTime
        0x18 => time.to_owned(),
        _ => return None,
    };
    let time = civil::DateTime::strptime("%Y%m%d%H%M%SZ", time).ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// A name is a sequence of sets of pairs of an identifier and a text.
fn read(mut name: &[u8]) -> Option<Subject> {
    let mut subject = Subject::default();
    while !name.is_empty() {
        let mut set = expect(0x31, &mut name)?;
        while !set.is_empty() {
            let mut pair = expect(0x30, &mut set)?;
            let identifier = expect(0x06, &mut pair)?;
            let (tag, value) = next(&mut pair)?;
            match identifier {
                COMMON_NAME => subject.common_name = text(tag, value)?,
                ORGANIZATION => subject.organizations.push(text(tag, value)?),
                UID => subject.uids.push(text(tag, value)?),
                _ => {}
            }
        }
    }
    Some(subject)
}

fn expect<'a>(wanted: u8, rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (tag, value) = next(rest)?;
    (tag == wanted).then_some(value)
}

/// Takes the next value of DER, which is a tag, a length and the bytes. Names are short: two bytes of length do.
fn next<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let (&tag, after) = rest.split_first()?;
    let (&first, after) = after.split_first()?;
    let (len, after) = match first {
        0..=0x7f => (usize::from(first), after),
        0x81 => (usize::from(*after.first()?), &after[1..]),
        0x82 => (
            usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?])),
            &after[2..],
        ),
        _ => return None,
    };
    let (value, after) = after.split_at_checked(len)?;
    *rest = after;
    Some((tag, value))
}

fn text(tag: u8, value: &[u8]) -> Option<String> {
    match tag {
        // UTF8String, NumericString, PrintableString, IA5String
        0x0c | 0x12 | 0x13 | 0x16 => str::from_utf8(value).ok().map(str::to_owned),
        // T61String, which everybody reads as Latin-1
        0x14 => Some(value.iter().map(|byte| char::from(*byte)).collect()),
        // BMPString
        0x1e => {
            let (units, rest) = value.as_chunks::<2>();
            let units: Vec<u16> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One pair of a name.
    fn pair(identifier: &[u8], tag: u8, value: &[u8]) -> Vec<u8> {
        let tagged = |tag: u8, value: &[u8]| [&[tag, u8::try_from(value.len()).expect("short")], value].concat();
        tagged(
            0x31,
            &tagged(0x30, &[tagged(0x06, identifier), tagged(tag, value)].concat()),
        )
    }

    #[test]
    fn texts_of_all_kinds_are_read() {
        let name = [
            pair(COMMON_NAME, 0x13, b"first"),
            pair(ORGANIZATION, 0x14, b"m\xfcller"),
            pair(&[0x55, 0x04, 0x06], 0x13, b"DE"),
            pair(ORGANIZATION, 0x1e, &[0, b'o', 0x20, 0xac]),
            pair(UID, 0x0c, b"u-1"),
            pair(COMMON_NAME, 0x0c, "zoé".as_bytes()),
        ];
        let subject = read(&name.concat()).expect("it is a name");
        assert_eq!(subject.common_name, "zoé");
        assert_eq!(subject.organizations, ["müller", "o€"]);
        assert_eq!(subject.uids, ["u-1"]);
    }

    #[test]
    fn the_end_of_a_certificate_is_read() {
        let key = rcgen::KeyPair::generate().expect("there is randomness");
        for (year, wanted) in [(2031, "2031-02-03T00:00:00Z"), (2051, "2051-02-03T00:00:00Z")] {
            let mut parameters = rcgen::CertificateParams::default();
            parameters.not_after = rcgen::date_time_ymd(year, 2, 3);
            let certificate = parameters.self_signed(&key).expect("it can be made");
            assert_eq!(
                expires(certificate.der()).map(|time| time.to_string()).as_deref(),
                Some(wanted)
            );
        }
        assert_eq!(expires(b"\x30\x02\x30\x00"), None);
    }

    #[test]
    fn what_is_cut_off_is_no_name() {
        let name = pair(COMMON_NAME, 0x0c, b"ann");
        for len in 1..name.len() {
            assert_eq!(read(&name[..len]), None, "{len} bytes");
        }
        assert_eq!(read(&[0x31, 0x82]), None);
        assert_eq!(read(&[0x31, 0x81]), None);
        assert_eq!(read(&[0x31, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
    }
}
