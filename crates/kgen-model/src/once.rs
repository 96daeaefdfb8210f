//! What follows from a whole model and is needed again and again: it is worked out for the first who asks.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::model::Model;

type Cell = Arc<OnceLock<Arc<dyn Any + Send + Sync>>>;

/// The conclusions of a model by their types. A copy of the model, which may become another one, begins without any.
#[derive(Default)]
pub(crate) struct Conclusions(Mutex<BTreeMap<TypeId, Cell>>);

impl Model {
    /// What follows from the model by `conclude`, which runs once for each type of conclusions. The model must not
    /// change any more.
    #[must_use]
    pub fn once<T: Any + Send + Sync>(&self, conclude: fn(&Self) -> T) -> Arc<T> {
        let cell = {
            let mut cells = self.conclusions.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(cells.entry(TypeId::of::<T>()).or_default())
        };
        let conclusion = cell.get_or_init(|| Arc::new(conclude(self)));
        let conclusion = Arc::clone(conclusion).downcast();
        conclusion.unwrap_or_else(|_| Arc::new(conclude(self)))
    }
}

impl Clone for Conclusions {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Conclusions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Conclusions")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Count(usize);

    #[test]
    fn a_conclusion_is_drawn_once() {
        let mut model = Model::default();
        let first = model.once(|model| Count(model.types.len()));
        assert!(Arc::ptr_eq(&first, &model.once(|_| Count(1))));
        let copy = model.clone();
        assert_eq!(copy.once(|_| Count(2)).0, 2);
        model.resources.clear();
        assert_eq!(*model.once(|_| 3_usize), 3);
    }
}
