//! Where objects are stored.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use super::{Options, set, set_path, set_some};
use crate::cli::config::v1alpha1::{Backend, Storage};

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Storage")]
pub(super) struct StorageFlags {
    /// Where objects are stored [default: etcd if servers are named, else embedded]
    #[arg(long, value_enum, value_name = "STORE")]
    storage: Option<StorageWord>,
    /// Folder of the embedded store, and of what the server makes for itself when it runs on its own
    /// [default: PROGRAM.data]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    data_dir: Option<PathBuf>,
    /// Addresses of etcd's members
    #[arg(long, value_name = "URL", value_delimiter = ',', value_hint = ValueHint::Url)]
    etcd_servers: Option<Vec<String>>,
    /// What all keys begin with [default: /registry/GROUP, if there is one group]
    #[arg(long, value_name = "PREFIX")]
    etcd_prefix: Option<String>,
    /// File of the authority that signed the certificates of etcd's members
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    etcd_cafile: Option<PathBuf>,
    /// File of the certificate to show to etcd
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    etcd_certfile: Option<PathBuf>,
    /// File of that certificate's key
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    etcd_keyfile: Option<PathBuf>,
    /// How often etcd's past is forgotten; 0s is never [default: 5m0s]
    #[arg(long, value_name = "SPAN")]
    etcd_compaction_interval: Option<String>,
    /// Whether reads are answered from a copy in memory [default: true]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    watch_cache: Option<bool>,
}

/// What `--storage` knows.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum StorageWord {
    /// Nothing outlives the server
    Memory,
    /// A folder of this machine
    Embedded,
    /// etcd, as with the servers of Kubernetes
    Etcd,
}

pub(super) const OPTIONS: Options = &[
    ("storage.backend", "storage"),
    ("storage.dataDir", "data-dir"),
    ("storage.etcd.servers", "etcd-servers"),
    ("storage.etcd.prefix", "etcd-prefix"),
    ("storage.etcd.caFile", "etcd-cafile"),
    ("storage.etcd.certFile", "etcd-certfile"),
    ("storage.etcd.keyFile", "etcd-keyfile"),
    ("storage.etcd.compactionInterval", "etcd-compaction-interval"),
    ("storage.watchCache", "watch-cache"),
];

impl StorageFlags {
    pub(super) fn apply(self, storage: &mut Storage) {
        set_some(&mut storage.backend, self.storage.map(Backend::from));
        set_path(&mut storage.data_dir, self.data_dir);
        set_some(&mut storage.watch_cache, self.watch_cache);
        let etcd = &mut storage.etcd;
        set(&mut etcd.servers, self.etcd_servers);
        set(&mut etcd.prefix, self.etcd_prefix);
        set_path(&mut etcd.ca_file, self.etcd_cafile);
        set_path(&mut etcd.cert_file, self.etcd_certfile);
        set_path(&mut etcd.key_file, self.etcd_keyfile);
        set_some(&mut etcd.compaction_interval, self.etcd_compaction_interval);
    }
}

impl From<StorageWord> for Backend {
    fn from(word: StorageWord) -> Self {
        match word {
            StorageWord::Memory => Self::Memory,
            StorageWord::Embedded => Self::Embedded,
            StorageWord::Etcd => Self::Etcd,
        }
    }
}
