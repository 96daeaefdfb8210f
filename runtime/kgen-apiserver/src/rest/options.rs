//! The options of a request: in which form it is answered, and what a list or a watch is of.

use super::table::Include;
use crate::failure::Failure;
use crate::negotiation::{self, Answer, Encoding, Form, Notation, Shape};
use crate::request::Request;
use crate::storage::{At, Revision};

/// In which form a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendering {
    /// What the header `Accept` chose, and whether people read it.
    pub form: Form,
    /// What rows of a table hold.
    pub include: Include,
}

/// Programs that people read with.
const FOR_PEOPLE: [&str; 3] = ["curl", "Wget", "Mozilla/5.0"];

impl Rendering {
    /// The form by the headers and options of a request.
    ///
    /// # Errors
    /// If the client accepts none.
    pub fn of(request: &Request, answer: Answer) -> Result<Self, Failure> {
        let mut form = negotiation::form(request.header(http::header::ACCEPT), answer)?;
        if form.encoding == Encoding::Text(Notation::Json) && answer != Answer::Stream && is_for_people(request) {
            form.encoding = Encoding::Text(Notation::PrettyJson);
        }
        let include = request
            .query
            .get("includeObject")
            .filter(|_| form.shape == Shape::Table);
        Ok(Self {
            form,
            include: Include::parse(include)?,
        })
    }
}

fn is_for_people(request: &Request) -> bool {
    match request.query.get("pretty") {
        Some(pretty) if !pretty.is_empty() => matches!(pretty, "1" | "t" | "T" | "true" | "TRUE" | "True"),
        _ => {
            let agent = request.header(http::header::USER_AGENT).unwrap_or_default();
            FOR_PEOPLE.iter().any(|program| agent.starts_with(program))
        }
    }
}

/// Which state a resource version in a request means.
pub(super) fn at(resource_version: Option<&str>) -> Result<At, Failure> {
    Ok(match revision(resource_version)? {
        None => At::Latest,
        Some(Revision::ZERO) => At::Any,
        Some(revision) => At::AtLeast(revision),
    })
}

/// A resource version in a request; none if none is given.
pub(super) fn revision(text: Option<&str>) -> Result<Option<Revision>, Failure> {
    let text = text.filter(|text| !text.is_empty());
    let revision = text.map(|text| {
        text.parse::<Revision>()
            .map_err(|error| Failure::bad_request(error.to_string()))
    });
    revision.transpose()
}
