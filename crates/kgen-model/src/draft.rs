//! What a source says, before anything is decided: modules, types and markers with their places. A draft holds no
//! conclusions; resolving draws them.

use crate::expr::Expr;
use crate::model::Declaration;
use crate::span::{FileId, Span};

/// Everything that was read, from any source.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The modules, parents before children.
    pub modules: Vec<DraftModule>,
}

/// One Rust module.
#[derive(Clone, Debug, Default)]
pub struct DraftModule {
    /// The absolute path, beginning with `crate`.
    pub path: Vec<String>,
    /// The file that holds its items.
    pub file: FileId,
    /// The module's documentation.
    pub docs: String,
    /// What `kgen::version!` says, once for each use of the macro.
    pub versions: Vec<DraftVersion>,
    /// Structs and enums.
    pub types: Vec<DraftType>,
    /// `type A = B;`
    pub aliases: Vec<DraftAlias>,
    /// Constants with their values.
    pub consts: Vec<DraftConst>,
    /// Names of functions.
    pub functions: Vec<String>,
    /// What functions without arguments give, as far as their bodies are values: `default_replicas`, `Spec::default`.
    pub values: Vec<DraftConst>,
    /// Imports and re-exports.
    pub uses: Vec<DraftUse>,
    /// Names of modules that nobody else sees but this module and those below it.
    pub private_modules: Vec<String>,
    /// Traits that are implemented by hand: the trait's last segment and the type's path.
    pub impls: Vec<(String, Vec<String>)>,
}

/// One use of `kgen::version!`.
#[derive(Clone, Debug)]
pub struct DraftVersion {
    /// The macro call.
    pub span: Span,
    /// What stands between the braces.
    pub markers: Vec<Expr>,
}

/// `use path as name;` or `use path::*;`, one for each leaf of the tree.
#[derive(Clone, Debug)]
pub struct DraftUse {
    /// The name that it brings into scope; `*` for a glob.
    pub name: String,
    /// The path as written, `crate`, `self` and `super` included.
    pub path: Vec<String>,
    /// The leaf.
    pub span: Span,
    /// Whether it is visible to other modules.
    pub public: bool,
}

/// `type A<T> = B<T>;`
#[derive(Clone, Debug)]
pub struct DraftAlias {
    /// The new name.
    pub name: String,
    /// The name's place.
    pub span: Span,
    /// Documentation.
    pub docs: String,
    /// Names of the generic parameters.
    pub generics: Vec<String>,
    /// What it stands for.
    pub ty: DraftTypeRef,
}

/// `const A: T = value;`
#[derive(Clone, Debug)]
pub struct DraftConst {
    /// The name; for an associated constant `Type::NAME`.
    pub name: String,
    /// The name's place.
    pub span: Span,
    /// The value, if it is one that markers can hold.
    pub value: Option<Expr>,
}

/// A struct or enum.
#[derive(Clone, Debug)]
pub struct DraftType {
    /// The Rust name.
    pub name: String,
    /// The name's place.
    pub span: Span,
    /// Documentation, lines joined, without the leading space.
    pub docs: String,
    /// Names of the generic type parameters.
    pub generics: Vec<String>,
    /// Generic parameters that are no types (lifetimes, constants), where the first one stands.
    pub other_generics: Option<Span>,
    /// What stands in `#[kgen(..)]`.
    pub markers: Vec<Expr>,
    /// What stands in `#[serde(..)]`.
    pub serde: Vec<Expr>,
    /// Last segments of the derived traits.
    pub derives: Vec<String>,
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// Whether it is visible outside of its module.
    pub public: bool,
    /// Whether it is `pub` without restriction.
    pub exported: bool,
    /// Whether its Rust declaration exists.
    pub declaration: Declaration,
    /// What it consists of.
    pub body: DraftBody,
    /// What attributes of other derives say.
    pub foreign: Option<Box<DraftForeign>>,
}

