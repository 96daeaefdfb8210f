//! Loads one resource of an API server over TLS and HTTP/2, and tells for each operation how many requests a second were
//! answered, how long they took, and what one costs the server in time on its processors.
//!
//!     cargo run --release -p kgen-load -- --help
//!
//! The server's own time is read from `/proc`, so that the load itself, on the same machine, does not count.

mod client;
mod process;
mod work;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use crate::client::{Client, Identity};
use crate::process::Processes;
use crate::work::{Object, Work};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Loads one resource of an API server.
#[derive(Parser)]
#[command(after_help = "Example:
  load --url https://127.0.0.1:6443/apis/wardle.example.com/v1alpha1/namespaces/default/flunders \\
       --ca ca.crt --token TOKEN --pid 4711 --operations create,get,delete")]
struct Options {
    /// The address of the collection, of a namespace or of the cluster.
    #[arg(long)]
    url: http::Uri,
    /// The certificates that the server's is signed by, PEM.
    #[arg(long)]
    ca: PathBuf,
    /// A client certificate, PEM.
    #[arg(long, requires = "key")]
    cert: Option<PathBuf>,
    /// Its key, PEM.
    #[arg(long, requires = "cert")]
    key: Option<PathBuf>,
    /// A bearer token.
    #[arg(long)]
    token: Option<String>,
    /// The processes whose time and memory are the server's.
    #[arg(long, value_delimiter = ',')]
    pid: Vec<u32>,
    /// What is created: `apiVersion` and `kind` of the objects.
    #[arg(long, default_value = "wardle.example.com/v1alpha1/Flunder")]
    kind: String,
    /// The `spec` of the objects, JSON; `{i}` stands for the object's number.
    #[arg(long, default_value = r#"{"reference":"r-{i}","referenceType":"Flunder"}"#)]
    spec: String,
    /// How many objects there are.
    #[arg(long, default_value_t = 3000)]
    objects: usize,
    /// How many requests are under way at once.
    #[arg(long, default_value_t = 16)]
    concurrency: usize,
    /// How many watches there are.
    #[arg(long, default_value_t = 100)]
    watches: usize,
    /// What stands in the first column.
    #[arg(long, default_value = "server")]
    label: String,
    /// What is done, in this order.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "create,get,list500,list,select,update,patch,apply,watch,delete"
    )]
    operations: Vec<Operation>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Operation {
    /// Creates all objects.
    Create,
    /// Reads each object four times.
    Get,
    /// Reads the first 500 objects, 200 times.
    #[value(name = "list500")]
    List500,
    /// Reads all objects, 40 times.
    List,
    /// Reads a tenth of the objects by a label, 200 times.
    Select,
    /// Reads each object and replaces it.
    Update,
    /// Changes a label of each object by a merge patch.
    Patch,
    /// Applies a spec to each object.
    Apply,
    /// Makes 500 changes that each watch is told of.
    Watch,
    /// Opens watches to which nothing happens, and tells what they cost in memory.
    Idle,
    /// Deletes all objects.
    Delete,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = tokio::runtime::Runtime::new();
    let done = runtime
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(run(options)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<()> {
    let identity = Identity {
        ca: options.ca,
        certificate: options.cert.zip(options.key),
        token: options.token,
    };
    let client = Client::connect(&options.url, &identity, 4).await?;
    let work = Work {
        client,
        server: Processes(options.pid),
        object: Object::parse(&options.kind, options.spec)?,
        objects: options.objects,
        concurrency: options.concurrency,
        label: options.label,
    };
    println!("| server | operation | requests/s | p50 ms | p99 ms | CPU µs | bytes | memory MB |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    work.print_memory("at rest");
    for operation in options.operations {
        match operation {
            Operation::Create => work.create().await?,
            Operation::Get => work.get().await?,
            Operation::List500 => work.list("list 500", "?limit=500", 200).await?,
            Operation::List => work.list("list", "", 40).await?,
            Operation::Select => work.list("list by label", "?labelSelector=app%3Da3", 200).await?,
            Operation::Update => work.update().await?,
            Operation::Patch => work.patch().await?,
            Operation::Apply => work.apply().await?,
            Operation::Watch => work.watch(options.watches).await?,
            Operation::Idle => work.idle(options.watches).await?,
            Operation::Delete => work.delete().await?,
        }
    }
    Ok(())
}
