kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
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