/// What attributes say that belong to kube's, schemars' and validators' derives.
#[derive(Clone, Debug, Default)]
pub struct DraftForeign {
    /// The items of the attributes `kube`, `x_kube`, `schemars`, `validate` and `garde`, each with its attribute's name.
    pub items: Vec<(&'static str, Expr)>,
    /// The lines of block comments as they stand, which schemars keeps. Nothing if there are none.
    pub docs: Option<String>,
    /// The unnamed fields of a tuple struct or variant.
    pub unnamed: Vec<DraftUnnamed>,
}

/// A field without a name.
#[derive(Clone, Debug)]
pub struct DraftUnnamed {
    /// The type as written.
    pub ty: DraftTypeRef,
    /// Documentation.
    pub docs: String,
    /// What stands in `#[serde(..)]`.
    pub serde: Vec<Expr>,
    /// What attributes of other derives say.
    pub foreign: Option<Box<DraftForeign>>,
}

impl DraftModule {
    /// Whether something here says of which group and version it is.
    #[must_use]
    pub fn states_version(&self) -> bool {
        let is_kube = |ty: &DraftType| {
            ty.foreign
                .as_deref()
                .is_some_and(|foreign| foreign.of("kube").next().is_some())
        };
        !self.versions.is_empty() || self.types.iter().any(is_kube)
    }
}

impl DraftForeign {
    /// The items of one attribute.
    pub fn of<'a>(&'a self, attribute: &'a str) -> impl Iterator<Item = &'a Expr> {
        let of_name = self.items.iter().filter(move |(name, _)| *name == attribute);
        of_name.map(|(_, item)| item)
    }
}

/// What a type consists of.
#[derive(Clone, Debug)]
pub enum DraftBody {
    /// `struct A { .. }`
    Struct(Vec<DraftField>),
    /// `struct A(B);`
    Newtype(DraftTypeRef),
    /// `struct A;`
    Unit,
    /// `struct A(B, C);`
    Tuple,
    /// `enum A { .. }`
    Enum(Vec<DraftVariant>),
    /// `union A { .. }`
    CUnion,
}

/// A named field.
#[derive(Clone, Debug)]
pub struct DraftField {
    /// The Rust name without `r#`.
    pub name: String,
    /// The name's place.
    pub span: Span,
    /// Documentation.
    pub docs: String,
    /// The type as written.
    pub ty: DraftTypeRef,
    /// What stands in `#[kgen(..)]`.
    pub markers: Vec<Expr>,
    /// What stands in `#[serde(..)]`.
    pub serde: Vec<Expr>,
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// Whether it is visible outside of its module.
    pub public: bool,
    /// What attributes of other derives say.
    pub foreign: Option<Box<DraftForeign>>,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct DraftVariant {
    /// The Rust name.
    pub name: String,
    /// The name's place.
    pub span: Span,
    /// Documentation.
    pub docs: String,
    /// What it carries.
    pub payload: DraftPayload,
    /// What stands in `#[kgen(..)]`.
    pub markers: Vec<Expr>,
    /// What stands in `#[serde(..)]`.
    pub serde: Vec<Expr>,
    /// `#[deprecated]`, with its note.
    pub deprecated: Option<String>,
    /// Whether it carries `#[default]`.
    pub default: bool,
    /// What attributes of other derives say.
    pub foreign: Option<Box<DraftForeign>>,
}

/// What a variant carries.
#[derive(Clone, Debug)]
pub enum DraftPayload {
    /// Nothing.
    Unit,
    /// One unnamed value.
    Newtype(DraftTypeRef),
    /// Several unnamed values.
    Tuple,
    /// Named fields.
    Struct(Vec<DraftField>),
}

/// A type as written.
#[derive(Clone, Debug)]
pub struct DraftTypeRef {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: DraftTypeKind,
}

/// The form of a type.
#[derive(Clone, Debug)]
pub enum DraftTypeKind {
    /// `a::b<C>::D<E>`; the flag says whether it began with `::`.
    Path {
        /// Names with their type arguments.
        segments: Vec<DraftSegment>,
        /// Whether it began with `::`.
        global: bool,
    },
    /// `[T; N]`, with the length if it is a literal.
    Array(Box<DraftTypeRef>, Option<u64>),
    /// `(A, B)`
    Tuple(Vec<DraftTypeRef>),
    /// Something that no API can hold, named in words such as `a reference`.
    Unsupported(&'static str),
}

/// One segment of a path with its type arguments.
#[derive(Clone, Debug)]
pub struct DraftSegment {
    /// The name.
    pub name: String,
    /// Type arguments.
    pub args: Vec<DraftTypeRef>,
}
