//! The main API server of the cluster, of which this server is a client: to review tokens and access, to read whom
//! front proxies are trusted by, to ask for namespaces.
//!
//! Files of credentials are read again when they change: tokens of pods are replaced every hour.

mod access;
mod connection;
mod error;
mod kubeconfig;
mod namespaces;
mod retry;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use http::Method;
use parking_lot::Mutex;
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::access::Source;
use self::connection::Connection;
use crate::files::Files;
use crate::metrics::ReviewMetrics;

pub use self::access::{Access, ServerTrust};
pub use self::error::Error;
pub use self::kubeconfig::write as write_kubeconfig;
pub use self::namespaces::ClusterNamespaces;
pub use self::retry::Retry;

/// How often files of credentials are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long an answer may take, other than to a watch.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What a review is answered with that was carried out.
const CREATED: u16 = 201;

/// A client of the main API server. Clones share their connections.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    source: Source,
    current: Mutex<Current>,
}

/// The connections made of the credentials as they were when they were last looked at.
struct Current {
    connection: Arc<Connection>,
    files: Files,
    looked: Instant,
}

impl Client {
    /// A client of the current context of a kubeconfig.
    ///
    /// # Errors
    /// If it cannot be read, or needs what is not supported: plugins that fetch credentials, proxies.
    pub fn from_kubeconfig(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::of(Source::Kubeconfig(path.as_ref().to_owned()))
    }

    /// A client with the service account of the pod that this program runs in.
    ///
    /// # Errors
    /// If it does not run in a pod.
    pub fn in_cluster() -> Result<Self, Error> {
        Self::of(Source::in_cluster()?)
    }

    /// A client that is told how to reach the server.
    ///
    /// # Errors
    /// If certificates or keys are no such.
    pub fn new(access: Access) -> Result<Self, Error> {
        Self::of(Source::Given(Box::new(access)))
    }

    fn of(source: Source) -> Result<Self, Error> {
        let mut files = Files::default();
        let connection = Arc::new(Connection::new(&source.load(&mut files)?)?);
        let looked = Instant::now();
        let current = Mutex::new(Current {
            connection,
            files,
            looked,
        });
        Ok(Self(Arc::new(Shared { source, current })))
    }

    /// Reads an object or a list of them.
    ///
    /// # Errors
    /// If there is no answer within ten seconds, or another one than with the code 200.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        self.exchange(Method::GET, path, Bytes::new()).await
    }

    /// Sends an object that is to be made; a review is answered with its outcome.
    ///
    /// # Errors
    /// If there is no answer within ten seconds, or another one than with the code 200 or 201.
    pub async fn create<T: DeserializeOwned>(&self, path: &str, object: &impl Serialize) -> Result<T, Error> {
        let body = serde_json::to_vec(object).map_err(|error| Error::Body(error.to_string()))?;
        self.exchange(Method::POST, path, body.into()).await
    }

    /// Sends a review, which is JSON already, until there is an answer, an error that lasts, or no attempt left.
    ///
    /// # Errors
    /// The last one.
    pub(crate) async fn review<T: DeserializeOwned>(
        &self,
        path: &str,
        review: Bytes,
        retry: Retry,
        metrics: &ReviewMetrics,
    ) -> Result<T, Error> {
        for pause in retry.pauses() {
            match self.reviewed(path, review.clone(), metrics).await {
                Err(error) if error.passes() => tracing::debug!(%error, "asking again"),
                done => return done,
            }
            tokio::time::sleep(pause).await;
        }
        self.reviewed(path, review, metrics).await
    }

    async fn reviewed<T: DeserializeOwned>(
        &self,
        path: &str,
        review: Bytes,
        metrics: &ReviewMetrics,
    ) -> Result<T, Error> {
        let since = Instant::now();
        let answer = self.exchange(Method::POST, path, review).await;
        let code = match &answer {
            Ok(_) => Some(CREATED),
            Err(error) => error.code(),
        };
        metrics.answered(code, since.elapsed());
        answer
    }

    /// Follows a watch: its events, one JSON text each, until the server ends it.
    ///
    /// # Errors
    /// If it does not begin within ten seconds.
    pub async fn watch(&self, path: &str) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        let asked = async { self.connection().send(Method::GET, path, Bytes::new()).await };
        let response = timely(asked).await?;
        Ok(connection::lines(response.into_body()))
    }

    async fn exchange<T: DeserializeOwned>(&self, method: Method, path: &str, body: Bytes) -> Result<T, Error> {
        let asked = async {
            let response = self.connection().send(method, path, body).await?;
            connection::whole(response.into_body()).await
        };
        let answer = timely(asked).await?;
        serde_json::from_slice(&answer).map_err(|error| Error::Body(error.to_string()))
    }

    /// The connection, with the credentials as they are now. What cannot be read is tried again when it changes; until
    /// then the old ones have to do.
    fn connection(&self) -> Arc<Connection> {
        let mut current = self.0.current.lock();
        if current.looked.elapsed() >= LOOK_EVERY {
            current.looked = Instant::now();
            if current.files.changed() {
                let mut files = Files::default();
                match self
                    .0
                    .source
                    .load(&mut files)
                    .and_then(|access| Connection::new(&access))
                {
                    Ok(connection) => current.connection = Arc::new(connection),
                    Err(error) => {
                        tracing::warn!(%error, "credentials for the main API server changed and are not valid")
                    }
                }
                current.files = files;
            }
        }
        Arc::clone(&current.connection)
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Client").field(&self.0.source).finish()
    }
}

async fn timely<T>(asked: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let outcome = tokio::time::timeout(TIMEOUT, asked).await;
    outcome.unwrap_or_else(|_| Err(Error::transport("the main API server did not answer in time")))
}
