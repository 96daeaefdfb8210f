//! Sets of paths, and their algebra.

mod fields_v1;

use std::cmp::Ordering;
use std::fmt;

use super::path::{Path, PathElement, text};

pub use self::fields_v1::InvalidFields;

/// A set of paths to fields and list items, as `fieldsV1` holds it.
///
/// That a field is in the set says nothing about what is below it, and the other way round: a manager may own an item of
/// a list and not its fields. The empty path is never a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSet {
    /// Sorted. A node is owned or has children; there are no others.
    nodes: Vec<Node>,
}

/// What a set holds at a path element and below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) element: PathElement,
    /// Whether the path to here is itself a member.
    pub(crate) is_member: bool,
    pub(crate) children: FieldSet,
}

impl Node {
    /// A node, or nothing where it would hold nothing.
    pub(crate) fn some(element: PathElement, is_member: bool, children: FieldSet) -> Option<Self> {
        (is_member || !children.is_empty()).then_some(Self {
            element,
            is_member,
            children,
        })
    }

    fn with(&self, is_member: bool, children: FieldSet) -> Option<Self> {
        (is_member || !children.is_empty()).then(|| Self {
            element: self.element.clone(),
            is_member,
            children,
        })
    }
}

impl FieldSet {
    /// The set of these paths.
    pub fn of(paths: impl IntoIterator<Item = Path>) -> Self {
        let mut set = Self::default();
        for path in paths {
            set.insert(path);
        }
        set
    }

    /// Adds a path. The paths to its parents are not added.
    pub fn insert(&mut self, path: Path) {
        let mut set = self;
        let mut elements = path.into_iter().peekable();
        while let Some(element) = elements.next() {
            let node = set.node(element);
            if elements.peek().is_none() {
                node.is_member = true;
                return;
            }
            set = &mut node.children;
        }
    }

    /// The node at an element, made if it is missing. The caller puts something into it.
    fn node(&mut self, element: PathElement) -> &mut Node {
        let index = match self.position(&element) {
            Ok(index) => index,
            Err(index) => {
                self.nodes.insert(
                    index,
                    Node {
                        element,
                        is_member: false,
                        children: Self::default(),
                    },
                );
                index
            }
        };
        &mut self.nodes[index]
    }

    /// Adds a node to a set that is built from the front. Elements usually arrive in order; the others cost a search.
    pub(crate) fn push(&mut self, node: Node) {
        if self.nodes.last().is_none_or(|last| last.element < node.element) {
            self.nodes.push(node);
            return;
        }
        match self.position(&node.element) {
            Ok(index) => {
                let present = &mut self.nodes[index];
                present.is_member |= node.is_member;
                present.children = present.children.union(&node.children);
            }
            Err(index) => self.nodes.insert(index, node),
        }
    }

    fn position(&self, element: &PathElement) -> Result<usize, usize> {
        self.nodes.binary_search_by(|node| node.element.cmp(element))
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(crate) fn nodes_mut(&mut self) -> &mut [Node] {
        &mut self.nodes
    }

    pub(crate) fn get(&self, element: &PathElement) -> Option<&Node> {
        self.position(element).ok().map(|index| &self.nodes[index])
    }

    /// Whether the set has no member.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// How many members the set has.
    pub fn len(&self) -> usize {
        self.nodes
            .iter()
            .map(|node| usize::from(node.is_member) + node.children.len())
            .sum()
    }

    /// Whether a path is a member.
    pub fn has(&self, path: &[PathElement]) -> bool {
        let Some((last, parents)) = path.split_last() else {
            return false;
        };
        let mut set = self;
        for element in parents {
            let Some(node) = set.get(element) else { return false };
            set = &node.children;
        }
        set.get(last).is_some_and(|node| node.is_member)
    }

    /// The members below an element, without it.
    pub fn below(&self, element: &PathElement) -> &Self {
        static EMPTY: FieldSet = FieldSet { nodes: Vec::new() };
        self.get(element).map_or(&EMPTY, |node| &node.children)
    }

    /// What is in one of the sets or in both.
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        self.joined(other, |pair| match pair {
            Pair::Left(node) | Pair::Right(node) => Some(node.clone()),
            Pair::Both(left, right) => {
                left.with(left.is_member || right.is_member, left.children.union(&right.children))
            }
        })
    }

    /// What is in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        self.joined(other, |pair| match pair {
            Pair::Left(_) | Pair::Right(_) => None,
            Pair::Both(left, right) => left.with(
                left.is_member && right.is_member,
                left.children.intersection(&right.children),
            ),
        })
    }

    /// What is in this set and not in the other. A member of the other takes nothing below it away.
    pub fn difference(&self, other: &Self) -> Self {
        self.joined(other, |pair| match pair {
            Pair::Left(node) => Some(node.clone()),
            Pair::Right(_) => None,
            Pair::Both(left, right) => left.with(
                left.is_member && !right.is_member,
                left.children.difference(&right.children),
            ),
        })
    }

    /// What is in this set and neither in the other nor below a member of the other.
    pub fn recursive_difference(&self, other: &Self) -> Self {
        self.joined(other, |pair| match pair {
            Pair::Left(node) => Some(node.clone()),
            Pair::Right(_) => None,
            Pair::Both(_, right) if right.is_member => None,
            Pair::Both(left, right) => left.with(left.is_member, left.children.recursive_difference(&right.children)),
        })
    }

    /// The members that have no members below them.
    pub fn leaves(&self) -> Self {
        let nodes = self.nodes.iter();
        let nodes =
            nodes.filter_map(|node| node.with(node.is_member && node.children.is_empty(), node.children.leaves()));
        Self { nodes: nodes.collect() }
    }

    /// All members: those of a level before those below them.
    pub fn paths(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        self.collect_paths(&mut Path::new(), &mut paths);
        paths
    }

    fn collect_paths(&self, prefix: &mut Path, paths: &mut Vec<Path>) {
        for node in self.nodes.iter().filter(|node| node.is_member) {
            let mut path = prefix.clone();
            path.push(node.element.clone());
            paths.push(path);
        }
        for node in &self.nodes {
            prefix.push(node.element.clone());
            node.children.collect_paths(prefix, paths);
            prefix.pop();
        }
    }

    /// Walks both sets in order and keeps what `each` makes of their nodes.
    fn joined(&self, other: &Self, mut each: impl FnMut(Pair<'_>) -> Option<Node>) -> Self {
        let (mut left, mut right) = (self.nodes.iter().peekable(), other.nodes.iter().peekable());
        let mut nodes = Vec::new();
        loop {
            let order = match (left.peek(), right.peek()) {
                (None, None) => return Self { nodes },
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(left), Some(right)) => left.element.cmp(&right.element),
            };
            let pair = match order {
                Ordering::Less => left.next().map(Pair::Left),
                Ordering::Greater => right.next().map(Pair::Right),
                Ordering::Equal => left
                    .next()
                    .zip(right.next())
                    .map(|(left, right)| Pair::Both(left, right)),
            };
            nodes.extend(pair.and_then(&mut each));
        }
    }
}

/// The nodes of two sets at an element.
enum Pair<'a> {
    Left(&'a Node),
    Right(&'a Node),
    Both(&'a Node, &'a Node),
}

/// One path a line.
impl fmt::Display for FieldSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.paths().iter().map(|path| text(path)).collect();
        f.write_str(&lines.join("\n"))
    }
}
