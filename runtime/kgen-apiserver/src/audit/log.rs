//! Where events go: a file or a pipe, written by a thread of its own so that no request waits for it.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use super::Record;

/// How many events wait at most for being written.
const WAITING: usize = 10_000;

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Who asks is known.
    RequestReceived,
    /// The headers of an answer were sent that lasts for long.
    ResponseStarted,
    /// The answer is there, or over.
    ResponseComplete,
    /// The server is at fault.
    Panic,
}

impl Stage {
    /// The word in events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RequestReceived => "RequestReceived",
            Self::ResponseStarted => "ResponseStarted",
            Self::ResponseComplete => "ResponseComplete",
            Self::Panic => "Panic",
        }
    }
}

/// What is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditOptions {
    /// Stages that nothing is told of.
    pub omitted_stages: BTreeSet<Stage>,
    /// Paths that nothing is told of, such as `/healthz`, with everything beneath them.
    pub omitted_paths: Vec<String>,
}

/// A log of who asked for what. Clones write to the same.
#[derive(Clone)]
pub struct AuditLog {
    options: Arc<AuditOptions>,
    lines: SyncSender<Message>,
}

enum Message {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

impl AuditLog {
    /// A log that is written to `to`, such as a file that was opened to append.
    ///
    /// # Errors
    /// If there can be no thread for it.
    pub fn new(to: impl Write + Send + 'static, options: AuditOptions) -> io::Result<Self> {
        let (lines, received) = sync_channel(WAITING);
        let writer = std::thread::Builder::new().name("audit".to_owned());
        writer.spawn(move || write(to, &received))?;
        Ok(Self {
            options: Arc::new(options),
            lines,
        })
    }

    /// Whether anything is told of requests for a path.
    pub(crate) fn wants(&self, path: &str) -> bool {
        let is_below = |omitted: &String| {
            let rest = path.strip_prefix(omitted.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        !self.options.omitted_paths.iter().any(is_below)
    }

    /// Tells of a stage. Nothing if it is not to be told; an error if there is no room.
    pub(crate) fn tell(&self, record: &Record, stage: Stage) -> Option<Result<(), Full>> {
        if self.options.omitted_stages.contains(&stage) {
            return None;
        }
        Some(match self.lines.try_send(Message::Line(record.line(stage))) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(Full),
        })
    }

    /// Waits until everything is written that was told before. Blocks the thread.
    pub fn flush(&self) {
        let (done, wait) = sync_channel(1);
        if self.lines.send(Message::Flush(done)).is_ok() {
            // If the thread is gone, so is what it could write to.
            let _ = wait.recv();
        }
    }
}

/// There is no room for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

fn write(to: impl Write, received: &Receiver<Message>) {
    let mut to = io::BufWriter::new(to);
    while let Ok(first) = received.recv() {
        let waiting = std::iter::once(first).chain(received.try_iter());
        let mut flushes = Vec::new();
        for message in waiting {
            let written = match message {
                Message::Line(line) => to.write_all(&line),
                Message::Flush(done) => {
                    flushes.push(done);
                    Ok(())
                }
            };
            if let Err(error) = written {
                tracing::error!(%error, "an audit event cannot be written");
            }
        }
        if let Err(error) = to.flush() {
            tracing::error!(%error, "audit events cannot be written");
        }
        for done in flushes {
            let _ = done.send(());
        }
    }
}

impl fmt::Debug for AuditLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { options, lines: _ } = self;
        f.debug_tuple("AuditLog").field(options).finish()
    }
}
