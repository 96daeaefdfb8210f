//! Every format against what upstream finds: `formats.json` was written by a program that asks apimachinery v0.37 and
//! kube-openapi for the kind, origin and text of each error.

use kgen::serde_json;
use kgen::validation::{BadValue, Errors, Path, formats};

type Format = fn(&mut Errors, &Path<'_>, &str);

pub(crate) const FORMATS: [(&str, Format); 35] = [
    ("bsonobjectid", formats::bsonobjectid),
    ("byte", formats::byte),
    ("cidr", formats::cidr),
    ("creditcard", formats::creditcard),
    ("date", formats::date),
    ("date_time", formats::date_time),
    ("duration", formats::duration),
    ("email", formats::email),
    ("hexcolor", formats::hexcolor),
    ("hostname", formats::hostname),
    ("ipv4", formats::ipv4),
    ("ipv6", formats::ipv6),
    ("isbn", formats::isbn),
    ("isbn10", formats::isbn10),
    ("isbn13", formats::isbn13),
    ("k8s_extended_resource_name", formats::k8s_extended_resource_name),
    ("k8s_label_key", formats::k8s_label_key),
    ("k8s_label_value", formats::k8s_label_value),
    ("k8s_long_name", formats::k8s_long_name),
    ("k8s_long_name_caseless", formats::k8s_long_name_caseless),
    ("k8s_path_segment_name", formats::k8s_path_segment_name),
    ("k8s_prefixed_label_key", formats::k8s_prefixed_label_key),
    (
        "k8s_resource_fully_qualified_name",
        formats::k8s_resource_fully_qualified_name,
    ),
    ("k8s_resource_pool_name", formats::k8s_resource_pool_name),
    ("k8s_short_name", formats::k8s_short_name),
    ("k8s_uuid", formats::k8s_uuid),
    ("mac", formats::mac),
    ("password", formats::password),
    ("rgbcolor", formats::rgbcolor),
    ("ssn", formats::ssn),
    ("uri", formats::uri),
    ("uuid", formats::uuid),
    ("uuid3", formats::uuid3),
    ("uuid4", formats::uuid4),
    ("uuid5", formats::uuid5),
];

/// What upstream says.
struct Facts {
    /// Kind, origin and text of every error, with `{}` for the value in quotes.
    errors: Vec<[String; 3]>,
    /// A format, a value, and which errors are found.
    facts: Vec<(String, String, Vec<usize>)>,
}

fn upstream() -> Facts {
    let mut document: serde_json::Value = serde_json::from_str(include_str!("formats.json")).expect("facts are JSON");
    Facts {
        errors: serde_json::from_value(document["errors"].take()).expect("errors"),
        facts: serde_json::from_value(document["facts"].take()).expect("facts"),
    }
}

/// Kind, origin and text of every error.
fn found(format: Format, value: &str) -> Vec<[String; 3]> {
    let mut errors = Errors::new();
    format(&mut errors, &Path::ROOT.child("spec").child("x"), value);
    errors
        .iter()
        .map(|error| {
            [
                error.kind.reason().to_owned(),
                error.origin.to_owned(),
                error.to_string(),
            ]
        })
        .collect()
}

#[test]
fn formats_find_what_upstream_finds() {
    let Facts { errors, facts } = upstream();
    let mut differences = Vec::new();
    for (name, value, wanted) in &facts {
        let quoted = BadValue::from(value.as_str()).to_string();
        let wanted = wanted
            .iter()
            .map(|index| errors[*index].clone().map(|text| text.replace("{}", &quoted)));
        let wanted: Vec<[String; 3]> = wanted.collect();
        let format = FORMATS
            .iter()
            .find(|(known, _)| known == name)
            .expect("a known format")
            .1;
        let found = found(format, value);
        if found != wanted {
            differences.push(format!("{name} of {value:?}\n  found  {found:?}\n  wanted {wanted:?}"));
        }
    }
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn passwords_may_be_anything() {
    assert!(found(formats::password, "\0").is_empty());
}

#[test]
fn counting_finds_as_much_as_telling() {
    for (_, value, _) in upstream().facts {
        for (name, format) in FORMATS {
            let mut errors = Errors::counting();
            format(&mut errors, &Path::ROOT, &value);
            assert_eq!(errors.len(), found(format, &value).len(), "{name} of {value:?}");
        }
    }
}

#[test]
fn numbers_fit_in_the_bits_of_their_schema() {
    let valid: [fn(&mut Errors, &Path<'_>); 4] = [
        |e, p| formats::int32(e, p, i32::MAX.into()),
        |e, p| formats::int32(e, p, i32::MIN.into()),
        |e, p| formats::float(e, p, f32::MAX.into()),
        |e, p| formats::float(e, p, 0.1),
    ];
    for check in valid {
        crate::assert_finds(&[], check);
    }
    let text = r#"<nil>: Invalid value: "": Checked value must be of type"#;
    let wanted = format!("{text} integer with format int32 in spec.x");
    crate::assert_finds(&[("", &wanted)], |e, p| formats::int32(e, p, i64::from(i32::MAX) + 1));
    let wanted = format!("{text} number with format float in spec.x");
    crate::assert_finds(&[("", &wanted)], |e, p| formats::float(e, p, -1e39));
}
