//! The options of writes: what stands in the query of a create, an update or a patch, and in the query or the body of a
//! delete.

use http::header::CONTENT_TYPE;
use kgen::codec;
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::DeleteOptions;
use kgen::validation::{BadValue, Error, Errors, Path};

use super::body;
use super::field_validation::FieldValidation;
use crate::apply::{MAX_MANAGER_LENGTH, is_print, manager_or_user_agent};
use crate::failure::Failure;
use crate::negotiation::{self, OptionsBody};
use crate::protobuf;
use crate::request::{Query, Request};

const META_GROUP: &str = "meta.k8s.io";
const POLICIES: &[&str] = &["Foreground", "Background", "Orphan", "nil"];

/// The options of a create, an update or a patch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Who is recorded to own what is written.
    pub field_manager: String,
    /// Whether nothing is stored.
    pub dry_run: bool,
    /// What becomes of unknown fields.
    pub field_validation: FieldValidation,
}

impl WriteOptions {
    /// The options of a create.
    ///
    /// # Errors
    /// If one of them has no meaning.
    pub fn of_create(request: &Request) -> Result<Self, Failure> {
        Self::of(request, "CreateOptions", Errors::new())
    }

    /// The options of an update.
    ///
    /// # Errors
    /// If one of them has no meaning.
    pub fn of_update(request: &Request) -> Result<Self, Failure> {
        Self::of(request, "UpdateOptions", Errors::new())
    }

    fn of(request: &Request, kind: &str, mut errors: Errors) -> Result<Self, Failure> {
        let query = &request.query;
        let given = query.get("fieldManager").unwrap_or_default();
        check_manager(given, &mut errors);
        let dry_runs: Vec<&str> = query.all("dryRun").collect();
        check_dry_run(&dry_runs, &mut errors);
        let validation = query.get("fieldValidation").unwrap_or_default();
        let field_validation = FieldValidation::parse(validation);
        if field_validation.is_none() {
            let supported = ["", "Ignore", "Strict", "Warn"];
            errors.push(Error::not_supported(
                &Path::ROOT.child("fieldValidation"),
                validation,
                &supported,
            ));
        }
        checked(kind, &errors)?;
        Ok(Self {
            field_manager: manager_or_user_agent(given, request.header(http::header::USER_AGENT).unwrap_or_default()),
            dry_run: !dry_runs.is_empty(),
            field_validation: field_validation.unwrap_or_default(),
        })
    }
}

/// The options of a patch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchOptions {
    /// What all writes have.
    pub write: WriteOptions,
    /// Whether an apply takes fields from their owners.
    pub force: bool,
}

impl PatchOptions {
    /// The options of a patch; `is_apply` says of which sort.
    ///
    /// # Errors
    /// If one of them has no meaning.
    pub fn of(request: &Request, is_apply: bool) -> Result<Self, Failure> {
        let query = &request.query;
        let mut errors = Errors::new();
        if is_apply && query.get("fieldManager").is_none_or(str::is_empty) {
            errors.push(Error::required(
                &Path::ROOT.child("fieldManager"),
                "is required for apply patch",
            ));
        }
        let force = query.get("force").map(truth);
        if !is_apply && force.is_some() {
            let detail = "may not be specified for non-apply patch";
            errors.push(Error::forbidden(&Path::ROOT.child("force"), detail));
        }
        Ok(Self {
            write: WriteOptions::of(request, "PatchOptions", errors)?,
            force: force.unwrap_or_default(),
        })
    }
}

