//! The one conversion that no marker says: the stored version has one reference and its type, the other one a field for
//! each sort of reference.

use std::mem::take;

use kgen::conversion::{ConversionError, Pair};

use crate::{v1alpha1, v1beta1};

/// Both directions. As in the sample API server of Kubernetes, a reference without a type is none: defaulting sets the
/// type of each reference before anything is converted.
pub fn references(pair: Pair<'_, v1beta1::FlunderSpec, v1alpha1::FlunderSpec>) -> Result<(), ConversionError> {
    match pair {
        Pair::ToHub { from, to } => match from.reference_type {
            Some(v1beta1::ReferenceType::Flunder) => {
                to.reference = take(&mut from.flunder_reference);
                to.reference_type = Some(v1alpha1::ReferenceType::Flunder);
            }
            Some(v1beta1::ReferenceType::Fischer) => {
                to.reference = take(&mut from.fischer_reference);
                to.reference_type = Some(v1alpha1::ReferenceType::Fischer);
            }
            None => {}
        },
        Pair::FromHub { from, to } => match from.reference_type {
            Some(v1alpha1::ReferenceType::Flunder) => {
                to.flunder_reference = take(&mut from.reference);
                to.reference_type = Some(v1beta1::ReferenceType::Flunder);
            }
            Some(v1alpha1::ReferenceType::Fischer) => {
                to.fischer_reference = take(&mut from.reference);
                to.reference_type = Some(v1beta1::ReferenceType::Fischer);
            }
            None => {}
        },
    }
    Ok(())
}
