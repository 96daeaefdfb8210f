//! A server on its own, for development: one user with one token, who may do everything.

use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SecureRandom;

use super::{
    AlwaysAllowedPaths, Authenticator, Authenticators, Authorizer, Authorizers, PrivilegedGroups, StartError,
    StaticToken, User,
};

/// Who has the token of a server for development.
const DEVELOPER: &str = "kubernetes-admin";

/// One user with one token, who may do everything. Others may ask whether the server is healthy, and no more: what
/// listens on the loopback device can be reached by every program of the machine, and by web pages in its browsers.
pub struct Development {
    authenticator: Arc<dyn Authenticator>,
    authorizer: Arc<dyn Authorizer>,
}

impl Development {
    /// Whoever has the token may do everything.
    pub fn new(token: &str) -> Self {
        let developer = User {
            name: DEVELOPER.to_owned(),
            groups: vec!["system:masters".to_owned()],
            ..User::default()
        };
        Self {
            authenticator: Arc::new(Authenticators::new(
                vec![Arc::new(StaticToken::new(token, developer))],
                true,
            )),
            authorizer: Arc::new(Authorizers::new(vec![
                Arc::new(PrivilegedGroups::new(["system:masters"])),
                Arc::new(AlwaysAllowedPaths::new(["/healthz", "/readyz", "/livez"])),
            ])),
        }
    }

    /// A token that nobody can guess.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn token() -> Result<String, StartError> {
        let mut bytes = [0; 32];
        let filled = ring::rand::SystemRandom::new().fill(&mut bytes);
        filled.map_err(|_| StartError("the system has no random numbers".to_owned()))?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Whether such a server may listen there: only where no other machine reaches it.
    ///
    /// # Errors
    /// If other machines could reach it.
    pub fn check(address: SocketAddr) -> Result<(), StartError> {
        if address.ip().is_loopback() {
            return Ok(());
        }
        Err(StartError(format!(
            "a server for development has no rules of access and listens on 127.0.0.1 or ::1 only, not on {address}"
        )))
    }

    /// Knows the token.
    pub fn authenticator(&self) -> Arc<dyn Authenticator> {
        Arc::clone(&self.authenticator)
    }

    /// Allows everything to who has the token.
    pub fn authorizer(&self) -> Arc<dyn Authorizer> {
        Arc::clone(&self.authorizer)
    }
}
