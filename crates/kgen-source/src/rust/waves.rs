//! Waves of files: read in order, parsed in parallel, and searched for the modules that make the next wave.

use std::collections::BTreeMap;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use kgen_model::draft::DraftModule;
use kgen_model::{Diagnostic, FileId, Report, Sources, Span};

use super::files::{self, Unreadable, canonical, is_below};
use super::folder::Folder;
use super::parse::{Declared, Job, Parsed, parse};

/// The parser is recursive. `outline` bounds how deep it can get, and this suffices for that; pages that it does not
/// touch cost nothing.
const STACK: usize = 256 << 20;

/// A file to load.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// The file.
    pub(crate) path: PathBuf,
    /// The module that it is.
    pub(crate) module: Vec<String>,
    /// Where its children lie.
    pub(crate) folder: Folder,
    /// The canonical paths of the files that declare it, from the root.
    pub(crate) parents: Vec<PathBuf>,
    /// What declares it, if it is no root.
    pub(crate) declared: Option<Declaration>,
}

/// The `mod x;` that asks for a file.
#[derive(Clone, Debug)]
pub(crate) struct Declaration {
    /// The name's place.
    pub(crate) span: Span,
    /// Documentation that stands there.
    pub(crate) docs: String,
}

/// What the waves have brought so far.
pub(crate) struct Waves<'a> {
    skip: Vec<PathBuf>,
    threads: usize,
    sources: &'a mut Sources,
    report: &'a mut Report,
    /// By canonical path, so that a file that is two modules is one source.
    files: BTreeMap<PathBuf, (FileId, Arc<str>)>,
    modules: Vec<DraftModule>,
}

impl<'a> Waves<'a> {
    /// Before the first wave.
    pub(crate) fn new(skip: &[PathBuf], threads: usize, sources: &'a mut Sources, report: &'a mut Report) -> Self {
        let skip = skip.iter().map(|path| canonical(path)).collect();
        Self {
            skip,
            threads,
            sources,
            report,
            files: BTreeMap::new(),
            modules: Vec::new(),
        }
    }

    /// All modules, in no useful order.
    pub(crate) fn into_modules(self) -> Vec<DraftModule> {
        self.modules
    }

    /// Loads one wave and returns the next.
    pub(crate) fn run(&mut self, mut wave: Vec<Request>) -> Vec<Request> {
        wave.sort_by(|a, b| (&a.path, &a.module).cmp(&(&b.path, &b.module)));
        let mut lineages = Vec::new();
        let mut jobs = Vec::new();
        for request in wave {
            let real = canonical(&request.path);
            if let Some((file, text)) = self.text(&request, &real) {
                let Request {
                    module,
                    folder,
                    mut parents,
                    declared,
                    ..
                } = request;
                parents.push(real);
                lineages.push(parents);
                let docs = declared.map(|declared| declared.docs).unwrap_or_default();
                jobs.push(Job {
                    file,
                    text,
                    module,
                    folder,
                    docs,
                });
            }
        }
        let mut next = Vec::new();
        for (parsed, parents) in parse_all(&jobs, self.threads).into_iter().zip(lineages) {
            let Parsed {
                modules,
                declared,
                report,
            } = parsed;
            self.modules.extend(modules);
            self.report.append(report);
            next.extend(
                declared
                    .into_iter()
                    .filter_map(|declared| self.request(declared, &parents)),
            );
        }
        next
    }

    fn text(&mut self, request: &Request, real: &PathBuf) -> Option<(FileId, Arc<str>)> {
        if let Some((file, text)) = self.files.get(real) {
            return Some((*file, Arc::clone(text)));
        }
        match files::read(&request.path) {
            Ok(text) => {
                let text: Arc<str> = text.into();
                let file = self.sources.add(&request.path, Arc::clone(&text));
                self.files.insert(real.clone(), (file, Arc::clone(&text)));
                Some((file, text))
            }
            Err(Unreadable::NotUtf8 { text, offset }) => {
                let file = self.sources.add(&request.path, text.as_str());
                let at = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
                let shown = char::REPLACEMENT_CHARACTER.len_utf8();
                let span = Span::new(file, at(offset), at(offset + shown));
                let error = Unreadable::NotUtf8 { text, offset };
                self.report.push(files::unreadable(&request.path, &error, Some(span)));
                None
            }
            Err(error) => {
                let declared = request.declared.as_ref().map(|declared| declared.span);
                self.report.push(files::unreadable(&request.path, &error, declared));
                None
            }
        }
    }

    /// The file of a declared module, if there is exactly one that is to be read.
    fn request(&mut self, declared: Declared, parents: &[PathBuf]) -> Option<Request> {
        let Declared {
            name,
            span,
            docs,
            module,
            folder,
            path,
        } = declared;
        let candidates = folder.candidates(&name, path.as_deref());
        if candidates
            .iter()
            .any(|(file, _)| is_below(&canonical(file), &self.skip))
        {
            return None;
        }
        let mut found = candidates.iter().filter(|(file, _)| file.is_file());
        let Some((file, folder)) = found.next() else {
            self.missing(&name, span, &candidates);
            return None;
        };
        if let Some((second, _)) = found.next() {
            self.report.push(two_files(&name, span, [file, second]));
            return None;
        }
        if parents.contains(&canonical(file)) {
            self.report.push(cycle(&name, span, file));
            return None;
        }
        Some(Request {
            path: file.clone(),
            module,
            folder: folder.clone(),
            parents: parents.to_vec(),
            declared: Some(Declaration { span, docs }),
        })
    }

    fn missing(&mut self, name: &str, span: Span, candidates: &[(PathBuf, Folder)]) {
        // Before the first run the generated modules are declared and not there yet.
        if self
            .skip
            .iter()
            .any(|skip| skip.file_stem().is_some_and(|stem| stem == name))
        {
            return;
        }
        let files: Vec<String> = candidates
            .iter()
            .map(|(file, _)| format!("`{}`", file.display()))
            .collect();
        let message = format!("the file of module `{name}` is missing");
        let help = format!("create {}", files.join(" or "));
        self.report
            .push(Diagnostic::error("missing-module", span, message).help(help));
    }
}

fn two_files(name: &str, span: Span, [first, second]: [&Path; 2]) -> Diagnostic {
    let message = format!(
        "module `{name}` has two files: `{}` and `{}`",
        first.display(),
        second.display()
    );
    Diagnostic::error("ambiguous-module", span, message).help("remove one of them")
}

fn cycle(name: &str, span: Span, file: &Path) -> Diagnostic {
    let message = format!("module `{name}` is in `{}`, which it is a part of", file.display());
    let help = "let `#[path]` name a file that does not declare this module";
    Diagnostic::error("module-cycle", span, message).help(help)
}

/// Parses and lowers files, each in a task of its own. Results come in the order of the jobs.
pub(crate) fn parse_all(jobs: &[Job], threads: usize) -> Vec<Parsed> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((index, job)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, jobs.get(at)?)))
        {
            done.push((index, parse(job)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let workers: Vec<_> = (0..threads.min(jobs.len())).map_while(spawn).collect();
        if workers.is_empty() {
            return work();
        }
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|cause| panic::resume_unwind(cause)))
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, parsed)| parsed).collect()
}
