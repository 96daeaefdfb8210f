//! `isbn10`: the number of a book.

use super::isbns::is_isbn10;
use super::type_invalid;
use crate::validation::{Errors, Path};

/// A number of 10 digits with a right check digit, with blanks and dashes anywhere.
pub fn isbn10(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_isbn10(value) {
        type_invalid(errors, path, value, "isbn10");
    }
}
