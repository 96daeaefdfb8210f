//! Places and sizes. Lengths are whole millimetres, counted from the south-west corner of the site.

/// A point on the floor of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub struct Point {
    /// Millimetres to the east.
    pub x: i64,
    /// Millimetres to the north.
    pub y: i64,
}

/// A point, and the direction that a robot looks in.
#[derive(Clone, Copy, Debug, Default, PartialEq, kgen::Api)]
pub struct Pose {
    /// The point.
    #[kgen(flatten)]
    pub point: Point,
    /// Degrees clockwise from north.
    #[kgen(optional, allow_float, minimum = 0, maximum = 360, exclusive_maximum)]
    pub heading: f64,
}

/// Length, width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub struct Size {
    /// Length, width and height in millimetres.
    #[kgen(list = atomic, min_items = 3, max_items = 3)]
    #[kgen(each(minimum = 1, maximum = 10000), example = [900, 600, 400])]
    pub edges: [i32; 3],
}
