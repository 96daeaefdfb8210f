kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

use kgen::validation::{Errors, Operation, Path};

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster, validate_with = rules::order)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(validate_with = rules::count)]
    pub count: i32,
    #[kgen(each(validate_with = rules::count))]
    pub counts: Vec<i32>,
    #[kgen(validate_with = rules::name)]
    pub name: Option<String>,
    #[kgen(validate_with = Line::rules)]
    pub first: Option<Box<Line>>,
    #[kgen(validate_with = rules::lines)]
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub unit: String,
}

impl Line {
    pub fn rules(&self, _old: Option<&Self>, _operation: &Operation<'_>, _path: &Path<'_>, _errors: &mut Errors) {}
}

/// What cannot be declared.
pub mod rules {
    use kgen::validation::{Error, Errors, Operation, Path};

    use super::{Line, Order};

    pub fn order(_: &Order, _: Option<&Order>, _: &Operation<'_>, _: &Path<'_>, _: &mut Errors) {}

    pub fn count(count: &i32, _: Option<&i32>, _: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
        if count % 2 != 0 {
            errors.push(Error::invalid(path, i64::from(*count), "must be even"));
        }
    }

    pub fn name(_: &str, _: Option<&str>, _: &Operation<'_>, _: &Path<'_>, _: &mut Errors) {}

    pub fn lines(_: &[Line], _: Option<&[Line]>, _: &Operation<'_>, _: &Path<'_>, _: &mut Errors) {}
}
