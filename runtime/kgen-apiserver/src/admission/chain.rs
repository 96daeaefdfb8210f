//! All plugins, one after the other.

use super::Write;
use crate::failure::Failure;

/// Lets all plugins change the object or refuse the write.
///
/// # Errors
/// The first refusal.
pub(crate) async fn admit(write: &mut Write<'_>) -> Result<(), Failure> {
    for plugin in write.resources.plugins() {
        plugin.admit(write).await?;
    }
    Ok(())
}

/// Asks all plugins about the object as it will be.
///
/// # Errors
/// The first refusal.
pub(crate) async fn validate(write: &Write<'_>) -> Result<(), Failure> {
    for plugin in write.resources.plugins() {
        plugin.validate(write).await?;
    }
    Ok(())
}
