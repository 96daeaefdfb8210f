//! In which form an answer is sent, and in which forms a body is read: media types of requests.

use std::borrow::Cow;

use http::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap};

use crate::failure::Failure;

/// The forms that answers are sent in, for messages.
const ACCEPTED: &[&str] = &["application/json", "application/yaml", PROTOBUF];
const ACCEPTED_DOCUMENTS: &[&str] = &["application/json", "application/yaml"];
const ACCEPTED_STREAMS: &[&str] = &["application/json;stream=watch", PROTOBUF_STREAM];
/// The forms that bodies are read in, for messages.
const READ: &[&str] = &["application/json", "application/yaml"];
const READ_OPTIONS: &[&str] = &["application/json", "application/yaml", PROTOBUF];

const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
const PROTOBUF_STREAM: &str = "application/vnd.kubernetes.protobuf;stream=watch";

/// The versions of tables and of bare metadata.
const META: &str = "meta.k8s.io/v1";
pub(crate) const META_BETA: &str = "meta.k8s.io/v1beta1";

/// How the bytes of an answer are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As text.
    Text(Notation),
    /// As protocol buffers, of which there are only those of metadata and of a `Status`.
    Protobuf,
}

/// How text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// JSON, one line.
    Json,
    /// JSON for people.
    PrettyJson,
    /// YAML.
    Yaml,
}

impl Encoding {
    /// What stands in `Content-Type`.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Text(notation) => notation.content_type(),
            Self::Protobuf => PROTOBUF,
        }
    }

    /// What stands there above a stream of events.
    #[must_use]
    pub const fn stream_type(self) -> &'static str {
        match self {
            Self::Text(notation) => notation.content_type(),
            Self::Protobuf => PROTOBUF_STREAM,
        }
    }
}

impl Notation {
    /// What stands in `Content-Type`.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json | Self::PrettyJson => "application/json",
            Self::Yaml => "application/yaml",
        }
    }
}

/// What is sent of an object or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of it.
    Whole,
    /// A row for each object, with the printer columns.
    Table,
    /// The metadata alone.
    Metadata,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// How the bytes are written.
    pub encoding: Encoding,
    /// What is sent.
    pub shape: Shape,
    /// The version of tables and of bare metadata: `meta.k8s.io/v1` or `meta.k8s.io/v1beta1`.
    pub meta: &'static str,
}

/// What is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One object.
    Object,
    /// A list of objects.
    List,
    /// Events, as long as the client listens.
    Stream,
    /// A `Status`, whatever was asked for.
    Status,
}

/// Chooses the form of an answer from the header `Accept`: the first clause by quality that can be met. Clauses that
/// ask for something unknown are passed over.
///
/// # Errors
/// If no clause can be met.
pub fn form(accept: Option<&str>, answer: Answer) -> Result<Form, Failure> {
    let Some(clauses) = clauses(accept) else {
        return Ok(Form {
            encoding: Encoding::Text(Notation::Json),
            shape: Shape::Whole,
            meta: META,
        });
    };
    let form = clauses.iter().find_map(|clause| clause.form(answer));
    form.ok_or_else(|| match answer {
        Answer::Object | Answer::List | Answer::Status => Failure::not_acceptable(ACCEPTED),
        Answer::Stream => Failure::not_acceptable(ACCEPTED_STREAMS),
    })
}

/// Chooses how a document is written that is no object of a resource, as [`form`] does.
///
/// # Errors
/// If no clause can be met.
pub fn notation(accept: Option<&str>) -> Result<Notation, Failure> {
    let Some(clauses) = clauses(accept) else {
        return Ok(Notation::Json);
    };
    let notation = clauses.iter().find_map(Clause::notation);
    notation.ok_or_else(|| Failure::not_acceptable(ACCEPTED_DOCUMENTS))
}

/// The clauses that count, the best first; none if everything is accepted.
fn clauses(accept: Option<&str>) -> Option<Vec<Clause<'_>>> {
    let accept = accept.map(str::trim).filter(|accept| !accept.is_empty())?;
    let clauses = accept.split(',').map(Clause::parse);
    let mut clauses: Vec<Clause<'_>> = clauses.filter(|clause| clause.quality > 0.0).collect();
    // The sort keeps the order of clauses of one quality.
    clauses.sort_by(|a, b| b.quality.total_cmp(&a.quality));
    Some(clauses)
}

