//! All plugins, one after the other.

use std::time::Instant;

use super::Write;
use crate::failure::Failure;
use crate::metrics::Step;

/// Lets all plugins change the object or refuse the write.
///
/// # Errors
/// The first refusal.
pub(crate) async fn admit(write: &mut Write<'_>) -> Result<(), Failure> {
    let (resources, operation) = (write.resources, write.operation);
    let (metrics, begin) = (resources.admission_metrics(), Instant::now());
    for (place, plugin) in resources.plugins().iter().enumerate() {
        let since = Instant::now();
        let admitted = plugin.admit(write).await;
        metrics.asked(place, Step::Admit, operation, since, admitted.is_err());
        if admitted.is_err() {
            metrics.stepped(Step::Admit, operation, begin, true);
            return admitted;
        }
    }
    metrics.stepped(Step::Admit, operation, begin, false);
    Ok(())
}

/// Asks all plugins about the object as it will be.
///
/// # Errors
/// The first refusal.
pub(crate) async fn validate(write: &Write<'_>) -> Result<(), Failure> {
    let (resources, operation) = (write.resources, write.operation);
    let (metrics, begin) = (resources.admission_metrics(), Instant::now());
    for (place, plugin) in resources.plugins().iter().enumerate() {
        let since = Instant::now();
        let approved = plugin.validate(write).await;
        metrics.asked(place, Step::Validate, operation, since, approved.is_err());
        if approved.is_err() {
            metrics.stepped(Step::Validate, operation, begin, true);
            return approved;
        }
    }
    metrics.stepped(Step::Validate, operation, begin, false);
    Ok(())
}
