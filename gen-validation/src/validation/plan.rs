//! Decides what is checked, and in which order. Nothing is rendered here.
//!
//! The order is that of upstream's validation-gen: what is said of the type, then its fields as declared; at a field
//! first the rules that end it when they fail, then the others by the names of their tags, then the rules of the
//! field's type, then those of keys, values and elements.

mod content;
mod fields;
mod members;
mod place;
mod rules;

use kgen_emit::rust::{module_path, path};
use kgen_model::analysis::{SetTest, Validated};
use kgen_model::facts::{Maturity, UpdateConstraint};
use kgen_model::{Model, TypeDef, TypeId, TypeRef};

pub use members::Equal;

/// What one module gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// The implementations, in the order of the types.
    pub impls: Vec<ImplPlan<'m>>,
}

/// The validation of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplPlan<'m> {
    /// The type.
    pub ty: &'m TypeDef,
    /// Its id.
    pub id: TypeId,
    /// What is done with `self`.
    pub steps: Vec<Step<'m>>,
}

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

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> Plan<'m> {
    let validated = model.once(Validated::of);
    let planner = Planner {
        model,
        validated: &validated,
    };
    let is_wanted = |id, ty: &TypeDef| validated.has(&TypeRef::Named(id)) && ty.is_validated_by_kgen();
    let types = model.types_in(module).filter(|(id, ty)| is_wanted(*id, ty));
    let impls = types.map(|(id, ty)| ImplPlan {
        ty,
        id,
        steps: planner.of_type(id, ty),
    });
    let impls = impls.collect();
    Plan { module, impls }
}

impl<'m> Plan<'m> {
    /// The fields and variants that the code names, with the paths of their types.
    pub(super) fn members(&self) -> Vec<(String, &'m str)> {
        let mut members = Vec::new();
        for plan in &self.impls {
            collect(&plan.steps, &path(plan.ty), &mut members);
        }
        members
    }
}

fn collect<'m>(steps: &[Step<'m>], owner: &str, members: &mut Vec<(String, &'m str)>) {
    for step in steps {
        match step {
            Step::Call(call) => {
                let named = call.arguments.iter().flat_map(Argument::members);
                members.extend(named.map(|name| (owner.to_owned(), name)));
            }
            Step::Function(_) | Step::Validate | Step::Gate => {}
            Step::Member(member) => {
                members.push((member.owner.clone(), member.name));
                collect(&member.steps, owner, members);
            }
            Step::Variants { variants, ty, more: _ } => {
                for variant in variants {
                    members.push((ty.clone(), variant.name));
                    collect(&variant.steps, owner, members);
                }
            }
            Step::Modes(modes) => {
                let ways = [&modes.discriminator, &modes.member.way];
                members.extend(ways.into_iter().flatten().map(|name| (modes.owner.clone(), *name)));
                modes.modes.iter().for_each(|(_, steps)| collect(steps, owner, members));
            }
            Step::Cases { rule: _, cases } => cases.iter().for_each(|steps| collect(steps, owner, members)),
            Step::Cohort(steps)
            | Step::OnUpdate(steps)
            | Step::IfReplaced(steps)
            | Step::Option { some: steps, .. }
            | Step::IfSet { steps, .. }
            | Step::Inner { steps, .. }
            | Step::Elements { steps, .. }
            | Step::Entries { steps, .. }
            | Step::Keys { steps, .. }
            | Step::Item { steps, .. }
            | Step::IfFeature { steps, .. }
            | Step::Level { steps, .. } => collect(steps, owner, members),
        }
    }
}

impl<'m> Argument<'m> {
    /// The fields of the value that it names.
    fn members(&self) -> Vec<&'m str> {
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

/// What is known while planning.
#[derive(Clone, Copy)]
struct Planner<'m, 'v> {
    model: &'m Model,
    validated: &'v Validated,
}

impl Function {
    /// `crate::v1::Order::complete` belongs to a type, other functions belong to a module.
    fn new(path: &str, takes: Takes) -> Self {
        let segments: Vec<String> = path.split("::").map(str::to_owned).collect();
        let (name, owner) = match segments.split_last() {
            Some((name, owner)) => (name.clone(), module_path(owner)),
            None => (path.to_owned(), String::new()),
        };
        Self { owner, name, takes }
    }
}
