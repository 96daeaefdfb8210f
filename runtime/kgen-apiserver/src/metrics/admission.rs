//! What is counted of admission: how long all plugins took for a write, and each of them.

use std::time::Instant;

use super::exposition::Exposition;
use super::histogram::Histogram;
use crate::admission::Operation;

/// Seconds of admission: the buckets of upstream's `admission/metrics`.
const ADMISSION: &[f64] = &[0.005, 0.025, 0.1, 0.5, 1.0, 2.5];

const OPERATIONS: [Operation; 3] = [Operation::Create, Operation::Update, Operation::Delete];

/// Whether plugins may change the object or only refuse it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// They may change it.
    Admit,
    /// They may refuse it.
    Validate,
}

/// How long something took, by step, operation and outcome.
#[derive(Debug)]
struct Durations([[[Histogram; 2]; OPERATIONS.len()]; 2]);

impl Durations {
    fn new() -> Self {
        let histogram = |_| Histogram::new(ADMISSION);
        Self(std::array::from_fn(|_| {
            std::array::from_fn(|_| std::array::from_fn(histogram))
        }))
    }

    fn observe(&self, step: Step, operation: Operation, since: Instant, rejected: bool) {
        let seen = &self.0[step as usize][operation as usize][usize::from(rejected)];
        seen.observe(since.elapsed().as_secs_f64());
    }

    fn write(&self, to: &mut Exposition, name: &str, plugin: Option<&str>) {
        for (step, of_step) in ["admit", "validate"].iter().zip(&self.0) {
            for (operation, of_operation) in OPERATIONS.iter().zip(of_step) {
                for (rejected, durations) in ["false", "true"].iter().zip(of_operation) {
                    let mut labels: Vec<(&str, &str)> = plugin.map(|plugin| ("name", plugin)).into_iter().collect();
                    labels.extend([
                        ("type", *step),
                        ("operation", word(*operation)),
                        ("rejected", *rejected),
                    ]);
                    if durations.count() > 0 {
                        durations.write(to, name, &labels);
                    }
                }
            }
        }
    }
}

const fn word(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "CREATE",
        Operation::Update => "UPDATE",
        Operation::Delete => "DELETE",
    }
}

/// What is counted of admission.
#[derive(Debug)]
pub(crate) struct AdmissionMetrics {
    steps: Durations,
    /// In the order in which plugins are asked.
    plugins: Vec<(&'static str, Durations)>,
}

impl AdmissionMetrics {
    /// Of plugins with these names, in the order in which they are asked.
    pub(crate) fn new(plugins: impl IntoIterator<Item = &'static str>) -> Self {
        let plugins = plugins.into_iter().map(|plugin| (plugin, Durations::new()));
        Self {
            steps: Durations::new(),
            plugins: plugins.collect(),
        }
    }

    /// All plugins were asked, or one has refused.
    pub(crate) fn stepped(&self, step: Step, operation: Operation, since: Instant, rejected: bool) {
        self.steps.observe(step, operation, since, rejected);
    }

    /// The plugin at a place in the order was asked.
    pub(crate) fn asked(&self, place: usize, step: Step, operation: Operation, since: Instant, rejected: bool) {
        if let Some((_, durations)) = self.plugins.get(place) {
            durations.observe(step, operation, since, rejected);
        }
    }

    pub(super) fn write(&self, to: &mut Exposition) {
        let name = "apiserver_admission_step_admission_duration_seconds";
        to.family(
            name,
            "histogram",
            "Admission sub-step latency histogram in seconds, broken out for each operation and step type.",
        );
        self.steps.write(to, name, None);
        let name = "apiserver_admission_controller_admission_duration_seconds";
        to.family(
            name,
            "histogram",
            "Admission controller latency histogram in seconds, identified by name, for each operation and step type.",
        );
        for (plugin, durations) in &self.plugins {
            durations.write(to, name, Some(plugin));
        }
    }
}
