//! Answers that are kept for a while, so that others are asked less often.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use parking_lot::Mutex;
use tokio::time::Instant;

/// Answers by question. All who want the same answer at once ask once.
pub(super) struct Memo<K, V, E> {
    slots: Mutex<Recent<K, Slot<V, E>>>,
}

enum Slot<V, E> {
    Known { answer: V, until: Instant },
    Asked(WeakShared<Asking<V, E>>),
}

type Asking<V, E> = Pin<Box<dyn Future<Output = Result<V, E>> + Send>>;

/// An answer, and how long it is good for; `None` is for this time only.
pub(super) type Answer<V> = (V, Option<Duration>);

impl<K, V, E> Memo<K, V, E>
where
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + Sync + 'static,
    E: Clone + Send + Sync + 'static,
{
    /// Keeps about so many answers.
    pub(super) fn new(capacity: usize) -> Arc<Self> {
        Arc::new(Self {
            slots: Mutex::new(Recent::new(capacity)),
        })
    }

    /// The answer that is known, or else the one that asking brings. Errors are not kept.
    pub(super) async fn get<F>(self: &Arc<Self>, key: K, ask: impl FnOnce() -> F) -> Result<V, E>
    where
        F: Future<Output = Result<Answer<V>, E>> + Send + 'static,
    {
        let asking = {
            let mut slots = self.slots.lock();
            match slots.get(&key) {
                Some(Slot::Known { answer, until }) if Instant::now() < *until => return Ok(answer.clone()),
                Some(Slot::Asked(asked)) => asked.upgrade(),
                Some(Slot::Known { .. }) | None => None,
            }
            .unwrap_or_else(|| {
                let asking = self.asking(key.clone(), ask());
                if let Some(asked) = asking.downgrade() {
                    slots.insert(key, Slot::Asked(asked));
                }
                asking
            })
        };
        asking.await
    }

    fn asking(
        self: &Arc<Self>,
        key: K,
        asked: impl Future<Output = Result<Answer<V>, E>> + Send + 'static,
    ) -> Shared<Asking<V, E>> {
        let memo = Arc::clone(self);
        let asking: Asking<V, E> = Box::pin(async move {
            let outcome = asked.await;
            let mut slots = memo.slots.lock();
            match outcome {
                Ok((answer, Some(for_))) => {
                    let until = Instant::now() + for_;
                    let known = answer.clone();
                    slots.insert(key, Slot::Known { answer: known, until });
                    Ok(answer)
                }
                Ok((answer, None)) => {
                    slots.remove(&key);
                    Ok(answer)
                }
                Err(error) => {
                    slots.remove(&key);
                    Err(error)
                }
            }
        });
        asking.shared()
    }
}

/// A map that forgets what was not looked at for long: when the young half is full, the old half goes.
pub(super) struct Recent<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    half: usize,
}

impl<K: Eq + Hash, V> Recent<K, V> {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            young: HashMap::new(),
            old: HashMap::new(),
            half: (capacity / 2).max(1),
        }
    }

    pub(super) fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        if let Some((key, value)) = self.old.remove_entry(key) {
            self.insert(key, value);
        }
        self.young.get(key)
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        if self.young.len() >= self.half && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.old.remove(&key);
        self.young.insert(key, value);
    }

    fn remove(&mut self, key: &K) {
        self.young.remove(key);
        self.old.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn what_is_looked_at_stays() {
        let mut recent = Recent::new(4);
        for number in 0..100 {
            recent.insert(number, number);
            assert_eq!(recent.get(&0), Some(&0));
        }
        assert_eq!(recent.get(&1), None);
        assert_eq!(recent.get(&99), Some(&99));
        assert!(recent.young.len() + recent.old.len() <= 4);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_asked_for_once_until_it_is_too_old() {
        let memo: Arc<Memo<&str, u32, ()>> = Memo::new(8);
        let asked = Arc::new(AtomicU32::new(0));
        let ask = || {
            let asked = Arc::clone(&asked);
            async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok((asked.fetch_add(1, Ordering::Relaxed), Some(Duration::from_secs(10))))
            }
        };
        let both = futures_util::future::join(memo.get("a", ask), memo.get("a", ask)).await;
        assert_eq!(both, (Ok(0), Ok(0)));
        tokio::time::advance(Duration::from_secs(9)).await;
        assert_eq!(memo.get("a", ask).await, Ok(0));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(memo.get("a", ask).await, Ok(1));
        assert_eq!(memo.get("b", ask).await, Ok(2));
    }

    #[tokio::test(start_paused = true)]
    async fn who_gives_up_does_not_hold_others_up() {
        let memo: Arc<Memo<&str, u32, &str>> = Memo::new(8);
        let forever = memo.get("a", std::future::pending);
        assert!(tokio::time::timeout(Duration::from_secs(1), forever).await.is_err());
        assert_eq!(memo.get("a", async || Err("no")).await, Err("no"));
        assert_eq!(memo.get("a", async || Ok((1, None))).await, Ok(1));
        assert_eq!(memo.get("a", async || Ok((2, None))).await, Ok(2));
    }
}
