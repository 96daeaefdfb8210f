//! The present revision for many readers at once.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::storage::{Revision, StoreError};

/// Lets readers share questions. An answer is good for those who came before its question was asked, so that who comes
/// while one is under way waits for the next, together with all others who do.
#[derive(Default)]
pub(super) struct Current {
    /// How many questions were asked.
    asked: AtomicU64,
    /// The number of the last question that was answered, and its answer.
    last: Mutex<Option<(u64, Result<Revision, StoreError>)>>,
}

impl Current {
    /// The answer to a question that is asked after this call began.
    pub(super) async fn get<F>(&self, ask: impl FnOnce() -> F + Send) -> Result<Revision, StoreError>
    where
        F: Future<Output = Result<Revision, StoreError>> + Send,
    {
        let before = self.asked.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if let Some((number, answer)) = &*last
            && *number > before
        {
            return answer.clone();
        }
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let answer = ask().await;
        *last = Some((number, answer.clone()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn questions_are_shared_and_answers_are_never_old() {
        let current = Arc::new(Current::default());
        let asked = Arc::new(AtomicU64::new(0));
        let mut readers = Vec::new();
        for number in 0..100 {
            let (current, asked) = (current.clone(), asked.clone());
            readers.push(tokio::spawn(async move {
                let before = asked.load(Ordering::SeqCst);
                let ask = async || {
                    let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    Ok(Revision::new(number))
                };
                let answer = current.get(ask).await.expect("it is answered");
                assert!(answer.get() > before, "it was asked before the reader came");
            }));
            // Ten come while each question is under way.
            if number % 10 == 9 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        for reader in readers {
            reader.await.expect("a reader does not panic");
        }
        assert!(asked.load(Ordering::SeqCst) < 30, "{asked:?} questions for 100 readers");
    }
}
