//! What holds for every object of every kind.

use kgen_testing::Choices;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

use crate::support::defaulting::{defaulted, properties};
use crate::support::sameness::differences;
use crate::support::shape::Shape;
use crate::support::walk::walk;
use crate::support::{Documents, Example, derives_serde, each_kind, for_all};

/// Runs a check with random objects of a kind.
fn for_objects<T: Example>(check: impl Fn(&Value, Value, &mut Choices<'_>) -> TestCaseResult) {
    let schema = Documents::of::<T>().complete;
    let shape = Shape::of(&schema);
    for_all(|choices| {
        let object = shape.object(T::API_VERSION, T::KIND, choices);
        check(&schema, object, choices)
    });
}

fn decoding_and_encoding_loses_nothing<T: Example>() {
    for_objects::<T>(|schema, json, _| {
        let object = T::read(&json)?;
        let written = object.written();
        let mut differences = differences(schema, &json, &written);
        differences.retain(|difference| !derives_serde(difference));
        prop_assert!(differences.is_empty(), "{}\n{json:#}", differences.join("\n"));
        prop_assert_eq!(T::read(&written)?, object);
        Ok(())
    });
}
each_kind! { decoding_and_encoding_loses_nothing }

fn null_is_as_good_as_absent<T: Example>() {
    for_objects::<T>(|schema, json, choices| {
        let mut with_null = json.clone();
        walk(schema, &mut with_null, &mut |schema, value, path| {
            let Value::Object(members) = value else { return };
            for (name, _) in properties(schema).filter(|_| !derives_serde(path)) {
                if !members.contains_key(name) && choices.is_likely(2) {
                    members.insert(name.clone(), Value::Null);
                }
            }
        });
        prop_assert_eq!(T::read(&with_null)?, T::read(&json)?, "{:#}", with_null);
        Ok(())
    });
}
each_kind! { null_is_as_good_as_absent }

fn deep_copies_are_equal<T: Example>() {
    let schema = Documents::of::<T>().complete;
    let shape = Shape::of(&schema);
    for_all(|choices| {
        let [source, mut target] = [(), ()]
            .map(|()| shape.object(T::API_VERSION, T::KIND, choices))
            .map(|json| T::read(&json));
        let source = source?;
        prop_assert_eq!(&source.deep_copy(), &source);
        let target = target.as_mut().map_err(|error| error.clone())?;
        target.deep_copy_from(&source);
        prop_assert_eq!(&*target, &source);
        Ok(())
    });
}
each_kind! { deep_copies_are_equal }

fn defaulting_twice_is_defaulting_once<T: Example>() {
    for_objects::<T>(|_, json, _| {
        let mut once = T::read(&json)?;
        once.fill_in();
        let mut twice = once.clone();
        twice.fill_in();
        prop_assert_eq!(twice, once);
        Ok(())
    });
}
each_kind! { defaulting_twice_is_defaulting_once }

/// The defaults of the schema, decoded, are what decoding and `Defaults` make of the object without them.
fn defaulting_does_what_the_schema_says<T: Example>() {
    for_objects::<T>(|schema, json, _| {
        let mut native = T::read(&json)?;
        native.fill_in();
        let by_schema = T::read(&defaulted(schema, &json))?;
        let [native, by_schema] = [native, by_schema].map(|object| without_members(object.written(), T::UNLIKE));
        prop_assert!(native == by_schema, "code:\n{native:#}\nschema:\n{by_schema:#}");
        Ok(())
    });
}
each_kind! { defaulting_does_what_the_schema_says }

fn without_members(mut object: Value, paths: &[&str]) -> Value {
    for path in paths {
        let (owner, name) = path
            .rsplit_once('.')
            .expect("no member of the object itself is made by hand");
        let owner = object.pointer_mut(&format!("/{}", owner.replace('.', "/")));
        if let Some(members) = owner.and_then(Value::as_object_mut) {
            members.remove(name);
        }
    }
    object
}
