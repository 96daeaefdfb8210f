//! The body of an answer that lasts: it ends when the server does, it is counted, and a fault in it stays in it.

use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use tokio::time::Instant;

use super::lifecycle::Registration;
use crate::audit::{AuditLog, Record, Stage};
use crate::metrics::Series;

/// The pieces of such an answer.
pub(super) struct LongRunning {
    pieces: BoxStream<'static, Result<Bytes, io::Error>>,
    registration: Registration,
    series: Arc<Series>,
    code: u16,
    began: Instant,
    audit: Option<(AuditLog, Record)>,
}

impl LongRunning {
    pub(super) fn new(
        pieces: BoxStream<'static, Result<Bytes, io::Error>>,
        registration: Registration,
        series: Arc<Series>,
        code: u16,
        audit: Option<(AuditLog, Record)>,
    ) -> Self {
        series.began();
        Self {
            pieces,
            registration,
            series,
            code,
            began: Instant::now(),
            audit,
        }
    }
}

impl Stream for LongRunning {
    type Item = Result<Bytes, io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.registration.ends(context) {
            return Poll::Ready(None);
        }
        let poll = AssertUnwindSafe(|| self.pieces.poll_next_unpin(context));
        match std::panic::catch_unwind(poll) {
            Ok(Poll::Ready(Some(Ok(piece)))) => {
                self.series.sent(piece.len());
                Poll::Ready(Some(Ok(piece)))
            }
            Ok(other) => other,
            Err(_) => {
                tracing::error!("a watch panicked");
                Poll::Ready(Some(Err(io::Error::other("the server is at fault"))))
            }
        }
    }
}

impl Drop for LongRunning {
    fn drop(&mut self) {
        self.series.ended();
        let took: Duration = self.began.elapsed();
        self.series.answered(self.code, took, None);
        if let Some((log, record)) = &self.audit {
            // There is nobody to tell that the log is full.
            let _ = log.tell(record, Stage::ResponseComplete);
        }
    }
}
