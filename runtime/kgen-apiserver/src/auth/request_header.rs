//! Front proxies, such as the aggregator of kube-apiserver: they show a certificate, and say in headers on whose behalf
//! they ask. As upstream's `headerrequest`.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::{Authenticator, Bundle, Credentials, Trust, Unauthenticated, User};

/// The headers for the name, the uid and groups that everybody uses, and the prefix of those for all else.
const STANDARD_NAMES: [&str; 3] = ["X-Remote-User", "X-Remote-Uid", "X-Remote-Group"];
const STANDARD_EXTRA_PREFIX: &str = "X-Remote-Extra-";

/// Which front proxies are trusted, and which headers they set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestHeader {
    /// Who signs their certificates.
    pub ca: Arc<Bundle>,
    /// The common names of their certificates; any, if there are none.
    pub allowed_names: Vec<String>,
    /// The headers.
    pub names: HeaderNames,
}

/// The headers in which a front proxy says on whose behalf it asks, in the order in which they are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderNames {
    /// The first that is there has the name.
    pub username: Vec<String>,
    /// The first that is there has the uid.
    pub uid: Vec<String>,
    /// All have groups.
    pub group: Vec<String>,
    /// What follows a prefix is the key of something else that is known about the user.
    pub extra_prefix: Vec<String>,
}

impl HeaderNames {
    /// Those that everybody uses.
    pub fn standard() -> Self {
        let [username, uid, group] = STANDARD_NAMES.map(|name| vec![name.to_owned()]);
        Self {
            username,
            uid,
            group,
            extra_prefix: vec![STANDARD_EXTRA_PREFIX.to_owned()],
        }
    }

    /// Who is meant; none if no header has a name.
    fn user(&self, headers: &HeaderMap) -> Option<User> {
        let name = first(headers, &self.username)?;
        let groups = self.group.iter().flat_map(|name| values(headers, name)).collect();
        let mut extra: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for prefix in self.extra_prefix.iter().filter(|prefix| !prefix.is_empty()) {
            for (header, value) in headers {
                if let Some(key) = stripped(header.as_str(), prefix) {
                    extra.entry(unescaped(key)).or_default().push(text(value));
                }
            }
        }
        Some(User {
            name,
            uid: first(headers, &self.uid).unwrap_or_default(),
            groups,
            extra,
        })
    }
}

/// Removes what tells who asks, once that is known: no handler, no log and nobody further down has any use for it.
/// Headers of front proxies go even if nobody trusts any.
pub fn strip(headers: &mut HeaderMap, trusted: Option<&HeaderNames>) {
    headers.remove(AUTHORIZATION);
    remove(headers, STANDARD_NAMES.iter().copied(), &[STANDARD_EXTRA_PREFIX]);
    if let Some(HeaderNames {
        username,
        uid,
        group,
        extra_prefix,
    }) = trusted
    {
        let names = username.iter().chain(uid).chain(group);
        remove(headers, names.map(String::as_str), extra_prefix);
    }
}

fn remove<'a>(headers: &mut HeaderMap, names: impl Iterator<Item = &'a str>, prefixes: &[impl AsRef<str>]) {
    for name in names {
        headers.remove(name);
    }
    let is_extra = |name: &str| {
        let mut prefixes = prefixes.iter().map(AsRef::as_ref).filter(|prefix| !prefix.is_empty());
        prefixes.any(|prefix| stripped(name, prefix).is_some())
    };
    let extra: Vec<_> = headers.keys().filter(|name| is_extra(name.as_str())).cloned().collect();
    for name in extra {
        headers.remove(name);
    }
}

/// Believes trusted front proxies.
pub struct RequestHeaders {
    trust: Trust,
}

impl RequestHeaders {
    /// Believes those that are trusted when a request comes.
    pub fn new(trust: Trust) -> Self {
        Self { trust }
    }
}

#[async_trait]
impl Authenticator for RequestHeaders {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Option<User>, Unauthenticated> {
        let trusted = self.trust.current();
        let Some(proxies) = trusted.request_header.as_deref() else {
            return Ok(None);
        };
        if credentials.certificates.is_empty() {
            return Ok(None);
        }
        let proxy = proxies.ca.verify(credentials.certificates)?;
        if !proxies.allowed_names.is_empty() && !proxies.allowed_names.contains(&proxy.common_name) {
            let message = format!("no front proxy may be called {:?}", proxy.common_name);
            return Err(Unauthenticated(message));
        }
        Ok(proxies.names.user(credentials.headers))
    }

