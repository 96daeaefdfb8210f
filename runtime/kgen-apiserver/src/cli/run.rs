//! Puts a server together as the configuration says, and lets it serve.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use super::mode::{Clients, Mode};
use super::runtime_config::Served;
use super::settings::Settings;
use super::{CliError, cluster, serving, standalone, store};
use crate::Api;
use crate::admission::NamespaceLifecycle;
use crate::audit::{AuditLog, AuditOptions};
use crate::auth::{Authenticator, Authorizer, Delegated, Development, Trust};
use crate::cluster::ClusterNamespaces;
use crate::openapi::Documents;
use crate::resource::Resources;
use crate::server::{Server, ServerOptions, ServerParts, ShutdownOptions, TlsSource, interrupted};
use crate::tls::Serving;

/// Serves until the process is asked to end.
pub(super) async fn run(api: Api, settings: &Settings, program: &str) -> Result<(), CliError> {
    let mode = Mode::of(settings)?;
    let api = match &mode {
        // A server of one machine has no namespaces to look at: all of them are there.
        Mode::Standalone => api,
        Mode::Delegated(clients) => with_namespaces(api, clients),
    };
    let api = with_features(api, settings)?;
    let served = Served::new(settings, api.scheme())?;
    // What can be refused is refused before anything is written.
    let options = options(settings)?;
    let storage = store::open(settings, api.scheme(), program)?;
    let resources = api.resources(&storage, |kind| served.has(kind))?;
    if resources.iter().next().is_none() {
        let wrong = settings.wrong("runtimeConfig", "no version of any kind is served");
        return Err(wrong.help("`--runtime-config api/all=true`"));
    }
    let parts = Parts {
        documents: documents(&api, &resources),
        resources,
        options,
    };
    match mode {
        Mode::Standalone => alone(parts, settings, program).await,
        Mode::Delegated(clients) => delegated(parts, &clients, settings).await,
    }
}

/// Nothing is made in namespaces of the cluster that are not there, or that are going away.
fn with_namespaces(api: Api, clients: &Clients) -> Api {
    match clients.cluster.clone() {
        Some(client) => api.admission_first(NamespaceLifecycle::new(Arc::new(ClusterNamespaces::start(client)))),
        None => api,
    }
}

fn with_features(api: Api, settings: &Settings) -> Result<Api, CliError> {
    let wanted = &settings.config.feature_gates;
    if let Some(name) = wanted.keys().find(|name| !api.features().contains_key(*name)) {
        let wrong = settings.wrong("featureGates", format!("featureGates: there is no feature `{name}`"));
        let known: Vec<&str> = api.features().keys().map(String::as_str).collect();
        return Err(wrong.help(match known.as_slice() {
            [] => "this server has no features that can be switched".to_owned(),
            known => format!("the features are {}", known.join(", ")),
        }));
    }
    Ok(wanted.iter().fold(api, |api, (name, on)| api.feature(name, *on)))
}

/// What a server has whoever its clients are.
struct Parts {
    resources: Resources,
    documents: Documents,
    options: ServerOptions,
}

impl Parts {
    fn server(self, authenticator: Arc<dyn Authenticator>, authorizer: Arc<dyn Authorizer>) -> Server {
        Server::new(ServerParts {
            resources: self.resources,
            documents: self.documents,
            authenticator,
            authorizer,
            options: self.options,
        })
    }
}

