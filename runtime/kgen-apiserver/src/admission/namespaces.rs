//! Nothing is made in namespaces that are not there, or that are going away.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Admission, Operation, Write};
use crate::failure::{Failure, Subject};

/// Whether a namespace takes new objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamespacePhase {
    /// It does.
    Active,
    /// It is being deleted.
    Terminating,
}

/// Where namespaces are known: the main API server, as a rule.
#[async_trait]
pub trait Namespaces: Send + Sync + 'static {
    /// The phase of a namespace; none if there is none. What a cache does not know must be looked up, since a namespace
    /// may just have been made.
    ///
    /// # Errors
    /// If nothing can be found out.
    async fn phase(&self, namespace: &str) -> Result<Option<NamespacePhase>, Failure>;
}

/// The plugin `NamespaceLifecycle`: refuses to make objects in namespaces that are being deleted, and to write in
/// namespaces that are not there. Deleting is always let through.
pub struct NamespaceLifecycle {
    namespaces: Arc<dyn Namespaces>,
}

impl NamespaceLifecycle {
    /// Looks at these namespaces.
    pub fn new(namespaces: Arc<dyn Namespaces>) -> Self {
        Self { namespaces }
    }
}

#[async_trait]
impl Admission for NamespaceLifecycle {
    fn name(&self) -> &'static str {
        "NamespaceLifecycle"
    }

    async fn admit(&self, write: &mut Write<'_>) -> Result<(), Failure> {
        let namespace = write.resource.namespace.as_str();
        if namespace.is_empty() || write.operation == Operation::Delete {
            return Ok(());
        }
        match self.namespaces.phase(namespace).await? {
            None => Err(Failure::not_found(&Subject {
                group: String::new(),
                resource: "namespaces".to_owned(),
                name: namespace.to_owned(),
            })),
            Some(NamespacePhase::Terminating) if write.operation == Operation::Create => {
                let why =
                    format!("unable to create new content in namespace {namespace} because it is being terminated");
                let cause = format!("namespace {namespace} is being terminated");
                let failure = Failure::forbidden(&write.subject(), why);
                Err(failure.cause("NamespaceTerminating", cause, "metadata.namespace"))
            }
            Some(NamespacePhase::Active | NamespacePhase::Terminating) => Ok(()),
        }
    }
}
