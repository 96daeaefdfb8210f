//! What a run costs, against what it cannot do without: reading and parsing the input, and formatting the output.
//!
//! `cargo bench -p kgen-build` measures each part with criterion and then prints the ratios, all of one process.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::Criterion;
use kgen_build::{Outcome, Request, generators, run};
use kgen_model::Report;

const MODULES: usize = 20;
const TYPES: usize = 50;
const ROUNDS: usize = 15;

fn main() {
    let large = Api::new("large", &large_sources());
    let wardle = Api::at(&examples().join("wardle"));
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    let mut group = criterion.benchmark_group("1000 types");
    group.bench_function("read and parse the input", |bencher| bencher.iter(|| large.parse()));
    group.bench_function("format the output", |bencher| bencher.iter(|| large.format()));
    group.bench_function("all generators", |bencher| bencher.iter(|| large.generate()));
    group.bench_function("all generators, nothing changed", |bencher| {
        bencher.iter(|| large.unchanged())
    });
    group.finish();
    criterion.bench_function("wardle, all generators", |bencher| bencher.iter(|| wardle.generate()));
    criterion.final_summary();
    ratios(&large, &wardle);
}

/// An API whose files lie on the disk, with what kgen makes of them.
struct Api {
    root: PathBuf,
    inputs: Vec<PathBuf>,
    outputs: Vec<String>,
}

impl Api {
    fn new(name: &str, sources: &[(String, String)]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&root);
        for (path, text) in sources {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("every source lies in a folder"))
                .expect("the folder can be made");
            std::fs::write(path, text).expect("the target folder can be written");
        }
        let api = Self::at(&root);
        let outcome = api.outcome();
        outcome.plan.apply(&mut Report::default());
        api
    }

    fn at(root: &Path) -> Self {
        let mut api = Self {
            root: root.to_owned(),
            inputs: rust_files(&root.join("src")),
            outputs: Vec::new(),
        };
        api.outputs = api
            .outcome()
            .files
            .into_iter()
            .filter(|file| is_rust(&file.path))
            .map(|file| file.text)
            .collect();
        api
    }

    fn outcome(&self) -> Outcome {
        let outcome = run(&Request::new(&self.root), &generators(), &|_| {});
        assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
        outcome
    }

    /// The first floor.
    fn parse(&self) -> usize {
        let parse = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).expect("the input can be read");
            syn::parse_file(&text).expect("the input is Rust").items.len()
        };
        self.inputs.iter().map(parse).sum()
    }

    /// The second floor.
    fn format(&self) -> usize {
        let format = |text: &String| prettyplease::unparse(&syn::parse_file(text).expect("the output is Rust")).len();
        self.outputs.iter().map(format).sum()
    }

    fn generate(&self) -> usize {
        self.outcome().files.len()
    }

    fn unchanged(&self) -> usize {
        self.outcome().plan.changes.len()
    }
}

/// Measures in turn, so that a machine whose speed drifts slows all parts alike, and prints medians and ratios.
fn ratios(large: &Api, wardle: &Api) {
    let parts: [(&str, &dyn Fn() -> usize); 5] = [
        ("read and parse the input", &|| large.parse()),
        ("format the output", &|| large.format()),
        ("all generators", &|| large.generate()),
        ("nothing changed", &|| large.unchanged()),
        ("wardle", &|| wardle.generate()),
    ];
    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..ROUNDS {
        for ((_, work), times) in parts.iter().zip(&mut times) {
            let begin = Instant::now();
            std::hint::black_box(work());
            times.push(begin.elapsed());
        }
    }
    let [parse, format, all, unchanged, wardle] = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1e3
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let floor = (parse + format) / f64::from(u32::try_from(cores).unwrap_or(1));
    let lines: usize = large.outputs.iter().map(|text| text.lines().count()).sum();
    println!(
        "{} types, {lines} lines of Rust generated, {cores} cores",
        MODULES * TYPES
    );
    println!("floors: {parse:.1} ms to read and parse + {format:.1} ms to format = {floor:.1} ms on all cores");
    println!("all generators: {all:.1} ms, {:.2} times the floors", all / floor);
    println!("nothing changed: {unchanged:.1} ms; wardle: {wardle:.1} ms");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() && !path.ends_with("generated") {
            files.extend(rust_files(&path));
        } else if is_rust(&path) {
            files.push(path);
        }
    }
    files
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// An API of many types, each with ten fields of different shapes.
fn large_sources() -> Vec<(String, String)> {
    let manifest = "[package]\nname = \"large\"\nversion = \"0.1.0\"\nedition = \"2024\"\n".to_owned();
    let mut root = String::from("pub mod generated;\n");
    let mut sources = vec![("Cargo.toml".to_owned(), manifest)];
    for module in 0..MODULES {
        let _ = writeln!(root, "pub mod m{module};");
        sources.push((format!("src/m{module}.rs"), module_source(module)));
    }
    sources.push(("src/lib.rs".to_owned(), root));
    sources
}

fn module_source(module: usize) -> String {
    let mut text = format!(
        "//! Part {module} of a large API.\nuse std::collections::BTreeMap;\nuse kgen::k8s::ObjectMeta;\n\
         kgen::version! {{ group = \"g{module}.example.com\", version = \"v1\" }}\n\
         /// The kind of this part.\n#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]\n\
         #[kgen(kind, namespaced)]\npub struct Part {{ pub metadata: ObjectMeta, pub spec: T0 }}\n"
    );
    for index in 0..TYPES {
        let next = (index + 1).min(TYPES - 1);
        let child = if next == index {
            "i64".to_owned()
        } else {
            format!("T{next}")
        };
        let _ = writeln!(
            text,
            "/// Something with ten fields.\n#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]\npub struct T{index} {{\n\
             /// What people call it.\n#[kgen(min_length = 1, max_length = 63)]\npub name: String,\n\
             /// How many there are.\n#[kgen(default = 1, minimum = 0)]\npub replicas: i32,\n\
             /// How large it is.\npub size: Option<i64>,\n\
             /// Whether it is on.\n#[kgen(optional)]\npub enabled: bool,\n\
             /// Where it listens.\n#[kgen(optional, list = set, max_items = 16)]\npub hosts: Vec<String>,\n\
             /// What else is known.\n#[kgen(optional, each(max_length = 63))]\npub labels: BTreeMap<String, String>,\n\
             /// What lies below.\npub child: Option<Box<{child}>>,\n\
             /// Who looks after it.\n#[kgen(format = \"k8s-short-name\")]\npub owner: Option<String>,\n\
             /// A note.\n#[kgen(optional)]\npub note: String,\n\
             /// The weight.\n#[kgen(maximum = 100)]\npub weight: Option<i32>,\n}}"
        );
    }
    text
}
