//! What it costs to load definitions: from the text to the draft, and to the model.
//!
//! `cargo bench -p kgen-source` prints the figures for the definitions of the shared corpus, which KGEN_CORPUS names.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kgen_model::{Report, Sources, resolve};
use kgen_source::crd::{CrdInput, CrdOptions, is_definition, load};

const ROUNDS: usize = 9;

fn main() {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("KGEN_CORPUS").map_or(usual, PathBuf::from);
    let mut files = Vec::new();
    collect(&corpus.join("crds"), &mut files);
    if files.is_empty() {
        println!("no definitions in `{}`: set KGEN_CORPUS", corpus.display());
        return;
    }
    let mut costs: Vec<(Duration, Duration)> = files.iter().map(|file| best(file)).collect();
    let sum = |part: fn(&(Duration, Duration)) -> Duration| costs.iter().map(part).sum::<Duration>();
    let (drafts, models) = (sum(|cost| cost.0), sum(|cost| cost.1));
    println!(
        "{} definitions: {drafts:.1?} to drafts, {models:.1?} to models",
        files.len()
    );
    costs.sort_by_key(|cost| cost.1);
    let (draft, model) = costs[costs.len() / 2];
    println!("the median one: {draft:.2?} to a draft, {model:.2?} to a model");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if is_definition(&path) {
            files.push(path);
        }
    }
}

/// The time until there is a draft, and until there is a model, in the best of several rounds.
fn best(file: &Path) -> (Duration, Duration) {
    let input = CrdInput {
        paths: vec![file.to_owned()],
        module_root: vec!["crate".to_owned()],
        options: CrdOptions::default(),
    };
    let round = || {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let begin = Instant::now();
        let draft = load(&input, &mut sources, &mut report);
        let drafted = begin.elapsed();
        let model = resolve(&draft, &mut report);
        let resolved = begin.elapsed();
        std::hint::black_box(model);
        (drafted, resolved)
    };
    (0..ROUNDS)
        .map(|_| round())
        .min_by_key(|cost| cost.1)
        .unwrap_or_default()
}
