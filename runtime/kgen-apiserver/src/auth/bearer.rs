//! Bearer tokens: where they stand, and one that is known.

use async_trait::async_trait;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use ring::digest::{Digest, SHA256, digest};

use super::{Authenticator, Credentials, Unauthenticated, User};

/// The token of a request, if it has one. As upstream's `bearertoken`.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
    let mut words = value.splitn(3, ' ');
    let scheme = words.next()?;
    let token = words.next()?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Knows one user by a token.
pub struct StaticToken {
    /// Digests are compared instead of tokens, so that the time that it takes tells nothing about the token.
    digest: Digest,
    user: User,
}

impl StaticToken {
    /// Whoever has the token is the user.
    pub fn new(token: &str, user: User) -> Self {
        Self {
            digest: digest(&SHA256, token.as_bytes()),
            user,
        }
    }
}

#[async_trait]
impl Authenticator for StaticToken {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Option<User>, Unauthenticated> {
        match token(credentials.headers) {
            None => Ok(None),
            Some(token) if digest(&SHA256, token.as_bytes()).as_ref() == self.digest.as_ref() => {
                Ok(Some(self.user.clone()))
            }
            Some(_) => Err(Unauthenticated("nobody has the token".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn tokens_are_found_as_upstream_finds_them() {
        let found = |value: &'static str| {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(value))]);
            token(&headers).map(str::to_owned)
        };
        assert_eq!(found("Bearer abc"), Some("abc".to_owned()));
        assert_eq!(found("  bEARER abc  def"), Some("abc".to_owned()));
        assert_eq!(found("Bearer  abc"), None);
        assert_eq!(found("Bearer"), None);
        assert_eq!(found("Basic abc"), None);
        assert_eq!(token(&HeaderMap::new()), None);
    }
}
