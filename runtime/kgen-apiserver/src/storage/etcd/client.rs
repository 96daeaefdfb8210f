//! The connection to etcd: calls that end in time, and what its errors mean.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use prost::Message;
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::metadata::MetadataValue;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Request, Status, Streaming};
use tonic_prost::ProstCodec;

use super::EtcdOptions;
use super::codec::Frugal;
use super::gather::Gathering;
use super::wire::{
    Compare, CompareTarget, Operation, RangeRequest, RangeResponse, RequestOp, Target, TxnRequest, TxnResponse,
    WatchRequest, WatchResponse,
};
use crate::storage::{Revision, StoreError};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// How often a silent connection is tried, and how long it may take to answer; as in the Go servers.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection that renews itself.
#[derive(Clone, Debug)]
pub(super) struct Client {
    channel: Channel,
    timeout: Duration,
}

impl Client {
    /// Prepares a connection, which is made when it is first used.
    pub(super) fn new(options: &EtcdOptions) -> Result<Self, StoreError> {
        let endpoints = options.endpoints.iter().map(|address| endpoint(address, options));
        let endpoints: Vec<Endpoint> =
            endpoints
                .collect::<Result<_, _>>()
                .map_err(|error| StoreError::Unavailable {
                    reason: format!("an address of etcd is wrong: {error}"),
                })?;
        let channel = match &*endpoints {
            [] => {
                let reason = "no address of etcd is given".to_owned();
                return Err(StoreError::Unavailable { reason });
            }
            [endpoint] => endpoint.connect_with_connector_lazy(Gathering::new()),
            // tonic balances between connections that it makes itself only.
            _ => Channel::balance_list(endpoints.into_iter()),
        };
        Ok(Self {
            channel,
            timeout: options.timeout,
        })
    }

    fn grpc(&self) -> Grpc<Channel> {
        // The server's limits count; a list may be large.
        Grpc::new(self.channel.clone()).max_decoding_message_size(usize::MAX)
    }

    /// Calls a method and waits for its answer, not too long.
    pub(super) async fn call<Q, A>(&self, path: &'static str, request: Q) -> Result<A, Status>
    where
        Q: Message + 'static,
        A: Message + Default + 'static,
    {
        let mut grpc = self.grpc();
        let call = async {
            grpc.ready().await.map_err(not_ready)?;
            let codec: Frugal<Q, A> = Frugal::default();
            grpc.unary(led(request), PathAndQuery::from_static(path), codec).await
        };
        match tokio::time::timeout(self.timeout, call).await {
            Ok(answer) => Ok(answer?.into_inner()),
            Err(_) => Err(Status::deadline_exceeded("etcd did not answer in time")),
        }
    }

    pub(super) async fn range(&self, request: RangeRequest) -> Result<RangeResponse, Status> {
        self.call("/etcdserverpb.KV/Range", request).await
    }

    /// Does `then` if a key's version or revision is as it should be, and `otherwise` if not.
    pub(super) async fn transaction(
        &self,
        key: Bytes,
        target: Target,
        then: Operation,
        otherwise: Operation,
    ) -> Result<TxnResponse, Status> {
        let kind = match target {
            Target::Version(_) => CompareTarget::Version,
            Target::ModRevision(_) => CompareTarget::Mod,
        };
        let compare = Compare {
            result: 0,
            target: kind.into(),
            key,
            target_union: Some(target),
        };
        let operation = |request| vec![RequestOp { request: Some(request) }];
        let request = TxnRequest {
            compare: vec![compare],
            success: operation(then),
            failure: operation(otherwise),
        };
        self.call("/etcdserverpb.KV/Txn", request).await
    }

    /// Opens a stream of watches.
    pub(super) async fn watch(
        &self,
        requests: impl futures_util::Stream<Item = WatchRequest> + Send + 'static,
    ) -> Result<Streaming<WatchResponse>, Status> {
        let mut grpc = self.grpc();
        let call = async {
            grpc.ready().await.map_err(not_ready)?;
            let codec: ProstCodec<WatchRequest, WatchResponse> = ProstCodec::default();
            let path = PathAndQuery::from_static("/etcdserverpb.Watch/Watch");
            grpc.streaming(led(requests), path, codec).await
        };
        match tokio::time::timeout(self.timeout, call).await {
            Ok(answer) => Ok(answer?.into_inner()),
            Err(_) => Err(Status::deadline_exceeded("etcd did not begin the watch in time")),
        }
    }

    /// How long an answer may take.
    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }
}

fn endpoint(address: &str, options: &EtcdOptions) -> Result<Endpoint, tonic::transport::Error> {
    let address = match (address.contains("://"), &options.tls) {
        (true, _) => address.to_owned(),
        (false, None) => format!("http://{address}"),
        (false, Some(_)) => format!("https://{address}"),
    };
    let endpoint = Endpoint::from_shared(address)?
        .connect_timeout(CONNECT)
        .tcp_nodelay(true)
        .http2_keep_alive_interval(KEEP_ALIVE)
        .keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .keep_alive_while_idle(true);
    let Some(tls) = &options.tls else { return Ok(endpoint) };
    let mut config = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(&tls.authority));
    if let Some((certificate, key)) = &tls.identity {
        config = config.identity(Identity::from_pem(certificate, key));
    }
    endpoint.tls_config(config)
}

/// A request that a member without a leader refuses instead of leaving it unanswered.
fn led<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request
        .metadata_mut()
        .insert("hasleader", MetadataValue::from_static("true"));
    request
}

fn not_ready(error: tonic::transport::Error) -> Status {
    Status::unavailable(format!("etcd cannot be reached: {error}"))
}

/// What an error means for a request that had to do with this revision.
pub(super) fn store_error(status: &Status, requested: Revision) -> StoreError {
    let message = status.message();
    match status.code() {
        Code::OutOfRange if message.contains("compacted") => StoreError::Compacted {
            requested,
            oldest: None,
        },
        Code::OutOfRange if message.contains("future") => StoreError::FutureRevision {
            requested,
            current: Revision::ZERO,
        },
        Code::InvalidArgument if message.contains("request is too large") => StoreError::TooLarge { limit: None },
        Code::ResourceExhausted if message.contains("larger than max") => StoreError::TooLarge { limit: None },
        Code::ResourceExhausted if message.contains("space exceeded") => StoreError::Full,
        // The codes are the protocol's, not ours: whatever else comes, the request was not carried out for sure.
        code => StoreError::Unavailable {
            reason: match cause(status) {
                Some(cause) => format!("etcd: {code:?}: {message}: {cause}"),
                None => format!("etcd: {code:?}: {message}"),
            },
        },
    }
}

/// What is at the bottom of it, such as that a connection was refused.
fn cause(status: &Status) -> Option<&dyn Error> {
    std::iter::successors(status.source(), |&error| error.source()).last()
}
