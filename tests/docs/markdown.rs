//! Pages of the book: their fenced blocks, and where links lead.

use std::ops::Range;

/// A fenced block.
pub(crate) struct Block {
    /// The first word behind the fence.
    pub(crate) language: String,
    /// The further words, `name=value`. GitHub does not show them.
    attributes: Vec<(String, String)>,
    /// What stands in it, without the indentation of the fence.
    pub(crate) text: String,
    /// The line of the fence, from 1.
    pub(crate) line: usize,
    /// The bytes of the page between the fences.
    pub(crate) range: Range<usize>,
}

impl Block {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The fenced blocks of a page.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(Block, usize)> = None;
    let mut at = 0;
    for (index, line) in page.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let inner = line.trim_start();
        open = match (open, inner.strip_prefix("```")) {
            (None, None) => None,
            (None, Some(info)) => Some((opened(info, index + 1, at), line.len() - inner.len())),
            (Some((mut block, _)), Some(_)) => {
                block.range.end = start;
                blocks.push(block);
                None
            }
            (Some((mut block, indent)), None) => {
                block.text.push_str(line.get(indent..).unwrap_or("\n"));
                Some((block, indent))
            }
        };
    }
    assert!(open.is_none(), "a fenced block is not closed");
    blocks
}

fn opened(info: &str, line: usize, at: usize) -> Block {
    let mut words = info.split_whitespace().map(str::to_owned);
    let language = words.next().unwrap_or_default();
    let attributes = words.filter_map(|word| {
        word.split_once('=')
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
    });
    Block {
        language,
        attributes: attributes.collect(),
        text: String::new(),
        line,
        range: at..at,
    }
}

/// The page without its blocks.
fn prose(page: &str) -> String {
    let mut prose = String::new();
    let mut at = 0;
    for block in blocks(page) {
        prose.push_str(&page[at..block.range.start]);
        at = block.range.end;
    }
    prose + &page[at..]
}

/// Where the page's links lead, but for those out of the repository.
pub(crate) fn links(page: &str) -> Vec<String> {
    let prose = prose(page);
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets
        .map(|(target, _)| target.to_owned())
        .filter(|target| !target.contains("://"))
        .collect()
}

/// The anchors of the page's headings, as GitHub makes them.
pub(crate) fn anchors(page: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for heading in prose(page).lines().filter(|line| line.starts_with('#')) {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        let anchor: String = words.chars().filter(is_kept).collect::<String>().replace(' ', "-");
        assert!(!anchors.contains(&anchor), "two headings have the anchor `{anchor}`");
        anchors.push(anchor);
    }
    anchors
}
