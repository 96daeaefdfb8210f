//! The number of managers that an object remembers.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Entry, ManagedFields, ManagerId, Operation};

/// The manager that stands for those who are forgotten.
const ANCIENT: &str = "ancient-changes";

impl ManagedFields {
    /// Unites the oldest updaters of a version into one entry until at most `most` updaters are left. Appliers stay:
    /// they have to be known when they apply again.
    pub(crate) fn cap_updaters(&mut self, most: usize) {
        let updaters = self.entries.iter().filter(|(id, _)| id.operation == Operation::Update);
        let mut updaters: Vec<(i64, String, ManagerId)> = updaters
            .map(|(id, entry)| (entry.time.map_or(0, Timestamp::as_second), id.identifier(), id.clone()))
            .collect();
        let mut count = updaters.len();
        if count <= most {
            return;
        }
        updaters.sort();
        let mut oldest: HashMap<String, ManagerId> = HashMap::new();
        for (_, _, id) in updaters {
            if count <= most {
                return;
            }
            match oldest.get(&id.api_version) {
                None => drop(oldest.insert(id.api_version.clone(), id)),
                Some(first) => count -= self.unite(first, &id),
            }
        }
    }

    /// Makes one entry of two, and of what is already ancient in their version. Returns how many entries are gone.
    fn unite(&mut self, first: &ManagerId, id: &ManagerId) -> usize {
        let bucket = ManagerId {
            manager: ANCIENT.to_owned(),
            operation: Operation::Update,
            api_version: id.api_version.clone(),
            subresource: String::new(),
        };
        let parts: Vec<Entry> = [first, &bucket, id]
            .into_iter()
            .filter_map(|id| self.remove(id))
            .collect();
        let count = parts.len();
        let united = parts.into_iter().reduce(|old, new| Entry {
            fields: old.fields.union(&new.fields),
            time: old.time.max(new.time),
            api_version: new.api_version,
        });
        self.insert(bucket, united.unwrap_or_default());
        count.saturating_sub(1)
    }
}
