//! Opens the store that objects are kept in.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use kgen::scheme::Scheme;

use super::CliError;
use super::config::v1alpha1::Backend;
use super::settings::Settings;
use crate::api::Storage;
use crate::storage::{
    CacheOptions, Compactor, Embedded, EmbeddedOptions, Etcd, EtcdOptions, EtcdTls, Memory, OpenError, Store,
};

/// What keys begin with where nobody else has keys.
const OWN_PREFIX: &str = "/registry";

/// The store that the configuration names. To be called within a tokio runtime.
pub(super) fn open(settings: &Settings, scheme: &Scheme, program: &str) -> Result<Storage, CliError> {
    let (store, prefix): (Arc<dyn Store>, String) = match settings.backend {
        Backend::Memory => (Arc::new(Memory::new()), OWN_PREFIX.to_owned()),
        Backend::Embedded => (Arc::new(embedded(settings, program)?), OWN_PREFIX.to_owned()),
        Backend::Etcd => (etcd(settings)?, etcd_prefix(settings, scheme)?),
    };
    let cached = settings.config.storage.watch_cache.unwrap_or(true);
    Ok(Storage {
        store,
        prefix,
        cache: cached.then(CacheOptions::default),
    })
}

/// The folder for what the server keeps.
pub(super) fn data_dir(settings: &Settings, program: &str) -> PathBuf {
    match settings.config.storage.data_dir.as_str() {
        "" => PathBuf::from(format!("{program}.data")),
        folder => PathBuf::from(folder),
    }
}

fn embedded(settings: &Settings, program: &str) -> Result<Embedded, CliError> {
    let folder = data_dir(settings, program);
    Embedded::open(folder.join("store"), EmbeddedOptions::default()).map_err(|error| {
        let help = match &error {
            OpenError::Locked { .. } => "end that process, or name another folder: `--data-dir DIR`",
            OpenError::Io { .. } => "name a folder that can be written: `--data-dir DIR`",
            OpenError::Corrupt { .. } => {
                "name another folder by `--data-dir DIR`, or put a copy of this one in its place"
            }
        };
        CliError::new(error.to_string()).help(help)
    })
}

fn etcd(settings: &Settings) -> Result<Arc<dyn Store>, CliError> {
    let config = &settings.config.storage.etcd;
    let read = |place: &str, file: &str| {
        let place = format!("storage.etcd.{place}");
        fs::read(file).map_err(|error| settings.wrong(&place, format!("{place}: `{file}` cannot be read: {error}")))
    };
    let tls = match (config.ca_file.as_str(), config.cert_file.as_str()) {
        ("", "") => None,
        ("", _) => {
            let place = "storage.etcd.caFile";
            let why = format!("{place}: Required value: a certificate is shown to those only whose authority is known");
            return Err(settings.wrong(place, why));
        }
        (authority, own) => Some(EtcdTls {
            authority: read("caFile", authority)?,
            identity: match own {
                "" => None,
                own => Some((read("certFile", own)?, read("keyFile", &config.key_file)?)),
            },
        }),
    };
    let options = EtcdOptions {
        tls,
        ..EtcdOptions::new(config.servers.iter().cloned())
    };
    let store = Etcd::connect(&options).map_err(|error| {
        let place = "storage.etcd.servers";
        settings
            .wrong(place, format!("{place}: {error}"))
            .help("write addresses such as `https://10.0.0.1:2379`")
    })?;
    let store = Arc::new(store);
    let interval = settings.span("storage.etcd.compactionInterval", config.compaction_interval.as_deref())?;
    if !interval.is_zero() {
        tokio::spawn(compact(Compactor::new(store.clone()), interval));
    }
    Ok(store)
}

/// Forgets the past of etcd round by round, together with all other servers on it.
async fn compact(mut compactor: Compactor, interval: Duration) {
    loop {
        tokio::time::sleep(interval).await;
        match compactor.step().await {
            Ok(Some(revision)) => tracing::info!(%revision, "etcd was compacted"),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "etcd could not be compacted"),
        }
    }
}

/// The keys must stay where they are when a group is added, so that nothing is guessed then.
fn etcd_prefix(settings: &Settings, scheme: &Scheme) -> Result<String, CliError> {
    let said = &settings.config.storage.etcd.prefix;
    if !said.is_empty() {
        return Ok(format!("/{}", said.trim_matches('/')));
    }
    let mut groups: Vec<&str> = scheme.kinds().map(|kind| &*kind.gvk.group).collect();
    groups.sort_unstable();
    groups.dedup();
    match groups.as_slice() {
        [group] if !group.is_empty() => Ok(format!("{OWN_PREFIX}/{group}")),
        _ => {
            let place = "storage.etcd.prefix";
            let why =
                format!("{place}: Required value: there are several groups, and nothing says what keys begin with");
            Err(settings.wrong(place, why).help(format!(
                "`--etcd-prefix {OWN_PREFIX}/my-server`, and the same ever after"
            )))
        }
    }
}
