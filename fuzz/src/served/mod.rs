//! What clients may send: each function takes any bytes as a part of a request, and a server in memory answers it. None
//! may panic, and none may be called a fault of the server.

mod bodies;
mod exchange;
mod objects;
mod owners;
mod server;

pub use bodies::{apply, delete_options, json_body, json_patch, merge_patch, yaml_body};
pub use exchange::exchange;
pub use objects::objects;
pub use owners::owners;
pub use server::{continue_token, selectors};

/// A function, by the name of its target.
pub type Target = (&'static str, fn(&[u8]));

/// All functions.
pub const TARGETS: &[Target] = &[
    ("apply", apply),
    ("continue_token", continue_token),
    ("delete_options", delete_options),
    ("exchange", exchange),
    ("json_body", json_body),
    ("json_patch", json_patch),
    ("merge_patch", merge_patch),
    ("objects", objects),
    ("owners", owners),
    ("selectors", selectors),
    ("yaml_body", yaml_body),
];
