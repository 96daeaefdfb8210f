//! Who asked for what, and what came of it: one line of JSON for each stage of each request (`audit.k8s.io/v1`).

mod event;
mod log;

pub use self::log::{AuditLog, AuditOptions, Stage};

pub(crate) use self::event::Record;
