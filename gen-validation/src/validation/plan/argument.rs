//! Calls of rules with what they are given.

use kgen_model::analysis::SetTest;
use kgen_model::facts::UpdateConstraint;

/// A call of one function of the runtime.
#[derive(Clone, Debug, PartialEq)]
pub struct Call<'m> {
    /// The function's path in `kgen::validation`.
    pub function: &'static str,
    /// What it is given behind the errors and the path.
    pub arguments: Vec<Argument<'m>>,
}

/// An argument of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument<'m> {
    /// The operation.
    Operation,
    /// The value by reference.
    Value,
    /// The elements of a list.
    List,
    /// The value itself: a number or a bool.
    Copy,
    /// The value as text.
    Text(TextOf),
    /// The value as text, for a rule that takes other values too.
    PlainText(TextOf),
    /// How many elements or members the value has.
    Len,
    /// How many of these members of the value are set.
    CountSet(Vec<SetMember<'m>>),
    /// The old value by reference, if there is one.
    Old,
    /// The old value itself, if there is one.
    OldCopy,
    /// The elements of the new and the old list.
    Slices {
        /// Whether the list is in an `Option`.
        is_option: bool,
    },
    /// Whether the value is set.
    IsSet(SetTest),
    /// Whether the old value was set, if there is an old struct.
    WasSet(SetTest),
    /// A bound of an integer.
    Int(i128),
    /// A bound of a number.
    Float(f64),
    /// A count.
    Count(u64),
    /// Text.
    Said(&'m str),
    /// A bool.
    Bool(bool),
    /// Several of these.
    Several(Vec<Argument<'m>>),
    /// Changes that are illegal.
    Constraints(Vec<UpdateConstraint>),
    /// A regular expression, which stands in a static of its own.
    Pattern(&'m str),
    /// The function that gives the keys of an element.
    KeyOf(Vec<Key<'m>>),
    /// The names of members in JSON.
    Names(Vec<&'m str>),
    /// Whether members are set.
    AreSet(Vec<SetMember<'m>>),
    /// Whether members of the old value were set, if there is one.
    WereSet(Vec<SetMember<'m>>),
    /// Members with whether they are set.
    Members(Vec<SetMember<'m>>),
    /// A member and one that depends on it, with whether they are set.
    Pair([SetMember<'m>; 2]),
    /// The union's discriminator and its members with the values for them.
    Discriminated(Discriminator<'m>, Vec<(&'m str, &'m str)>),
    /// The value of a discriminator, and whether members are set.
    Chosen(Discriminator<'m>, Vec<SetMember<'m>>),
    /// The same of the old value, if there is one.
    WasChosen(Discriminator<'m>, Vec<SetMember<'m>>),
    /// The values that features exclude.
    Exclusions(Vec<Excluded<'m>>),
}

/// A value of an enum that a feature excludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excluded<'m> {
    /// The value.
    pub value: &'m str,
    /// The feature.
    pub feature: &'m str,
    /// Whether it excludes the value when it is on, or when it is off.
    pub when: bool,
}

/// How a string gives its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOf {
    /// It is one.
    String,
    /// It is a string enum.
    Enum,
}

/// The way to a member through fields that are always there.
pub type Way<'m> = Vec<&'m str>;

/// A member that may be set.
#[derive(Clone, Debug, PartialEq)]
pub struct SetMember<'m> {
    /// Its name in JSON.
    pub wire: &'m str,
    /// Where it is.
    pub way: Way<'m>,
    /// How it is found out whether it is set.
    pub test: SetTest,
}

/// A field that names a member or a mode.
#[derive(Clone, Debug, PartialEq)]
pub struct Discriminator<'m> {
    /// Its name in JSON.
    pub wire: &'m str,
    /// Its Rust name.
    pub name: &'m str,
    /// How it gives its text.
    pub text: TagText<'m>,
    /// Whether it is an `Option`.
    pub is_option: bool,
}

/// How a discriminator gives its text.
#[derive(Clone, Debug, PartialEq)]
pub enum TagText<'m> {
    /// It is a string, behind these newtypes.
    String(Way<'m>),
    /// It is a string enum, behind these newtypes.
    Enum(Way<'m>),
    /// It is a bool.
    Bool,
}

/// A key of an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Key<'m> {
    /// Where it is.
    pub way: Way<'m>,
    /// Whether it is an `Option`.
    pub is_option: bool,
    /// How it is compared.
    pub form: KeyForm<'m>,
}

/// How a key is compared.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyForm<'m> {
    /// As a number or bool, behind these newtypes.
    Copy(Way<'m>),
    /// As text, behind these newtypes.
    Text(Way<'m>),
    /// By its name, behind these newtypes.
    Name(Way<'m>),
}

impl<'m> Argument<'m> {
    /// The fields of the value that it names.
    pub(super) fn members(&self) -> Vec<&'m str> {
        let first = |members: &[SetMember<'m>]| members.iter().filter_map(|it| it.way.first().copied()).collect();
        match self {
            Self::CountSet(members) | Self::AreSet(members) | Self::WereSet(members) | Self::Members(members) => {
                first(members)
            }
            Self::Pair(members) => first(members),
            Self::Chosen(discriminator, members) | Self::WasChosen(discriminator, members) => {
                let members: Vec<_> = first(members);
                members.into_iter().chain([discriminator.name]).collect()
            }
            _ => Vec::new(),
        }
    }
}
