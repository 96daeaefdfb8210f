//! What happens to objects that are created, updated and deleted, through the endpoints, without a network.
//!
//! The numbers in the names are those of the statements about API servers that a test shows.

mod admissions;
mod creates;
mod deletes;
mod fixture;
mod metadata;
mod races;
mod updates;
