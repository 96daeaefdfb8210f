//! What clients read: objects, lists and watches, from a whole server over the memory store.
//!
//! The numbers in names are those of the statements in docs/conformance.md.

mod fixture;
mod forms;
mod gets;
mod lists;
mod pages;
mod selectors;
mod tables;
mod versions;
mod watch_starts;
mod watches;
