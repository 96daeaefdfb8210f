//! A module whose name is a keyword.

/// Has fields whose names are.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Type {
    /// A number.
    pub r#fn: i32,
    /// A text.
    #[kgen(default = "x")]
    pub r#loop: String,
    /// Another one.
    pub r#mod: Option<String>,
}
