pub mod generated;
pub mod v1;
