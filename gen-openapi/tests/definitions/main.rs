//! Definitions that go through the model and come out again: the same documents as data.

mod common;
mod copies;
mod corpus;
mod errors;
mod facts;
mod kinds;
mod schemas;
mod types;
