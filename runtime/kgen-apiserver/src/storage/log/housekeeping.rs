//! What happens in a log without anybody asking: keys expire, and what is too old is forgotten. (What is too much the
//! committer forgets.)

use std::collections::VecDeque;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant as Clock};

use parking_lot::{Condvar, Mutex};

use super::commit::Wish;
use super::{Core, Instant, now};
use crate::storage::Revision;

/// How long it sleeps at most.
const NAP: Duration = Duration::from_secs(10);

/// A thread that deletes expired keys and compacts.
pub(super) struct Housekeeper {
    alarm: Arc<Alarm>,
    thread: Option<JoinHandle<()>>,
}

/// When to wake up.
#[derive(Default)]
struct Alarm {
    state: Mutex<Next>,
    changed: Condvar,
}

#[derive(Default)]
struct Next {
    is_over: bool,
    /// When the first key expires, if the thread has to know of it.
    due: Option<Instant>,
}

/// The work of the thread.
struct Rounds {
    core: Arc<Core>,
    keep: Duration,
    /// Which revision there was when.
    marks: VecDeque<(Clock, Revision)>,
}

impl Housekeeper {
    pub(super) fn start(core: Arc<Core>, keep: Duration) -> Self {
        let alarm = Arc::new(Alarm::default());
        let rounds = Rounds {
            core,
            keep,
            marks: VecDeque::new(),
        };
        let run = {
            let alarm = alarm.clone();
            move || rounds.run(&alarm)
        };
        // Without the thread nothing expires and history grows up to the quota; that is no reason not to serve.
        let thread = std::thread::Builder::new()
            .name("kgen-store-past".to_owned())
            .spawn(run)
            .ok();
        Self { alarm, thread }
    }

    /// Tells that a key expires then.
    pub(super) fn expect(&self, due: Option<Instant>) {
        let Some(due) = due else { return };
        let mut next = self.alarm.state.lock();
        if next.due.is_none_or(|known| due < known) {
            next.due = Some(due);
            self.alarm.changed.notify_one();
        }
    }

    /// Ends the thread and waits for it.
    pub(super) fn stop(&mut self) {
        self.alarm.state.lock().is_over = true;
        self.alarm.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Rounds {
    fn run(mut self, alarm: &Alarm) {
        let nap = NAP.min(self.keep / 4).max(Duration::from_millis(5));
        loop {
            let first = self.expire();
            self.forget();
            let mut next = alarm.state.lock();
            if next.is_over {
                return;
            }
            let until = match (first, next.due.take()) {
                (Some(first), Some(due)) => Some(first.min(due)),
                (first, due) => first.or(due),
            };
            let pause = until.map_or(nap, |due| wait(due).min(nap));
            alarm.changed.wait_for(&mut next, pause);
            if next.is_over {
                return;
            }
        }
    }

    /// Deletes what is due, and tells when the next key is.
    fn expire(&self) -> Option<Instant> {
        let now = Instant::try_from(now().as_millis()).unwrap_or(Instant::MAX);
        loop {
            let (due, key, revision) = self.core.shared.state.read().expiries.first().cloned()?;
            if due > now {
                return Some(due);
            }
            let wish = Wish::Delete {
                key: key.clone(),
                seen: revision,
            };
            // A key that was written since then has no business with this time any more.
            let answer = self.core.submit(wish).ok()?.blocking_recv();
            answer.ok()?.ok();
            self.core.shared.state.write().expiries.remove(&(due, key, revision));
        }
    }

    /// Compacts what is older than history is kept.
    fn forget(&mut self) {
        let (revision, compacted) = {
            let state = self.core.shared.state.read();
            (state.revision, state.compacted)
        };
        let now = Clock::now();
        if self.marks.back().is_none_or(|(_, last)| *last < revision) {
            self.marks.push_back((now, revision));
        }
        let mut to = Revision::ZERO;
        while let Some((then, old)) = self.marks.front()
            && now.duration_since(*then) >= self.keep
        {
            to = to.max(*old);
            self.marks.pop_front();
        }
        if to > compacted {
            self.compact(to);
        }
    }

    fn compact(&self, to: Revision) {
        while let Ok(answer) = self.core.submit(Wish::Compact { to })
            && let Ok(Ok(compacted)) = answer.blocking_recv()
            && compacted < to
        {}
    }
}

/// How long it is until then.
fn wait(due: Instant) -> Duration {
    Duration::from_millis(due)
        .saturating_sub(now())
        .max(Duration::from_millis(1))
}
