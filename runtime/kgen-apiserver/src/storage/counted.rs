//! A store of which it is counted what it is asked about one resource, and how long it takes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;

use super::{Lookup, Page, Range, Revision, Store, StoreError, Watch};
use crate::metrics::{StoreMetrics, StoreOperation};

/// A store whose requests are counted.
pub struct Counted {
    store: Arc<dyn Store>,
    metrics: StoreMetrics,
}

impl Counted {
    /// Counts what is asked of a store from now on.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self {
            store,
            metrics: StoreMetrics::default(),
        }
    }

    async fn timed<T>(
        &self,
        operation: StoreOperation,
        asked: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let since = Instant::now();
        let answer = asked.await;
        self.metrics.answered(operation, since, &answer);
        answer
    }
}

#[async_trait]
impl Store for Counted {
    async fn get(&self, key: &str) -> Result<Lookup, StoreError> {
        self.timed(StoreOperation::Get, self.store.get(key)).await
    }

    async fn list(&self, range: Range) -> Result<Page, StoreError> {
        let page = self.timed(StoreOperation::List, self.store.list(range)).await?;
        self.metrics.listed(page.entries.len());
        Ok(page)
    }

    async fn create(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<Revision, StoreError> {
        self.timed(StoreOperation::Create, self.store.create(key, value, ttl))
            .await
    }

    async fn replace(
        &self,
        key: &str,
        seen: Revision,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Revision, StoreError> {
        let asked = self.store.replace(key, seen, value, ttl);
        self.timed(StoreOperation::Update, asked).await
    }

    async fn delete(&self, key: &str, seen: Revision) -> Result<Revision, StoreError> {
        self.timed(StoreOperation::Delete, self.store.delete(key, seen)).await
    }

    async fn watch(&self, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
        self.store.watch(prefix, after).await
    }

    async fn current(&self) -> Result<Revision, StoreError> {
        self.store.current().await
    }

    async fn compact(&self, revision: Revision) -> Result<(), StoreError> {
        self.store.compact(revision).await
    }

    async fn size(&self) -> Result<Option<u64>, StoreError> {
        self.store.size().await
    }

    fn metrics(&self) -> Option<&StoreMetrics> {
        Some(&self.metrics)
    }

    fn within(&self) -> Option<&Arc<dyn Store>> {
        Some(&self.store)
    }
}
