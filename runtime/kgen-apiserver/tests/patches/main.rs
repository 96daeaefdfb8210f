//! What bodies, patches, applied configurations and scales do to objects. Names begin with the numbers of the statements
//! that they check.

mod applies;
mod bad_input;
mod bodies;
mod fixture;
mod options;
mod patches;
mod scales;
