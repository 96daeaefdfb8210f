//! What a server answers when it does not do what was asked: a `Status` of Kubernetes, with code, reason and causes.

#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::{ListMeta, Status, StatusCause, StatusDetails};
use kgen::validation::Errors;

/// What a request is about, as messages name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The group, empty for the core group.
    pub group: String,
    /// The resource, such as `orders`.
    pub resource: String,
    /// The object, if the request is about one.
    pub name: String,
}

impl Subject {
    /// `orders.shop.example.com`, or the resource alone in the core group.
    fn qualified(&self) -> String {
        if self.group.is_empty() {
            self.resource.clone()
        } else {
            format!("{}.{}", self.resource, self.group)
        }
    }

    fn details(&self) -> Box<StatusDetails> {
        Box::new(details(&self.group, &self.resource, &self.name))
    }
}

/// A refusal or a fault, ready to be sent. The texts, codes and reasons are those of `k8s.io/apimachinery/pkg/api/errors`.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The HTTP status code.
    pub code: u16,
    /// The word that clients decide by, such as `NotFound`; empty when Kubernetes has none.
    pub reason: &'static str,
    /// What a person reads.
    pub message: String,
    /// What the request was about, what is wrong in detail, and when to try again.
    pub details: Option<Box<StatusDetails>>,
    /// The token by which an expired list can go on.
    pub continue_: Option<String>,
}

