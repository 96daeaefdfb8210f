//! Rust's name resolution, as far as types, constants and functions of an API need it: items, imports, globs,
//! re-exports, `crate`, `self` and `super`.

use std::collections::{HashMap, HashSet};

use crate::draft::{Draft, DraftAlias, DraftConst, DraftType};

/// The names that one lookup is searching for, and those that it did not find, by module. Imports may lead in circles,
/// and globs lead everywhere: no name is searched for twice.
type Trail = HashSet<(usize, String)>;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A struct or enum: module and index.
    Type(usize, usize),
    /// A variant or associated item of a type.
    Associated(usize, usize, String),
    /// A type alias: module and index.
    Alias(usize, usize),
    /// A constant: module and index.
    Const(usize, usize),
    /// A function, by its absolute path.
    Function(Vec<String>),
    /// A module of the draft.
    Module(usize),
    /// Something outside of the draft, by its absolute path.
    External(Vec<String>),
}

/// All modules with their names.
pub(super) struct Scopes<'d> {
    draft: &'d Draft,
    modules: HashMap<&'d [String], usize>,
    items: Vec<HashMap<&'d str, Target>>,
}

impl<'d> Scopes<'d> {
    pub(super) fn new(draft: &'d Draft) -> Self {
        let modules: HashMap<&[String], usize> = draft
            .modules
            .iter()
            .enumerate()
            .map(|(index, module)| (module.path.as_slice(), index))
            .collect();
        let mut items = Vec::with_capacity(draft.modules.len());
        for (index, module) in draft.modules.iter().enumerate() {
            let mut names: HashMap<&str, Target> = HashMap::new();
            for function in &module.functions {
                let path = module
                    .path
                    .iter()
                    .cloned()
                    .chain(function.split("::").map(str::to_owned))
                    .collect();
                names.insert(function, Target::Function(path));
            }
            names.extend(
                module
                    .consts
                    .iter()
                    .enumerate()
                    .map(|(at, item)| (item.name.as_str(), Target::Const(index, at))),
            );
            names.extend(
                module
                    .aliases
                    .iter()
                    .enumerate()
                    .map(|(at, item)| (item.name.as_str(), Target::Alias(index, at))),
            );
            names.extend(
                module
                    .types
                    .iter()
                    .enumerate()
                    .map(|(at, item)| (item.name.as_str(), Target::Type(index, at))),
            );
            items.push(names);
        }
        for (index, module) in draft.modules.iter().enumerate() {
            if let Some((name, parent)) = module.path.split_last()
                && let Some(&parent) = modules.get(parent)
            {
                items[parent].entry(name).or_insert(Target::Module(index));
            }
        }
        Self { draft, modules, items }
    }

