//! Generated schemas, as a JSON Schema library of others understands them.

use proptest::prelude::*;

use crate::support::defaulting::defaulted;
use crate::support::mutation::{Mutation, mutations};
use crate::support::shape::Shape;
use crate::support::{Documents, Example, each_kind, for_all};

/// What code writes is valid once a server has put in the defaults.
fn schemas_accept_what_code_writes<T: Example>() {
    let documents = Documents::of::<T>();
    let shape = Shape::of(&documents.complete);
    let validators = documents.validators();
    for_all(|choices| {
        let json = shape.object(T::API_VERSION, T::KIND, choices);
        let mut object = T::read(&json)?;
        let as_is = defaulted(&documents.crd, &object.written());
        object.fill_in();
        for written in [as_is, object.written()] {
            for (name, validator) in &validators {
                let errors: Vec<String> = validator.iter_errors(&written).map(described).collect();
                prop_assert!(errors.is_empty(), "{name}: {}\n{written:#}", errors.join("\n"));
            }
        }
        Ok(())
    });
}
each_kind! { schemas_accept_what_code_writes }

fn described(error: jsonschema::ValidationError<'_>) -> String {
    format!("{}: {error}", error.instance_path())
}

/// A value that breaks one keyword anywhere is refused.
fn schemas_refuse_what_breaks_a_keyword<T: Example>() {
    let documents = Documents::of::<T>();
    let shape = Shape::of(&documents.complete);
    let validators = documents.validators();
    for_all(|choices| {
        let json = shape.object(T::API_VERSION, T::KIND, choices);
        let object = defaulted(&documents.crd, &T::read(&json)?.written());
        let mutations = mutations(&documents.crd, &object);
        for _ in 0..8 {
            let Mutation { keyword, path, broken } = choices.pick(&mutations);
            for (name, validator) in &validators {
                prop_assert!(
                    !validator.is_valid(broken),
                    "{name}: {path} breaks {keyword}, and is accepted\n{broken:#}"
                );
            }
        }
        Ok(())
    });
}
each_kind! { schemas_refuse_what_breaks_a_keyword }
