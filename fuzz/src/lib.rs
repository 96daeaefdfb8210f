//! What people and clients may write, at random: each function takes any bytes, and none may panic.
//!
//! The ordinary tests call the same functions with inputs that are the same each time.

pub mod served;
pub mod sources;
