//! The paths of a version: one for discovery, and those of its resources.

use kgen_model::model::{ApiVersion, ClientMethod, Scope};
use kgen_model::{Model, Resource, TypeId, VersionId, names};

use crate::schema::GroupVersionKind;

use super::common;
use super::document::{Body, Method, Operation, Path, Response, Target};
use super::parameters::{NAME, NAMESPACE, PRETTY, Parameter};
use super::verb::Verb;

/// Media types of objects, in the order of preference.
const OBJECTS: &[&str] = &["application/json", "application/yaml"];
/// Media types of lists and watches, in the order of preference.
const LISTS: &[&str] = &["application/json", "application/yaml", "application/json;stream=watch"];
/// Media types of patches that need no knowledge of Go types.
const PATCHES: &[&str] = &[
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/apply-patch+yaml",
];

/// The paths of one version, in alphabetical order.
pub(super) fn paths(model: &Model, id: VersionId) -> Vec<Path> {
    let names = VersionNames::of(model.version(id));
    let mut paths = vec![discovery(&names)];
    for resource in super::plan::served(model, id) {
        ResourcePaths {
            model,
            names: &names,
            resource,
        }
        .add_to(&mut paths);
    }
    paths.sort_by(|a, b| a.path.cmp(&b.path));
    paths
}

/// What a version is called in paths and operations.
struct VersionNames {
    /// `/apis/shop.example.com/v1`
    root: String,
    /// `ShopExampleComV1`
    id_word: String,
    /// `shopExampleCom_v1`
    tag: String,
}

impl VersionNames {
    fn of(version: &ApiVersion) -> Self {
        let (root, group) = match version.group.as_str() {
            "" => (format!("/api/{}", version.version), "core"),
            group => (
                format!("/apis/{group}/{}", version.version),
                group.strip_suffix(".k8s.io").unwrap_or(group),
            ),
        };
        let group = names::identifier(group);
        let version = names::identifier(&version.version);
        let id_word = format!("{}{}", names::capitalized(&group), names::capitalized(&version));
        Self {
            root,
            id_word,
            tag: format!("{group}_{version}"),
        }
    }
}

fn discovery(names: &VersionNames) -> Path {
    let operation = Operation {
        method: Method::Get,
        id: format!("get{}APIResources", names.id_word),
        tag: names.tag.clone(),
        description: "list the resources of this version".to_owned(),
        parameters: Vec::new(),
        body: None,
        responses: responses(&[200], common::API_RESOURCE_LIST),
        produces: OBJECTS,
        target: None,
    };
    Path {
        path: format!("{}/", names.root),
        parameters: Vec::new(),
        operations: vec![operation],
    }
}

fn responses(codes: &[u16], definition: &str) -> Vec<Response> {
    let answers = codes.iter().map(|code| Response {
        code: *code,
        definition: Some(definition.to_owned()),
    });
    answers
        .chain([Response {
            code: 401,
            definition: None,
        }])
        .collect()
}

/// The resource whose paths are made.
struct ResourcePaths<'a> {
    model: &'a Model,
    names: &'a VersionNames,
    resource: &'a Resource,
}

/// What a path's operations have in common.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    /// Whether the path holds all namespaces of a namespaced kind.
    all_namespaces: bool,
    /// Whether the path holds `{name}`.
    named: bool,
    /// The subresource at its end.
    subresource: Option<&'a str>,
}

/// What one operation sends and receives.
struct Exchange {
    verb: Verb,
    /// The schema's name of what is sent.
    body: String,
    /// The schema's name of what comes back.
    answer: String,
    /// The kind that the operation is about.
    kind: GroupVersionKind,
}

