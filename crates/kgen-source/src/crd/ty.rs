//! Rust types while the names of the generated ones are not known yet.

use kgen_model::draft::{DraftSegment, DraftTypeKind, DraftTypeRef};
use kgen_model::{Builtin, Span};

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ty {
    /// A scalar of Rust.
    Plain(&'static str),
    /// A type of Kubernetes that is no struct.
    Builtin(Builtin),
    /// A type of somebody else, by its whole path, and whether it has a `Default`.
    Foreign(Vec<String>, bool),
    /// One of the types that are made here.
    Own(usize),
    Option(Box<Ty>),
    List(Box<Ty>),
    Map(Box<Ty>),
}

/// What the types that are made here are called.
pub(super) trait Names {
    /// The path of one of them.
    fn path(&self, own: usize) -> Vec<String>;
    /// Whether one of them is called so.
    fn is_taken(&self, name: &str) -> bool;
}

impl Ty {
    pub(super) fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    pub(super) fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    pub(super) fn map(self) -> Self {
        Self::Map(Box::new(self))
    }

    /// A map of values of any form.
    pub(super) fn any_members() -> Self {
        Self::Builtin(Builtin::Json).map()
    }

    /// The type that is made here, behind lists, maps and options.
    pub(super) fn own(&self) -> Option<usize> {
        match self {
            Self::Own(own) => Some(*own),
            Self::Option(inner) | Self::List(inner) | Self::Map(inner) => inner.own(),
            Self::Plain(_) | Self::Builtin(_) | Self::Foreign(..) => None,
        }
    }

    /// Whether it holds floating point numbers.
    pub(super) fn holds_float(&self) -> bool {
        match self {
            Self::Plain(name) => *name == "f64",
            Self::Option(inner) | Self::List(inner) | Self::Map(inner) => inner.holds_float(),
            Self::Builtin(_) | Self::Foreign(..) | Self::Own(_) => false,
        }
    }

    /// The type as a person writes it.
    pub(super) fn written(&self, span: Span, names: &impl Names) -> DraftTypeRef {
        let of_std = |module: &str, name: &str, args: Vec<DraftTypeRef>| {
            let is_shadowed = names.is_taken(name);
            let whole = ["std", module].into_iter().filter(|_| is_shadowed);
            path(whole.chain([name]).map(str::to_owned).collect(), args, span)
        };
        match self {
            Self::Plain("String") => of_std("string", "String", Vec::new()),
            Self::Plain(name) => path(vec![(*name).to_owned()], Vec::new(), span),
            Self::Builtin(builtin) => {
                let path_of = builtin_path(*builtin).iter().map(ToString::to_string);
                path(path_of.collect(), Vec::new(), span)
            }
            Self::Foreign(segments, _) => path(segments.clone(), Vec::new(), span),
            Self::Own(own) => path(names.path(*own), Vec::new(), span),
            Self::Option(inner) => of_std("option", "Option", vec![inner.written(span, names)]),
            Self::List(inner) => of_std("vec", "Vec", vec![inner.written(span, names)]),
            Self::Map(inner) => {
                let string = Self::Plain("String").written(span, names);
                let segments = ["std", "collections", "BTreeMap"].map(str::to_owned);
                path(segments.to_vec(), vec![string, inner.written(span, names)], span)
            }
        }
    }
}

fn builtin_path(builtin: Builtin) -> &'static [&'static str] {
    match builtin {
        Builtin::Time => &["kgen", "k8s", "Time"],
        Builtin::MicroTime => &["kgen", "k8s", "MicroTime"],
        Builtin::Duration => &["kgen", "k8s", "Duration"],
        Builtin::Quantity => &["kgen", "k8s", "Quantity"],
        Builtin::IntOrString => &["kgen", "k8s", "IntOrString"],
        Builtin::ByteString => &["kgen", "k8s", "ByteString"],
        Builtin::RawExtension => &["kgen", "k8s", "RawExtension"],
        Builtin::Json => &["kgen", "serde_json", "Value"],
        Builtin::EmbeddedObject => &["kube", "core", "DynamicObject"],
        Builtin::FieldsV1 => &["kgen", "k8s", "FieldsV1"],
    }
}

fn path(names: Vec<String>, args: Vec<DraftTypeRef>, span: Span) -> DraftTypeRef {
    let mut segments: Vec<DraftSegment> = names
        .into_iter()
        .map(|name| DraftSegment { name, args: Vec::new() })
        .collect();
    if let Some(last) = segments.last_mut() {
        last.args = args;
    }
    let kind = DraftTypeKind::Path {
        segments,
        global: false,
    };
    DraftTypeRef { span, kind }
}