/// The options of a delete. If there is a body, it alone says them.
///
/// # Errors
/// If the body holds no options, or if one of them has no meaning.
pub fn delete_options(request: &Request) -> Result<DeleteOptions, Failure> {
    let options = if request.body.is_empty() {
        delete_options_of_query(&request.query)?
    } else {
        delete_options_of_body(request)?
    };
    let mut errors = Errors::new();
    if let Some(policy) = options.propagation_policy.as_deref() {
        let path = Path::ROOT.child("propagationPolicy");
        if options.orphan_dependents.is_some() {
            let detail = "orphanDependents and deletionPropagation cannot be both set";
            errors.push(Error::invalid(&path, policy, detail));
        }
        if !matches!(policy, "Foreground" | "Background" | "Orphan") {
            errors.push(Error::not_supported(&path, policy, POLICIES));
        }
    }
    let dry_runs: Vec<&str> = options.dry_run.iter().flatten().map(String::as_str).collect();
    check_dry_run(&dry_runs, &mut errors);
    checked("DeleteOptions", &errors)?;
    Ok(options)
}

fn delete_options_of_body(request: &Request) -> Result<DeleteOptions, Failure> {
    let options: DeleteOptions = match negotiation::options_body(request.header(CONTENT_TYPE))? {
        OptionsBody::Text(body) => {
            let text = body::Text::read(request, body)?;
            codec::from_slice(&text.json).map_err(|error| Failure::bad_request(error.to_string()))?
        }
        OptionsBody::Protobuf => protobuf::delete_options(&request.body).map_err(Failure::bad_request)?,
    };
    let is_one_of_the_words = |found: Option<&str>, words: &[&str]| found.is_none_or(|found| words.contains(&found));
    let of_group = match request.resource.group.as_str() {
        "" => request.resource.version.clone(),
        group => format!("{group}/{}", request.resource.version),
    };
    let versions = ["", "v1", "meta.k8s.io/v1", &of_group];
    if is_one_of_the_words(options.kind.as_deref(), &["", "DeleteOptions"])
        && is_one_of_the_words(options.api_version.as_deref(), &versions)
    {
        return Ok(options);
    }
    Err(Failure::bad_request(
        "decoded object cannot be converted to DeleteOptions",
    ))
}

fn delete_options_of_query(query: &Query) -> Result<DeleteOptions, Failure> {
    let number = |text: &str| {
        let invalid = |_| Failure::bad_request(format!("gracePeriodSeconds is no number: {text:?}"));
        text.parse().map_err(invalid)
    };
    let dry_run: Vec<String> = query.all("dryRun").map(str::to_owned).collect();
    let corrupt = query.get("ignoreStoreReadErrorWithClusterBreakingPotential");
    Ok(DeleteOptions {
        dry_run: (!dry_run.is_empty()).then_some(dry_run),
        grace_period_seconds: query.get("gracePeriodSeconds").map(number).transpose()?,
        ignore_store_read_error_with_cluster_breaking_potential: corrupt.map(truth),
        orphan_dependents: query.get("orphanDependents").map(truth),
        propagation_policy: query.get("propagationPolicy").map(str::to_owned),
        ..DeleteOptions::default()
    })
}

/// What an option says that is a bool: everything but `0` and `false` means yes, as in the Go servers.
pub(super) fn truth(text: &str) -> bool {
    text != "0" && !text.eq_ignore_ascii_case("false")
}

fn check_manager(manager: &str, errors: &mut Errors) {
    let path = Path::ROOT.child("fieldManager");
    if manager.len() > MAX_MANAGER_LENGTH {
        errors.push(Error::too_long(&path, MAX_MANAGER_LENGTH));
    }
    for (position, char) in manager.char_indices().filter(|(_, char)| !is_print(*char)) {
        let detail = format!("invalid character U+{:04X} (at position {position})", u32::from(char));
        errors.push(Error::invalid(&path, manager, detail));
    }
}

fn check_dry_run(values: &[&str], errors: &mut Errors) {
    if values.iter().any(|value| *value != "All") {
        let path = Path::ROOT.child("dryRun");
        errors.push(Error::not_supported(&path, BadValue::of(values), &["All"]));
    }
}

fn checked(kind: &str, errors: &Errors) -> Result<(), Failure> {
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Failure::invalid(META_GROUP, kind, "", errors))
    }
}
