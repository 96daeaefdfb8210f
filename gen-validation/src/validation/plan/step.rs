//! What is done with a value: rules that are called, and the ways to the values that it holds.

use kgen_emit::rust::module_path;
use kgen_model::analysis::SetTest;
use kgen_model::facts::Maturity;

use super::{Call, Equal, Key, SetMember, TextOf, Way};

/// Something that is done with a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<'m> {
    /// A rule of the runtime is called.
    Call(Call<'m>),
    /// A person's own function is called.
    Function(Function),
    /// The rules of the value's own type are called.
    Validate,
    /// What follows is done only if nothing was found since the cohort began.
    Gate,
    /// Steps that a [`Step::Gate`] among them looks back upon.
    Cohort(Vec<Step<'m>>),
    /// What is done with a field of a struct.
    Member(Member<'m>),
    /// What is done with the content of an `Option`.
    Option {
        /// With what it holds.
        some: Vec<Step<'m>>,
        /// Whether it must hold something.
        required: bool,
    },
    /// What is done if a plain value is set.
    IfSet {
        /// How that is found out.
        test: SetTest,
        /// What is done then.
        steps: Vec<Step<'m>>,
    },
    /// What is done with what a box, a newtype or the like holds.
    Inner {
        /// The way there.
        via: Vec<Via<'m>>,
        /// What is done there.
        steps: Vec<Step<'m>>,
    },
    /// What is done with each element of a list.
    Elements {
        /// Which old element a new one replaces.
        by: Correlation<'m>,
        /// What is done with each.
        steps: Vec<Step<'m>>,
    },
    /// What is done with each value of a map.
    Entries {
        /// How keys are written.
        key: KeyText<'m>,
        /// Whether values that are as before are left out.
        ratchet: bool,
        /// What is done with each.
        steps: Vec<Step<'m>>,
    },
    /// What is done with each key of a map, at the path of the map.
    Keys {
        /// What keys are: text, or something that holds text.
        key: KeyText<'m>,
        /// What is done with each.
        steps: Vec<Step<'m>>,
    },
    /// What is done with the first element that has these keys.
    Item {
        /// The keys.
        keys: Vec<ItemKey<'m>>,
        /// What is done with it.
        steps: Vec<Step<'m>>,
    },
    /// What is done with what the variants of a union hold.
    Variants {
        /// The variants that have anything to do, with the path of their enum.
        variants: Vec<Variant<'m>>,
        /// The path of the enum.
        ty: String,
        /// Whether there are others.
        more: bool,
    },
    /// What is done while a feature is on, or off.
    IfFeature {
        /// The feature.
        feature: &'m str,
        /// Whether it must be on.
        enabled: bool,
        /// What is done then.
        steps: Vec<Step<'m>>,
    },
    /// What is found by these steps is not, or not always, enforced.
    Level {
        /// How finished the rules are.
        level: Maturity,
        /// The steps.
        steps: Vec<Step<'m>>,
    },
    /// What is done on updates only.
    OnUpdate(Vec<Step<'m>>),
    /// What is done where there was a value, or a struct that could hold it, before.
    IfReplaced(Vec<Step<'m>>),
    /// What is done with a field in one of several modes.
    Modes(Modes<'m>),
    /// Cases of schema logic, of which so many must hold.
    Cases {
        /// The rule that counts them.
        rule: &'static str,
        /// What is done with the value in each case.
        cases: Vec<Vec<Step<'m>>>,
    },
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'m> {
    /// The Rust name, without `r#`.
    pub name: &'m str,
    /// The path of the struct, which knows what is deprecated.
    pub owner: String,
    /// The name in JSON, unless its own members stand beside it.
    pub wire: Option<&'m str>,
    /// Whether the field is left out if it is as before.
    pub ratchet: bool,
    /// What is done with it.
    pub steps: Vec<Step<'m>>,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant<'m> {
    /// The Rust name, without `r#`.
    pub name: &'m str,
    /// Under which name its content stands, unless that stands in its place.
    pub wire: Option<&'m str>,
    /// Whether content that is as before is left out.
    pub ratchet: bool,
    /// What is done with it.
    pub steps: Vec<Step<'m>>,
}

/// A field whose rules depend on another field.
#[derive(Clone, Debug, PartialEq)]
pub struct Modes<'m> {
    /// Where the field is that says which mode it is.
    pub discriminator: Way<'m>,
    /// Whether that is an `Option`.
    pub is_option: bool,
    /// The path of the struct.
    pub owner: String,
    /// The field's name in JSON, and where it is.
    pub member: SetMember<'m>,
    /// Whether nothing is done if both fields are as before.
    pub ratchet: bool,
    /// What is done in which modes. In all others the field must not be set.
    pub modes: Vec<(Vec<Equal<'m>>, Vec<Step<'m>>)>,
}

/// A step from a value to what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via<'m> {
    /// Out of a box.
    Box,
    /// Out of a newtype, by the name of its field.
    Newtype(&'m str),
    /// Out of an `Option`, if it holds something.
    Option,
    /// The integer of an integer or a string, if it is one.
    Int,
    /// The string of an integer or a string, if it is one.
    String,
}

/// Which old element a new one replaces.
#[derive(Clone, Debug, PartialEq)]
pub enum Correlation<'m> {
    /// None: all elements are looked at again once the list changed.
    None,
    /// One that equals it, which leaves nothing to look at.
    Set,
    /// The one with the same keys.
    Keys(Vec<Key<'m>>),
}

/// What a map's key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyText<'m> {
    /// Text, as the runtime's maps have it.
    String,
    /// Something that holds text.
    Other {
        /// The newtypes around it.
        way: Way<'m>,
        /// What is in there.
        text: TextOf,
    },
}

/// A key of the element that is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemKey<'m> {
    /// Where it is.
    pub way: Way<'m>,
    /// Whether it is an `Option`.
    pub is_option: bool,
    /// What it equals.
    pub equal: Equal<'m>,
}

/// A person's own function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The absolute path of the module or type that it belongs to.
    pub owner: String,
    /// Its name.
    pub name: String,
    /// What it is given.
    pub takes: Takes,
}

/// In which form a person's own function gets the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `&T`
    Reference,
    /// `&str`
    Text,
    /// `&[T]`
    Slice,
}

impl Function {
    /// `crate::v1::Order::complete` belongs to a type, other functions belong to a module.
    pub(super) fn new(path: &str, takes: Takes) -> Self {
        let segments: Vec<String> = path.split("::").map(str::to_owned).collect();
        let (name, owner) = match segments.split_last() {
            Some((name, owner)) => (name.clone(), module_path(owner)),
            None => (path.to_owned(), String::new()),
        };
        Self { owner, name, takes }
    }
}
