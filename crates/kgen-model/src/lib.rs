//! What an API is: the draft that sources are loaded into, the resolved model that generators read, the table of
//! markers, and the diagnostics that say what is wrong. It names no generator, no output file and no parser.

pub mod analysis;
pub mod codes;
pub mod draft;
pub mod explain;
pub mod expr;
pub mod facts;
pub mod known;
pub mod literal;
pub mod markers;
pub mod model;
pub mod names;
mod once;
pub mod report;
pub mod resolve;
pub mod rules;
pub mod schemars;
pub mod span;

pub use draft::Draft;
pub use expr::{Expr, ExprKind, Name};
pub use facts::{Facts, ListType, MapType, MarkerPlaces, Rule, RuleKind};
pub use literal::Literal;
pub use model::{Builtin, Field, Model, Presence, Resource, Shape, TypeDef, TypeId, TypeRef, VersionId};
pub use report::{Diagnostic, Report, Severity};
pub use resolve::resolve;
pub use span::{FileId, SourceFile, Sources, Span};
