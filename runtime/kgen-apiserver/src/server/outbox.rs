//! What a connection has to say is sent together when its turn is over.
//!
//! HTTP/2 hands each larger frame on alone and asks for it to be sent, and each stream that has something to say wakes
//! its connection. To tell one event to a hundred watches would take a hundred records of TLS and as many calls of the
//! kernel. Here a connection that has little to say first lets those have their turn that are ready, which may have more
//! to say through it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// From how many bytes on nothing is gained by waiting for more: a record of TLS is full.
const ENOUGH: usize = 16 * 1024;
/// How many bytes are kept at most before they are sent.
const FULL: usize = 64 * 1024;

/// A stream whose writes are kept until the end of a turn. Clones are the same stream: one is for the protocol, one for
/// [`Outbox::drive`].
pub(super) struct Outbox<S>(Arc<Mutex<Kept<S>>>);

struct Kept<S> {
    stream: S,
    /// What is to be sent, of which so many bytes were.
    bytes: Vec<u8>,
    sent: usize,
    /// Whether anything was written since the stream was last flushed.
    is_written: bool,
    /// Why nothing can be sent any more, until the protocol is told.
    failure: Option<io::Error>,
}

impl<S> Clone for Outbox<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Outbox<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Arc::new(Mutex::new(Kept {
            stream,
            bytes: Vec::new(),
            sent: 0,
            is_written: false,
            failure: None,
        })))
    }

    /// Polls the protocol of this stream until it ends, and sends what it has written at the end of each turn.
    pub(super) async fn drive<P: Future>(&self, mut protocol: Pin<&mut P>) -> P::Output {
        let mut waited = false;
        std::future::poll_fn(|context| {
            let polled = protocol.as_mut().poll(context);
            let mut kept = self.0.lock();
            if polled.is_pending() && !waited && (1..ENOUGH).contains(&kept.bytes.len()) {
                waited = true;
                // A task that wakes itself has its turn behind all that are ready.
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            waited = false;
            if let Poll::Ready(Err(error)) = kept.flush(context) {
                kept.fail(error);
                context.waker().wake_by_ref();
            }
            polled
        })
        .await
    }
}

impl<S: AsyncWrite + Unpin> Kept<S> {
    /// Hands on what is kept.
    fn send(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.sent < self.bytes.len() {
            let sent = ready!(Pin::new(&mut self.stream).poll_write(context, &self.bytes[self.sent..]))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.sent += sent;
        }
        self.forget();
        Poll::Ready(Ok(()))
    }

    fn forget(&mut self) {
        self.bytes.clear();
        self.bytes.shrink_to(ENOUGH);
        self.sent = 0;
    }

    fn flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.is_written {
            ready!(self.send(context))?;
            ready!(Pin::new(&mut self.stream).poll_flush(context))?;
            self.is_written = false;
        }
        Poll::Ready(Ok(()))
    }

    /// Leaves what cannot be sent, and says why to the protocol when it asks.
    fn fail(&mut self, error: io::Error) {
        self.forget();
        self.is_written = false;
        self.failure = Some(error);
    }

    fn check(&mut self) -> io::Result<()> {
        self.failure.take().map_or(Ok(()), Err)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Outbox<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0.lock().stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Outbox<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut kept = self.0.lock();
        kept.check()?;
        if kept.bytes.len() + bytes.len() > FULL {
            ready!(kept.send(context))?;
        }
        kept.is_written = true;
        kept.bytes.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // That is done at the end of the turn; what came of the last is told here.
        Poll::Ready(self.0.lock().check())
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut kept = self.0.lock();
        ready!(kept.flush(context))?;
        Pin::new(&mut kept.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::task::yield_now;

    use super::*;

    /// What was sent, one text a call.
    #[derive(Clone, Default)]
    struct Sent(Arc<Mutex<Vec<String>>>);

    impl AsyncRead for Sent {
        fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    impl AsyncWrite for Sent {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            self.0.lock().push(String::from_utf8_lossy(bytes).into_owned());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    async fn say(outbox: &mut Outbox<Sent>, text: &str) {
        outbox.write_all(text.as_bytes()).await.unwrap();
        outbox.flush().await.unwrap();
    }

    #[tokio::test]
    async fn what_is_said_before_others_had_their_turn_is_sent_together() {
        let sent = Sent::default();
        let outbox = Outbox::new(sent.clone());
        let mut speaker = outbox.clone();
        let protocol = pin!(async {
            say(&mut speaker, "a").await;
            say(&mut speaker, "b").await;
            yield_now().await;
            say(&mut speaker, "c").await;
            yield_now().await;
            assert_eq!(*sent.0.lock(), ["abc"]);
            say(&mut speaker, "d").await;
        });
        outbox.drive(protocol).await;
        assert_eq!(*sent.0.lock(), ["abc", "d"]);
    }

    #[tokio::test]
    async fn much_is_sent_at_once() {
        let sent = Sent::default();
        let outbox = Outbox::new(sent.clone());
        let mut speaker = outbox.clone();
        let much = "x".repeat(ENOUGH);
        let protocol = pin!(async {
            say(&mut speaker, &much).await;
            yield_now().await;
            assert_eq!(*sent.0.lock(), [&*much]);
        });
        outbox.drive(protocol).await;
    }

    #[tokio::test]
    async fn what_cannot_be_sent_is_told() {
        let (near, far) = duplex(1000);
        drop(far);
        let outbox = Outbox::new(near);
        let mut speaker = outbox.clone();
        let protocol = pin!(async {
            speaker.write_all(b"a").await.unwrap();
            loop {
                match speaker.flush().await {
                    Ok(()) => yield_now().await,
                    Err(error) => return error.kind(),
                }
            }
        });
        assert_eq!(outbox.drive(protocol).await, io::ErrorKind::BrokenPipe);
    }

    #[tokio::test]
    async fn all_is_sent_in_order_however_slowly_it_is_taken() {
        let (near, mut far) = duplex(1000);
        let said: Vec<u8> = (0..3 * FULL).map(|number| (number / 7) as u8).collect();
        let speak = async {
            let outbox = Outbox::new(near);
            let mut speaker = outbox.clone();
            let protocol = pin!(async {
                for some in said.chunks(5000) {
                    speaker.write_all(some).await.unwrap();
                    speaker.flush().await.unwrap();
                }
                speaker.shutdown().await.unwrap();
            });
            outbox.drive(protocol).await;
        };
        let mut heard = Vec::new();
        let (read, ()) = tokio::join!(far.read_to_end(&mut heard), speak);
        assert_eq!((read.unwrap(), heard == said), (said.len(), true));
    }
}
