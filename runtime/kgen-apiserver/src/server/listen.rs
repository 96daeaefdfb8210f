//! Connections: they are accepted, encrypted, served over HTTP/1.1 or HTTP/2, and ended in order.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http::header::CONNECTION;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::Server;
use super::outbox::Outbox;
use crate::tls::Serving;

/// How the protocol is called when a connection is encrypted.
const HTTP_2: &[u8] = b"h2";
/// How long no connection is accepted after one could not be, as when there are too many files.
const AFTER_ERROR: Duration = Duration::from_millis(100);
/// How many bytes of a request a client may send ahead of being read, and of all requests of a connection.
const STREAM_WINDOW: u32 = 256 * 1024;
const CONNECTION_WINDOW: u32 = 4 * 1024 * 1024;
/// How many bytes the headers of a request may have.
const MAX_HEADERS: u32 = 1024 * 1024;

/// Where connections get their certificates from; asked for each connection, so that they can change.
#[derive(Clone)]
pub struct TlsSource(Arc<dyn Fn() -> Arc<ServerConfig> + Send + Sync>);

impl TlsSource {
    /// What `current` says when a connection begins.
    pub fn new(current: impl Fn() -> Arc<ServerConfig> + Send + Sync + 'static) -> Self {
        Self(Arc::new(current))
    }
}

impl From<Serving> for TlsSource {
    fn from(serving: Serving) -> Self {
        Self::new(move || serving.config())
    }
}

impl From<Arc<ServerConfig>> for TlsSource {
    fn from(config: Arc<ServerConfig>) -> Self {
        Self::new(move || config.clone())
    }
}

impl Server {
    /// Serves connections until `shutdown` is ready, and then ends in order: `/readyz` fails, nothing new is taken,
    /// requests are answered that were taken, watches end. Returns when all that is done.
    ///
    /// The configuration of TLS must offer the protocols `h2` and `http/1.1`.
    ///
    /// # Errors
    /// If the listener fails for good.
    pub async fn serve(
        &self,
        listener: TcpListener,
        tls: impl Into<TlsSource>,
        shutdown: impl Future<Output = ()>,
    ) -> io::Result<()> {
        let options = &self.shared.options;
        let tls = tls.into();
        let (ends, ended) = watch::channel(false);
        let mut connections = Connections {
            server: self.clone(),
            limit: Arc::new(Semaphore::new(
                options.http.max_connections.clamp(1, Semaphore::MAX_PERMITS),
            )),
            tasks: JoinSet::new(),
            ended,
        };
        connections.accept(&listener, &tls, shutdown).await;
        let lifecycle = &self.shared.lifecycle;
        lifecycle.announce();
        tracing::info!("the server begins to shut down");
        connections
            .accept(&listener, &tls, tokio::time::sleep(options.shutdown.delay))
            .await;
        if options.shutdown.send_retry_after {
            lifecycle.turn_away();
        }
        let patience = options.shutdown.drain_timeout + options.shutdown.watch_grace;
        let drained = async {
            lifecycle.drain(options.shutdown.watch_grace).await;
            // Those who are told to stop when their watches are gone do not see them break off.
            ends.send_replace(true);
        };
        if options.shutdown.send_retry_after {
            let drained = timeout(patience, drained);
            connections.accept(&listener, &tls, async { _ = drained.await }).await;
            drop(listener);
        } else {
            drop(listener);
            _ = timeout(patience, drained).await;
        }
        ends.send_replace(true);
        let all_ended = async { while connections.tasks.join_next().await.is_some() {} };
        if timeout(patience, all_ended).await.is_err() {
            tracing::warn!("connections are broken off that do not end");
        }
        connections.tasks.shutdown().await;
        if let Some(audit) = options.audit.clone() {
            // A fault of that thread is told where it happens.
            _ = tokio::task::spawn_blocking(move || audit.flush()).await;
        }
        Ok(())
    }
}

/// The connections of a server.
struct Connections {
    server: Server,
    limit: Arc<Semaphore>,
    tasks: JoinSet<()>,
    ended: watch::Receiver<bool>,
}

