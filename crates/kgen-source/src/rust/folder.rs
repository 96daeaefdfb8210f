//! Where the file of a `mod x;` lies: the rules of rustc, as a computation on paths. Nothing here reads the disk.

use std::path::{Path, PathBuf};

/// The place from which a module's children are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    /// The folder of the file, with the names of inline modules appended.
    dir: PathBuf,
    /// The name of a file that keeps its children in a folder named like itself: `a` for `a.rs`. `#[path]` ignores it.
    below: Option<String>,
}

impl Folder {
    /// Of a file that keeps its children beside itself: `lib.rs`, `main.rs`, `mod.rs`, and all that `#[path]` names.
    pub(crate) fn beside(file: &Path) -> Self {
        Self {
            dir: file.parent().unwrap_or(Path::new("")).to_path_buf(),
            below: None,
        }
    }

    /// Of the file `name.rs` that keeps its children in the folder `name`.
    pub(crate) fn below(file: &Path, name: &str) -> Self {
        Self {
            below: Some(name.to_owned()),
            ..Self::beside(file)
        }
    }

    /// Of a file that a person names. The root of a crate keeps its children beside itself, whatever it is called.
    pub(crate) fn of_root(file: &Path, module_path: &[String]) -> Self {
        let stem = file.file_stem().map(|stem| stem.to_string_lossy());
        match stem.as_deref() {
            Some("lib" | "main" | "mod") | None => Self::beside(file),
            Some(_) if module_path.len() <= 1 => Self::beside(file),
            Some(stem) => Self::below(file, stem),
        }
    }

    /// Of `mod name { .. }`, which may carry `#[path]`.
    pub(crate) fn inline(&self, name: &str, path: Option<&str>) -> Self {
        let dir = match path {
            Some(path) => self.dir.join(path),
            None => self.children().join(name),
        };
        Self { dir, below: None }
    }

    /// Where `mod name;` may lie, with the folder of its own children.
    pub(crate) fn candidates(&self, name: &str, path: Option<&str>) -> Vec<(PathBuf, Self)> {
        if let Some(path) = path {
            let file = self.dir.join(path);
            let folder = Self::beside(&file);
            return vec![(file, folder)];
        }
        let flat = self.children().join(format!("{name}.rs"));
        let nested = self.children().join(name).join("mod.rs");
        let folders = (Self::below(&flat, name), Self::beside(&nested));
        vec![(flat, folders.0), (nested, folders.1)]
    }

    fn children(&self) -> PathBuf {
        match &self.below {
            Some(below) => self.dir.join(below),
            None => self.dir.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Folder, path: Option<&str>) -> Vec<String> {
        let candidates = folder.candidates("x", path);
        candidates
            .iter()
            .map(|(file, _)| file.to_string_lossy().replace('\\', "/"))
            .collect()
    }

    fn folder(file: &str) -> Folder {
        Folder::of_root(Path::new(file), &["crate".to_owned(), "a".to_owned()])
    }

    #[test]
    fn a_root_keeps_children_beside_itself() {
        assert_eq!(files(&folder("src/lib.rs"), None), ["src/x.rs", "src/x/mod.rs"]);
        assert_eq!(files(&folder("src/a/mod.rs"), None), ["src/a/x.rs", "src/a/x/mod.rs"]);
        let named = Folder::of_root(Path::new("src/api.rs"), &["crate".to_owned()]);
        assert_eq!(files(&named, None), ["src/x.rs", "src/x/mod.rs"]);
    }

    #[test]
    fn another_file_keeps_them_below() {
        assert_eq!(files(&folder("src/a.rs"), None), ["src/a/x.rs", "src/a/x/mod.rs"]);
    }

    #[test]
    fn a_path_is_relative_to_the_file() {
        assert_eq!(files(&folder("src/a.rs"), Some("y.rs")), ["src/y.rs"]);
        assert_eq!(files(&folder("src/a/mod.rs"), Some("y.rs")), ["src/a/y.rs"]);
    }

    #[test]
    fn inline_modules_nest_folders() {
        assert_eq!(
            files(&folder("src/a.rs").inline("b", None), None),
            ["src/a/b/x.rs", "src/a/b/x/mod.rs"]
        );
        assert_eq!(
            files(&folder("src/lib.rs").inline("b", None), None),
            ["src/b/x.rs", "src/b/x/mod.rs"]
        );
    }

    #[test]
    fn a_path_inside_of_an_inline_module_is_relative_to_its_folder() {
        assert_eq!(
            files(&folder("src/a.rs").inline("b", None), Some("y.rs")),
            ["src/a/b/y.rs"]
        );
        assert_eq!(
            files(&folder("src/lib.rs").inline("b", None), Some("y.rs")),
            ["src/b/y.rs"]
        );
    }

    #[test]
    fn a_path_on_an_inline_module_names_its_folder() {
        assert_eq!(
            files(&folder("src/a.rs").inline("b", Some("z")), None),
            ["src/z/x.rs", "src/z/x/mod.rs"]
        );
    }
}
