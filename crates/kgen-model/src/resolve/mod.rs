//! The draft into the model: every name looked up, every default decided, every marker lowered to a fact. Whatever is
//! wrong goes to the report; what is left is as complete as it can be, so that one run finds all errors.

mod agreement;
mod constants;
mod enums;
mod fields;
mod kinds;
mod kube;
mod lower;
mod members;
mod paths;
mod presence;
mod scope;
mod serde_attributes;
mod strategies;
mod type_refs;
mod types;
mod versions;
mod webhook;

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::Draft;
use crate::expr::Expr;
use crate::markers::{Place, Use};
use crate::model::{ApiVersion, Model, TypeDef, TypeId, VersionId};
use crate::report::Report;
use scope::Scopes;

/// Resolves a draft. The model is only meant for generators when the report has no errors.
#[must_use]
pub fn resolve(draft: &Draft, report: &mut Report) -> Model {
    let mut resolver = Resolver {
        draft,
        scopes: Scopes::new(draft),
        report,
        versions: Vec::new(),
        version_of: vec![None; draft.modules.len()],
        ids: BTreeMap::new(),
        known: BTreeMap::new(),
        types: Vec::new(),
        names: Vec::new(),
        queue: Vec::new(),
        aliases: Vec::new(),
        roots: Vec::new(),
        allow_float: Vec::new(),
        storage_versions: Vec::new(),
        kube: kube::Kube::default(),
    };
    resolver.kube_specs();
    resolver.versions();
    resolver.kube_definitions();
    resolver.kube_types();
    resolver.all_types();
    let mut kinds = resolver.kinds();
    kinds.extend(resolver.kube_kinds());
    let schemars = resolver.take_definitions();
    let foreign = resolver.foreign();
    let resolved = |ty: Option<TypeDef>| ty.expect("the queue is worked off, and every interned definition exists");
    let types = resolver.types.into_iter().map(resolved).collect();
    let mut model = Model {
        versions: resolver.versions,
        types,
        schemars,
        ..Model::default()
    };
    agreement::finish(&mut model, kinds, &resolver.storage_versions, resolver.report);
    model
        .resources
        .iter()
        .for_each(|resource| paths::check(resource, resolver.report));
    presence::finish(&mut model, resolver.report);
    types::unique_schema_names(&model, resolver.report);
    members::check(&model, resolver.report);
    crate::rules::check(&model, &foreign, resolver.report);
    model
}

struct Resolver<'d> {
    draft: &'d Draft,
    scopes: Scopes<'d>,
    report: &'d mut Report,
    versions: Vec<ApiVersion>,
    /// The version that each module belongs to.
    version_of: Vec<Option<VersionId>>,
    /// Types of the draft: module, index and arguments.
    ids: BTreeMap<(usize, usize, String), TypeId>,
    /// Types of Kubernetes, by their definition's name.
    known: BTreeMap<&'static str, TypeId>,
    /// `None` while a type waits in the queue.
    types: Vec<Option<TypeDef>>,
    /// The names of types with those of their arguments: `Page<Line>` is called `PageLine`.
    names: Vec<String>,
    queue: Vec<types::Pending>,
    /// Aliases that are being looked through, to find cycles.
    aliases: Vec<(usize, usize)>,
    /// The types that the person declared as part of the API, with module and index.
    roots: Vec<(usize, usize, TypeId)>,
    /// Versions that permit floats.
    allow_float: Vec<VersionId>,
    /// Versions that say `storage` for all of their kinds.
    storage_versions: Vec<VersionId>,
    /// What `#[kube(..)]` says.
    kube: kube::Kube,
}

impl Resolver<'_> {
    /// The types that belong to kinds of kube-derive.
    fn foreign(&self) -> BTreeSet<TypeId> {
        let is_foreign =
            |(module, index, _): &(usize, usize, String)| self.is_lenient(*module, self.scopes.ty(*module, *index));
        let ids = self.ids.iter().filter(|(place, _)| is_foreign(place));
        ids.map(|(_, id)| *id).collect()
    }

    /// Checks markers against the table, with the names of a module in sight.
    fn check<'a>(&mut self, module: usize, exprs: &'a [Expr], places: &[Place]) -> Vec<Use<'a>> {
        let constants = constants::InModule {
            scopes: &self.scopes,
            module,
        };
        crate::markers::check(exprs, places, &constants, self.report)
    }
}
