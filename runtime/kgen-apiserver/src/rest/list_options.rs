//! What a list, a watch or a deletion of several objects is of: `ListOptions`.

use std::num::NonZeroUsize;

use kgen::selector::{FieldSelector, LabelSelector};
use kgen::validation::{Error, Errors, Path};

use super::selection::{self, NAME};
use super::{Target, options};
use crate::failure::Failure;
use crate::request::{Request, ResourceInfo, Verb};
use crate::storage::{At, Continue, Revision, Selection, Start};

/// How the state that is read compares to the resource version in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Exact,
    NotOlderThan,
}

/// The options of a request about several objects.
#[derive(Clone, Debug)]
pub struct ListOptions {
    /// The labels that are selected.
    pub labels: LabelSelector,
    /// The fields that are selected.
    pub fields: FieldSelector,
    /// How many objects to return at most.
    pub limit: Option<NonZeroUsize>,
    /// Goes on with an earlier list.
    pub rest: Option<Continue>,
    /// For how many seconds to watch.
    pub timeout: Option<i64>,
    /// Whether a watch tells revisions when nothing happens.
    pub bookmarks: bool,
    revision: Option<Revision>,
    matching: Option<Match>,
    initial_events: Option<bool>,
}

impl ListOptions {
    /// Reads the options of a request.
    ///
    /// # Errors
    /// If they cannot be understood, or contradict each other.
    pub fn of(target: &Target<'_>, request: &Request) -> Result<Self, Failure> {
        let text = |name| request.query.get(name).unwrap_or_default();
        let limit = integer("limit", request.query.get("limit"))?;
        let timeout = integer("timeoutSeconds", request.query.get("timeoutSeconds"))?;
        let bad = |error: kgen::selector::BadSelector| Failure::bad_request(error.to_string());
        let labels = text("labelSelector").parse().map_err(bad)?;
        let fields = text("fieldSelector").parse().map_err(bad)?;
        selection::check(&target.version.kind, &fields)?;
        let raw = Raw {
            is_watch: request.resource.verb == Verb::Watch,
            revision: text("resourceVersion"),
            matching: text("resourceVersionMatch"),
            rest: text("continue"),
            initial_events: boolean(request.query.get("sendInitialEvents")),
        };
        let matching = raw.check()?;
        let revision = options::revision(Some(raw.revision))?;
        let options = Self {
            labels,
            fields: with_name(fields, &request.resource)?,
            limit: limit.and_then(|limit| NonZeroUsize::new(usize::try_from(limit).ok()?)),
            rest: raw.rest(revision)?,
            timeout,
            bookmarks: boolean(request.query.get("allowWatchBookmarks")).unwrap_or_default(),
            revision,
            matching,
            initial_events: raw.initial_events,
        };
        Ok(options)
    }

    /// Which objects are selected.
    pub(super) fn selection(&self, target: &Target<'_>) -> Selection {
        selection::selection(target, &self.labels, &self.fields)
    }

    /// The key of the only object that can be selected, if the selector names one.
    pub(super) fn key(&self, target: &Target<'_>, request: &ResourceInfo) -> Option<String> {
        let name = self.fields.required(NAME)?;
        let namespace = target.namespace(request);
        // No object has a name that cannot be part of a key, so that nothing will be found without one.
        target.resource.keys.object(namespace, name).ok()
    }

    /// The state that a list shows, and how many objects of it.
    pub(super) fn at(&self) -> (At, Option<NonZeroUsize>) {
        match (self.revision, self.matching) {
            _ if self.rest.is_some() => (At::Latest, self.limit),
            (None, _) => (At::Latest, self.limit),
            // Clients that accept any state do not expect to be given it in parts.
            (Some(Revision::ZERO), _) => (At::Any, None),
            (Some(revision), Some(Match::Exact)) => (At::Exactly(revision), self.limit),
            (Some(revision), None) if self.limit.is_some() => (At::Exactly(revision), self.limit),
            (Some(revision), Some(Match::NotOlderThan) | None) => (At::AtLeast(revision), self.limit),
        }
    }

    /// Whether a watch is asked to tell what there is first.
    pub(super) fn wants_state(&self) -> bool {
        self.initial_events == Some(true)
    }

    /// Where a watch begins. Without a resource version it tells what there is first, also if it was not asked to.
    pub(super) fn start(&self) -> Start {
        match (self.initial_events, self.revision) {
            (Some(true) | None, None) => Start::State(At::Latest),
            (Some(true) | None, Some(Revision::ZERO)) => Start::State(At::Any),
            (Some(true), Some(revision)) => Start::State(At::AtLeast(revision)),
            (Some(false), None | Some(Revision::ZERO)) => Start::Now,
            (Some(false) | None, Some(revision)) => Start::After(revision),
        }
    }
}