impl Failure {
    fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            reason,
            message: message.into(),
            details: None,
            continue_: None,
        }
    }

    fn about(self, subject: &Subject) -> Self {
        Self {
            details: Some(subject.details()),
            ..self
        }
    }

    /// Adds what is wrong in detail.
    #[must_use]
    pub fn cause(mut self, reason: &str, message: impl Into<String>, field: &str) -> Self {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let details = self.details.get_or_insert_default();
        details.causes.get_or_insert_default().push(StatusCause {
            reason: text(reason),
            message: Some(message.into()),
            field: text(field),
        });
        self
    }

    /// Says when to try again, in whole seconds.
    #[must_use]
    pub fn retry_after(mut self, after: Duration) -> Self {
        let seconds = i32::try_from(after.as_secs()).unwrap_or(i32::MAX);
        self.details.get_or_insert_default().retry_after_seconds = Some(seconds);
        self
    }

    /// The request cannot be understood.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    /// Nobody knows who asks.
    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized", "Unauthorized")
    }

    /// Who asks may not do this, or what is asked is against the rules.
    pub fn forbidden(subject: &Subject, why: impl fmt::Display) -> Self {
        let message = match (subject.resource.is_empty(), subject.name.is_empty()) {
            (true, _) => format!("forbidden: {why}"),
            (false, true) => format!("{} is forbidden: {why}", subject.qualified()),
            (false, false) => format!("{} {:?} is forbidden: {why}", subject.qualified(), subject.name),
        };
        Self::new(403, "Forbidden", message).about(subject)
    }

    /// The object is not there.
    pub fn not_found(subject: &Subject) -> Self {
        let message = format!("{} {:?} not found", subject.qualified(), subject.name);
        Self::new(404, "NotFound", message).about(subject)
    }

    /// There is no such resource.
    pub fn no_resource() -> Self {
        Self::new(404, "NotFound", "the server could not find the requested resource").about(&Subject::default())
    }

    /// The path is there, and the method is not for it.
    pub fn no_method() -> Self {
        let message = "the server does not allow this method on the requested resource";
        Self::new(405, "MethodNotAllowed", message).about(&Subject::default())
    }

    /// The resource does not know the verb.
    pub fn unsupported_verb(subject: &Subject, verb: &str) -> Self {
        let message = format!("{verb} is not supported on resources of kind {:?}", subject.qualified());
        Self::new(405, "MethodNotAllowed", message).about(&Subject {
            name: String::new(),
            ..subject.clone()
        })
    }

    /// No form of the answer is one that the client accepts.
    pub fn not_acceptable(accepted: &[&str]) -> Self {
        let message = format!("only the following media types are accepted: {}", accepted.join(", "));
        Self::new(406, "NotAcceptable", message)
    }

    /// The body is in a form that is not read here.
    pub fn unsupported_media_type(accepted: &[&str]) -> Self {
        let accepted = accepted.join(", ");
        let message =
            format!("the body of the request was in an unknown format - accepted media types include: {accepted}");
        Self::new(415, "UnsupportedMediaType", message)
    }

    /// The object is there already.
    pub fn already_exists(subject: &Subject) -> Self {
        let message = format!("{} {:?} already exists", subject.qualified(), subject.name);
        Self::new(409, "AlreadyExists", message).about(subject)
    }

    /// All names that were made up for the object are taken.
    pub fn no_name_left(subject: &Subject) -> Self {
        let mut failure = Self::already_exists(subject).retry_after(Duration::from_secs(1));
        failure
            .message
            .push_str(", the server was not able to generate a unique name for the object");
        failure
    }

    /// Somebody else was faster, or a precondition does not hold.
    pub fn conflict(subject: &Subject, why: impl fmt::Display) -> Self {
        let (what, name) = (subject.qualified(), &subject.name);
        let message = format!("Operation cannot be fulfilled on {what} {name:?}: {why}");
        Self::new(409, "Conflict", message).about(subject)
    }

    /// The object was changed since the client read it.
    pub fn modified(subject: &Subject) -> Self {
        let why = "the object has been modified; please apply your changes to the latest version and try again";
        Self::conflict(subject, why)
    }

    /// Others own fields that an apply would change. The causes say which, and nothing else is told.
    pub fn apply_conflict(message: impl Into<String>) -> Self {
        Self::new(409, "Conflict", message)
    }

    /// What is asked for is no longer remembered.
    pub fn expired(message: impl Into<String>) -> Self {
        Self::new(410, "Expired", message)
    }

    /// The body has more bytes than are read.
    pub fn too_large(limit: usize) -> Self {
        Self::new(
            413,
            "RequestEntityTooLarge",
            format!("Request entity too large: limit is {limit}"),
        )
    }

    /// The body asks for more than is done for one request.
    pub fn asks_too_much(why: impl fmt::Display) -> Self {
        Self::new(413, "RequestEntityTooLarge", format!("Request entity too large: {why}"))
    }

    /// The body is understood, and cannot be done to the object.
    pub fn rejected(why: impl Into<String>, field: &str) -> Self {
        let message = "the server rejected our request due to an error in our request";
        Self::new(422, "Invalid", message).cause("FieldValueInvalid", why, field)
    }

    /// The object is against the rules of its kind.
    pub fn invalid(group: &str, kind: &str, name: &str, errors: &Errors) -> Self {
        let qualified = if group.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind}.{group}")
        };
        let message = format!("{qualified} {name:?} is invalid: {errors}");
        let failure = Self {
            details: Some(Box::new(details(group, kind, name))),
            ..Self::new(422, "Invalid", message)
        };
        errors.iter().fold(failure, |failure, error| {
            failure.cause(error.kind.reason(), error.body(), &error.field)
        })
    }

    /// The client asks too often.
    pub fn too_many_requests(message: impl Into<String>, after: Duration) -> Self {
        Self::new(429, "TooManyRequests", message).retry_after(after)
    }

    /// The server is at fault.
    pub fn internal(error: impl fmt::Display) -> Self {
        let failure = Self::new(500, "InternalError", format!("Internal error occurred: {error}"));
        failure.cause("", error.to_string(), "")
    }

    /// What is stored cannot be read.
    pub fn unreadable(subject: &Subject, error: impl fmt::Display) -> Self {
        let what = subject.qualified();
        let message = format!("failed to read one or more {what} from the storage: {error}");
        Self::new(500, "StorageReadError", message).about(subject)
    }

    /// The server could not do it now; the same request may succeed later.
    pub fn server_timeout(subject: &Subject, verb: &str, after: Duration) -> Self {
        let message = format!(
            "The {verb} operation against {} could not be completed at this time, please try again.",
            subject.qualified()
        );
        Self::new(500, "ServerTimeout", message)
            .about(subject)
            .retry_after(after)
    }

    /// The server, or what it depends on, is not ready.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(503, "ServiceUnavailable", message)
    }

    /// The time of the request ran out.
    pub fn timeout(why: impl fmt::Display) -> Self {
        Self::new(504, "Timeout", format!("Timeout: {why}"))
    }

    /// The revision that is asked for lies ahead.
    pub fn revision_ahead(asked: u64, current: u64, after: Duration) -> Self {
        let why = format!("Too large resource version: {asked}, current: {current}");
        let failure = Self::timeout(&why).retry_after(after);
        failure.cause("ResourceVersionTooLarge", "Too large resource version", "")
    }

    /// What is sent.
    #[must_use]
    pub fn status(&self) -> Status {
        Status {
            code: Some(self.code.into()),
            details: self.details.as_deref().cloned(),
            message: Some(self.message.clone()),
            metadata: ListMeta {
                continue_: self.continue_.clone(),
                ..ListMeta::default()
            },
            reason: (!self.reason.is_empty()).then(|| self.reason.to_owned()),
            status: Some("Failure".to_owned()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

fn details(group: &str, kind: &str, name: &str) -> StatusDetails {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    StatusDetails {
        group: text(group),
        kind: text(kind),
        name: text(name),
        ..StatusDetails::default()
    }
}
