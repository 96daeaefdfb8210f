//! Newtypes that hold nothing but themselves.

use crate::model::{Shape, TypeRef};
use crate::report::Diagnostic;
use crate::resolve::Resolver;

impl Resolver<'_> {
    /// Newtypes that hold nothing but themselves have no form in JSON. They are cut open, so that nobody walks in circles.
    pub(super) fn newtype_cycles(&mut self) {
        for at in 0..self.types.len() {
            let mut seen = vec![at];
            let mut next = self.newtype_in(at);
            while let Some(inner) = next.filter(|inner| !seen.contains(inner)) {
                seen.push(inner);
                next = self.newtype_in(inner);
            }
            if next == Some(at)
                && let Some(ty) = &mut self.types[at]
            {
                let message = format!("`{}` holds nothing but itself", ty.name);
                ty.shape = Shape::Struct(Vec::new());
                self.report.push(
                    Diagnostic::error("cyclic-alias", ty.span, message)
                        .help("let it hold a struct, an enum, a list or a type of std"),
                );
            }
        }
    }

    /// The type that a newtype stands for on the wire, if it is of the draft too.
    fn newtype_in(&self, at: usize) -> Option<usize> {
        let Shape::Newtype(inner) = &self.types[at].as_ref()?.shape else {
            return None;
        };
        let mut ty = inner;
        while let TypeRef::Option(inner) | TypeRef::Boxed(inner) = ty {
            ty = inner;
        }
        match ty {
            TypeRef::Named(id) => Some(id.0 as usize),
            _ => None,
        }
    }
}