/// Which of the documents about all groups a client wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discovery {
    /// One for all of them, `APIGroupDiscoveryList` of `apidiscovery.k8s.io/v2`, as JSON.
    Aggregated,
    /// The one that only lists groups.
    Legacy(Notation),
}

/// Chooses between the documents about all groups from the header `Accept`, as [`form`] does.
///
/// # Errors
/// If no clause can be met.
pub fn discovery(accept: Option<&str>) -> Result<Discovery, Failure> {
    let Some(clauses) = clauses(accept) else {
        return Ok(Discovery::Legacy(Notation::Json));
    };
    let chosen = clauses
        .iter()
        .find_map(|clause| match clause.is_aggregated_discovery() {
            true => Some(Discovery::Aggregated),
            false => clause.notation().map(Discovery::Legacy),
        });
    chosen.ok_or_else(|| Failure::not_acceptable(ACCEPTED_DOCUMENTS))
}

/// The header `Accept`, of which there may be several.
pub fn accept(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let mut values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let first = values.next()?;
    let Some(second) = values.next() else {
        return Some(Cow::Borrowed(first));
    };
    let all: Vec<&str> = [first, second].into_iter().chain(values).collect();
    Some(Cow::Owned(all.join(",")))
}

/// Whether a client can read what is compressed with gzip.
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, parameters) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim() == "gzip" && !matches!(parameters.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

struct Clause<'a> {
    media_type: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
    quality: f32,
}

impl<'a> Clause<'a> {
    fn parse(text: &'a str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let media_type = parts.next().unwrap_or_default();
        let parameters: Vec<_> = parts.filter_map(|part| part.split_once('=')).collect();
        let quality = parameters.iter().find(|(name, _)| *name == "q");
        let quality = quality.and_then(|(_, quality)| quality.parse().ok()).unwrap_or(1.0);
        Self {
            media_type,
            parameters,
            quality,
        }
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        let found = self.parameters.iter().find(|(parameter, _)| *parameter == name);
        found.map(|(_, value)| *value)
    }

    fn is_aggregated_discovery(&self) -> bool {
        self.media_type == "application/json"
            && self.parameter("g") == Some("apidiscovery.k8s.io")
            && self.parameter("v") == Some("v2")
            && self.parameter("as") == Some("APIGroupDiscoveryList")
    }

    fn form(&self, answer: Answer) -> Option<Form> {
        if self
            .parameter("stream")
            .is_some_and(|stream| stream != "watch" || answer != Answer::Stream)
        {
            return None;
        }
        let shape = self.shape(answer)?;
        let encoding = match (self.text(), answer, shape) {
            (Some(Notation::Yaml), Answer::Stream, _) => return None,
            (Some(notation), ..) => Encoding::Text(notation),
            (None, Answer::Status, Shape::Whole) if self.media_type == PROTOBUF => Encoding::Protobuf,
            (None, Answer::Object | Answer::List | Answer::Stream, Shape::Metadata) if self.media_type == PROTOBUF => {
                Encoding::Protobuf
            }
            (None, ..) => return None,
        };
        let meta = match self.parameter("v") {
            Some("v1beta1") => META_BETA,
            _ => META,
        };
        Some(Form { encoding, shape, meta })
    }

    /// How it wants a document that is no object of a resource.
    fn notation(&self) -> Option<Notation> {
        let has_no_parameters = self.parameter("as").is_none() && self.parameter("stream").is_none();
        self.text().filter(|_| has_no_parameters)
    }

    fn text(&self) -> Option<Notation> {
        let is_pretty = matches!(self.parameter("pretty"), Some("1" | "true"));
        match self.media_type {
            "application/json" | "application/*" | "*/*" if is_pretty => Some(Notation::PrettyJson),
            "application/json" | "application/*" | "*/*" => Some(Notation::Json),
            "application/yaml" => Some(Notation::Yaml),
            _ => None,
        }
    }

