use super::lines::Line;

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    pub lines: Vec<Line>,
}
