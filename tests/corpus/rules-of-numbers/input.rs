kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

pub const LIMIT: i64 = 100;

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(minimum = 1, maximum = 10)]
    pub a: i32,
    #[kgen(minimum = 0, exclusive_minimum, maximum = 18446744073709551615, exclusive_maximum)]
    pub b: u64,
    #[kgen(multiple_of = 5, neq = 10)]
    pub c: Option<i32>,
    #[kgen(allow_float, minimum = 0.5)]
    pub d: f64,
    #[kgen(enum_values = [1, 2, LIMIT], monotonic)]
    pub e: i64,
}
