//! The versions that only `#[kube(..)]` states.

use std::collections::BTreeMap;

use super::super::Resolver;
use super::super::versions::plain;
use super::Spec;
use super::arguments::Arguments;
use crate::model::{ApiVersion, VersionId};

impl Resolver<'_> {
    /// The groups and versions that only `#[kube(..)]` states, with the modules that they are at home in.
    pub(in crate::resolve) fn kube_versions(&self, stated: &[(String, String)]) -> Vec<(usize, ApiVersion)> {
        let mut modules: BTreeMap<(&str, &str), Vec<&Spec>> = BTreeMap::new();
        for spec in &self.kube.specs {
            let key = (spec.arguments.group.as_str(), spec.arguments.version.as_str());
            modules.entry(key).or_default().push(spec);
        }
        let is_new = |group: &str, version: &str| !stated.iter().any(|(g, v)| g == group && v == version);
        let new = modules
            .into_iter()
            .filter(|((group, version), _)| is_new(group, version));
        new.map(|((group, version), specs)| {
            let home = self.common_module(&specs);
            let span = specs[0].arguments.span;
            (home, plain(group, version, &self.draft.modules[home], span))
        })
        .collect()
    }

    /// The innermost module that holds all of the types.
    fn common_module(&self, specs: &[&Spec]) -> usize {
        let path = |spec: &&Spec| self.draft.modules[spec.module].path.as_slice();
        let mut common = path(&specs[0]);
        for other in specs.iter().map(path) {
            let same = common.iter().zip(other).take_while(|(a, b)| a == b).count();
            common = &common[..same];
        }
        let modules = &self.draft.modules;
        let home = (0..modules.len()).filter(|at| common.starts_with(&modules[*at].path));
        home.max_by_key(|at| modules[*at].path.len()).unwrap_or(specs[0].module)
    }

    /// Modules whose kinds are all of one version belong to it, with the types in them.
    pub(in crate::resolve) fn kube_modules(&mut self) {
        let mut of_module: BTreeMap<usize, Option<VersionId>> = BTreeMap::new();
        for spec in &self.kube.specs {
            let version = self.kube_version(spec);
            let known = of_module.entry(spec.module).or_insert(version);
            if *known != version {
                *known = None;
            }
        }
        for (module, version) in of_module {
            let has_own = !self.draft.modules[module].versions.is_empty();
            if !has_own {
                self.version_of[module] = version;
            }
        }
    }

    pub(super) fn kube_version(&self, spec: &Spec) -> Option<VersionId> {
        let Arguments { group, version, .. } = &spec.arguments;
        let at = self
            .versions
            .iter()
            .position(|have| have.group == *group && have.version == *version)?;
        Some(VersionId(u32::try_from(at).ok()?))
    }
}