    fn shape(&self, answer: Answer) -> Option<Shape> {
        let Some(kind) = self.parameter("as") else {
            return Some(Shape::Whole);
        };
        let is_known =
            self.parameter("g") == Some("meta.k8s.io") && matches!(self.parameter("v"), Some("v1" | "v1beta1"));
        match (kind, answer) {
            _ if !is_known => None,
            ("Table", _) => Some(Shape::Table),
            ("PartialObjectMetadata", Answer::Object | Answer::Stream | Answer::Status) => Some(Shape::Metadata),
            ("PartialObjectMetadataList", Answer::List) => Some(Shape::Metadata),
            _ => None,
        }
    }
}

/// The form of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON, also where nothing is said.
    Json,
    /// YAML, of which JSON is a part.
    Yaml,
}

/// The form of a body by the header `Content-Type`.
///
/// # Errors
/// If that form is not read.
pub fn body(content_type: Option<&str>) -> Result<Body, Failure> {
    text_body(content_type).ok_or_else(|| Failure::unsupported_media_type(READ))
}

/// The form of a body that holds options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionsBody {
    /// As text.
    Text(Body),
    /// As protocol buffers.
    Protobuf,
}

/// The form of a body that holds options by the header `Content-Type`.
///
/// # Errors
/// If that form is not read.
pub fn options_body(content_type: Option<&str>) -> Result<OptionsBody, Failure> {
    match text_body(content_type) {
        Some(text) => Ok(OptionsBody::Text(text)),
        None if media_type(content_type) == PROTOBUF => Ok(OptionsBody::Protobuf),
        None => Err(Failure::unsupported_media_type(READ_OPTIONS)),
    }
}

fn text_body(content_type: Option<&str>) -> Option<Body> {
    match media_type(content_type) {
        "" | "application/json" => Some(Body::Json),
        "application/yaml" => Some(Body::Yaml),
        _ => None,
    }
}

/// How a patch is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patch {
    /// A list of operations (RFC 6902).
    Json,
    /// What differs (RFC 7386).
    Merge,
    /// What the client wants of the object, from now on.
    Apply,
}

/// The forms that patches are read in.
const PATCHES: &[(&str, Patch)] = &[
    ("application/json-patch+json", Patch::Json),
    ("application/merge-patch+json", Patch::Merge),
    ("application/apply-patch+yaml", Patch::Apply),
];

/// How a patch is meant, by the header `Content-Type`.
///
/// # Errors
/// If it is meant in a way that is not known here, as strategic merge patches are not.
pub fn patch(content_type: Option<&str>) -> Result<Patch, Failure> {
    let media_type = media_type(content_type);
    let known = PATCHES.iter().find(|(known, _)| *known == media_type);
    known.map(|(_, patch)| *patch).ok_or_else(|| {
        let names: Vec<&str> = PATCHES.iter().map(|(name, _)| *name).collect();
        Failure::unsupported_media_type(&names)
    })
}

