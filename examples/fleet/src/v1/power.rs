//! What a robot runs on.

use kgen::k8s::Quantity;

use crate::shared::{PerZone, Percent, Range};

/// What a robot runs on, and when it is charged.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Power {
    /// When the robot is charged.
    #[kgen(default = ChargingMode::Opportunity, mode_discriminator)]
    pub charging: ChargingMode,
    /// The charge below which the robot goes to a dock, where no mission needs it.
    #[kgen(if_mode("Opportunity", maximum = 60), if_mode("Scheduled", required, maximum = 30))]
    pub low: Option<Percent>,
    /// When to charge, in the notation of cron.
    #[kgen(if_mode("Scheduled", required, min_length = 9), max_length = 64)]
    pub schedule: Option<String>,
    /// What the cells are made of.
    #[kgen(mode_discriminator(modality = "chemistry"))]
    pub chemistry: Option<Chemistry>,
    /// The voltage of one cell.
    #[kgen(if_mode("LithiumIron", modality = "chemistry", required))]
    pub cell_voltage: Option<Range<Quantity>>,
    /// The capacity when new, in watt hours.
    #[kgen(default = "2400")]
    pub capacity: Quantity,
    /// The charge to keep for the way home, which depends on where the robot is.
    #[kgen(default = json!({"usual": 20, "zones": {"A1": 5}}))]
    pub reserve: PerZone<Percent>,
    /// The temperatures at which the battery may be charged, in degrees Celsius.
    #[kgen(default = json!({"min": 0, "max": 45}))]
    pub temperature: Range<i32>,
}

/// When a robot is charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
pub enum ChargingMode {
    /// Whenever there is nothing to do.
    #[default]
    Opportunity,
    /// At fixed times.
    Scheduled,
    /// When a person says so.
    #[kgen(description = "When a person plugs it in.")]
    Manual,
    /// Its battery is swapped.
    #[kgen(excluded_if(disabled = "SwapStations"))]
    Swap,
    /// At any lamp post; no longer once docks are mandatory.
    #[kgen(excluded_if(enabled = "DocksOnly"))]
    Anywhere,
    /// Through the floor. Only prototypes can, so no object may say it.
    #[kgen(excluded)]
    Inductive,
}

/// What cells are made of. Controllers may know more than this version does.
#[derive(Clone, Debug, PartialEq, Eq, kgen::Api)]
pub enum Chemistry {
    /// Lithium iron phosphate.
    LithiumIron,
    /// Lead and acid, which is being phased out.
    #[deprecated(note = "no new robots have it")]
    LeadAcid,
    /// What this version does not know.
    #[kgen(other)]
    Other(String),
}