impl Connections {
    /// Accepts connections until something else is ready.
    async fn accept(&mut self, listener: &TcpListener, tls: &TlsSource, until: impl Future<Output = ()>) {
        let mut until = pin!(until);
        loop {
            let accepted = async {
                let permit = self.limit.clone().acquire_owned().await;
                (permit, listener.accept().await)
            };
            let (permit, accepted) = tokio::select! {
                accepted = accepted => accepted,
                () = &mut until => return,
                Some(_) = self.tasks.join_next() => continue,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection cannot be accepted");
                    tokio::time::sleep(AFTER_ERROR).await;
                    continue;
                }
            };
            let connection = Connection {
                server: self.server.clone(),
                peer,
                ended: self.ended.clone(),
            };
            let tls = TlsAcceptor::from((tls.0)());
            self.tasks.spawn(async move {
                let _permit = permit;
                connection.serve(stream, &tls).await;
            });
        }
    }
}

/// One connection.
struct Connection {
    server: Server,
    peer: SocketAddr,
    ended: watch::Receiver<bool>,
}

impl Connection {
    async fn serve(self, stream: TcpStream, tls: &TlsAcceptor) {
        // It costs no more than time if this cannot be set.
        _ = stream.set_nodelay(true);
        let patience = self.server.shared.options.http.handshake_timeout;
        let stream = match timeout(patience, tls.accept(stream)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return self.not_encrypted(&error),
            Err(_) => return self.not_encrypted(&"the client takes too long"),
        };
        let served = match stream.get_ref().1.alpn_protocol() {
            Some(HTTP_2) => self.serve_http2(stream).await,
            _ => self.serve_http1(stream).await,
        };
        if let Err(error) = served {
            tracing::debug!(%error, "a connection breaks off");
        }
    }

    fn not_encrypted(&self, error: &dyn std::fmt::Display) {
        self.server
            .shared
            .metrics
            .handshake_errors
            .fetch_add(1, Ordering::Relaxed);
        tracing::debug!(%error, peer = %self.peer, "a connection cannot be encrypted");
    }

    async fn serve_http1(self, stream: TlsStream<TcpStream>) -> hyper::Result<()> {
        let options = &self.server.shared.options.http;
        let mut builder = http1::Builder::new();
        builder
            .timer(TokioTimer::new())
            .header_read_timeout(options.header_timeout);
        let Self {
            server,
            peer,
            mut ended,
        } = self;
        let certificates = certificates(&stream);
        let service = service_fn(|request: http::Request<Incoming>| async {
            Ok::<_, Infallible>(server.handle_from(request, &certificates, Some(peer)).await)
        });
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        tokio::select! {
            served = connection.as_mut() => return served,
            () = has_ended(&mut ended) => connection.as_mut().graceful_shutdown(),
        }
        connection.await
    }

    async fn serve_http2(self, stream: TlsStream<TcpStream>) -> hyper::Result<()> {
        let options = &self.server.shared.options.http;
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .max_concurrent_streams(options.max_streams)
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .max_frame_size(STREAM_WINDOW)
            .max_header_list_size(MAX_HEADERS)
            .keep_alive_interval(options.keep_alive_interval)
            .keep_alive_timeout(options.keep_alive_timeout);
        let Self {
            server,
            peer,
            mut ended,
        } = self;
        let certificates = certificates(&stream);
        let closed = Arc::new(Notify::new());
        let close = closed.clone();
        let service = service_fn(move |request: http::Request<Incoming>| {
            let (server, certificates, close) = (server.clone(), certificates.clone(), close.clone());
            async move {
                let mut response = server.handle_from(request, &certificates, Some(peer)).await;
                // Over HTTP/2 this is said to the connection, not in a header.
                if response.headers_mut().remove(CONNECTION).is_some() {
                    close.notify_one();
                }
                Ok::<_, Infallible>(response)
            }
        });
        let outbox = Outbox::new(stream);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(outbox.clone()), service));
        tokio::select! {
            served = outbox.drive(connection.as_mut()) => return served,
            () = has_ended(&mut ended) => {}
            () = closed.notified() => {}
        }
        connection.as_mut().graceful_shutdown();
        outbox.drive(connection).await
    }
}

/// Waits for the end of the server.
async fn has_ended(ended: &mut watch::Receiver<bool>) {
    // An error means that the server is gone, too.
    _ = ended.wait_for(|ended| *ended).await;
}

/// What the client showed.
fn certificates(stream: &TlsStream<TcpStream>) -> Arc<[Vec<u8>]> {
    let shown = stream.get_ref().1.peer_certificates().unwrap_or_default();
    shown.iter().map(|certificate| certificate.to_vec()).collect()
}
