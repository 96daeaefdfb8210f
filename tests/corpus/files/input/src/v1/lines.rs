#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub count: i32,
}