async fn alone(parts: Parts, settings: &Settings, program: &str) -> Result<(), CliError> {
    let listener = serving::listen(settings, IpAddr::V4(Ipv4Addr::LOCALHOST)).await?;
    let address = listener.local_addr().map_err(failed)?;
    Development::check(address).map_err(|error| {
        let why = format!("serving.bindAddress: {error}");
        settings
            .wrong("serving.bindAddress", why)
            .help("`--kubeconfig FILE` names the cluster that the server belongs to")
    })?;
    let folder = store::data_dir(settings, program);
    let token = standalone::token(&folder)?;
    let certificates = serving::certificates(settings, Some(folder.join("certificates")), address);
    let tls = Serving::start(certificates.clone(), &Trust::default())?;
    let kubeconfig = standalone::kubeconfig(&folder, program, address, &certificates, &token)?;
    let greeting = standalone::greeting(program, address, &kubeconfig, &parts.resources);
    // Nobody may be reading.
    let _ = writeln!(io::stdout(), "{greeting}");
    let development = Development::new(&token);
    let server = parts.server(development.authenticator(), development.authorizer());
    let tls = TlsSource::new(move || tls.config());
    server
        .serve(listener, tls, interrupted().map_err(failed)?)
        .await
        .map_err(failed)
}

async fn delegated(parts: Parts, clients: &Clients, settings: &Settings) -> Result<(), CliError> {
    let trusted = Delegated::start(cluster::options(settings, clients)?).await?;
    let listener = serving::listen(settings, serving::everywhere()).await?;
    let address = listener.local_addr().map_err(failed)?;
    let certificates = serving::certificates(settings, None, address);
    let tls = Serving::start(certificates, trusted.trust())?;
    tracing::info!(%address, "serving");
    let server = parts.server(trusted.authenticator(), trusted.authorizer());
    let tls = TlsSource::new(move || tls.config());
    server
        .serve(listener, tls, interrupted().map_err(failed)?)
        .await
        .map_err(failed)
}

fn failed(error: io::Error) -> CliError {
    CliError::new(format!("the server failed: {error}"))
}

/// What OpenAPI says of the versions that are served.
fn documents(api: &Api, resources: &Resources) -> Documents {
    let versions = resources.iter().flat_map(|resource| resource.versions.iter());
    let paths: Vec<String> = versions
        .map(|version| match &*version.kind.gvk.group {
            "" => format!("api/{}", version.kind.gvk.version),
            _ => format!("apis/{}", version.kind.gvk.api_version()),
        })
        .collect();
    Documents::of(api).only(|path| paths.iter().any(|known| known == path))
}

fn options(settings: &Settings) -> Result<ServerOptions, CliError> {
    let limits = &settings.config.limits;
    // The rules of the configuration let no negative number through.
    let count = |number: Option<i32>| {
        number
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or_default()
    };
    Ok(ServerOptions {
        max_reading: count(limits.max_requests_inflight),
        max_mutating: count(limits.max_mutating_requests_inflight),
        request_timeout: settings.span("limits.requestTimeout", limits.request_timeout.as_deref())?,
        min_watch: settings.span("limits.minRequestTimeout", limits.min_request_timeout.as_deref())?,
        store_name: settings.store_name().to_owned(),
        audit: audit(settings)?,
        shutdown: ShutdownOptions {
            delay: settings.span("limits.shutdownDelay", limits.shutdown_delay.as_deref())?,
            send_retry_after: limits.shutdown_send_retry_after,
            watch_grace: settings.span(
                "limits.shutdownWatchTerminationGracePeriod",
                limits.shutdown_watch_termination_grace_period.as_deref(),
            )?,
            ..ShutdownOptions::default()
        },
        ..ServerOptions::default()
    })
}

fn audit(settings: &Settings) -> Result<Option<AuditLog>, CliError> {
    let place = "audit.logPath";
    let wrong = |why: String| settings.wrong(place, format!("{place}: {why}"));
    let log = match settings.config.audit.log_path.as_str() {
        "" => return Ok(None),
        "-" => AuditLog::new(io::stdout(), AuditOptions::default()),
        path => {
            let file = OpenOptions::new().create(true).append(true).open(path);
            let file = file.map_err(|error| wrong(format!("`{path}` cannot be written: {error}")))?;
            AuditLog::new(file, AuditOptions::default())
        }
    };
    log.map(Some).map_err(|error| wrong(error.to_string()))
}
