//! Imports: one for each leaf of the tree.

use kgen_model::draft::{DraftModule, DraftUse};
use syn::{Ident, ItemExternCrate, ItemUse, UseTree, Visibility};

use super::place::Place;
use super::values::name;

/// The leaves of a `use`.
pub(crate) fn uses(item: &ItemUse, place: Place) -> Vec<DraftUse> {
    let mut leaves = Leaves {
        place,
        public: is_public(&item.vis),
        found: Vec::new(),
    };
    leaves.tree(&item.tree, &mut Vec::new());
    leaves.found
}

/// `extern crate a as b;` is an import too.
pub(crate) fn extern_crate(item: &ItemExternCrate, place: Place) -> DraftUse {
    let ident = item.rename.as_ref().map_or(&item.ident, |(_, ident)| ident);
    let (public, span) = (is_public(&item.vis), place.span(ident.span()));
    DraftUse {
        name: name(ident),
        path: vec![name(&item.ident)],
        span,
        public,
    }
}

/// Whether something is visible outside of its module.
pub(crate) fn is_public(visibility: &Visibility) -> bool {
    match visibility {
        Visibility::Public(_) => true,
        Visibility::Restricted(restricted) => !restricted.path.is_ident("self"),
        Visibility::Inherited => false,
    }
}

/// Whether a macro of this name is that of kgen: as its path says, or as an import says that gives it the name.
pub(crate) fn is_version_macro(path: &syn::Path, module: &DraftModule) -> bool {
    let path: Vec<String> = path.segments.iter().map(|segment| name(&segment.ident)).collect();
    let wanted = ["kgen", "version"];
    match path.as_slice() {
        [alone] => match module.uses.iter().find(|import| import.name == *alone) {
            Some(import) => import.path == wanted,
            None => alone == "version",
        },
        path => path == wanted,
    }
}

struct Leaves<'a> {
    place: Place<'a>,
    public: bool,
    found: Vec<DraftUse>,
}

impl Leaves<'_> {
    fn tree(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(branch) => {
                path.push(name(&branch.ident));
                self.tree(&branch.tree, path);
                path.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, path)),
            UseTree::Name(leaf) => self.leaf(&leaf.ident, None, path),
            UseTree::Rename(leaf) => self.leaf(&leaf.ident, Some(&leaf.rename), path),
            UseTree::Glob(leaf) => {
                let span = self.place.span(leaf.star_token.span);
                self.found.push(DraftUse {
                    name: "*".to_owned(),
                    path: path.clone(),
                    span,
                    public: self.public,
                });
            }
        }
    }

    fn leaf(&mut self, ident: &Ident, rename: Option<&Ident>, path: &[String]) {
        let mut path = path.to_vec();
        // `a::{self}` names `a` itself.
        if path.is_empty() || ident != "self" {
            path.push(name(ident));
        }
        let span = match rename {
            Some(rename) => self.place.between(ident.span(), rename.span()),
            None => self.place.span(ident.span()),
        };
        let name = match rename {
            Some(rename) => name(rename),
            None => path.last().cloned().unwrap_or_default(),
        };
        self.found.push(DraftUse {
            name,
            path,
            span,
            public: self.public,
        });
    }
}
