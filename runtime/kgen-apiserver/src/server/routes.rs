//! Which resource a path leads to, and whether it takes the method.

use std::collections::HashMap;
use std::sync::Arc;

use http::Method;
use kgen::scheme::{KindVersion, Verb};

use super::address::Form;
use crate::failure::Failure;
use crate::resource::{Resource, Resources};

/// All resources by group, version and name.
#[derive(Default)]
pub(super) struct Routes {
    groups: HashMap<String, HashMap<String, HashMap<String, Endpoint>>>,
    names: Vec<[String; 3]>,
}

/// A resource in one version.
pub(super) struct Endpoint {
    resource: Arc<Resource>,
    version: usize,
    /// Its number in metrics.
    pub(super) number: u32,
}

impl Routes {
    pub(super) fn of(resources: &Resources) -> Self {
        let mut routes = Self::default();
        for resource in resources.iter() {
            for (version, served) in resource.versions.iter().enumerate() {
                let names = [resource.group(), &served.kind.gvk.version, resource.plural()].map(str::to_owned);
                let endpoint = Endpoint {
                    resource: resource.clone(),
                    version,
                    number: u32::try_from(routes.names.len()).unwrap_or(u32::MAX),
                };
                let [group, version, plural] = names.clone();
                let versions = routes.groups.entry(group).or_default();
                versions.entry(version).or_default().insert(plural, endpoint);
                routes.names.push(names);
            }
        }
        routes
    }

    /// Group, version and resource of all endpoints, by number.
    pub(super) fn names(&self) -> Vec<[String; 3]> {
        self.names.clone()
    }

    /// The resource of a name.
    pub(super) fn find(&self, group: &str, version: &str, resource: &str) -> Option<&Endpoint> {
        self.groups.get(group)?.get(version)?.get(resource)
    }
}

impl Endpoint {
    fn kind(&self) -> &KindVersion {
        &self.resource.versions[self.version].kind
    }

    /// Whether there is something at the path, and it takes the method.
    ///
    /// # Errors
    /// If not.
    pub(super) fn admits(&self, form: Form, subresource: &str, method: &Method) -> Result<(), Failure> {
        let ways = self.ways(form, subresource).ok_or_else(Failure::no_resource)?;
        let verbs = &self.kind().verbs;
        let is_open = |way: &&Way| form.depth == 3 || way.verbs.iter().any(|verb| verbs.contains(verb));
        let mut open = ways.iter().filter(is_open).peekable();
        if open.peek().is_none() {
            return Err(Failure::no_resource());
        }
        match open.any(|way| way.method == *method) {
            true => Ok(()),
            false => Err(Failure::no_method()),
        }
    }

    fn ways(&self, form: Form, subresource: &str) -> Option<&'static [Way]> {
        const READ: &[Way] = &[way(Method::GET, &[Verb::List, Verb::Watch])];
        const WATCH: &[Way] = &[way(Method::GET, &[Verb::Watch])];
        const ALL: &[Way] = &[
            way(Method::GET, &[Verb::List, Verb::Watch]),
            way(Method::POST, &[Verb::Create]),
            way(Method::DELETE, &[Verb::DeleteCollection]),
        ];
        const ONE: &[Way] = &[
            way(Method::GET, &[Verb::Get]),
            way(Method::PUT, &[Verb::Update]),
            way(Method::PATCH, &[Verb::Patch]),
            way(Method::DELETE, &[Verb::Delete]),
        ];
        const BENEATH: &[Way] = &[way(Method::GET, &[]), way(Method::PUT, &[]), way(Method::PATCH, &[])];
        let kind = self.kind();
        let is_whole_path = kind.namespaced == form.in_namespace;
        match (form.is_watch_path, form.depth) {
            // The objects of all namespaces.
            (is_watch_path, 1) if kind.namespaced && !form.in_namespace => {
                Some(if is_watch_path { WATCH } else { READ })
            }
            _ if !is_whole_path => None,
            (true, 1 | 2) => Some(WATCH),
            (false, 1) => Some(ALL),
            (false, 2) => Some(ONE),
            (false, 3) => match subresource {
                "status" if kind.subresources.status => Some(BENEATH),
                "scale" if kind.subresources.scale.is_some() => Some(BENEATH),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A method at a path, and the verbs that it stands for; none beneath an object, where all are there.
struct Way {
    method: Method,
    verbs: &'static [Verb],
}

const fn way(method: Method, verbs: &'static [Verb]) -> Way {
    Way { method, verbs }
}
