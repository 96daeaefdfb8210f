//! Objects as rows for people: `Table`.
//!
//! The columns are the name and the printer columns of the version; a kind without any has the name and the time of
//! creation, as a Go server shows it that was not told otherwise.

use std::io::Write as _;

use jiff::Timestamp;
use kgen::scheme::Column;
use serde::Serialize;
use serde_json::Value;

use super::json::member;
use super::metadata_only;
use crate::failure::Failure;

/// What a row holds beside its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// The metadata of the object.
    Metadata,
    /// Nothing.
    Nothing,
    /// The object.
    Object,
}

impl Include {
    /// Reads the option `includeObject`.
    pub(super) fn parse(text: Option<&str>) -> Result<Self, Failure> {
        match text {
            None | Some("" | "Metadata") => Ok(Self::Metadata),
            Some("None") => Ok(Self::Nothing),
            Some("Object") => Ok(Self::Object),
            Some(other) => Err(Failure::bad_request(format!(
                "Invalid value: {other:?}: must be 'Metadata', 'Object', 'None', or empty"
            ))),
        }
    }
}

const NAME: Definition<'static> = Definition {
    name: "Name",
    type_: "string",
    format: "name",
    description: "Name must be unique within a namespace. Is required when creating resources, although some \
        resources may allow a client to request the generation of an appropriate name automatically. Name is primarily \
        intended for creation idempotence and configuration definition. Cannot be updated. More info: \
        https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names",
    priority: 0,
};

const CREATED_AT: Definition<'static> = Definition {
    name: "Created At",
    type_: "date",
    format: "",
    description: "CreationTimestamp is a timestamp representing the server time when this object was created. It is \
        not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It \
        is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More \
        info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
    priority: 0,
};

#[derive(Serialize)]
struct Definition<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    type_: &'a str,
    format: &'a str,
    description: &'a str,
    priority: i32,
}

/// The definitions of the columns, as JSON.
pub(super) fn definitions(columns: &[Column]) -> Result<Vec<u8>, Failure> {
    let described: Vec<String> = columns.iter().map(description).collect();
    let declared = columns.iter().zip(&described).map(|(column, description)| Definition {
        name: &column.name,
        type_: &column.type_,
        format: &column.format,
        description,
        priority: column.priority,
    });
    let mut definitions = vec![NAME];
    definitions.extend(declared);
    if columns.is_empty() {
        definitions.push(CREATED_AT);
    }
    serde_json::to_vec(&definitions).map_err(Failure::internal)
}

fn description(column: &Column) -> String {
    match &*column.description {
        "" => format!(
            "Custom resource definition column (in JSONPath format): {}",
            column.path
        ),
        text => text.to_owned(),
    }
}

/// Stands before and after a time of which the age is shown. JSON text has no such byte.
const AGE: u8 = 0;