impl ResourcePaths<'_> {
    fn add_to(&self, paths: &mut Vec<Path>) {
        let root = &self.names.root;
        let plural = &self.resource.plural;
        let below = match self.resource.scope {
            Scope::Namespaced => format!("namespaces/{{namespace}}/{plural}"),
            Scope::Cluster => plural.clone(),
        };
        let many = Place::default();
        let one = Place { named: true, ..many };
        let all = Place {
            all_namespaces: true,
            ..many
        };
        let everywhere: [(String, _, &[Verb]); 2] = [
            (format!("{root}/{plural}"), all, &[Verb::List]),
            (format!("{root}/watch/{plural}"), all, &[Verb::WatchList]),
        ];
        let own: [(String, _, &[Verb]); 4] = [
            (
                format!("{root}/{below}"),
                many,
                &[Verb::List, Verb::Create, Verb::DeleteCollection],
            ),
            (format!("{root}/watch/{below}"), many, &[Verb::WatchList]),
            (
                format!("{root}/{below}/{{name}}"),
                one,
                &[Verb::Read, Verb::Replace, Verb::Delete, Verb::Patch],
            ),
            (format!("{root}/watch/{below}/{{name}}"), one, &[Verb::Watch]),
        ];
        let everywhere = everywhere
            .into_iter()
            .filter(|_| self.resource.scope == Scope::Namespaced);
        for (path, place, verbs) in everywhere.chain(own) {
            let verbs: Vec<Verb> = verbs.iter().copied().filter(|verb| self.has(*verb)).collect();
            if !verbs.is_empty() {
                paths.push(self.path(path, place, self.plain(&verbs)));
            }
        }
        for (subresource, exchanges) in self.subresources() {
            let place = Place {
                subresource: Some(&subresource),
                ..one
            };
            paths.push(self.path(format!("{root}/{below}/{{name}}/{subresource}"), place, exchanges));
        }
    }

    fn has(&self, verb: Verb) -> bool {
        self.resource.verbs.contains(&verb.of_kind())
    }

    /// Exchanges whose body, if they have one, is the object.
    fn plain(&self, verbs: &[Verb]) -> Vec<Exchange> {
        let object = &self.model.ty(self.resource.ty).schema_name;
        verbs
            .iter()
            .map(|verb| self.exchange(*verb, object, object, self.kind()))
            .collect()
    }

    fn exchange(&self, verb: Verb, body: &str, answer: &str, kind: GroupVersionKind) -> Exchange {
        let answer = match verb {
            Verb::Read | Verb::Replace | Verb::Create | Verb::Patch => answer.to_owned(),
            Verb::List => super::definitions::list_name(self.model, self.resource),
            Verb::Watch | Verb::WatchList => common::WATCH_EVENT.to_owned(),
            Verb::Delete | Verb::DeleteCollection => common::STATUS.to_owned(),
        };
        Exchange {
            verb,
            body: body.to_owned(),
            answer,
            kind,
        }
    }

    fn subresources(&self) -> Vec<(String, Vec<Exchange>)> {
        const EDIT: [Verb; 3] = [Verb::Read, Verb::Replace, Verb::Patch];
        let subresources = &self.resource.subresources;
        let mut found: Vec<(String, Vec<Exchange>)> = Vec::new();
        if subresources.status {
            found.push(("status".to_owned(), self.plain(&EDIT)));
        }
        if subresources.scale.is_some() {
            let kind = common::kinds(common::SCALE)
                .into_iter()
                .next()
                .unwrap_or_else(|| self.kind());
            let exchange = |verb: &Verb| self.exchange(*verb, common::SCALE, common::SCALE, kind.clone());
            found.push(("scale".to_owned(), EDIT.iter().map(exchange).collect()));
        }
        for name in &subresources.supports {
            let name = name.trim_start_matches('/');
            // The body of these two is decided above, or the server has none of them.
            if name != "status" && name != "scale" && !found.iter().any(|(have, _)| have == name) {
                found.push((name.to_owned(), self.plain(&EDIT)));
            }
        }
        for method in &self.resource.client.methods {
            self.add_method(method, &mut found);
        }
        found
    }

    /// Adds what a client's further method needs of the server, unless it is there. A method without a subresource uses
    /// the object's own paths.
    fn add_method(&self, method: &ClientMethod, found: &mut Vec<(String, Vec<Exchange>)>) {
        let (Some(name), Some(verb)) = (&method.subresource, Verb::of_method(&method.verb)) else {
            return;
        };
        let input = method.input.unwrap_or(self.resource.ty);
        let result = method.result.unwrap_or(self.resource.ty);
        // What is read is described by what comes back, all else by what is sent.
        let kind = if verb == Verb::Read { result } else { input };
        let (body, answer) = (&self.model.ty(input).schema_name, &self.model.ty(result).schema_name);
        let exchange = self.exchange(verb, body, answer, self.kind_of(kind));
        let name = name.trim_start_matches('/');
        match found.iter_mut().find(|(have, _)| have == name) {
            Some((_, exchanges)) if exchanges.iter().any(|have| have.verb == verb) => {}
            Some((_, exchanges)) => exchanges.push(exchange),
            None => found.push((name.to_owned(), vec![exchange])),
        }
    }

    fn kind(&self) -> GroupVersionKind {
        kind(self.model, self.resource)
    }

    /// The kind of a type; that of the resource for a type that is no kind.
    fn kind_of(&self, ty: TypeId) -> GroupVersionKind {
        let of_kubernetes = || common::kinds(&self.model.ty(ty).schema_name).into_iter().next();
        match self.model.resource_of(ty) {
            Some(resource) => kind(self.model, resource),
            None => of_kubernetes().unwrap_or_else(|| self.kind()),
        }
    }

    fn path(&self, path: String, place: Place<'_>, exchanges: Vec<Exchange>) -> Path {
        let mut operations: Vec<Operation> = exchanges
            .into_iter()
            .map(|exchange| self.operation(place, exchange))
            .collect();
        operations.sort_by_key(|operation| operation.method);
        let parameters = hoisted(&mut operations);
        Path {
            path,
            parameters,
            operations,
        }
    }

    fn operation(&self, place: Place<'_>, exchange: Exchange) -> Operation {
        let Exchange {
            verb,
            body,
            answer,
            kind,
        } = exchange;
        Operation {
            method: verb.method(),
            id: self.operation_id(place, verb),
            tag: self.names.tag.clone(),
            description: verb.describe(&self.resource.kind, place.subresource),
            parameters: self.parameters(place, verb),
            body: request_body(verb, body),
            responses: responses(verb.codes(), &answer),
            produces: match verb {
                Verb::List | Verb::Watch | Verb::WatchList => LISTS,
                Verb::Read | Verb::Replace | Verb::Create | Verb::Delete | Verb::DeleteCollection | Verb::Patch => {
                    OBJECTS
                }
            },
            target: Some(Target {
                action: verb.action(),
                kind,
            }),
        }
    }

    fn operation_id(&self, place: Place<'_>, verb: Verb) -> String {
        let (first, second) = verb.id_words();
        let namespaced = self.resource.scope == Scope::Namespaced && !place.all_namespaces;
        let subresource = place
            .subresource
            .map(names::identifier)
            .map(|name| names::capitalized(&name));
        let parts = [
            first,
            &self.names.id_word,
            second,
            if namespaced { "Namespaced" } else { "" },
            &self.resource.kind,
            if verb == Verb::WatchList { "List" } else { "" },
            subresource.as_deref().unwrap_or_default(),
            if place.all_namespaces { "ForAllNamespaces" } else { "" },
        ];
        parts.concat()
    }

    fn parameters(&self, place: Place<'_>, verb: Verb) -> Vec<Parameter> {
        let mut parameters = verb.parameters().to_vec();
        parameters.push(PRETTY);
        if place.named {
            parameters.push(NAME);
        }
        if self.resource.scope == Scope::Namespaced && !place.all_namespaces {
            parameters.push(NAMESPACE);
        }
        parameters.sort_unstable();
        parameters
    }
}

