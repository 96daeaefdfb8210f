//! Decides, for each direction of a pair, where each part of the target comes from. Nothing is rendered here.

mod structs;
mod variants;

use kgen_emit::rust::{Value, module_path, path};
use kgen_model::model::Origin;
use kgen_model::{Model, TypeDef, TypeId};

use crate::pairs::{How, Link, Pair, Pairs, hub_of};

/// What one module gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'m> {
    /// The module.
    pub module: &'m [String],
    /// The conversions, those to the hub before those from it.
    pub impls: Vec<ImplPlan>,
    /// The versions of kinds with their hubs, which may be themselves.
    pub kinds: Vec<(TypeId, TypeId)>,
}

/// The conversion of one type into another.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplPlan {
    /// The type that is taken apart.
    pub source: TypeId,
    /// The type that is made.
    pub target: TypeId,
    /// The direction.
    pub side: Side,
    /// What is done.
    pub body: Body,
}

/// The direction of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the stored version.
    ToHub,
    /// From the stored version.
    FromHub,
}

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Field by field.
    Struct(StructPlan),
    /// One value, with the names of its field on both sides.
    Newtype {
        /// How it is converted.
        how: How,
        /// The field of the source.
        from: String,
        /// The field of the target.
        to: String,
    },
    /// Variant by variant.
    Variants(Vec<Arm>),
    /// By a person's own function alone.
    Function(Function),
}

/// The conversion of a struct, in the order of its steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StructPlan {
    /// A person's own function, which runs first.
    pub function: Option<Function>,
    /// Functions of single fields.
    pub calls: Vec<Call>,
    /// Values that come back from annotations.
    pub restored: Vec<(String, String)>,
    /// Values that are taken out of the source.
    pub taken: Vec<Taken>,
    /// The fields of the target, in the order of declaration.
    pub fields: Vec<(String, Fill)>,
    /// Values that are put into the middle of the target.
    pub placed: Vec<Placed>,
    /// Values that go into annotations.
    pub kept: Vec<KeptPlan>,
}

/// A person's own function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The absolute path of what is imported: the function, or the type that it belongs to.
    pub import: String,
    /// The function's name, if it belongs to a type.
    pub of_type: Option<String>,
}

/// The call of a field's own function.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function.
    pub function: Function,
    /// The variable that it fills in.
    pub local: String,
    /// Where the value stands in the source.
    pub from: Way,
    /// What errors call it.
    pub name: String,
}

/// A value that is taken out of the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The variable that holds it.
    pub local: String,
    /// Where it stands.
    pub from: Way,
    /// How it is converted.
    pub how: How,
    /// What errors call it.
    pub name: String,
}

/// A way through fields, each with whether it is an `Option`. The last one is the value itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way(pub Vec<(String, bool)>);

/// Where a field of the target comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// A field of the source.
    Source {
        /// The names on the way to it.
        way: Vec<String>,
        /// How it is converted.
        how: How,
        /// What errors call it.
        name: String,
    },
    /// A variable.
    Local(String),
    /// What a person's own function wrote there.
    Function,
    /// A value that the field holds where it is absent.
    Value(Value),
    /// A flattened struct, by its path, whose fields stand in the source itself.
    Struct(String, Vec<(String, Fill)>),
}

/// A value that is put into the middle of the target.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The variable that holds it.
    pub local: String,
    /// Where it goes.
    pub to: Way,
    /// Whether the variable is an `Option` of what goes there.
    pub is_option: bool,
    /// When it goes there.
    pub when: When,
}

/// When a value is put into the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// Unless it is `None`, so that nothing has to be made on the way.
    Some,
    /// Unless it is the default of its type.
    Filled,
}

/// A value that goes into an annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPlan {
    /// The variable that holds it.
    pub local: String,
    /// Whether the variable is an `Option` of it.
    pub is_option: bool,
    /// The annotation.
    pub key: String,
    /// What the field holds if nothing was kept.
    pub usual: Value,
}

/// What becomes of a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// The name of the source's variant.
    pub from: String,
    /// Whether it holds anything.
    pub holds: bool,
    /// What becomes of it.
    pub to: Outcome,
}

/// What becomes of a variant.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A variant, and how what it holds is converted.
    Variant(String, Option<How>),
    /// The variant that keeps unknown names, and the name.
    Named(String, String),
    /// Whatever has the name that the variant keeps.
    FromText,
    /// An error that tells the name.
    Refused(String),
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> Plan<'m> {
    let pairs = model.once(Pairs::of);
    let own: Vec<&Pair> = pairs
        .pairs
        .iter()
        .filter(|pair| home(model, pair).module == module)
        .collect();
    let of_side = |side: Side| own.iter().map(move |pair| implementation(model, pair, side));
    Plan {
        module,
        impls: of_side(Side::ToHub).chain(of_side(Side::FromHub)).collect(),
        kinds: kinds(model, &pairs, module),
    }
}

