//! The token by which a client goes on with a list.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::Revision;

/// Where a list goes on: what the `continue` parameter holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continue {
    /// The revision at which the list began, or none to go on with the present state.
    pub revision: Option<Revision>,
    /// The first key that is still wanted, without the prefix of the list.
    pub start: String,
}

/// Text that is not a token of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadToken(String);

const VERSION: &str = "meta.k8s.io/v1";

/// The token as it is written; the names are those of the Go servers, which understand it.
#[derive(Serialize, Deserialize)]
struct Wire {
    v: String,
    rv: i64,
    start: String,
}

impl Continue {
    /// The token after this key of a list below a prefix.
    pub(crate) fn after(key: &str, prefix: &str, revision: Option<Revision>) -> Self {
        let relative = key.strip_prefix(prefix).unwrap_or(key);
        Self {
            revision,
            start: format!("{relative}\0"),
        }
    }

    /// Writes the token for a client.
    pub fn encode(&self) -> String {
        let wire = Wire {
            v: VERSION.to_owned(),
            rv: self.revision.map_or(-1, |revision| revision.get() as i64),
            start: self.start.clone(),
        };
        // A struct of two strings and a number has a JSON form.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&wire).unwrap_or_default())
    }

    /// Reads what a client sent. Keys that lead out of the list's prefix are refused.
    pub fn decode(text: &str) -> Result<Self, BadToken> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|error| BadToken(error.to_string()))?;
        let wire: Wire = serde_json::from_slice(&bytes).map_err(|error| BadToken(error.to_string()))?;
        if wire.v != VERSION {
            return Err(BadToken(format!(
                "server does not recognize this encoded version `{}`",
                wire.v
            )));
        }
        let revision = match wire.rv {
            -1 => None,
            number => match u64::try_from(number) {
                Ok(number) if number > 0 => Some(Revision::new(number)),
                _ => {
                    return Err(BadToken(format!(
                        "incorrect encoded start resourceVersion (version {VERSION})"
                    )));
                }
            },
        };
        if wire.start.is_empty() {
            return Err(BadToken(format!("empty start key (version {VERSION})")));
        }
        let start = wire.start.strip_prefix('/').unwrap_or(&wire.start);
        if !start.split('/').all(is_plain_segment) {
            return Err(BadToken(wire.start));
        }
        Ok(Self {
            revision,
            start: start.to_owned(),
        })
    }
}

fn is_plain_segment(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
}

impl fmt::Display for BadToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid continue token: continue key is not valid: {}", self.0)
    }
}

impl std::error::Error for BadToken {}

#[cfg(test)]
mod tests {
    use super::*;

    fn forged(text: &str) -> Result<Continue, BadToken> {
        Continue::decode(&URL_SAFE_NO_PAD.encode(text))
    }

    #[test]
    fn tokens_are_those_of_the_go_servers() {
        let token = Continue::after("/r/flunders/ns/a", "/r/flunders/", Some(Revision::new(7)));
        let text = token.encode();
        let json = URL_SAFE_NO_PAD.decode(&text).unwrap();
        assert_eq!(json, br#"{"v":"meta.k8s.io/v1","rv":7,"start":"ns/a\u0000"}"#);
        assert_eq!(Continue::decode(&text), Ok(token));
        let latest = Continue::after("/r/a", "/r/", None);
        assert_eq!(Continue::decode(&latest.encode()), Ok(latest));
    }

    #[test]
    fn forged_tokens_are_refused() {
        assert!(Continue::decode("%%%").is_err());
        for text in [
            "",
            "{}",
            r#"{"v":"v0","rv":1,"start":"a"}"#,
            r#"{"v":"meta.k8s.io/v1","rv":0,"start":"a"}"#,
            r#"{"v":"meta.k8s.io/v1","rv":-2,"start":"a"}"#,
            r#"{"v":"meta.k8s.io/v1","rv":1,"start":""}"#,
            r#"{"v":"meta.k8s.io/v1","rv":1,"start":"../a"}"#,
            r#"{"v":"meta.k8s.io/v1","rv":1,"start":"a/../../b"}"#,
            r#"{"v":"meta.k8s.io/v1","rv":1,"start":"a//b"}"#,
            r#"{"v":"meta.k8s.io/v1","rv":1,"start":"/"}"#,
        ] {
            assert!(forged(text).is_err(), "{text}");
        }
        assert!(forged(r#"{"v":"meta.k8s.io/v1","rv":1,"start":"/a\u0000"}"#).is_ok());
    }
}
