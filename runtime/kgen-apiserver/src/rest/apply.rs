//! Server-side apply: a client says what it wants of an object, and gets it unless others want something else.

use jiff::Timestamp;
use kgen::Object;
use serde_json::Value;

use super::field_validation::{self, FieldValidation};
use super::live::{Change, Live};
use super::write_options::PatchOptions;
use super::{Target, body, encode, fields, patch, update};
use crate::apply::ApplyError;
use crate::failure::Failure;
use crate::request::{Request, Warnings};
use crate::response::Response;
use crate::yaml;

/// Applies a configuration to an object or its status, or makes the object if there is none.
///
/// # Errors
/// If the configuration is none, if others own what would change, or as for any update.
pub(super) async fn apply(target: Target<'_>, request: &Request, options: &PatchOptions) -> Result<Response, Failure> {
    let mut applying = Applying {
        target,
        request,
        options,
        configuration: configuration(&request.body, options.write.field_validation, &request.warnings)?,
        now: Timestamp::now(),
    };
    let updated = update::update(target, request, &options.write, &mut applying).await?;
    encode::respond(&target, request, updated.status(), updated.object)
}

/// Reads a configuration, which is YAML or JSON.
///
/// # Errors
/// If it is none, if another one follows, or if the client wanted it to be refused.
pub(super) fn configuration(body: &[u8], validation: FieldValidation, warnings: &Warnings) -> Result<Value, Failure> {
    let not_decoded = |why: &dyn std::fmt::Display| Failure::bad_request(format!("error decoding YAML: {why}"));
    let text = body::utf8(body)?;
    let document = yaml::document(text).map_err(|why| not_decoded(&why))?;
    if document.is_first_of_many {
        return Err(not_decoded(&"more than one document"));
    }
    match validation {
        FieldValidation::Strict if !document.repeated.is_empty() => {
            let repeated = field_validation::repeated_keys(&document.repeated);
            let why = format!("error strict decoding YAML: error converting YAML to JSON: {repeated}");
            return Err(Failure::bad_request(why));
        }
        FieldValidation::Warn => document.repeated.iter().for_each(|line| warnings.add(line.as_str())),
        FieldValidation::Ignore | FieldValidation::Strict => {}
    }
    match document.value {
        value @ (Value::Object(_) | Value::Null) => Ok(value),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(not_decoded(&"a configuration is an object"))
        }
    }
}

/// An applied configuration, as the change that it makes to an object.
struct Applying<'a> {
    target: Target<'a>,
    request: &'a Request,
    options: &'a PatchOptions,
    configuration: Value,
    now: Timestamp,
}

impl Change for Applying<'_> {
    fn make(&mut self, live: Option<&Live<'_>>) -> Result<Box<dyn Object>, Failure> {
        let info = &self.request.resource;
        let before = live.map_or_else(|| Ok(Value::Null), |live| live.json().cloned())?;
        let applied = fields::keeper(&self.target, info).apply(
            before,
            &self.configuration,
            &self.options.write.field_manager,
            self.options.force,
            self.now,
        );
        let written = applied.map_err(failure)?;
        let behaviour = &self.target.version.kind.behaviour;
        let json = serde_json::to_vec(&written.object).map_err(Failure::internal)?;
        let invalid = |error| Failure::bad_request(format!("error decoding YAML: {error}"));
        let mut object = behaviour.decode(&json).map_err(invalid)?;
        behaviour.set_defaults(&mut *object).map_err(Failure::internal)?;
        if let (None, Some(uid)) = (live, object.object_meta().uid.as_deref().filter(|uid| !uid.is_empty())) {
            let why =
                format!("uid mismatch: the provided object specified uid {uid}, and no existing object was found");
            return Err(Failure::conflict(&info.subject(), why));
        }
        patch::check_place(&self.target, info, object.object_meta_mut())?;
        fields::record(&mut *object, &written.managed);
        Ok(object)
    }

    fn creates(&self) -> bool {
        // Nothing is made through a subresource.
        self.request.resource.subresource.is_empty()
    }
}

/// Why an apply is refused, as clients are told.
pub(super) fn failure(error: ApplyError) -> Failure {
    match &error {
        // What cannot be converted is more often what was applied than what was there.
        ApplyError::WrongKind(_)
        | ApplyError::ManagedFieldsGiven
        | ApplyError::InvalidConfig(_)
        | ApplyError::Conversion(_) => Failure::bad_request(error.to_string()),
        ApplyError::Conflicts(_) => {
            let causes = error.causes().into_iter();
            causes.fold(Failure::apply_conflict(error.to_string()), |failure, cause| {
                failure.cause(cause.reason, cause.message, &cause.field)
            })
        }
        ApplyError::InvalidLive(_) | ApplyError::InvalidManagedFields(_) => Failure::internal(error),
    }
}
