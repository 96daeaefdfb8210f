//! Scripts of requests in the form of `.http` files, which editors know, and answers that can be compared.
//!
//! A script is a list of requests that begin with `### <name>`. Lines that begin with `# @` direct:
//!
//! - `# @capture <variable> <pointer>` keeps a piece of the answer's JSON for later requests, as `{{variable}}`;
//! - `# @fill <variable> <count> <text>` makes a variable of a text many times over;
//! - `# @pick <pointer>…` compares only these pieces of the answer's body.
//!
//! Ready variables are `{{ns}}`, a namespace that is the script's own, `{{alpha}}` and `{{beta}}`, the paths of the two
//! versions, `{{flunders}}`, the path of its flunders in v1alpha1, `{{beta-flunders}}` and `{{fischers}}`.

mod allowed;
mod answer;
mod compare;
mod parse;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use futures_util::future::join_all;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::allowed::{Allowed, AllowedDifferences};
use self::answer::Normalizer;
pub use self::compare::{Comparison, Difference};
use self::parse::Step;
use crate::client::{Answer, Client, Request};

/// A file of requests.
#[derive(Clone, Debug)]
pub struct Script {
    /// Its name: that of the file, without the ending.
    pub name: String,
    steps: Vec<Step>,
}

/// What one server answered to one request, without what differs from run to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The name of the request.
    pub request: String,
    /// The code.
    pub status: u16,
    /// The headers that matter.
    pub headers: BTreeMap<String, Vec<String>>,
    /// JSON, the list of a watch's events, or text.
    pub body: Value,
}

impl Script {
    /// All scripts of a folder, by name.
    pub fn all(folder: &Path) -> Result<Vec<Self>, String> {
        let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "http"));
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let steps = parse::steps(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { name, steps })
    }

    /// How many requests it has.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Sends the requests in order, each after the answer to the one before.
    pub async fn run(&self, client: &Client) -> Result<Vec<Recorded>, String> {
        let mut variables = self.variables();
        let mut normalizer = Normalizer::default();
        let mut all = Vec::new();
        let mut steps = self.steps.as_slice();
        while let Some(step) = steps.first() {
            // Watches change nothing and take their time: those that follow one another are sent together.
            let together = steps.iter().take_while(|step| step.is_watch()).count().max(1);
            let (now, later) = steps.split_at(together);
            steps = later;
            variables.extend(step.fills.iter().cloned());
            let requests: Result<Vec<_>, _> = now.iter().map(|step| step.request(&variables)).collect();
            let requests = requests.map_err(|error| self.wrong(step, error))?;
            let answers = join_all(requests.into_iter().map(|request| client.send(with_defaults(request)))).await;
            for (step, answer) in now.iter().zip(answers) {
                // That there is none is an answer too, and is found to differ.
                let answer = answer.unwrap_or_else(|error| Answer {
                    status: 0,
                    headers: HeaderMap::new(),
                    body: error.into(),
                });
                variables.extend(step.captured(&answer));
                all.push(normalizer.record(step, &answer));
            }
        }
        Ok(all)
    }

    fn wrong(&self, step: &Step, error: impl Display) -> String {
        format!("{}/{}: {error}", self.name, step.name)
    }

    fn variables(&self) -> BTreeMap<String, String> {
        let [alpha, beta] = ["v1alpha1", "v1beta1"].map(|version| format!("/apis/wardle.example.com/{version}"));
        let ns = &self.name;
        let pairs = [
            ("flunders", format!("{alpha}/namespaces/{ns}/flunders")),
            ("beta-flunders", format!("{beta}/namespaces/{ns}/flunders")),
            ("fischers", format!("{alpha}/fischers")),
            ("ns", ns.clone()),
            ("alpha", alpha),
            ("beta", beta),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value)).into()
    }
}

/// Who asks is the manager of what is written.
fn with_defaults(request: Request) -> Request {
    let has_agent = request
        .headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("user-agent"));
    if has_agent {
        request
    } else {
        request.header("User-Agent", "kgen-e2e/1.0")
    }
}
