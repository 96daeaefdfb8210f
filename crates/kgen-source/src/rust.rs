//! Annotated Rust sources to draft. Files are parsed and lowered in waves: a wave holds the files that the wave before
//! it declares as modules. Within a wave each file is a task of its own, and the order of tasks does not show.

mod attributes;
mod cfg;
mod cursor;
mod docs;
mod faults;
mod fields;
mod files;
mod folder;
mod foreign;
mod items;
mod json;
mod lexemes;
mod markers;
mod outline;
mod parse;
mod place;
mod types;
mod uses;
mod values;
mod waves;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kgen_model::draft::DraftModule;
use kgen_model::{Draft, Report, Sources};

use folder::Folder;
use parse::Job;
use waves::Waves;

/// What to load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// A Rust file or a folder. A folder is loaded from its `lib.rs`, `main.rs` or `mod.rs`, or from the file beside it
    /// that has its name; without one of these every `.rs` file in it is a module of its own.
    pub root: PathBuf,
    /// The absolute path of the module that the root is, such as `["crate"]` or `["crate", "api"]`.
    pub module_path: Vec<String>,
    /// Folders of generated output, and files of it. Modules that lie there are not read, and may be missing.
    pub skip: Vec<PathBuf>,
}

/// Loads a root with all modules that it declares. Files are added to `sources` in a stable order. Modules that cannot
/// be read are missing from the draft, and `report` says why.
#[must_use]
pub fn load(input: &Input, sources: &mut Sources, report: &mut Report) -> Draft {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    load_with(input, threads, sources, report)
}

fn load_with(input: &Input, threads: usize, sources: &mut Sources, report: &mut Report) -> Draft {
    let mut wave = files::roots(input, report);
    let mut waves = Waves::new(&input.skip, threads, sources, report);
    while !wave.is_empty() {
        wave = waves.run(wave);
    }
    draft(waves.into_modules(), &input.module_path)
}

/// Loads one file that need not be on disk. Modules that it declares in other files are left out.
#[must_use]
pub fn load_text(
    path: impl Into<PathBuf>,
    text: impl Into<Arc<str>>,
    module_path: &[String],
    sources: &mut Sources,
    report: &mut Report,
) -> Draft {
    let text = text.into();
    let file = sources.add(path, Arc::clone(&text));
    let folder = Folder::of_root(Path::new(""), module_path);
    let job = Job {
        file,
        text,
        module: module_path.to_vec(),
        folder,
        docs: String::new(),
    };
    let mut modules = Vec::new();
    for parsed in waves::parse_all(&[job], 1) {
        report.append(parsed.report);
        modules.extend(parsed.modules);
    }
    draft(modules, module_path)
}

/// Sorting by path puts parents before children. Folders without a file of their own are modules without items.
fn draft(mut modules: Vec<DraftModule>, root: &[String]) -> Draft {
    let mut known: BTreeSet<Vec<String>> = modules.iter().map(|module| module.path.clone()).collect();
    let mut folders = Vec::new();
    for module in &modules {
        for length in root.len()..module.path.len() {
            let path = module.path[..length].to_vec();
            if known.insert(path.clone()) {
                folders.push(DraftModule {
                    path,
                    file: module.file,
                    ..DraftModule::default()
                });
            }
        }
    }
    modules.extend(folders);
    modules.sort_by(|a, b| a.path.cmp(&b.path));
    Draft { modules }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_threads_does_not_show() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let names: Vec<String> = (0..30).map(|index| format!("m{}", index * 7 % 30)).collect();
        let lib: String = names.iter().map(|name| format!("mod {name}; ")).collect();
        std::fs::write(folder.path().join("lib.rs"), lib).expect("the folder is ours");
        for (index, name) in names.iter().enumerate() {
            let text = format!(
                "{} struct A; #[kgen(+)] struct B; mod missing;",
                "const C: u8 = 1;".repeat(index * 20)
            );
            std::fs::write(folder.path().join(format!("{name}.rs")), text).expect("the folder is ours");
        }
        let module_path = vec!["crate".to_owned()];
        let input = Input {
            root: folder.path().to_path_buf(),
            module_path,
            skip: Vec::new(),
        };
        let seen = |threads| {
            let (mut sources, mut report) = (Sources::default(), Report::default());
            let draft = load_with(&input, threads, &mut sources, &mut report);
            (format!("{draft:?}"), format!("{sources:?}"), report)
        };
        let alone = seen(1);
        assert_eq!(alone.2.diagnostics().len(), 60);
        for threads in [2, 3, 8, 64] {
            assert_eq!(seen(threads), alone);
        }
    }
}
