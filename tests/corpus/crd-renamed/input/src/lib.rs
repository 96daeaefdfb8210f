pub mod generated;
pub mod own;
