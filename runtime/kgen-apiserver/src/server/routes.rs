//! Which resource a path leads to, and whether it takes the method.

use std::collections::HashMap;
use std::sync::Arc;

use http::Method;
use kgen::scheme::KindVersion;

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
        let methods = self.methods(form, subresource).ok_or_else(Failure::no_resource)?;
        if methods.contains(method) {
            Ok(())
        } else {
            Err(Failure::no_method())
        }
    }

    fn methods(&self, form: Form, subresource: &str) -> Option<&'static [Method]> {
        const READ: &[Method] = &[Method::GET];
        const ALL: &[Method] = &[Method::GET, Method::POST, Method::DELETE];
        const ONE: &[Method] = &[Method::GET, Method::PUT, Method::PATCH, Method::DELETE];
        const BENEATH: &[Method] = &[Method::GET, Method::PUT, Method::PATCH];
        let kind = self.kind();
        let is_whole_path = kind.namespaced == form.in_namespace;
        match (form.is_watch_path, form.depth) {
            // The objects of all namespaces.
            (_, 1) if kind.namespaced && !form.in_namespace => Some(READ),
            _ if !is_whole_path => None,
            (true, 1 | 2) => Some(READ),
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
