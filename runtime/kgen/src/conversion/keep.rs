//! Values that the other version has no place for travel in annotations.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ConversionError;
use crate::k8s::ObjectMeta;

/// Keeps a value as JSON in an annotation. `usual` is what the field holds if nothing was kept: such a value needs no
/// annotation.
///
/// # Errors
/// When the value cannot be written as JSON.
pub fn keep<T: Serialize>(metadata: &mut ObjectMeta, key: &str, value: &T, usual: &T) -> Result<(), ConversionError> {
    let json = |value: &T| serde_json::to_string(value).map_err(|error| in_annotation(key, &error));
    let value = json(value)?;
    if value != json(usual)? {
        metadata
            .annotations
            .get_or_insert_default()
            .insert(key.to_owned(), value);
    }
    Ok(())
}

/// Takes a value out of its annotation, if it is there.
///
/// # Errors
/// When somebody changed the annotation to what is no such value.
pub fn restore<T: DeserializeOwned>(metadata: &mut ObjectMeta, key: &str) -> Result<Option<T>, ConversionError> {
    let Some(annotations) = &mut metadata.annotations else {
        return Ok(None);
    };
    let Some(kept) = annotations.remove(key) else {
        return Ok(None);
    };
    if annotations.is_empty() {
        metadata.annotations = None;
    }
    let value = serde_json::from_str(&kept).map_err(|error| in_annotation(key, &error))?;
    Ok(Some(value))
}

fn in_annotation(key: &str, error: &serde_json::Error) -> ConversionError {
    ConversionError::new(error.to_string())
        .in_key(key)
        .in_field("annotations")
        .in_field("metadata")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "shop.example.com/v1.spec.colour";

    #[test]
    fn what_is_kept_is_restored_and_the_annotation_removed() {
        let mut metadata = ObjectMeta::default();
        keep(&mut metadata, KEY, &Some("red"), &None).expect("a string is JSON");
        assert_eq!(
            metadata
                .annotations
                .as_ref()
                .and_then(|kept| kept.get(KEY))
                .map(String::as_str),
            Some("\"red\"")
        );
        assert_eq!(
            restore::<Option<String>>(&mut metadata, KEY),
            Ok(Some(Some("red".to_owned())))
        );
        assert_eq!(metadata, ObjectMeta::default());
        assert_eq!(restore::<Option<String>>(&mut metadata, KEY), Ok(None));
    }

    #[test]
    fn what_is_usual_needs_no_annotation() {
        let mut metadata = ObjectMeta::default();
        keep(&mut metadata, KEY, &3, &3).expect("a number is JSON");
        assert_eq!(metadata.annotations, None);
    }

    #[test]
    fn other_annotations_stay() {
        let mut metadata = ObjectMeta::default();
        metadata
            .annotations
            .get_or_insert_default()
            .insert("a".to_owned(), "b".to_owned());
        keep(&mut metadata, KEY, &1, &0).expect("a number is JSON");
        assert_eq!(restore(&mut metadata, KEY), Ok(Some(1)));
        assert_eq!(metadata.annotations.map(|left| left.len()), Some(1));
    }

    #[test]
    fn a_spoilt_annotation_is_an_error() {
        let mut metadata = ObjectMeta::default();
        metadata
            .annotations
            .get_or_insert_default()
            .insert(KEY.to_owned(), "red".to_owned());
        let error = restore::<String>(&mut metadata, KEY).expect_err("the annotation is no JSON");
        assert_eq!(error.path(), format!("metadata.annotations[{KEY}]"));
    }
}
