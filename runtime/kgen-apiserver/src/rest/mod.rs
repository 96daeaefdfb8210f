//! The endpoints of resources: what a request reads or writes, in whatever version it names.
//!
//! An object is in the version of the request where a client sees it, and in the version that is stored, the hub,
//! everywhere else. Nothing here knows the type of an object, and nothing here knows paths: what is asked for is in
//! [`ResourceInfo`].

mod apply;
pub mod body;
mod collection;
mod create;
mod delete;
pub mod encode;
mod errors;
mod field_validation;
pub mod fields;
mod generation;
mod get;
mod grace;
mod gzip;
mod json;
pub mod list;
mod list_options;
mod live;
mod metadata;
mod metadata_only;
mod names;
mod options;
mod patch;
mod pipeline;
mod scale;
pub(crate) mod selection;
mod table;
pub mod update;
mod watch;
pub mod write_options;

use http::StatusCode;

use crate::failure::Failure;
use crate::negotiation::Answer;
use crate::request::{Request, ResourceInfo, Verb};
use crate::resource::{Resource, Resources, ServedVersion};
use crate::response::Response;

pub use self::errors::{read_failure, store_failure};
pub use self::field_validation::FieldValidation;
pub use self::list_options::ListOptions;
pub use self::live::{Change, Live};
pub use self::options::Rendering;
pub use self::table::Include;

/// What a request is about: a resource, in the version that the client speaks.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// All resources of the server.
    pub resources: &'a Resources,
    /// The resource.
    pub resource: &'a Resource,
    /// The version.
    pub version: &'a ServedVersion,
}

impl<'a> Target<'a> {
    /// Finds what a request is about.
    ///
    /// # Errors
    /// If it is not served.
    pub fn of(resources: &'a Resources, request: &ResourceInfo) -> Result<Self, Failure> {
        let resource = resources.get(&request.group, &request.resource);
        let resource = resource.ok_or_else(Failure::no_resource)?;
        let version = resource.version(&request.version).ok_or_else(Failure::no_resource)?;
        Ok(Self {
            resources,
            resource,
            version,
        })
    }

    /// Whether clients see here what is stored, so that nothing is to be converted.
    pub fn is_hub(&self) -> bool {
        self.resource.hub.gvk.version == self.version.kind.gvk.version
    }

    /// The namespace of a request as keys have it: none for what lives in none.
    pub fn namespace<'r>(&self, request: &'r ResourceInfo) -> Option<&'r str> {
        self.version.kind.namespaced.then_some(request.namespace.as_str())
    }

    /// The key of the object with this name in the namespace of the request.
    ///
    /// # Errors
    /// If the name or the namespace cannot be part of a key.
    pub fn key(&self, request: &ResourceInfo, name: &str) -> Result<String, Failure> {
        let key = self.resource.keys.object(self.namespace(request), name);
        key.map_err(|error| Failure::bad_request(format!("Name parameter invalid: {name:?}: {error}")))
    }
}

/// Does what a request asks for.
///
/// # Errors
/// Why it was not done.
pub async fn answer(resources: &Resources, request: Request) -> Result<Response, Failure> {
    let info = &request.resource;
    let target = Target::of(resources, info)?;
    if let Some(warning) = &target.version.kind.warning {
        request.warnings.add(warning.clone());
    }
    check_place(&target, info)?;
    // An answer that the client cannot read is refused before anything is done.
    Rendering::of(&request, answer_of(info.verb))?;
    match (info.subresource.as_str(), info.verb) {
        ("" | "status", Verb::Get) => get::get(&target, &request).await,
        ("", Verb::Create) => {
            let object = create::create(target, &request).await?;
            encode::respond(&target, &request, StatusCode::CREATED, object)
        }
        ("", Verb::Delete) => delete::delete(target, &request).await,
        ("", Verb::DeleteCollection) => collection::delete_collection(target, &request).await,
        ("" | "status", Verb::Update) => {
            let updated = update::put(target, &request).await?;
            encode::respond(&target, &request, updated.status(), updated.object)
        }
        ("" | "status", Verb::Patch) => patch::patch(target, &request).await,
        ("scale", Verb::Get) => scale::get(&target, &request).await,
        ("scale", Verb::Update) => scale::put(target, &request).await,
        ("scale", Verb::Patch) => scale::patch(target, &request).await,
        ("", Verb::List) => list::list(&target, &request).await,
        ("", Verb::Watch) => watch::watch(&target, &request).await,
        (_, verb) => Err(Failure::unsupported_verb(&info.subject(), verb.as_str())),
    }
}

/// With what a verb is answered.
const fn answer_of(verb: Verb) -> Answer {
    match verb {
        Verb::List | Verb::DeleteCollection => Answer::List,
        Verb::Watch => Answer::Stream,
        Verb::Create | Verb::Delete | Verb::Get | Verb::Patch | Verb::Update => Answer::Object,
    }
}

/// Whether the kind has the subresource, and is where the request looks for it.
fn check_place(target: &Target<'_>, info: &ResourceInfo) -> Result<(), Failure> {
    let kind = &target.version.kind;
    let is_there = match info.subresource.as_str() {
        "" => true,
        "status" => kind.subresources.status,
        "scale" => kind.subresources.scale.is_some(),
        _ => false,
    };
    if !is_there || (!kind.namespaced && !info.namespace.is_empty()) {
        return Err(Failure::no_resource());
    }
    let spans_namespaces = kind.namespaced && info.namespace.is_empty();
    // The path may be there for another verb, as it is for lists where nothing can be watched.
    if info.subresource.is_empty() && !kind.verbs.contains(&info.verb) {
        return Err(Failure::unsupported_verb(&info.subject(), info.verb.as_str()));
    }
    match info.verb {
        Verb::List | Verb::Watch => Ok(()),
        _ if spans_namespaces => Err(Failure::no_method()),
        _ => Ok(()),
    }
}
