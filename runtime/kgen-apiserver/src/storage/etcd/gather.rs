//! What is to be sent to etcd goes out together.
//!
//! HTTP/2 sends the headers of a request, its message and the answer to a ping by a call of the kernel each, and each
//! wakes etcd. Here a flush first lets those have their turn that are ready, which may have more to say.
//!
//! A server's own connections have `Outbox` for this, which polls the protocol itself and so knows the end of its turn. These
//! are polled by tonic.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, BufWriter, ReadBuf};
use tokio::net::TcpStream;
use tonic::codegen::{BoxFuture, Service};

/// Makes connections that gather what they send.
#[derive(Clone)]
pub(super) struct Gathering(HttpConnector);

impl Gathering {
    pub(super) fn new() -> Self {
        let mut connector = HttpConnector::new();
        // Encryption is put above the connection by tonic.
        connector.enforce_http(false);
        connector.set_nodelay(true);
        Self(connector)
    }
}

impl Service<Uri> for Gathering {
    type Response = TokioIo<Gathered<TcpStream>>;
    type Error = <HttpConnector as Service<Uri>>::Error;
    type Future = BoxFuture<Self::Response, Self::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        let connecting = self.0.call(address);
        Box::pin(async { Ok(TokioIo::new(Gathered::new(connecting.await?.into_inner()))) })
    }
}

/// A stream that sends what was written before a flush and in the turn after it.
pub(super) struct Gathered<S> {
    stream: BufWriter<S>,
    /// Whether the others had their turn.
    waited: bool,
}

impl<S: AsyncWrite> Gathered<S> {
    fn new(stream: S) -> Self {
        Self {
            stream: BufWriter::new(stream),
            waited: false,
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Gathered<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Gathered<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // What does not fit the buffer was sent already.
        if !self.waited && !self.stream.buffer().is_empty() {
            self.waited = true;
            // A task that wakes itself has its turn behind all that are ready.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        self.waited = false;
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    #[tokio::test]
    async fn what_is_written_in_the_turn_after_a_flush_is_sent_with_it() {
        let (near, mut far) = duplex(100);
        let mut gathered = Gathered::new(near);
        gathered.write_all(b"headers, ").await.unwrap();
        let flushed = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut gathered).poll_flush(context)));
        assert!(flushed.await.is_pending());
        gathered.write_all(b"a message").await.unwrap();
        gathered.flush().await.unwrap();
        let mut sent = [0; 100];
        let length = far.read(&mut sent).await.unwrap();
        assert_eq!(&sent[..length], b"headers, a message");
    }
}
