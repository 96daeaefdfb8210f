//! Whole objects: an implementation as a generator writes it, with cohorts, ratcheting and nesting.

use kgen::validation::{
    Error, ErrorKind, Errors, Operation, Path, Pattern, Validate, each_by_key, each_entry, each_in_set, formats, rules,
    validate,
};
use std::collections::BTreeMap;

use crate::types::Port;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spec {
    pub(crate) image: String,
    pub(crate) replicas: Option<i32>,
    pub(crate) ports: Vec<Port>,
    pub(crate) args: Vec<String>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) owner: String,
    pub(crate) next: Option<Box<Spec>>,
}

impl Validate for Port {
    fn validate(&self, old: Option<&Self>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
        if !operation.unchanged(&self.name, old.map(|old| &old.name)) {
            formats::k8s_short_name(errors, &path.child("name"), &self.name);
        }
        if !operation.unchanged(&self.container, old.map(|old| &old.container)) {
            let path = path.child("container");
            rules::minimum(errors, &path, self.container, 1);
            rules::maximum(errors, &path, self.container, 65_535);
        }
    }
}

impl Validate for Spec {
    fn validate(&self, old: Option<&Self>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
        self.validate_image(old, operation, path, errors);
        if !operation.unchanged(&self.replicas, old.map(|old| &old.replicas))
            && let Some(replicas) = self.replicas
        {
            rules::minimum(errors, &path.child("replicas"), replicas, 0);
        }
        self.validate_collections(old, operation, path, errors);
        if !operation.unchanged(&self.owner, old.map(|old| &old.owner)) {
            rules::immutable(errors, &path.child("owner"), operation);
        }
        if let Some(next) = &self.next {
            next.validate(
                old.and_then(|old| old.next.as_ref()),
                operation,
                &path.child("next"),
                errors,
            );
        }
    }
}

impl Spec {
    fn validate_image(&self, old: Option<&Self>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
        static IMAGE: Pattern = Pattern::new("^[a-z./-]+(:[a-z0-9.]+)?$");
        if operation.unchanged(&self.image, old.map(|old| &old.image)) {
            return;
        }
        let path = path.child("image");
        let before = errors.len();
        rules::required(errors, &path, !self.image.is_empty());
        if errors.len() == before {
            rules::max_length(errors, &path, &self.image, 20);
            rules::pattern(errors, &path, &self.image, &IMAGE);
        }
    }

    fn validate_collections(
        &self,
        old: Option<&Self>,
        operation: &Operation<'_>,
        path: &Path<'_>,
        errors: &mut Errors,
    ) {
        let ports = path.child("ports");
        let old_ports = old.map(|old| old.ports.as_slice());
        if !operation.unchanged(self.ports.as_slice(), old_ports) {
            rules::unique_map(errors, &ports, &self.ports, |port| port.name.as_str());
            each_by_key(
                operation,
                &self.ports,
                old_ports,
                |port| port.name.as_str(),
                |index, port, old| {
                    port.validate(old, operation, &ports.index(index), errors);
                },
            );
        }
        let args = path.child("args");
        let old_args = old.map(|old| old.args.as_slice());
        if !operation.unchanged(self.args.as_slice(), old_args) {
            rules::unique_set(errors, &args, &self.args);
            each_in_set(operation, &self.args, old_args, |index, arg| {
                rules::max_bytes(errors, &args.index(index), arg, 8);
            });
        }
        let labels = path.child("labels");
        if !operation.unchanged(&self.labels, old.map(|old| &old.labels)) {
            each_entry(operation, &self.labels, old.map(|old| &old.labels), |key, value, _| {
                formats::k8s_label_value(errors, &labels.key(key), value);
            });
        }
        rules::any_of(
            errors,
            path,
            &[
                &|errors| rules::min_items(errors, &ports, self.ports.len(), 3),
                &|errors| rules::min_items(errors, &args, self.args.len(), 1),
            ],
        );
    }
}

/// An object that all rules are content with.
pub(crate) fn valid() -> Spec {
    let inner = Spec {
        image: "example.com/app:1.0".to_owned(),
        replicas: Some(3),
        ports: (1..=20)
            .map(|index| Port::new(&format!("port-{index}"), index))
            .collect(),
        args: vec!["a".to_owned(), "b".to_owned()],
        labels: BTreeMap::from([("app".to_owned(), "x".to_owned())]),
        owner: "me".to_owned(),
        next: None,
    };
    Spec {
        next: Some(Box::new(inner.clone())),
        ..inner
    }
}

/// The same with an error at every turn.
pub(crate) fn invalid() -> Spec {
    let mut spec = valid();
    spec.image = "A".to_owned();
    spec.replicas = Some(-1);
    spec.ports[1] = Port::new("port-1", 0);
    spec.args[1] = "much too long".to_owned();
    spec.labels.insert("bad".to_owned(), "-".to_owned());
    if let Some(next) = &mut spec.next {
        next.image.clear();
    }
    spec
}

fn summary(result: Result<(), Errors>) -> Vec<(ErrorKind, String)> {
    result
        .err()
        .into_iter()
        .flatten()
        .map(|error: Error| (error.kind, error.field))
        .collect()
}

#[test]
fn everything_wrong_is_found_in_order() {
    assert_eq!(validate(&valid(), None, &Operation::create()), Ok(()));
    let found = summary(validate(&invalid(), None, &Operation::create()));
    let found: Vec<_> = found.iter().map(|(kind, field)| (*kind, field.as_str())).collect();
    assert_eq!(
        found,
        [
            (ErrorKind::Invalid, "image"),
            (ErrorKind::Invalid, "replicas"),
            (ErrorKind::Duplicate, "ports[1]"),
            (ErrorKind::Invalid, "ports[1].container"),
            (ErrorKind::TooLong, "args[1]"),
            (ErrorKind::Invalid, "labels[bad]"),
            // The pattern is not looked at once the value is missing.
            (ErrorKind::Required, "next.image"),
        ]
    );
}

#[test]
fn what_was_wrong_before_may_stay_until_it_is_touched() {
    let update = Operation::update();
    let (old, mut new) = (invalid(), invalid());
    assert_eq!(validate(&new, Some(&old), &update), Ok(()));
    // A list that changed is looked at as a whole, its items only if they changed.
    new.ports.push(Port::new("new", 0));
    new.replicas = Some(-2);
    new.owner = "you".to_owned();
    let found = summary(validate(&new, Some(&old), &update));
    let found: Vec<_> = found.iter().map(|(kind, field)| (*kind, field.as_str())).collect();
    assert_eq!(
        found,
        [
            (ErrorKind::Invalid, "replicas"),
            (ErrorKind::Duplicate, "ports[1]"),
            (ErrorKind::Invalid, "ports[20].container"),
            (ErrorKind::Invalid, "owner"),
        ]
    );
}

#[test]
fn an_object_behind_a_pointer_is_checked_as_itself() {
    let boxed = Box::new(invalid());
    assert_eq!(
        validate(&boxed, None, &Operation::create()),
        validate(&invalid(), None, &Operation::create())
    );
}
