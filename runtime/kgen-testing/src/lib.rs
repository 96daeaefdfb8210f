//! Random objects for the tests that kgen generates: a crate that has this one among its `[dev-dependencies]` gets tests
//! that its objects survive conversion between versions.

mod choices;
mod loss;
mod random;
mod round_trip;

pub use choices::{Choices, for_all};
pub use proptest::test_runner::{TestCaseError, TestCaseResult};
pub use random::Random;
pub use round_trip::RoundTrip;

/// Says what a type consists of, so that random values of it can be made.
///
/// ```
/// use kgen::k8s::Duration;
/// use kgen_testing::{Choices, random};
///
/// #[derive(Debug, Default, PartialEq)]
/// struct Order { title: String, size: Size, wait: String, planned: Option<std::time::Instant> }
///
/// #[derive(Debug, Default, PartialEq)]
/// enum Size { #[default] Small, Other(String) }
///
/// #[derive(Debug, PartialEq)]
/// struct Sku(String);
///
/// // What stands behind the semicolon begins as its default. A text may be that of another type.
/// random!(struct Order { title, size, wait: Duration; planned });
/// random!(enum Size { Small, Other(_) });
/// random!(newtype Sku);
///
/// let order: Order = Choices::new(&[]).random();
/// assert_eq!(order, Order { wait: "0s".to_owned(), ..Order::default() });
/// ```
#[macro_export]
macro_rules! random {
    (struct $ty:ty { $($field:ident $(: $text:ty)?),* $(; $($default:ident),*)? }) => {
        impl $crate::Random for $ty {
            fn random(_choices: &mut $crate::Choices<'_>) -> Self {
                Self {
                    $($field: $crate::random!(@field _choices $($text)?),)*
                    $($($default: Default::default(),)*)?
                }
            }
        }
    };
    (newtype $ty:ty) => {
        impl $crate::Random for $ty {
            fn random(choices: &mut $crate::Choices<'_>) -> Self {
                Self(choices.random())
            }
        }
    };
    (enum $ty:ty { $($variant:ident $(($held:tt))?),* }) => {
        impl $crate::Random for $ty {
            fn random(choices: &mut $crate::Choices<'_>) -> Self {
                let variants: &[fn(&mut $crate::Choices<'_>) -> Self] = &[$(
                    |_choices| Self::$variant $(($crate::random!(@held $held _choices)))?,
                )*];
                choices.pick(variants)(choices)
            }
        }
    };
    (@field $choices:ident) => { $choices.random() };
    (@field $choices:ident $text:ty) => { $choices.text_of::<$text>() };
    (@held _ $choices:ident) => { $choices.random() };
}
