//! What happens to objects that are created, updated, patched, applied, scaled and deleted, through the endpoints, without
//! a network.
//!
//! The numbers in the names are those of the statements about API servers that a test shows.

mod admissions;
mod applies;
mod bad_input;
mod bodies;
mod creates;
mod deletes;
mod fixture;
mod metadata;
mod options;
mod patches;
mod races;
mod scales;
mod updates;
