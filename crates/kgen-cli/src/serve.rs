//! `kgen registry` of definitions where there is no crate yet: it becomes one that serves them, and all of its types are
//! generated.

use std::path::Path;

use kgen_build::{Generator, Import, Request};

use crate::args::GenerateArgs;
use crate::edit::carry_out;
use crate::generate;
use crate::new_crate::NewCrate;
use crate::scaffold::note_workspace;
use crate::terminal::Terminal;

/// The generator that makes servers.
const REGISTRY: &str = "registry";

/// The folder that becomes a server, if that is what is asked for.
pub(crate) fn wanted(args: &GenerateArgs) -> Option<&Path> {
    let out = args.out.as_deref()?;
    let is_asked = args.generators.iter().any(|name| name == REGISTRY) && !args.check && !args.dry_run;
    (is_asked && kgen_build::is_definitions(&args.path) && !out.join("Cargo.toml").exists()).then_some(out)
}

pub(crate) fn run(args: &GenerateArgs, out: &Path, generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    let usual = out.join(kgen_build::config::FILE_NAME);
    let config = args.config.clone().or_else(|| usual.is_file().then_some(usual));
    // Nothing is written of definitions with faults.
    let read = Import {
        inputs: vec![args.path.clone()],
        config: config.clone(),
        generators: generators.iter().map(|generator| generator.name().to_owned()).collect(),
    };
    let read = read.run();
    if read.report.has_errors() {
        terminal.report(&read.report, &read.sources);
        terminal.failure(&read.report);
        return false;
    }
    let new = NewCrate {
        dir: out,
        name: None,
        groups: &read.groups,
        kgen_path: None,
        is_server: true,
    };
    let made = new.files().and_then(|edits| carry_out(&edits).map(|()| edits));
    match made {
        Ok(edits) => edits
            .iter()
            .for_each(|(path, _)| terminal.summary(&format!("wrote {}", path.display()))),
        Err(diagnostic) => {
            terminal.error(*diagnostic);
            return false;
        }
    }
    // A server is of no use without its types, so that all generators run.
    let request = Request {
        config,
        output: Some(out.to_owned()),
        ..Request::new(&args.path)
    };
    if !generate::write(&request, None, generators, terminal) {
        return false;
    }
    let (path, dir) = (args.path.display(), out.display());
    terminal.summary(&format!(
        "`{dir}` serves these definitions; `kgen all {path} --out {dir}` whenever they change. Next: `cd {dir}`, `cargo run -- \
         --data-dir data`"
    ));
    note_workspace(out, terminal);
    true
}