/// The cells of an object's row. Where an age belongs stands the time from which it counts, since the cells outlive the
/// request.
pub(super) fn cells(columns: &[Column], object: &[u8]) -> Result<Vec<u8>, Failure> {
    let object: Value = serde_json::from_slice(object).map_err(Failure::internal)?;
    let metadata = &object["metadata"];
    let mut out = vec![b'['];
    write_value(&mut out, &text_or_empty(&metadata["name"]))?;
    if columns.is_empty() {
        out.push(b',');
        write_value(&mut out, &metadata["creationTimestamp"])?;
    }
    for column in columns {
        out.push(b',');
        match (&*column.type_, column.cell(&object)) {
            ("date", Value::String(time)) if time.parse::<Timestamp>().is_ok() => {
                out.extend_from_slice(&[b'"', AGE]);
                out.extend_from_slice(time.as_bytes());
                out.extend_from_slice(&[AGE, b'"']);
            }
            ("date", Value::String(_)) => out.extend_from_slice(br#""<invalid>""#),
            (_, cell) => write_value(&mut out, &cell)?,
        }
    }
    out.push(b']');
    Ok(out)
}

fn text_or_empty(value: &Value) -> Value {
    Value::String(value.as_str().unwrap_or_default().to_owned())
}

fn write_value(out: &mut Vec<u8>, value: &Value) -> Result<(), Failure> {
    serde_json::to_writer(out, value).map_err(Failure::internal)
}

/// Appends the beginning of a table, up to its rows.
pub(super) fn open(out: &mut Vec<u8>, api_version: &str, metadata: &[u8], definitions: &[u8]) {
    out.extend_from_slice(br#"{"kind":"Table","apiVersion":""#);
    out.extend_from_slice(api_version.as_bytes());
    out.extend_from_slice(br#"","metadata":"#);
    out.extend_from_slice(metadata);
    out.extend_from_slice(br#","columnDefinitions":"#);
    out.extend_from_slice(definitions);
    out.extend_from_slice(br#","rows":["#);
}

/// What ends a table.
pub(super) const CLOSE: &[u8] = b"]}";

/// Appends a row: cells as [`cells`] makes them, and the object in the wanted size.
pub(super) fn write_row(
    out: &mut Vec<u8>,
    api_version: &str,
    include: Include,
    cells: &[u8],
    object: &[u8],
    now: Timestamp,
) {
    out.extend_from_slice(br#"{"cells":"#);
    for (index, part) in cells.split(|byte| *byte == AGE).enumerate() {
        if index % 2 == 0 {
            out.extend_from_slice(part);
        } else {
            write_age(out, part, now);
        }
    }
    out.extend_from_slice(br#","object":"#);
    match include {
        Include::Metadata => metadata_only::write(out, api_version, object),
        Include::Nothing => out.extend_from_slice(b"null"),
        Include::Object => out.extend_from_slice(object),
    }
    out.push(b'}');
}

fn write_age(out: &mut Vec<u8>, since: &[u8], now: Timestamp) {
    let since = std::str::from_utf8(since)
        .ok()
        .and_then(|text| text.parse::<Timestamp>().ok());
    let age = since.map_or_else(
        || "<unknown>".to_owned(),
        |since| age(now.as_second() - since.as_second()),
    );
    // Writing to a vector does not fail.
    let _ = out.write_all(age.as_bytes());
}

/// A duration as kubectl shows it (`duration.HumanDuration` of apimachinery): shorter the longer it is.
fn age(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    let two = |whole: i64, unit: &str, rest: i64, rest_unit: &str| match rest {
        0 => format!("{whole}{unit}"),
        _ => format!("{whole}{unit}{rest}{rest_unit}"),
    };
    match seconds {
        ..-1 => "<invalid>".to_owned(),
        -1 => "0s".to_owned(),
        _ if seconds < 120 => format!("{seconds}s"),
        _ if minutes < 10 => two(minutes, "m", seconds % 60, "s"),
        _ if minutes < 180 => format!("{minutes}m"),
        _ if hours < 8 => two(hours, "h", minutes % 60, "m"),
        _ if hours < 48 => format!("{hours}h"),
        _ if days < 8 => two(days, "d", hours % 24, "h"),
        _ if days < 365 * 2 => format!("{days}d"),
        _ if days < 365 * 8 => two(days / 365, "y", days % 365, "d"),
        _ => format!("{}y", days / 365),
    }
}

/// The metadata of a table of one object.
pub(super) fn metadata_of_object(object: &[u8]) -> Vec<u8> {
    let metadata = member(object, "metadata").map(|at| &object[at]);
    let version = metadata.and_then(|metadata| member(metadata, "resourceVersion").map(|at| &metadata[at]));
    match version {
        Some(version) => [br#"{"resourceVersion":"#, version, b"}"].concat(),
        None => b"{}".to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_those_of_kubectl() {
        for (seconds, wanted) in [
            (-2, "<invalid>"),
            (-1, "0s"),
            (0, "0s"),
            (119, "119s"),
            (120, "2m"),
            (121, "2m1s"),
            (599, "9m59s"),
            (600, "10m"),
            (3 * 3600 - 1, "179m"),
            (3 * 3600, "3h"),
            (3 * 3600 + 60, "3h1m"),
            (8 * 3600 + 60, "8h"),
            (47 * 3600, "47h"),
            (48 * 3600, "2d"),
            (49 * 3600, "2d1h"),
            (8 * 86400 + 3600, "8d"),
            (730 * 86400, "2y"),
            (731 * 86400, "2y1d"),
            (3000 * 86400, "8y"),
        ] {
            assert_eq!(age(seconds), wanted, "{seconds}");
        }
    }

    #[test]
    fn ages_are_counted_when_a_row_is_written() {
        let columns = [
            Column::new("Seen", "date", ".seen"),
            Column::new("Odd", "date", ".odd"),
            Column::new("Size", "integer", ".size"),
        ];
        let object = br#"{"metadata":{"name":"a"},"seen":"2026-01-01T00:00:00Z","odd":"?","size":3}"#;
        let cells = cells(&columns, object).expect("it is an object");
        let now = "2026-01-01T00:05:00Z".parse().expect("it is a time");
        let mut row = Vec::new();
        write_row(&mut row, "meta.k8s.io/v1", Include::Nothing, &cells, object, now);
        assert_eq!(
            String::from_utf8_lossy(&row),
            r#"{"cells":["a","5m","<invalid>",3],"object":null}"#
        );
    }
}
