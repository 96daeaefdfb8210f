//! The tutorial as a reader follows it: files are written, changes are made, commands are run, and what they print is
//! compared.
//!
//! | block | what is done |
//! |---|---|
//! | `sh`, `sh exit=1` | run; ends with 0, or with what is said |
//! | the block behind it, without `file` | compared with what was printed; a line `…` stands for any lines |
//! | any language with `file=path` | written |
//! | `diff file=path` | applied |
//! | `console` | not run: it needs a cluster, or installs something |

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kgen_tests::{bless, root, write};

use crate::markdown::{Block, blocks};
use crate::workspace::Workspace;

const PAGE: &str = "docs/tutorial.md";

/// What the page depends on, and what is enough here: encryption would only cost time.
const KUBE: (&str, &str) = (
    "kube = \"5\"",
    "kube = { version = \"5\", default-features = false, features = [\"client\"] }",
);

#[test]
fn the_tutorial_works() {
    let workspace = Workspace::new("tutorial");
    let path = root().join(PAGE);
    let page = fs::read_to_string(&path).expect("the tutorial is there");
    let blocks = blocks(&page);
    let mut reader = Reader {
        at: workspace.folder.clone(),
        workspace,
    };
    let mut blessed = page.clone();
    let mut wanted = Vec::new();
    let mut rest = blocks.iter().peekable();
    while let Some(block) = rest.next() {
        let printed = reader.follow(block);
        let Some(printed) = printed else { continue };
        if let Some(output) = rest.next_if(|next| is_output(next)) {
            wanted.push((output, printed));
        }
    }
    let differences: Vec<String> = wanted
        .iter()
        .filter_map(|(output, printed)| difference(output, printed))
        .collect();
    if bless() {
        let whole = wanted.iter().rev().filter(|(output, _)| !output.text.contains('…'));
        whole.for_each(|(output, printed)| blessed.replace_range(output.range.clone(), printed));
        write(&path, blessed);
        return;
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn is_output(block: &Block) -> bool {
    !matches!(block.language.as_str(), "sh" | "diff" | "console") && block.attribute("file").is_none()
}

/// Somebody who does what the page says.
struct Reader {
    /// The folder that the reader is in.
    at: PathBuf,
    workspace: Workspace,
}

impl Reader {
    /// Does what a block says. Returns what commands print.
    fn follow(&mut self, block: &Block) -> Option<String> {
        match (block.language.as_str(), block.attribute("file")) {
            ("diff", Some(file)) => {
                let path = self.at.join(file);
                let text = fs::read_to_string(&path).expect("a file that is changed is there");
                write(&path, changed(&text, block));
                None
            }
            (_, Some(file)) => {
                write(&self.at.join(file), block.text.replace(KUBE.0, KUBE.1));
                None
            }
            ("sh", None) => Some(self.run(block)),
            ("console", None) => None,
            _ => panic!(
                "{PAGE}:{}: this block is neither run nor written nor printed",
                block.line
            ),
        }
    }

    fn run(&mut self, block: &Block) -> String {
        let leave = self.workspace.folder.join(".at");
        let script = format!("exec 2>&1\ntrap 'pwd > \"{}\"' EXIT\n{}", leave.display(), block.text);
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", &script]).current_dir(&self.at);
        let output = self.workspace.surround(&mut shell).output().expect("there is a shell");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let wanted = block
            .attribute("exit")
            .map_or(0, |code| code.parse().expect("codes are numbers"));
        assert_eq!(
            output.status.code(),
            Some(wanted),
            "{PAGE}:{}\n{}{printed}",
            block.line,
            block.text
        );
        let at = fs::read_to_string(&leave).expect("the shell says where it is");
        self.at = Path::new(at.trim_end()).to_owned();
        without_time(&printed)
    }
}

/// How long a run takes differs: `in 0.04 s` becomes `in 0.02 s`.
fn without_time(printed: &str) -> String {
    let line = |line: &str| match line.rsplit_once(" in ") {
        Some((before, time)) if line.starts_with("kgen: ") && time.trim_end().ends_with(" s") => {
            format!("{before} in 0.02 s\n")
        }
        _ => line.to_owned(),
    };
    printed.split_inclusive('\n').map(line).collect()
}

/// The text with the change: lines with `-` are there and go, lines with `+` come, all others are there and stay.
fn changed(text: &str, block: &Block) -> String {
    let side = |left_out: char| -> String {
        let kept = block
            .text
            .split_inclusive('\n')
            .filter(|line| !line.starts_with(left_out));
        kept.map(|line| line.get(1..).unwrap_or("\n")).collect()
    };
    let (before, after) = (side('+'), side('-'));
    let places = text.matches(before.as_str()).count();
    assert_eq!(
        places, 1,
        "{PAGE}:{}: what is changed stands in the file {places} times:\n{before}",
        block.line
    );
    text.replacen(&before, &after, 1)
}

/// What is wrong with the output that the page shows.
fn difference(output: &Block, printed: &str) -> Option<String> {
    let parts: Vec<&str> = output.text.split("…\n").collect();
    let mut rest = printed;
    for (index, part) in parts.iter().enumerate() {
        let part = part.trim_matches('\n');
        let found = if index == 0 {
            rest.starts_with(part).then_some(0)
        } else {
            rest.find(part)
        };
        match found {
            Some(at) => rest = &rest[at + part.len()..],
            None => {
                return Some(format!(
                    "{PAGE}:{}: wanted\n{part}\nbut printed was\n{printed}",
                    output.line
                ));
            }
        }
    }
    let is_whole = rest.trim().is_empty() || parts.last().is_some_and(|part| part.is_empty());
    (!is_whole).then(|| format!("{PAGE}:{}: more was printed:\n{rest}", output.line))
}
