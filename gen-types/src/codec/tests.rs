//! Plans by value, and files as goldens.

mod goldens;
mod plans;