/// The kind of a resource.
pub(super) fn kind(model: &Model, resource: &Resource) -> GroupVersionKind {
    let version = model.version(resource.version);
    GroupVersionKind {
        group: version.group.clone(),
        version: version.version.clone(),
        kind: resource.kind.clone(),
    }
}

fn request_body(verb: Verb, object: String) -> Option<Body> {
    let (definition, consumes, required) = match verb {
        Verb::Read | Verb::List | Verb::Watch | Verb::WatchList => return None,
        Verb::Replace | Verb::Create => (object, OBJECTS, true),
        Verb::Delete | Verb::DeleteCollection => (common::DELETE_OPTIONS.to_owned(), OBJECTS, false),
        Verb::Patch => (common::PATCH.to_owned(), PATCHES, true),
    };
    Some(Body {
        definition,
        consumes,
        required,
    })
}

/// Takes the parameters out of the operations that all of them have, as Kubernetes does.
fn hoisted(operations: &mut [Operation]) -> Vec<Parameter> {
    let Some((first, rest)) = operations.split_first() else {
        return Vec::new();
    };
    let everywhere = |parameter: &&Parameter| rest.iter().all(|other| other.parameters.contains(parameter));
    let shared: Vec<Parameter> = first.parameters.iter().filter(everywhere).copied().collect();
    for operation in operations {
        operation.parameters.retain(|parameter| !shared.contains(parameter));
    }
    shared
}
