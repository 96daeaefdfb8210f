//! What the controllers inside of robots write. Their firmware decides the spelling, so these types derive serde
//! themselves; kgen reads the serde attributes.

use std::fmt;
use std::str::FromStr;

use kgen::k8s::Time;
use serde::{Deserialize, Serialize};

/// What a controller reports about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, kgen::Api)]
#[serde(rename_all = "snake_case", default)]
pub struct ControllerReport {
    /// The version of the firmware.
    pub firmware_version: FirmwareVersion,
    /// Seconds since the controller was started.
    #[serde(rename = "uptime")]
    pub uptime_seconds: u64,
    /// The checksum of the firmware, in hexadecimal digits.
    #[serde(with = "hexadecimal")]
    #[kgen(schema(type = "string"), pattern = "^[0-9a-f]{8}$")]
    pub checksum: u32,
    /// How hot the controller is.
    #[serde(flatten)]
    pub heat: Heat,
    /// What went wrong last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_fault: Option<Fault>,
    /// Settings as the controller has them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[kgen(max_items = 64)]
    pub settings: Vec<Setting>,
    /// When the report came in, which only the server knows.
    #[serde(skip)]
    pub received: Option<Time>,
}

/// How hot something is, in tenths of a degree Celsius.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, kgen::Api)]
pub struct Heat {
    /// Now.
    pub temperature: i16,
    /// Since the controller was started, at most.
    #[serde(default)]
    pub peak: i16,
}

/// What went wrong: the member `code` says what, and its details stand beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kgen::Api)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Fault {
    /// Something became too hot.
    Overheated(Heat),
    /// A wheel does not turn.
    WheelStuck(StuckWheel),
    /// The robot does not know where it is.
    Lost,
}

/// A wheel that does not turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, kgen::Api)]
pub struct StuckWheel {
    /// Which wheel, counted from the front left one.
    pub wheel: u8,
    /// How bad it is.
    pub severity: Severity,
}

/// How bad something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, kgen::Api)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// Worth a look.
    #[default]
    Notice,
    /// The robot stops at the next dock.
    NextDock,
    /// The robot stops at once.
    #[serde(rename = "STOP")]
    AtOnce,
}

/// An order to a controller: `do` says what, `with` has its argument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kgen::Api)]
#[serde(tag = "do", content = "with", rename_all = "lowercase")]
pub enum Command {
    /// Blink the lamps in this pattern.
    Blink(Pattern),
    /// Play this sound.
    Play(Pattern),
    /// Start again.
    Restart,
}

/// A name in a controller's catalogue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, kgen::Api)]
#[serde(transparent)]
pub struct Pattern {
    /// The name.
    pub name: String,
}

/// The value of a setting: a number or a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, kgen::Api)]
#[serde(untagged)]
pub enum Setting {
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// The version of a firmware, written as `4.2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, kgen::Api)]
#[serde(try_from = "String", into = "String")]
#[kgen(schema(type = "string"), pattern = r"^[0-9]+\.[0-9]+$", generate(deepcopy = false))]
pub struct FirmwareVersion {
    /// Changes when old missions no longer run.
    pub major: u16,
    /// Changes with every release.
    pub minor: u16,
}

impl kgen::DeepCopy for FirmwareVersion {
    fn deep_copy(&self) -> Self {
        *self
    }
}

impl fmt::Display for FirmwareVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl From<FirmwareVersion> for String {
    fn from(version: FirmwareVersion) -> Self {
        version.to_string()
    }
}

impl TryFrom<String> for FirmwareVersion {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no version of a firmware, such as \"4.2\"");
        let (major, minor) = text.split_once('.').ok_or_else(wrong)?;
        let number = |digits| u16::from_str(digits).map_err(|_| wrong());
        Ok(Self {
            major: number(major)?,
            minor: number(minor)?,
        })
    }
}

mod hexadecimal {
    //! Numbers as eight hexadecimal digits.

    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(value: &u32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{value:08x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
        let digits = String::deserialize(deserializer)?;
        u32::from_str_radix(&digits, 16).map_err(D::Error::custom)
    }
}
