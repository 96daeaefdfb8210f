//! The types of the tables, read and resolved as `kgen` does it.

use std::fs;
use std::path::Path;

use kgen_gen_openapi::structural::{LeftOut, SchemaOf, Why};
use kgen_model::{Model, Report, Sources, TypeId};
use serde_json::Value;

const HEAD: &str = r#"
kgen::version! { group = "shop.example.com", version = "v1", allow_float }

use std::collections::{BTreeMap, HashMap};

use kgen::k8s::{ConfigMapKeySelector, IntOrString};
use kgen::validation::{Error, Errors, Operation, Path};
"#;

/// Types with their schemas.
pub(crate) struct Types(Model);

impl Types {
    /// Those of a text.
    pub(crate) fn of(texts: &[String]) -> Self {
        let name = format!("rules-{}", texts.len());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("src");
        fs::create_dir_all(&folder).expect("the folder can be made");
        let root = folder.join("lib.rs");
        fs::write(&root, format!("{HEAD}\n{}", texts.join("\n"))).expect("the file can be written");
        let input = kgen_source::Input {
            root,
            module_path: vec!["crate".to_owned()],
            skip: Vec::new(),
        };
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let model = kgen_model::resolve(&kgen_source::load(&input, &mut sources, &mut report), &mut report);
        assert!(!report.has_errors(), "{report:#?}");
        Self(model)
    }

    fn id(&self, name: &str) -> TypeId {
        let mut types = self.0.source_types();
        types
            .find(|(_, ty)| ty.name == name)
            .map(|(id, _)| id)
            .expect("the table declares its types")
    }

    /// The schema that a definition has for a type.
    pub(crate) fn schema(&self, name: &str) -> Value {
        let schema = SchemaOf::inline(&self.0).definition(self.id(name));
        serde_json::to_value(&schema).expect("schemas can be written")
    }

    /// Why the definition holds less than the type says, if it does.
    pub(crate) fn left_out(&self, name: &str) -> Option<Why> {
        let left_out: Vec<LeftOut> = SchemaOf::inline(&self.0).left_out(self.id(name));
        left_out.first().map(|one| one.why)
    }
}
