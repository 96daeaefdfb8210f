#[path = "lines.rs"]
pub mod lines;
