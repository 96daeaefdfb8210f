//! The configuration as it counts: the file, what options say over it, and defaults; checked.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kgen::Defaults;
use kgen::codec::from_slice_strict;
use kgen::validation::{Operation, validate};

use super::CliError;
use super::args::Args;
use super::config::v1alpha1::{Backend, ServerConfiguration};
use super::config::{API_VERSION, KIND};
use super::flags::option_of;
use crate::{duration, yaml};

/// The configuration as it counts.
#[derive(Debug)]
pub(super) struct Settings {
    /// With all defaults.
    pub(super) config: ServerConfiguration,
    /// Where objects are stored.
    pub(super) backend: Backend,
    file: Option<PathBuf>,
}

/// Reads the file, and puts options over it.
pub(super) fn read(args: Args) -> Result<Settings, CliError> {
    let mut config = match &args.config {
        Some(file) => load(file)?,
        None => ServerConfiguration::default(),
    };
    args.flags.apply(&mut config);
    config.set_defaults();
    let settings = Settings {
        backend: backend(&config),
        config,
        file: args.config,
    };
    settings.check()?;
    Ok(settings)
}

/// What is said, else what follows from the rest.
fn backend(config: &ServerConfiguration) -> Backend {
    let named = !config.storage.etcd.servers.is_empty();
    let implied = if named { Backend::Etcd } else { Backend::Embedded };
    config.storage.backend.unwrap_or(implied)
}

/// A configuration file, which may hold no word that is not known.
fn load(file: &Path) -> Result<ServerConfiguration, CliError> {
    let wrong = |why: String| CliError::new(format!("`{}` is no configuration: {why}", file.display()));
    let text = fs::read_to_string(file);
    let text = text.map_err(|error| {
        CliError::new(format!("`{}` cannot be read: {error}", file.display()))
            .help("name a file by `--config`, or leave the option out")
    })?;
    let document = yaml::document(&text).map_err(wrong)?;
    if document.is_first_of_many {
        return Err(wrong("there is more than one document".to_owned()));
    }
    let usual = format!("begin with `apiVersion: {API_VERSION}` and `kind: {KIND}`");
    let said = |name: &str| document.value[name].as_str().unwrap_or_default().to_owned();
    let (api_version, kind) = (said("apiVersion"), said("kind"));
    if api_version != API_VERSION || kind != KIND {
        return Err(wrong(format!("it is {kind:?} of {api_version:?}")).help(usual));
    }
    let json = document.value.to_string();
    let (config, findings) =
        from_slice_strict::<ServerConfiguration>(json.as_bytes()).map_err(|error| wrong(error.to_string()))?;
    let unknown = findings.into_iter().map(|finding| finding.to_string());
    let found: Vec<String> = document.repeated.into_iter().chain(unknown).collect();
    if !found.is_empty() {
        return Err(wrong(found.join("; ")).help("the fields are described in docs/server.md"));
    }
    Ok(config)
}

impl Settings {
    /// A span of time that stands at a place of the configuration.
    pub(super) fn span(&self, place: &str, text: Option<&str>) -> Result<Duration, CliError> {
        let text = text.unwrap_or("0s");
        duration::parse(text).ok_or_else(|| {
            let why = format!("{place}: {text:?} is no span of time");
            self.wrong(place, why)
                .help("write a number with a unit, such as `30s`, `1m30s` or `500ms`")
        })
    }

    /// What the health check of the stores is called: as in Go's servers, where there is an etcd.
    pub(super) fn store_name(&self) -> &'static str {
        match self.backend {
            Backend::Etcd => "etcd",
            Backend::Embedded | Backend::Memory => "storage",
        }
    }

    /// That what stands at a place of the configuration cannot be.
    pub(super) fn wrong(&self, place: &str, why: impl Into<String>) -> CliError {
        let option = option_of(place).map(|option| format!("--{option}"));
        let whence = match (&self.file, option) {
            (Some(file), Some(option)) => format!(" (`{option}`, or `{}`)", file.display()),
            (Some(file), None) => format!(" (`{}`)", file.display()),
            (None, Some(option)) => format!(" (`{option}`)"),
            (None, None) => String::new(),
        };
        CliError::new(format!("{}{whence}", why.into()))
    }

    fn check(&self) -> Result<(), CliError> {
        if let Err(errors) = validate(&self.config, None, &Operation::create()) {
            let mut all = errors.iter();
            let first = all.next();
            return match first {
                Some(first) => {
                    let others = all.map(|error| format!("; {error}")).collect::<String>();
                    Err(self.wrong(&first.field, format!("{first}{others}")))
                }
                None => Ok(()),
            };
        }
        let etcd = &self.config.storage.etcd;
        match self.backend {
            Backend::Etcd if etcd.servers.is_empty() => {
                let why = "storage.etcd.servers: Required value: nothing says where etcd is";
                Err(self
                    .wrong("storage.etcd.servers", why)
                    .help("`--etcd-servers http://127.0.0.1:2379`"))
            }
            Backend::Memory | Backend::Embedded if !etcd.servers.is_empty() => {
                let why = "storage.etcd.servers: Forbidden: objects are not stored in etcd";
                Err(self
                    .wrong("storage.etcd.servers", why)
                    .help("`--storage etcd`, or no servers"))
            }
            Backend::Memory | Backend::Embedded | Backend::Etcd => Ok(()),
        }
    }
}