/// The type without its parameters.
fn media_type(content_type: Option<&str>) -> &str {
    let content_type = content_type.unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: Encoding = Encoding::Text(Notation::Json);
    const TABLE: &str = "application/json;as=Table;v=v1;g=meta.k8s.io";

    fn chosen(accept: &str, answer: Answer) -> Result<(Encoding, Shape), String> {
        let form = form(Some(accept), answer).map_err(|failure| failure.message)?;
        Ok((form.encoding, form.shape))
    }

    #[test]
    fn the_first_clause_that_can_be_met_counts() {
        for (accept, wanted) in [
            ("", (JSON, Shape::Whole)),
            ("*/*", (JSON, Shape::Whole)),
            ("application/json", (JSON, Shape::Whole)),
            (
                "application/json;pretty=1",
                (Encoding::Text(Notation::PrettyJson), Shape::Whole),
            ),
            ("application/yaml", (Encoding::Text(Notation::Yaml), Shape::Whole)),
            (
                "application/vnd.kubernetes.protobuf,application/json",
                (JSON, Shape::Whole),
            ),
            (
                "application/json;q=0.5,application/yaml",
                (Encoding::Text(Notation::Yaml), Shape::Whole),
            ),
            ("application/yaml;q=0,application/json", (JSON, Shape::Whole)),
            (TABLE, (JSON, Shape::Table)),
            (
                "application/json;as=Table;v=v2;g=meta.k8s.io,application/json",
                (JSON, Shape::Whole),
            ),
            (
                "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
                (JSON, Shape::Metadata),
            ),
        ] {
            assert_eq!(chosen(accept, Answer::Object), Ok(wanted), "{accept}");
        }
        assert_eq!(form(None, Answer::Stream).map(|form| form.encoding), Ok(JSON));
    }

    #[test]
    fn lists_and_streams_have_forms_of_their_own() {
        let (object, list) = (
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
        );
        assert_eq!(chosen(list, Answer::List), Ok((JSON, Shape::Metadata)));
        assert!(chosen(object, Answer::List).is_err());
        assert!(chosen(list, Answer::Object).is_err());
        assert_eq!(chosen(object, Answer::Stream), Ok((JSON, Shape::Metadata)));
        assert_eq!(
            chosen("application/json;stream=watch", Answer::Stream),
            Ok((JSON, Shape::Whole))
        );
    }

    #[test]
    fn only_metadata_and_statuses_are_protobuf() {
        let object = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
        let list = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
        let metadata = Ok((Encoding::Protobuf, Shape::Metadata));
        assert_eq!(chosen(object, Answer::Object), metadata);
        assert_eq!(chosen(list, Answer::List), metadata);
        assert_eq!(chosen(object, Answer::Stream), metadata);
        assert_eq!(chosen(&format!("{object};stream=watch"), Answer::Stream), metadata);
        let table = "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1";
        for accept in [PROTOBUF, PROTOBUF_STREAM, table] {
            for answer in [Answer::Object, Answer::List, Answer::Stream] {
                assert!(chosen(accept, answer).is_err(), "{accept} {answer:?}");
                let or_json = format!("{accept},application/json");
                assert_eq!(
                    chosen(&or_json, answer),
                    Ok((JSON, Shape::Whole)),
                    "{accept} {answer:?}"
                );
            }
        }
        assert_eq!(chosen(PROTOBUF, Answer::Status), Ok((Encoding::Protobuf, Shape::Whole)));
        // As the Go servers, which pass over clauses that ask for another shape.
        assert!(chosen(object, Answer::Status).is_err());
        assert_eq!(
            notation(Some(&format!("{PROTOBUF},application/yaml"))),
            Ok(Notation::Yaml)
        );
    }

    #[test]
    fn what_cannot_be_met_is_said() {
        let message = "only the following media types are accepted: \
                       application/json, application/yaml, application/vnd.kubernetes.protobuf";
        assert_eq!(chosen("text/html", Answer::Object), Err(message.to_owned()));
        let message = "only the following media types are accepted: \
                       application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
        assert_eq!(chosen("application/yaml", Answer::Stream), Err(message.to_owned()));
    }

    #[test]
    fn bodies_and_patches_are_told_by_their_types() {
        assert_eq!(body(None), Ok(Body::Json));
        assert_eq!(body(Some("application/json; charset=utf-8")), Ok(Body::Json));
        assert_eq!(body(Some("application/yaml")), Ok(Body::Yaml));
        assert_eq!(options_body(Some(PROTOBUF)), Ok(OptionsBody::Protobuf));
        assert_eq!(body(Some(PROTOBUF)).map_err(|failure| failure.code), Err(415));
        assert_eq!(body(Some("text/plain")).map_err(|failure| failure.code), Err(415));
        assert_eq!(patch(Some("application/merge-patch+json")), Ok(Patch::Merge));
        assert_eq!(patch(Some("application/apply-patch+yaml")), Ok(Patch::Apply));
        let strategic = patch(Some("application/strategic-merge-patch+json")).expect_err("it is not known");
        assert_eq!(
            strategic.message,
            "the body of the request was in an unknown format - accepted media types include: \
             application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"
        );
    }
}