    fn strip(&self, headers: &mut HeaderMap) {
        let trusted = self.trust.current();
        strip(headers, trusted.request_header.as_ref().map(|proxies| &proxies.names));
    }
}

fn first(headers: &HeaderMap, names: &[String]) -> Option<String> {
    names.iter().find_map(|name| {
        // As Go's Header.Get: of several values of one header, the first counts.
        let value = headers.get(name.as_str()).map(text);
        value.filter(|value| !value.is_empty())
    })
}

pub(super) fn values(headers: &HeaderMap, name: &str) -> impl Iterator<Item = String> {
    let values = headers.get_all(name).into_iter().map(text);
    values.filter(|value| !value.is_empty())
}

pub(super) fn text(value: &http::HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// What follows a prefix; names of headers are in lower case always.
pub(super) fn stripped<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, key) = name.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(key)
}

/// A key as it was before it was made fit for a header; one that was never escaped stays as it is.
pub(super) fn unescaped(key: &str) -> String {
    let decoded = || {
        let mut bytes = Vec::with_capacity(key.len());
        let mut rest = key.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            let (byte, after) = match byte {
                b'%' => {
                    let (digits, after) = after.split_at_checked(2)?;
                    let digits = str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
                    (u8::from_str_radix(digits, 16).ok()?, after)
                }
                byte => (byte, after),
            };
            bytes.push(byte);
            rest = after;
        }
        String::from_utf8(bytes).ok()
    };
    decoded().unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            headers.append(name, HeaderValue::from_str(value).expect("a header's value"));
        }
        headers
    }

    #[test]
    fn s145_headers_tell_name_uid_groups_and_extras() {
        let headers = headers(&[
            ("X-Remote-User", "ann"),
            ("x-remote-uid", "7"),
            ("X-Remote-Group", "a"),
            ("X-Remote-Group", ""),
            ("X-Remote-Group", "b"),
            ("X-Remote-Extra-Scopes", "x"),
            ("X-Remote-Extra-Scopes", "y"),
            ("X-Remote-Extra-Acme.com%2Fproject", "z"),
            ("X-Remote-Extra-100%", "raw"),
            ("Accept", "*/*"),
        ]);
        let user = HeaderNames::standard().user(&headers).expect("there is a name");
        assert_eq!((user.name.as_str(), user.uid.as_str()), ("ann", "7"));
        assert_eq!(user.groups, ["a", "b"]);
        let extra: Vec<_> = user
            .extra
            .iter()
            .map(|(key, values)| (key.as_str(), values.join(",")))
            .collect();
        let wanted = [("100%", "raw"), ("acme.com/project", "z"), ("scopes", "x,y")];
        assert_eq!(extra, wanted.map(|(key, value)| (key, value.to_owned())));
    }

    #[test]
    fn s145_the_first_header_with_a_name_counts_and_none_is_nobody() {
        let names = HeaderNames {
            username: vec!["X-First".to_owned(), "X-Second".to_owned()],
            uid: Vec::new(),
            ..HeaderNames::standard()
        };
        let user = |pairs: &[(&str, &str)]| names.user(&headers(pairs)).map(|user| (user.name, user.uid));
        let ann = Some(("ann".to_owned(), String::new()));
        assert_eq!(
            user(&[("X-First", ""), ("X-Second", "ann"), ("X-Remote-Uid", "7")]),
            ann
        );
        assert_eq!(user(&[("X-First", "ann"), ("X-Second", "bob")]), ann);
        assert_eq!(user(&[("X-Remote-Group", "system:masters")]), None);
    }

    #[test]
    fn s145_what_tells_who_asks_is_removed() {
        let mut headers = headers(&[
            ("Authorization", "Bearer secret"),
            ("X-Remote-User", "ann"),
            ("X-Remote-Uid", "7"),
            ("X-Remote-Group", "a"),
            ("X-Remote-Extra-Scopes", "x"),
            ("X-Proxy-User", "ann"),
            ("X-Proxy-Extra-Scopes", "x"),
            ("Accept", "*/*"),
        ]);
        let names = HeaderNames {
            username: vec!["X-Proxy-User".to_owned()],
            extra_prefix: vec!["X-Proxy-Extra-".to_owned()],
            ..HeaderNames::standard()
        };
        strip(&mut headers, Some(&names));
        let left: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
        assert_eq!(left, ["accept"]);
    }
}
