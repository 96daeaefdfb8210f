//! Authorities whose certificates lie in files, as options name them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Bundle, HeaderNames, RequestHeader, Trust, Trusted};
use crate::files::Files;

/// How often files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Front proxies that options name: `--requestheader-…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestHeaderOptions {
    /// The file of the certificates that sign theirs: `--requestheader-client-ca-file`.
    pub client_ca_file: PathBuf,
    /// The common names of their certificates; any, if there are none: `--requestheader-allowed-names`.
    pub allowed_names: Vec<String>,
    /// The headers that they set: `--requestheader-username-headers` and so on.
    pub names: HeaderNames,
}

/// Whom to trust, as options say; files are followed.
pub(super) struct Source {
    pub(super) trust: Trust,
    pub(super) client_ca_file: Option<PathBuf>,
    pub(super) request_header: Option<RequestHeaderOptions>,
}

impl Source {
    /// Reads the files.
    pub(super) fn read(&self) -> Result<Files, String> {
        let mut files = Files::default();
        self.load(&mut files)?;
        Ok(files)
    }

    /// Reads the files whenever one changes, forever. What is not valid changes nothing.
    pub(super) async fn follow(self, mut files: Files) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            look.tick().await;
            if files.changed() {
                files = Files::default();
                match self.load(&mut files) {
                    Ok(()) => tracing::info!("authorities of clients changed"),
                    Err(error) => tracing::warn!(error, "authorities of clients changed and are not valid"),
                }
            }
        }
    }

    /// Reads all, and then trusts all or none of it.
    fn load(&self, files: &mut Files) -> Result<(), String> {
        let mut bundle = |path: &PathBuf| {
            let pem = files.read(path)?;
            Bundle::parse(&pem)
                .map(Arc::new)
                .map_err(|error| format!("{}: {error}", path.display()))
        };
        let client_ca = self.client_ca_file.as_ref().map(&mut bundle).transpose();
        let proxies_ca = self
            .request_header
            .as_ref()
            .map(|options| bundle(&options.client_ca_file))
            .transpose();
        let (client_ca, proxies_ca) = (client_ca?, proxies_ca?);
        self.trust.change(|trusted: &mut Trusted| {
            if client_ca.is_some() {
                trusted.client_ca = client_ca;
            }
            if let (Some(options), Some(ca)) = (&self.request_header, proxies_ca) {
                trusted.request_header = Some(Arc::new(RequestHeader {
                    ca,
                    allowed_names: options.allowed_names.clone(),
                    names: options.names.clone(),
                }));
            }
        });
        Ok(())
    }
}
