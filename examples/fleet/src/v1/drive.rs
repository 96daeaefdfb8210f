//! How a robot moves.

/// The torque of motors without a data sheet, in millinewton metres.
pub const USUAL_TORQUE: i32 = 2_400;

/// How a robot moves. The Rust types have the width of the controller's registers.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(title = "Drive")]
#[kgen(external_docs(
    url = "https://fleet.example.com/docs/drive",
    description = "How drives are calibrated."
))]
pub struct Drive {
    /// How many wheels are driven.
    #[kgen(default = 4, minimum = 2, maximum = 8, multiple_of = 2)]
    pub wheels: u8,
    /// The gear to start in. Negative gears go backwards.
    #[kgen(default = -1, minimum = -3, maximum = 5, neq = 0)]
    pub gear: i8,
    /// How far the steering is off its centre, in hundredths of a degree.
    #[kgen(optional, minimum = -900, maximum = 900)]
    pub steering_offset: i16,
    /// Ticks of the encoder in one turn of a wheel.
    #[kgen(default = 4096, enum_values = [1024, 2048, 4096], title = "Encoder ticks")]
    pub encoder_ticks: u16,
    /// The most torque of one motor, in millinewton metres.
    #[kgen(default = USUAL_TORQUE, minimum = 0, exclusive_minimum, extension("x-fleet-unit", "mNm"))]
    pub torque: i32,
    /// The highest speed, in millimetres a second.
    #[kgen(default = 1500, maximum = 3000, example = 1200)]
    #[kgen(external_docs(url = "https://fleet.example.com/docs/speed"))]
    pub max_speed: u32,
    /// The serial number of the drive. It can be set later, and never changes then.
    #[kgen(immutable)]
    pub serial: Option<i64>,
    /// How hard the controller corrects its course.
    #[kgen(default = 0.8, allow_float, minimum = 0.1, maximum = 2.5)]
    pub gain: f32,
    /// How motor commands become forward, sideward and turning motion.
    #[kgen(optional, allow_float, max_items = 3, each(list = atomic, max_items = 3))]
    pub mixing: Vec<[f64; 3]>,
    /// Whether the robot may drive backwards.
    #[kgen(default = true)]
    pub reversible: bool,
}
