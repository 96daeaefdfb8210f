//! Objects of all kinds: what is read of them is what is written of them.

use std::sync::LazyLock;

use kgen::Object;
use kgen::scheme::{KindVersion, Scheme};
use kgen::validation::{Errors, Operation};

static SCHEME: LazyLock<Scheme> = LazyLock::new(|| {
    let mut scheme = fleet::generated::scheme();
    scheme.extend(wardle::generated::scheme());
    scheme
});

/// Objects of the kind that the first byte says: read, completed, checked, written, read again and converted.
pub fn objects(data: &[u8]) {
    let Some((choice, text)) = data.split_first() else {
        return;
    };
    let kinds: Vec<&KindVersion> = SCHEME.kinds().collect();
    let kind = kinds[usize::from(*choice) % kinds.len()];
    let strict = kind.behaviour.decode_strict(text);
    let Ok(object) = kind.behaviour.decode(text) else {
        assert!(strict.is_err(), "only strictness accepts it");
        return;
    };
    let (strict, _) = strict.expect("what is read is read strictly, too");
    assert_eq!(written(&*object), written(&*strict));
    let text = written(&*object);
    let mut object = again(kind, &text);
    kind.behaviour
        .set_defaults(&mut *object)
        .expect("the type is the kind's");
    let complete = written(&*object);
    kind.behaviour
        .set_defaults(&mut *object)
        .expect("the type is the kind's");
    assert_eq!(complete, written(&*object), "defaults are complete at once");
    for old in [None, Some(&*strict)] {
        let mut errors = Errors::new();
        let operation = if old.is_none() {
            Operation::create()
        } else {
            Operation::update()
        };
        let checked = kind.behaviour.validate(&*object, old, &operation, &mut errors);
        checked.expect("the types are the kind's");
        errors.iter().for_each(|error| drop(error.to_string()));
    }
    drop(kind.cells(&object.to_json().expect("objects can be written")));
    if let Ok(hub) = kind.behaviour.convert_to_hub(object) {
        written(&*hub);
        if let Ok(back) = kind.behaviour.convert_from_hub(hub) {
            again(kind, &written(&*back));
        }
    }
}

/// What is written can be read, holds nothing strange, and is written the same again.
fn again(kind: &KindVersion, text: &str) -> Box<dyn Object> {
    let read = kind.behaviour.decode_strict(text.as_bytes());
    let (object, findings) = read.unwrap_or_else(|error| panic!("{error} in {text}"));
    assert!(findings.is_empty(), "{findings:?} in {text}");
    assert_eq!(written(&*object), text);
    object
}

fn written(object: &dyn Object) -> String {
    let mut text = Vec::new();
    object.write_json(&mut text).expect("objects can be written");
    String::from_utf8(text).expect("JSON is text")
}
