//! The server: it takes requests from the network, finds out who asks and whether they may, and lets the endpoints
//! answer.
//!
//! What happens to a request happens in the order of `DefaultBuildHandlerChain` of `k8s.io/apiserver/pkg/server`.

mod address;
mod audit_id;
mod body;
mod call;
mod chain;
mod flight;
mod index;
mod lifecycle;
mod listen;
mod long_running;
mod options;
mod outbox;
mod refusal;
mod routes;
mod scrape;
mod signals;
mod sources;
mod version;
mod warnings;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;

use crate::auth::{Authenticator, Authorizer};
use crate::discovery::Discovery;
use crate::failure::Failure;
use crate::health::{Check, Health};
use crate::metrics::Metrics;
use crate::openapi::Documents;
use crate::request::Request;
use crate::resource::Resources;
use crate::response::Response;
use crate::rest;

pub use self::listen::TlsSource;
pub use self::options::{HttpOptions, ServerOptions, ShutdownOptions};
pub use self::signals::interrupted;
pub use self::version::VersionInfo;

use self::flight::Limits;
use self::lifecycle::Lifecycle;
use self::routes::Routes;

/// How long a store may take to say that it is there.
const STORE_PATIENCE: Duration = Duration::from_secs(2);

/// A server of resources. Clones are the same server.
#[derive(Clone)]
pub struct Server {
    shared: Arc<Shared>,
}

/// What a server is made of.
pub struct ServerParts {
    /// What it serves.
    pub resources: Resources,
    /// What it says of that in OpenAPI.
    pub documents: Documents,
    /// Finds out who asks.
    pub authenticator: Arc<dyn Authenticator>,
    /// Decides whether they may.
    pub authorizer: Arc<dyn Authorizer>,
    /// What else can be chosen.
    pub options: ServerOptions,
}

/// Answers requests about resources, when it is known who asks, and that they may.
#[async_trait]
pub trait Endpoints: Send + Sync + 'static {
    /// Answers a request.
    ///
    /// # Errors
    /// Why it is not answered as was asked.
    async fn answer(&self, resources: &Resources, request: Request) -> Result<Response, Failure>;
}

struct Shared {
    resources: Resources,
    documents: Documents,
    authenticator: Arc<dyn Authenticator>,
    authorizer: Arc<dyn Authorizer>,
    endpoints: Arc<dyn Endpoints>,
    options: ServerOptions,
    routes: Routes,
    discovery: Discovery,
    health: Health,
    metrics: Metrics,
    limits: Limits,
    lifecycle: Arc<Lifecycle>,
    is_complete: AtomicBool,
}

/// The endpoints of this crate.
struct Rest;

#[async_trait]
impl Endpoints for Rest {
    async fn answer(&self, resources: &Resources, request: Request) -> Result<Response, Failure> {
        rest::answer(resources, request).await
    }
}

impl Server {
    /// A server of these parts.
    pub fn new(parts: ServerParts) -> Self {
        Self::with_endpoints(parts, Arc::new(Rest))
    }

    /// A server whose resources are served by these endpoints.
    pub fn with_endpoints(parts: ServerParts, endpoints: Arc<dyn Endpoints>) -> Self {
        let ServerParts {
            resources,
            documents,
            authenticator,
            authorizer,
            options,
        } = parts;
        let routes = Routes::of(&resources);
        let lifecycle = Arc::new(Lifecycle::default());
        let mut checks = vec![Check::ping()];
        checks.extend(store_check(&resources, &options.store_name));
        checks.extend(options.checks.iter().cloned());
        let readiness = options.readiness_checks.iter().cloned().chain([lifecycle.check()]);
        Self {
            shared: Arc::new(Shared {
                discovery: Discovery::new(&resources, options.address.as_deref()),
                metrics: Metrics::new(routes.names()),
                limits: Limits::new(options.max_reading, options.max_mutating),
                health: Health::new(checks, readiness),
                is_complete: AtomicBool::new(true),
                resources,
                documents,
                authenticator,
                authorizer,
                endpoints,
                options,
                routes,
                lifecycle,
            }),
        }
    }

    /// Says whether everything is there that will be served. As long as it is not, what is not found may come, and
    /// clients are asked to try again.
    pub fn set_complete(&self, is_complete: bool) {
        self.shared.is_complete.store(is_complete, Ordering::Relaxed);
    }

    /// What is served.
    pub fn resources(&self) -> &Resources {
        &self.shared.resources
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

/// Asks all stores at once whether they are there.
fn store_check(resources: &Resources, name: &str) -> Option<Check> {
    let stores = scrape::stores(resources);
    (!stores.is_empty()).then(|| {
        Check::new(name, move || {
            let stores = stores.clone();
            async move {
                let asked = stores
                    .iter()
                    .map(|store| tokio::time::timeout(STORE_PATIENCE, store.current()));
                for answer in futures_util::future::join_all(asked).await {
                    match answer {
                        Ok(Ok(_)) => {}
                        Ok(Err(error)) => return Err(error.to_string()),
                        Err(_) => return Err("the store does not answer".to_owned()),
                    }
                }
                Ok(())
            }
        })
    })
}
