//! Robot: a machine that carries goods within a site.

use kgen::k8s::{LocalObjectReference, ObjectMeta, RawExtension};
use serde_json::Value;

use super::{ChargingMode, Drive, Network, Power, RobotStatus, Tools};
use crate::shared::{CallSign, DockName, PerZone, Point, SiteName, Tags};

/// A machine that carries goods within a site.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, short_name = "rb", short_name = "bot")]
#[kgen(category = "all", category = "fleet", status, supports_subresource = "/dock")]
#[kgen(selectable = ".spec.site", selectable = ".spec.chassis")]
#[kgen(column("Site", path = ".spec.site"))]
#[kgen(column("Enabled", path = ".spec.enabled"))]
#[kgen(column(
    "Charge",
    path = ".status.charge",
    format = "int32",
    description = "What the battery holds, in percent."
))]
#[kgen(column("Load", path = ".status.load", priority = 1))]
#[kgen(column("Seen", path = ".status.lastSeen"))]
#[kgen(column("Ready", path = r#".status.conditions[?(@.type=="Ready")].status"#, type = "string"))]
#[kgen(label("fleet.example.com/team", "motion"))]
#[kgen(annotation("fleet.example.com/docs", "https://fleet.example.com/docs"))]
#[kgen(method("dock", verb = "create", subresource = "dock", input = super::DockRequest, result = super::DockRequest))]
#[kgen(cel("self.metadata.name.size() <= 40", message = "the name is painted on the robot"))]
pub struct Robot {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the robot shall be.
    pub spec: RobotSpec,
    /// What it is.
    pub status: Option<RobotStatus>,
}

/// What a robot shall be.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(default_with = crate::defaults::robot, validate_with = crate::rules::robot)]
#[kgen(cel(
    "!has(self.home) || self.home.x >= 0",
    message_expression = "self.home.y < 0 ? 'home is south-west of the site' : 'home is west of the site'",
    reason = "FieldValueForbidden",
    field_path = ".home"
))]
pub struct RobotSpec {
    /// The name of its Chassis.
    #[kgen(immutable, format = "k8s-long-name")]
    pub chassis: String,
    /// The site where it works. It moves to another one only while it is switched off.
    #[kgen(on_update(cel("self == oldSelf || self != 'scrapyard'", message = "nothing moves to the scrapyard")))]
    pub site: SiteName,
    /// Whether it takes missions.
    #[kgen(default = true)]
    pub enabled: bool,
    /// Where it waits for missions.
    pub home: Option<Point>,
    /// How it moves.
    #[kgen(added, optional)]
    pub drive: Drive,
    /// What it runs on.
    #[kgen(added, optional)]
    #[kgen(if_enabled(
        "SwapStations",
        cel("self.charging != 'Anywhere'", message = "batteries are swapped")
    ))]
    pub power: Power,
    /// What it works with.
    #[kgen(added)]
    pub tools: Option<Tools>,
    /// How it is reached.
    #[kgen(added, optional, feature_gate = "RobotNetworks")]
    pub network: Network,
    /// The docks that it may use, the nearest first.
    #[kgen(added, optional, list = atomic, max_items = 8, unique = set, validate_with = crate::rules::docks)]
    pub docks: Vec<DockName>,
    /// Words by which it is found.
    #[kgen(added, optional)]
    pub tags: Tags,
    /// What people call it over the radio.
    #[kgen(added(keep))]
    pub call_sign: Option<CallSign>,
    /// The object that decides over it.
    #[kgen(added, update(no_set, no_unset))]
    pub r#ref: Option<LocalObjectReference>,
    /// What it is to its owner: an asset, a lease or a loan.
    #[kgen(added, default = OWNED, enum_values = [OWNED, "Leased", "Lent"])]
    pub r#type: String,
    /// What it says of itself on its display.
    #[kgen(added, optional)]
    #[kgen(alpha(since = "1.2", max_length = 40), beta(since = "1.4", max_length = 80))]
    pub self_: String,
    /// How it is charged in zones with rules of their own.
    #[kgen(added)]
    pub charging: Option<PerZone<ChargingMode>>,
    /// The identifier on the old label, which a person has to type in.
    #[kgen(added, name = "asset_id", required, nullable)]
    pub printed_asset_id: Option<String>,
    /// The identifier on the new label, which machines read.
    #[kgen(added)]
    pub asset_id: Option<u64>,
    /// Settings of the model, which its maker documents. They are never looked at here.
    #[kgen(added, schemaless, preserve_unknown_fields)]
    #[kgen(description = "Settings of the model. Its maker documents them.")]
    pub maker: Option<Value>,
    /// The object that the robot was made from, as a whole.
    #[kgen(added, embedded_resource, preserve_unknown_fields)]
    pub origin: Option<RawExtension>,
    /// When a planner last looked at the robot. Only the process that plans knows.
    #[kgen(skip)]
    pub(crate) planned: Option<std::time::Instant>,
}

/// The robot belongs to the company.
pub const OWNED: &str = "Owned";
