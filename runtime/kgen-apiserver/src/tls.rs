//! The certificates of this server, and which certificates it asks of its clients.
//!
//! Nothing here decides who a client is: TLS only proves that a client has the key of the certificate that it shows, and
//! authenticators verify the certificate. Files that change are read again without a restart, and so are the
//! authorities that clients are told of.

mod hosts;
pub(crate) mod pem;
mod self_signed;
mod serving;
pub(crate) mod verify;

pub use self::self_signed::SelfSigned;
pub use self::serving::{MinVersion, Pair, Serving, ServingOptions, SniPair};