    pub(super) fn ty(&self, module: usize, index: usize) -> &'d DraftType {
        &self.draft.modules[module].types[index]
    }

    pub(super) fn alias(&self, module: usize, index: usize) -> &'d DraftAlias {
        &self.draft.modules[module].aliases[index]
    }

    pub(super) fn constant(&self, module: usize, index: usize) -> &'d DraftConst {
        &self.draft.modules[module].consts[index]
    }

    /// Names of types and aliases that a module can see, for suggestions.
    pub(super) fn type_names(&self, module: usize) -> impl Iterator<Item = &str> {
        let items = self.items[module]
            .iter()
            .filter(|(_, target)| matches!(target, Target::Type(..) | Target::Alias(..)))
            .map(|(name, _)| *name);
        items.chain(
            self.draft.modules[module]
                .uses
                .iter()
                .map(|import| import.name.as_str()),
        )
    }

    /// Names of constants that a module holds or imports, for suggestions.
    pub(super) fn const_names(&self, module: usize) -> impl Iterator<Item = &str> {
        let module = &self.draft.modules[module];
        let names = module.consts.iter().map(|constant| constant.name.as_str());
        names.chain(module.uses.iter().map(|import| import.name.as_str()))
    }

    /// Names of functions that a module holds or imports, for suggestions.
    pub(super) fn function_names(&self, module: usize) -> impl Iterator<Item = &str> {
        let module = &self.draft.modules[module];
        let names = module.functions.iter().map(String::as_str);
        names.chain(module.uses.iter().map(|import| import.name.as_str()))
    }

    /// What a path stands for in a module. `None` when a module of the draft has no such name.
    pub(super) fn lookup(&self, module: usize, path: &[&str], global: bool) -> Option<Target> {
        self.path(module, path, global, &mut Trail::new())
    }

    fn path(&self, module: usize, path: &[&str], global: bool, trail: &mut Trail) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        if global {
            return Some(Target::External(path.iter().map(ToString::to_string).collect()));
        }
        let start = match *first {
            "crate" => return self.crate_path(path, trail),
            "self" => Target::Module(module),
            "super" => Target::Module(self.parent(module)?),
            name => self
                .name(module, name, trail)
                .unwrap_or_else(|| Target::External(vec![name.to_owned()])),
        };
        self.walk(start, rest, trail)
    }

    /// `crate::…`: the longest known module that the path begins with, then names.
    fn crate_path(&self, path: &[&str], trail: &mut Trail) -> Option<Target> {
        for length in (1..=path.len()).rev() {
            let owned: Vec<String> = path[..length].iter().map(ToString::to_string).collect();
            if let Some(&module) = self.modules.get(owned.as_slice()) {
                return self.walk(Target::Module(module), &path[length..], trail);
            }
        }
        Some(Target::External(path.iter().map(ToString::to_string).collect()))
    }

    fn walk(&self, start: Target, rest: &[&str], trail: &mut Trail) -> Option<Target> {
        let mut target = start;
        for segment in rest {
            target = match target {
                Target::Module(module) if *segment == "super" => Target::Module(self.parent(module)?),
                Target::Module(module) => self.name(module, segment, trail)?,
                Target::Type(module, index) => Target::Associated(module, index, (*segment).to_owned()),
                Target::External(mut path) => {
                    path.push((*segment).to_owned());
                    Target::External(path)
                }
                Target::Associated(..) | Target::Alias(..) | Target::Const(..) | Target::Function(_) => return None,
            };
        }
        Some(target)
    }

    fn name(&self, module: usize, name: &str, trail: &mut Trail) -> Option<Target> {
        if let Some(target) = self.items[module].get(name) {
            return Some(target.clone());
        }
        let mut uses = self.draft.modules[module].uses.iter();
        if !uses.any(|import| import.name == name || import.name == "*") {
            return None;
        }
        let step = (module, name.to_owned());
        if !trail.insert(step.clone()) {
            return None;
        }
        let target = self.imported(module, name, trail)?;
        trail.remove(&step);
        Some(target)
    }

    fn imported(&self, module: usize, name: &str, trail: &mut Trail) -> Option<Target> {
        let uses = &self.draft.modules[module].uses;
        for import in uses.iter().filter(|import| import.name == name) {
            let path: Vec<&str> = import.path.iter().map(String::as_str).collect();
            // `use serde;` names the crate itself: without this the name would look itself up.
            if path == [name] {
                return Some(Target::External(vec![name.to_owned()]));
            }
            if let Some(target) = self.path(module, &path, false, trail) {
                return Some(target);
            }
        }
        for import in uses.iter().filter(|import| import.name == "*") {
            let path: Vec<&str> = import.path.iter().map(String::as_str).collect();
            match self.path(module, &path, false, trail) {
                Some(Target::Module(other)) if other != module => {
                    if let Some(target) = self.name(other, name, trail) {
                        return Some(target);
                    }
                }
                Some(Target::External(mut path)) => {
                    path.push(name.to_owned());
                    let borrowed: Vec<&str> = path.iter().map(String::as_str).collect();
                    if crate::known::lookup(&borrowed).is_some() {
                        return Some(Target::External(path));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The module through which the whole crate can name a type: its own, or the nearest one above that exports it.
    pub(super) fn open_home(&self, module: usize, index: usize) -> Option<&'d [String]> {
        let name = self.ty(module, index).name.as_str();
        let mut home = module;
        loop {
            if self.is_open(home) && (home == module || self.exports(home, name, &Target::Type(module, index))) {
                return Some(&self.draft.modules[home].path);
            }
            home = self.parent(home)?;
        }
    }

    /// Whether every module can see this one. What is private to the crate's root is not private at all.
    fn is_open(&self, module: usize) -> bool {
        let Some(parent) = self.parent(module) else { return true };
        let above = &self.draft.modules[parent];
        let is_private = self.draft.modules[module]
            .path
            .last()
            .is_some_and(|name| above.private_modules.contains(name));
        (above.path.len() == 1 || !is_private) && self.is_open(parent)
    }

    fn exports(&self, module: usize, name: &str, target: &Target) -> bool {
        let uses = &self.draft.modules[module].uses;
        let is_named = uses
            .iter()
            .any(|import| import.public && (import.name == name || import.name == "*"));
        is_named && self.name(module, name, &mut Trail::new()).as_ref() == Some(target)
    }

    fn parent(&self, module: usize) -> Option<usize> {
        let (_, parent) = self.draft.modules[module].path.split_last()?;
        self.modules.get(parent).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{DraftModule, DraftUse};
    use crate::span::Span;

    /// Modules of the crate that import everything of one another.
    fn entangled(names: &[&str]) -> Draft {
        let path = |name: &str| ["crate", name].map(str::to_owned).to_vec();
        let import = |name: &&str| DraftUse {
            name: "*".to_owned(),
            path: path(name),
            span: Span::default(),
            public: true,
        };
        let module = |name: &&str| DraftModule {
            path: path(name),
            uses: names.iter().map(import).collect(),
            functions: vec![format!("of_{name}")],
            ..DraftModule::default()
        };
        let root = DraftModule {
            path: vec!["crate".to_owned()],
            ..DraftModule::default()
        };
        let modules = std::iter::once(root).chain(names.iter().map(module)).collect();
        Draft { modules }
    }

    #[test]
    fn globs_may_lead_in_circles() {
        let draft = entangled(&["a", "b", "c", "d", "e"]);
        let scopes = Scopes::new(&draft);
        let found = scopes.lookup(1, &["of_e"], false);
        assert_eq!(
            found,
            Some(Target::Function(["crate", "e", "of_e"].map(str::to_owned).into()))
        );
        let missing = scopes.lookup(1, &["nowhere"], false);
        assert_eq!(missing, Some(Target::External(vec!["nowhere".to_owned()])));
    }
}