/// The type beside which a conversion stands.
fn home<'m>(model: &'m Model, pair: &Pair) -> &'m TypeDef {
    let version = model.ty(pair.version);
    match version.origin {
        Origin::Source => version,
        Origin::Kubernetes => model.ty(pair.hub),
    }
}

/// The kinds of a module that have several versions.
fn kinds(model: &Model, pairs: &Pairs, module: &[String]) -> Vec<(TypeId, TypeId)> {
    let here = model
        .resources
        .iter()
        .filter(|resource| model.ty(resource.ty).module == module);
    let with_hub = here.filter_map(|resource| Some((resource.ty, hub_of(model, resource)?.ty)));
    let is_wanted = |(version, hub): &(TypeId, TypeId)| {
        let mut versions = pairs.kinds.iter();
        if version == hub {
            versions.any(|kind| kind.hub == *hub)
        } else {
            versions.any(|kind| kind.version == *version)
        }
    };
    with_hub.filter(is_wanted).collect()
}

fn implementation(model: &Model, pair: &Pair, side: Side) -> ImplPlan {
    let (source, target) = match side {
        Side::ToHub => (pair.version, pair.hub),
        Side::FromHub => (pair.hub, pair.version),
    };
    let body = match &pair.link {
        Link::Struct(link) => Body::Struct(structs::plan(model, link, target, side)),
        Link::Newtype { to_hub, from_hub } => Body::Newtype {
            how: match side {
                Side::ToHub => to_hub.clone(),
                Side::FromHub => from_hub.clone(),
            },
            from: model.ty(source).newtype_field().to_owned(),
            to: model.ty(target).newtype_field().to_owned(),
        },
        Link::Variants(links) => Body::Variants(variants::arms(model, links, source, target, side)),
        Link::Function(function) => Body::Function(self::function(function)),
    };
    ImplPlan {
        source,
        target,
        side,
        body,
    }
}

/// `crate::v1::Order::convert` belongs to a type, as its capital says.
fn function(path: &str) -> Function {
    let segments: Vec<String> = path.split("::").map(str::to_owned).collect();
    match segments.as_slice() {
        [ty @ .., name] if ty.last().is_some_and(|last| last.starts_with(char::is_uppercase)) => Function {
            import: module_path(ty),
            of_type: Some(name.clone()),
        },
        segments => Function {
            import: module_path(segments),
            of_type: None,
        },
    }
}

impl Plan<'_> {
    /// The fields and variants that the code names, with the paths of their types.
    pub(crate) fn members(&self, model: &Model) -> Vec<(String, String)> {
        let mut members = Vec::new();
        for plan in &self.impls {
            let (source, target) = (model.ty(plan.source), model.ty(plan.target));
            match &plan.body {
                Body::Struct(body) => {
                    members.extend(body.fields.iter().map(|(name, _)| (path(target), name.clone())));
                    members.extend(body.sources().map(|name| (path(source), name.to_owned())));
                }
                Body::Variants(arms) => {
                    members.extend(arms.iter().map(|arm| (path(source), arm.from.clone())));
                    members.extend(
                        arms.iter()
                            .filter_map(|arm| Some((path(target), arm.to.variant()?.to_owned()))),
                    );
                }
                Body::Newtype { .. } | Body::Function(_) => {}
            }
        }
        members
    }
}

impl StructPlan {
    /// The fields of the source that are named.
    fn sources(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().flat_map(|(_, fill)| fill.sources());
        let calls = self.calls.iter().map(|call| &call.from);
        let ways = calls.chain(self.taken.iter().map(|taken| &taken.from));
        let ways = ways.filter_map(|way| way.0.first().map(|(name, _)| name.as_str()));
        fields.chain(ways)
    }

    /// Whether anything is done to the source before it is taken apart.
    pub(crate) fn changes_source(&self) -> bool {
        let is_deep = |taken: &Taken| taken.from.0.len() > 1;
        self.function.is_some() || !self.calls.is_empty() || !self.restored.is_empty() || self.taken.iter().any(is_deep)
    }

    /// Whether anything of the source is used.
    pub(crate) fn uses_source(&self) -> bool {
        self.changes_source()
            || !self.taken.is_empty()
            || self.fields.iter().any(|(_, fill)| fill.sources().next().is_some())
    }
}

impl Fill {
    fn sources(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::Source { way, .. } => Box::new(way.first().map(String::as_str).into_iter()),
            Self::Struct(_, fields) => Box::new(fields.iter().flat_map(|(_, fill)| fill.sources())),
            Self::Local(_) | Self::Function | Self::Value(_) => Box::new(std::iter::empty()),
        }
    }
}

impl Outcome {
    fn variant(&self) -> Option<&str> {
        match self {
            Self::Variant(name, _) | Self::Named(name, _) => Some(name),
            Self::FromText | Self::Refused(_) => None,
        }
    }
}

impl Way {
    /// Whether the value may not be there.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        let through = self.0.split_last().map_or(&[][..], |(_, through)| through);
        through.iter().any(|(_, is_option)| *is_option)
    }
}
