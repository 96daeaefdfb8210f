//! Which types of a version belong to which types of the hub, and which of their parts to which. A pair knows both
//! directions.

mod find;
mod how;
mod place;
mod problems;
mod structs;
mod tree;
mod variants;
mod walk;

use std::collections::BTreeSet;

use kgen_model::{Diagnostic, Model, TypeId};

use self::tree::Tree;
pub(crate) use find::hub_of;
pub use how::How;
pub(crate) use place::{At, Steps, last};
pub(crate) use walk::is_optional;

/// The pairs of a model, and what stands in their way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// The pairs of types, those of the kinds among them.
    pub(crate) pairs: Vec<Pair>,
    /// The versions of kinds that are not stored.
    pub(crate) kinds: Vec<KindPair>,
    /// Types that have to be pairs and are none yet.
    pending: Vec<(TypeId, TypeId)>,
    /// Types that were looked at, whether or not they became pairs.
    met: BTreeSet<(TypeId, TypeId)>,
    /// What has to be mended before anything can be generated.
    pub(crate) problems: Vec<Diagnostic>,
}

/// A type of a version and its counterpart in the hub.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) version: TypeId,
    pub(crate) hub: TypeId,
    pub(crate) link: Link,
}

/// How the parts of two types belong together.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    Struct(StructLink),
    /// The one value of each.
    Newtype {
        to_hub: How,
        from_hub: How,
    },
    /// Variants, by the indices of both sides.
    Variants(Vec<VariantLink>),
    /// A person's own function does it all.
    Function(String),
}

/// How the fields of two structs belong together.
#[derive(Clone, Debug, Default)]
pub(crate) struct StructLink {
    /// A person's own function, and the fields of both sides that it converts.
    pub(crate) function: Option<String>,
    pub(crate) of_function: (Vec<usize>, Vec<usize>),
    pub(crate) fields: Vec<FieldLink>,
    /// Fields that stand elsewhere in the other version.
    pub(crate) moved: Vec<FieldLink>,
    /// Fields that the other side lacks.
    pub(crate) version_only: Vec<At>,
    pub(crate) hub_only: Vec<At>,
    /// Fields of the hub whose counterpart is known, but cannot be converted: that is told once.
    pub(crate) refused: Vec<Steps>,
    /// Values that travel in annotations. Only kinds have them.
    pub(crate) kept: Vec<Kept>,
}

/// A field of the version and its counterpart, by their ways from the pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldLink {
    pub(crate) version: Steps,
    pub(crate) hub: Steps,
    pub(crate) by: By,
}

/// What converts a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum By {
    /// Its types.
    Types {
        to_hub: How,
        from_hub: How,
        /// What they do not bring back.
        loose: Loose,
    },
    /// A person's own function.
    Function(String),
}

/// What a way there and back does to a value that is an `Option` on one side only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loose {
    /// Nothing.
    No,
    /// Empty becomes absent, or the other way round.
    Empty,
    /// The version's `None` becomes the hub's default.
    DefaultOfHub,
    /// The hub's `None` becomes the version's default.
    DefaultOfVersion,
}

/// Variants that belong together. One without a counterpart has its own index alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VariantLink {
    pub(crate) version: Option<usize>,
    pub(crate) hub: Option<usize>,
    /// How what they carry is converted, to the hub and from it.
    pub(crate) held: Option<(How, How)>,
}

/// A value that travels in an annotation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept {
    /// Whether the field is one of the hub.
    pub(crate) is_of_hub: bool,
    /// Its way from the kind.
    pub(crate) steps: Steps,
    /// The annotation.
    pub(crate) key: String,
}

/// A version of a kind, with what a round trip does not bring back.
#[derive(Clone, Debug)]
pub(crate) struct KindPair {
    pub(crate) version: TypeId,
    pub(crate) hub: TypeId,
    pub(crate) version_loss: Loss,
    pub(crate) hub_loss: Loss,
}

/// Paths such as `.spec.items[].colour`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Loss {
    /// What the other version lacks.
    pub(crate) lost: Vec<String>,
    /// What a person's own function converts.
    pub(crate) by_hand: Vec<String>,
    /// Where empty becomes absent.
    pub(crate) loose: Vec<String>,
    /// Where absent becomes the default of the other version.
    pub(crate) defaulted: Vec<String>,
}

impl Pairs {
    /// Asks for a pair, unless the types have met in either direction.
    fn want(&mut self, version: TypeId, hub: TypeId) {
        // Two types may meet in two kinds of which one is stored in either version.
        if !self.met.contains(&(hub, version)) && self.met.insert((version, hub)) {
            self.pending.push((version, hub));
        }
    }

    /// Those of a model.
    pub(crate) fn of(model: &Model) -> Self {
        let mut pairs = find::kinds(model);
        let tree = loop {
            find::link_pending(model, &mut pairs);
            let tree = Tree::of(model, &pairs);
            // What is moved may be of types that were no pairs before.
            walk::moves(model, &tree, &mut pairs);
            if pairs.pending.is_empty() {
                break tree;
            }
        };
        structs::leftovers(model, &mut pairs);
        walk::losses(model, &tree, &mut pairs);
        pairs
    }
}
