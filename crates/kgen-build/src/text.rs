//! Reads the text files that are no Rust source: `kgen.toml` and `Cargo.toml`.

use std::fs;
use std::io::Read;
use std::path::Path;

use kgen_model::{Diagnostic, Report};

/// No file that a person wrote is larger.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The text of a file, or a diagnostic that says why there is none.
pub(crate) fn read_text(path: &Path, report: &mut Report) -> Option<String> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        report.push(unreadable(path, &error));
        return None;
    }
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("`{}` is larger than 16 MiB", path.display());
        report.push(Diagnostic::error_without_span("file-too-large", message).help("name another file"));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("`{}` is not UTF-8: line {line}, byte {at}", path.display());
            report.push(Diagnostic::error_without_span("not-utf8", message).help("save it as UTF-8"));
            None
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error_without_span(
        "unreadable-file",
        format!("`{}` cannot be read: {error}", path.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> Option<&'static str> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("kgen.toml");
        fs::write(&path, bytes).expect("the folder can be written");
        let mut report = Report::default();
        let text = read_text(&path, &mut report);
        assert_eq!(text.is_none(), report.has_errors());
        report.diagnostics().first().map(|diagnostic| diagnostic.code)
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(code(b"source = 'a'"), None);
        assert_eq!(code(b"fn \xff"), Some("not-utf8"));
        assert_eq!(code(&vec![b' '; 16 * 1024 * 1024 + 1]), Some("file-too-large"));
        let mut report = Report::default();
        assert_eq!(read_text(Path::new("no/such/file"), &mut report), None);
        assert_eq!(report.diagnostics()[0].code, "unreadable-file");
    }
}
