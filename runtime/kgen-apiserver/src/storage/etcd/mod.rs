//! A store in etcd, for several servers at once.
//!
//! Keys and values are exactly what they are for the Go servers: what one writes the others read. The connection is made
//! when it is first used and renews itself; a call that gets no answer fails with [`StoreError::Unavailable`].

mod client;
mod codec;
mod compact;
mod current;
mod gather;
mod lease;
mod watch;
mod wire;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use tonic::Status;

use self::client::{Client, store_error};
pub use self::compact::Compactor;
use self::current::Current;
use self::lease::Leases;
use self::wire::{
    CompactionRequest, CompactionResponse, DeleteRangeRequest, KeyValue, Operation, PutRequest, RangeRequest,
    ResponseHeader, Result as Outcome, StatusRequest, StatusResponse, Target, TxnResponse,
};
use super::{Entry, Lookup, Page, Range, Revision, Store, StoreError, Watch};

/// A store in etcd, of which there may be many on the same data.
pub struct Etcd {
    client: Client,
    leases: Leases,
    current: Current,
}

/// How to reach etcd.
#[derive(Clone, Debug)]
pub struct EtcdOptions {
    /// Its addresses: `host:port` or URLs.
    pub endpoints: Vec<String>,
    /// The certificates, if the connection is to be encrypted.
    pub tls: Option<EtcdTls>,
    /// How long an answer may take: 10 seconds.
    pub timeout: Duration,
}

/// Certificates for a connection to etcd, as PEM.
#[derive(Clone)]
pub struct EtcdTls {
    /// Who vouches for etcd.
    pub authority: Vec<u8>,
    /// The client's own certificate and key.
    pub identity: Option<(Vec<u8>, Vec<u8>)>,
}

impl EtcdOptions {
    /// These addresses without encryption.
    pub fn new(endpoints: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            endpoints: endpoints.into_iter().map(Into::into).collect(),
            tls: None,
            timeout: Duration::from_secs(10),
        }
    }
}

impl std::fmt::Debug for EtcdTls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EtcdTls")
    }
}

impl Etcd {
    /// Prepares a store. Whether etcd is there shows in the first request. Must be called within a tokio runtime.
    pub fn connect(options: &EtcdOptions) -> Result<Self, StoreError> {
        Ok(Self {
            client: Client::new(options)?,
            leases: Leases::default(),
            current: Current::default(),
        })
    }

    async fn put(&self, key: &str, seen: Revision, value: Bytes, ttl: Option<Duration>) -> Result<Written, StoreError> {
        let lease = match ttl {
            None => 0,
            Some(ttl) => self.leases.lease(&self.client, ttl).await?,
        };
        let put = Operation::Put(PutRequest {
            key: bytes(key),
            value,
            lease,
        });
        self.swap(key, seen, put).await
    }

    /// Does something if the key was last written at a revision, and otherwise tells what there is.
    async fn swap(&self, key: &str, seen: Revision, then: Operation) -> Result<Written, StoreError> {
        let otherwise = Operation::Range(RangeRequest {
            key: bytes(key),
            ..RangeRequest::default()
        });
        let target = Target::ModRevision(seen.get() as i64);
        let answer = self.client.transaction(bytes(key), target, then, otherwise).await;
        let answer = answer.map_err(|status| store_error(&status, seen))?;
        if answer.succeeded {
            return Ok(Written::At(revision(&answer.header)));
        }
        Ok(Written::Not(found(answer).map(entry).transpose()?))
    }
}

/// What a compare-and-swap came to.
enum Written {
    /// It was done, at this revision.
    At(Revision),
    /// It was not done, since this is what there is.
    Not(Option<Entry>),
}

#[async_trait]
impl Store for Etcd {
    async fn get(&self, key: &str) -> Result<Lookup, StoreError> {
        let request = RangeRequest {
            key: bytes(key),
            ..RangeRequest::default()
        };
        let answer = self
            .client
            .range(request)
            .await
            .map_err(|status| store_error(&status, Revision::ZERO))?;
        Ok(Lookup {
            revision: revision(&answer.header),
            entry: answer.kvs.into_iter().next().map(entry).transpose()?,
        })
    }

    async fn list(&self, range: Range) -> Result<Page, StoreError> {
        let requested = range.revision.unwrap_or_default();
        let request = RangeRequest {
            key: bytes(range.start()),
            range_end: end(&range.prefix),
            limit: range.limit.map_or(0, NonZeroUsize::get) as i64,
            revision: requested.get() as i64,
            count_only: false,
        };
        let answer = match self.client.range(request).await {
            Ok(answer) => answer,
            Err(status) => return Err(self.explain(&status, requested).await),
        };
        let remaining = (answer.count as usize).saturating_sub(answer.kvs.len());
        Ok(Page {
            // etcd's header has the present revision also when an older one was read.
            revision: range.revision.unwrap_or(revision(&answer.header)),
            entries: answer.kvs.into_iter().map(entry).collect::<Result<_, _>>()?,
            remaining,
        })
    }

