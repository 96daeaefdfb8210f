//! Server-side apply, from the outside: writes and what comes of them.

mod conflicts;
mod crds;
mod endpoints;
mod field_sets;
mod last_applied;
mod lists;
mod managed_fields;
mod maps;
mod properties;
mod scale;
mod schemas;
mod things;
mod types;
mod versions;