/// Options as they stand in the query.
struct Raw<'a> {
    is_watch: bool,
    revision: &'a str,
    matching: &'a str,
    rest: &'a str,
    initial_events: Option<bool>,
}

impl Raw<'_> {
    /// What the options contradict each other in, worded as in `ValidateListOptions` of apimachinery.
    fn check(&self) -> Result<Option<Match>, Failure> {
        let matching = match self.matching {
            "Exact" => Some(Match::Exact),
            "NotOlderThan" => Some(Match::NotOlderThan),
            _ => None,
        };
        let mut errors = Errors::new();
        if self.is_watch {
            self.check_watch(matching, &mut errors);
        } else {
            self.check_list(matching, &mut errors);
        }
        if errors.is_empty() {
            return Ok(matching);
        }
        Err(Failure::invalid("meta.k8s.io", "ListOptions", "", &errors))
    }

    fn check_list(&self, matching: Option<Match>, errors: &mut Errors) {
        let path = Path::ROOT.child("resourceVersionMatch");
        let mut forbid = |why: &str| errors.push(Error::forbidden(&path, why));
        if !self.matching.is_empty() {
            if self.revision.is_empty() {
                forbid("resourceVersionMatch is forbidden unless resourceVersion is provided");
            }
            if !self.rest.is_empty() {
                forbid("resourceVersionMatch is forbidden when continue is provided");
            }
            if matching == Some(Match::Exact) && self.revision == "0" {
                forbid(r#"resourceVersionMatch "exact" is forbidden for resourceVersion "0""#);
            }
            if matching.is_none() {
                errors.push(Error::not_supported(
                    &path,
                    self.matching,
                    &["Exact", "NotOlderThan", ""],
                ));
            }
        }
        if self.initial_events.is_some() {
            let path = Path::ROOT.child("sendInitialEvents");
            errors.push(Error::forbidden(&path, "sendInitialEvents is forbidden for list"));
        }
    }

    fn check_watch(&self, matching: Option<Match>, errors: &mut Errors) {
        let path = Path::ROOT.child("resourceVersionMatch");
        let mut forbid = |why: &str| errors.push(Error::forbidden(&path, why));
        let is_newer = matching == Some(Match::NotOlderThan);
        if self.initial_events.is_some() && !is_newer {
            forbid("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if self.matching.is_empty() {
            return;
        }
        if self.initial_events.is_none() {
            forbid("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
        if !self.rest.is_empty() {
            forbid("resourceVersionMatch is forbidden when continue is provided");
        }
        if !is_newer {
            errors.push(Error::not_supported(&path, self.matching, &["NotOlderThan"]));
        }
    }

    /// The token to go on with. Watches have none.
    fn rest(&self, revision: Option<Revision>) -> Result<Option<Continue>, Failure> {
        if self.rest.is_empty() || self.is_watch {
            return Ok(None);
        }
        if revision.is_some_and(|revision| !revision.is_zero()) {
            let message = "specifying resource version is not allowed when using continue";
            return Err(Failure::bad_request(message));
        }
        let token = Continue::decode(self.rest);
        token.map(Some).map_err(|error| Failure::bad_request(error.to_string()))
    }
}

/// The selector that also holds for the name in the address of a request, if there is one.
fn with_name(fields: FieldSelector, request: &ResourceInfo) -> Result<FieldSelector, Failure> {
    match fields.required(NAME) {
        _ if request.name.is_empty() => Ok(fields),
        Some(required) if *required == request.name => Ok(fields),
        Some(_) => Err(Failure::bad_request(
            "fieldSelector metadata.name doesn't match requested name",
        )),
        None => Ok(fields.and(NAME, &request.name)),
    }
}

/// A number in a query.
fn integer(name: &str, text: Option<&str>) -> Result<Option<i64>, Failure> {
    let number = text.map(|text| {
        let number = text.parse::<i64>();
        number.map_err(|_| Failure::bad_request(format!("invalid value {text:?} of {name}: it is not an integer")))
    });
    number.transpose()
}

/// A boolean in a query, where whatever does not say no says yes.
fn boolean(text: Option<&str>) -> Option<bool> {
    text.map(|text| text != "0" && !text.eq_ignore_ascii_case("false"))
}