    async fn create(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<Revision, StoreError> {
        match self.put(key, Revision::ZERO, value, ttl).await? {
            Written::At(revision) => Ok(revision),
            Written::Not(_) => Err(StoreError::Exists { key: key.to_owned() }),
        }
    }

    async fn replace(
        &self,
        key: &str,
        seen: Revision,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Revision, StoreError> {
        if seen.is_zero() {
            return Err(self.differs(key).await?);
        }
        done(key, self.put(key, seen, value, ttl).await?)
    }

    async fn delete(&self, key: &str, seen: Revision) -> Result<Revision, StoreError> {
        if seen.is_zero() {
            return Err(self.differs(key).await?);
        }
        let delete = Operation::Delete(DeleteRangeRequest { key: bytes(key) });
        done(key, self.swap(key, seen, delete).await?)
    }

    async fn watch(&self, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
        watch::watch(&self.client, prefix, after).await
    }

    async fn current(&self) -> Result<Revision, StoreError> {
        self.current.get(|| self.ask_current()).await
    }

    async fn size(&self) -> Result<Option<u64>, StoreError> {
        let answer: StatusResponse = self
            .client
            .call("/etcdserverpb.Maintenance/Status", StatusRequest {})
            .await
            .map_err(|status| store_error(&status, Revision::ZERO))?;
        Ok(u64::try_from(answer.db_size).ok())
    }

    async fn compact(&self, revision: Revision) -> Result<(), StoreError> {
        let request = CompactionRequest {
            revision: revision.get() as i64,
        };
        match self.client.call("/etcdserverpb.KV/Compact", request).await {
            Ok(CompactionResponse {}) => Ok(()),
            Err(status) => Err(self.explain(&status, revision).await),
        }
    }
}

impl Etcd {
    async fn ask_current(&self) -> Result<Revision, StoreError> {
        // Any linearizable read tells the revision; this one finds nothing.
        let request = RangeRequest {
            key: Bytes::from_static(b"\0"),
            count_only: true,
            ..RangeRequest::default()
        };
        let answer = self
            .client
            .range(request)
            .await
            .map_err(|status| store_error(&status, Revision::ZERO))?;
        Ok(revision(&answer.header))
    }

    /// What an error means, with the present revision where it matters, which etcd does not tell.
    async fn explain(&self, status: &Status, requested: Revision) -> StoreError {
        match store_error(status, requested) {
            StoreError::FutureRevision { requested, .. } => match self.current().await {
                Ok(current) => StoreError::FutureRevision { requested, current },
                Err(error) => error,
            },
            error => error,
        }
    }

    /// Why a key is not what somebody saw who saw nothing: for etcd revision 0 would mean that it is absent.
    async fn differs(&self, key: &str) -> Result<StoreError, StoreError> {
        Ok(match self.get(key).await?.entry {
            Some(current) => StoreError::Conflict {
                current: Box::new(current),
            },
            None => StoreError::NotFound { key: key.to_owned() },
        })
    }
}

fn done(key: &str, written: Written) -> Result<Revision, StoreError> {
    match written {
        Written::At(revision) => Ok(revision),
        Written::Not(Some(current)) => Err(StoreError::Conflict {
            current: Box::new(current),
        }),
        Written::Not(None) => Err(StoreError::NotFound { key: key.to_owned() }),
    }
}

/// What the second half of a transaction read.
fn found(answer: TxnResponse) -> Option<KeyValue> {
    match answer.responses.into_iter().next()?.response? {
        Outcome::Range(range) => range.kvs.into_iter().next(),
        Outcome::Put(_) | Outcome::Delete(_) => None,
    }
}

fn bytes(text: &str) -> Bytes {
    Bytes::copy_from_slice(text.as_bytes())
}

/// The first key after all that begin with a prefix; none (a zero) if there is no such key.
fn end(prefix: &str) -> Bytes {
    let mut end = prefix.as_bytes().to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Bytes::from(end);
        }
    }
    Bytes::from_static(b"\0")
}

fn revision(header: &Option<ResponseHeader>) -> Revision {
    header.as_ref().map_or(Revision::ZERO, |header| number(header.revision))
}

fn number(number: i64) -> Revision {
    Revision::new(number.max(0) as u64)
}

fn entry(kv: KeyValue) -> Result<Entry, StoreError> {
    Ok(Entry {
        key: key(&kv.key)?,
        value: Bytes::from(kv.value),
        created: number(kv.create_revision),
        revision: number(kv.mod_revision),
    })
}

fn key(key: &Bytes) -> Result<Arc<str>, StoreError> {
    str::from_utf8(key).map(Arc::from).map_err(|_| StoreError::Corrupt {
        reason: format!("the key `{}` is not UTF-8", String::from_utf8_lossy(key)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix() {
        assert_eq!(end("/a/"), "/a0");
        assert_eq!(end(""), "\0");
        assert!(*end("/ü/") > *"/ü/z".as_bytes());
    }
}
