kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    /// One line.
    pub a: i32,
    /// Several
    /// lines.
    ///
    /// - a list
    /// - with `code` and "quotes"
    ///
    /// ```yaml
    /// b: 1
    ///   # deeper
    /// ```
    pub b: i32,
    /** A block.
     *
     *  Indented.
     */
    pub c: i32,
    #[doc = "An attribute: ünïcode, \\ and */."]
    pub d: i32,
    #[deprecated(note = "use a")]
    pub e: Option<i32>,
}
