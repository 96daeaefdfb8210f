//! Formats of texts, one a file, as free functions.
//!
//! `k8s_…` are the formats of `+k8s:format`: their errors are of kind `Invalid` and have the origin `format=…`. The others
//! are what an API server checks in custom resources (kube-openapi's `strfmt`); whatever else a schema names as a format is
//! ignored there.

mod bsonobjectid;
mod byte;
mod cidr;
mod creditcard;
mod date;
mod date_time;
mod duration;
mod email;
mod float;
mod hexcolor;
mod hostname;
mod int32;
mod ips;
mod ipv4;
mod ipv6;
mod isbn;
mod isbn10;
mod isbn13;
mod isbns;
mod k8s_extended_resource_name;
mod k8s_label_key;
mod k8s_label_value;
mod k8s_long_name;
mod k8s_long_name_caseless;
mod k8s_path_segment_name;
mod k8s_prefixed_label_key;
mod k8s_resource_fully_qualified_name;
mod k8s_resource_pool_name;
mod k8s_short_name;
mod k8s_uuid;
mod mac;
mod names;
mod password;
mod rgbcolor;
mod ssn;
mod uri;
mod uuid;
mod uuid3;
mod uuid4;
mod uuid5;
mod uuids;

pub use bsonobjectid::bsonobjectid;
pub use byte::byte;
pub use cidr::cidr;
pub use creditcard::creditcard;
pub use date::date;
pub use date_time::date_time;
pub use duration::duration;
pub use email::email;
pub use float::float;
pub use hexcolor::hexcolor;
pub use hostname::hostname;
pub use int32::int32;
pub use ipv4::ipv4;
pub use ipv6::ipv6;
pub use isbn::isbn;
pub use isbn10::isbn10;
pub use isbn13::isbn13;
pub use k8s_extended_resource_name::k8s_extended_resource_name;
pub use k8s_label_key::k8s_label_key;
pub use k8s_label_value::k8s_label_value;
pub use k8s_long_name::k8s_long_name;
pub use k8s_long_name_caseless::k8s_long_name_caseless;
pub use k8s_path_segment_name::k8s_path_segment_name;
pub use k8s_prefixed_label_key::k8s_prefixed_label_key;
pub use k8s_resource_fully_qualified_name::k8s_resource_fully_qualified_name;
pub use k8s_resource_pool_name::k8s_resource_pool_name;
pub use k8s_short_name::k8s_short_name;
pub use k8s_uuid::k8s_uuid;
pub use mac::mac;
pub use password::password;
pub use rgbcolor::rgbcolor;
pub use ssn::ssn;
pub use uri::uri;
pub use uuid::uuid;
pub use uuid3::uuid3;
pub use uuid4::uuid4;
pub use uuid5::uuid5;

use super::text::Quoted;
use super::{Error, Errors, Path};

/// A number does not fit in the bits that its schema says. As upstream, the path stands in the text only.
fn out_of_range(errors: &mut Errors, path: &Path<'_>, ty: &str, format: &str) {
    errors.push_with(|| {
        let name = super::rules::root(path);
        let detail = format!("Checked value must be of type {ty} with format {format} in {name}");
        Error::invalid(&Path::ROOT, "", detail)
    });
}

/// A value does not have the format that its schema says.
fn type_invalid(errors: &mut Errors, path: &Path<'_>, value: &str, format: &str) {
    errors.push_with(|| {
        let detail = format!(
            "{} must be of type {format}: {}",
            super::rules::in_body(path),
            Quoted(value)
        );
        Error::type_invalid(path, value, detail)
    });
}
