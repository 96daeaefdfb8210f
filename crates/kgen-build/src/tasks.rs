//! Runs generators in parallel. A task is one part of one generator: tokens do not move between threads, so each task
//! builds and formats its files on its own.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Component, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use kgen_emit::{File, Generator, Layout, Part, parallel, slashed};
use kgen_model::{Diagnostic, Model, Report};

use crate::pipeline::Step;

const MEND: &str = "this is a fault of kgen, not of the input; please report it";

type Task<'a> = (&'a dyn Generator, Part);

/// The files of all parts of all generators, by path. What is no fit output goes into the report.
pub(crate) fn generate(
    generators: &[&dyn Generator],
    model: &Model,
    layout: &Layout,
    progress: &(dyn Fn(Step) + Sync),
    report: &mut Report,
) -> Vec<File> {
    let tasks: Vec<Task> = generators
        .iter()
        .flat_map(|generator| generator.parts(model).into_iter().map(|part| (*generator, part)))
        .collect();
    let done = AtomicUsize::new(0);
    let results = parallel::map(&tasks, |(generator, part)| {
        let files = catch_unwind(AssertUnwindSafe(|| generator.generate(model, layout, *part)));
        progress(Step::Generate(done.fetch_add(1, Ordering::Relaxed) + 1, tasks.len()));
        files.map_err(|panic| words(&*panic))
    });
    let mut files = BTreeMap::<PathBuf, (&str, File)>::new();
    for ((generator, _), result) in tasks.iter().zip(results) {
        let name = generator.name();
        match result {
            Ok(made) => made.into_iter().for_each(|file| accept(name, file, &mut files, report)),
            Err(why) => {
                let message = format!("the generator `{name}` broke down: {why}");
                report.push(Diagnostic::error_without_span("generator-fault", message).help(MEND));
            }
        }
    }
    files.into_values().map(|(_, file)| file).collect()
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a word")
        .to_owned()
}

fn accept<'a>(name: &'a str, file: File, files: &mut BTreeMap<PathBuf, (&'a str, File)>, report: &mut Report) {
    let path = slashed(&file.path);
    let is_inner = file.path.components().all(|part| matches!(part, Component::Normal(_)));
    let fault = if !is_inner || path.is_empty() {
        format!("the generator `{name}` wants the file `{path}` outside of the output")
    } else if let Some(why) = &file.problem {
        format!("the generator `{name}` made no valid text for `{path}`: {why}")
    } else if let Some((other, _)) = files.get(&file.path) {
        format!("the generators `{other}` and `{name}` both make `{path}`")
    } else {
        files.insert(file.path.clone(), (name, file));
        return;
    };
    report.push(Diagnostic::error_without_span("generator-fault", fault).help(MEND));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a file a part; what is wrong with it depends on the name.
    struct Fake(&'static str);

    impl Generator for Fake {
        fn name(&self) -> &'static str {
            self.0
        }

        fn about(&self) -> &'static str {
            "Makes what the tests want."
        }

        fn parts(&self, _: &Model) -> Vec<Part> {
            (0..20).map(Part).collect()
        }

        fn generate(&self, _: &Model, _: &Layout, part: Part) -> Vec<File> {
            let Part(number) = part;
            match self.0 {
                "panics" if number == 3 => panic!("part {number}"),
                "panics" => vec![],
                "outside" if number == 3 => vec![File::text("x", "src", "../a", "//", "")],
                "broken" if number == 3 => vec![File::json("x", "src", "a", &[1])],
                "outside" | "broken" => vec![],
                name => vec![File::text(name, "src", format!("gen/{number:02}.rs"), "//", "")],
            }
        }
    }

    fn messages(names: &[&'static str]) -> (usize, Vec<String>) {
        let fakes: Vec<Fake> = names.iter().map(|name| Fake(name)).collect();
        let fakes: Vec<&dyn Generator> = fakes.iter().map(|fake| fake as &dyn Generator).collect();
        let mut report = Report::default();
        let files = generate(&fakes, &Model::default(), &Layout::default(), &|_| {}, &mut report);
        (
            files.len(),
            report
                .diagnostics()
                .iter()
                .map(|diagnostic| diagnostic.message.clone())
                .collect(),
        )
    }

    #[test]
    fn all_parts_run_and_files_are_in_order() {
        assert_eq!(messages(&["serde"]), (20, vec![]));
        assert_eq!(messages(&[]), (0, vec![]));
    }

    #[test]
    fn two_generators_do_not_make_one_file() {
        let (files, messages) = messages(&["a", "b"]);
        assert_eq!((files, messages.len()), (20, 20));
        assert_eq!(messages[0], "the generators `a` and `b` both make `gen/00.rs`");
    }

    #[test]
    fn faults_of_generators_are_reported() {
        assert_eq!(messages(&["panics"]).1, ["the generator `panics` broke down: part 3"]);
        assert_eq!(
            messages(&["outside"]).1,
            ["the generator `outside` wants the file `../a` outside of the output"]
        );
        let why = "the document is no object";
        assert_eq!(
            messages(&["broken"]).1,
            [format!("the generator `broken` made no valid text for `a`: {why}")]
        );
    }
}
