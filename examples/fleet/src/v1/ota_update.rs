//! OTAUpdate: new firmware, over the air.

use kgen::k8s::{ByteString, LabelSelector, ObjectMeta};

use crate::shared::controller::FirmwareVersion;

/// New firmware for some robots, over the air.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind = "OTAUpdate", namespaced, short_name = "ota", status)]
#[kgen(feature_gate = "OverTheAir")]
#[kgen(client(only = ["create", "get", "list", "watch"], no_status))]
pub struct OtaUpdate {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What shall be installed, and where.
    #[kgen(immutable)]
    pub spec: OtaUpdateSpec,
    /// How far it is.
    pub status: Option<OtaUpdateStatus>,
}

/// What shall be installed, and where.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(feature_gate = "OverTheAir")]
pub struct OtaUpdateSpec {
    /// The version.
    pub version: FirmwareVersion,
    /// The robots. All of them if the selector is empty.
    #[kgen(optional)]
    pub robots: LabelSelector,
    /// The maker's signature.
    pub signature: ByteString,
}

/// How far an update is.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct OtaUpdateStatus {
    /// How many robots have it.
    pub installed: u32,
    /// How many robots refused it.
    #[kgen(optional)]
    pub refused: u32,
}
