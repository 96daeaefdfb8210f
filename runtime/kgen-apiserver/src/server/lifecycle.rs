//! How a server ends: first it says so, then it takes nothing new, then it ends what lasts.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use std::task::Context;
use tokio::sync::Notify;

use crate::health::Check;

/// How many watches end each second at least, however much time there is.
const WATCHES_PER_SECOND: f64 = 200.0;

/// How far the end has come, and what lasts.
#[derive(Debug, Default)]
pub(crate) struct Lifecycle {
    is_ending: AtomicBool,
    turns_away: AtomicBool,
    is_draining: AtomicBool,
    watches: Mutex<HashMap<u64, Arc<Signal>>>,
    next: AtomicU64,
    no_watch: Notify,
}

/// Tells one watch to end.
#[derive(Debug, Default)]
struct Signal {
    ends: AtomicBool,
    waker: AtomicWaker,
}

/// A watch that is known; it is forgotten when this is dropped.
#[derive(Debug)]
pub(crate) struct Registration {
    lifecycle: Arc<Lifecycle>,
    number: u64,
    signal: Arc<Signal>,
}

impl Lifecycle {
    /// Fails as soon as the end begins.
    pub(crate) fn check(self: &Arc<Self>) -> Check {
        let lifecycle = self.clone();
        Check::new("shutdown", move || {
            let is_ending = lifecycle.is_ending.load(Ordering::Relaxed);
            std::future::ready(if is_ending {
                Err("process is shutting down".to_owned())
            } else {
                Ok(())
            })
        })
    }

    /// The end begins: those who ask are told.
    pub(crate) fn announce(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
    }

    /// From now on requests are sent elsewhere.
    pub(crate) fn turn_away(&self) {
        self.turns_away.store(true, Ordering::Relaxed);
    }

    /// Whether requests are sent elsewhere.
    pub(crate) fn turns_away(&self) -> bool {
        self.turns_away.load(Ordering::Relaxed)
    }

    /// Takes in a watch, unless watches are being ended.
    pub(crate) fn register(self: &Arc<Self>) -> Option<Registration> {
        let mut watches = self.watches.lock();
        if self.is_draining.load(Ordering::Relaxed) {
            return None;
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let signal = Arc::<Signal>::default();
        watches.insert(number, signal.clone());
        Some(Registration {
            lifecycle: self.clone(),
            number,
            signal,
        })
    }

    /// Ends all watches, evenly over some time but not slower than need be, and waits until they have ended.
    pub(crate) async fn drain(&self, grace: Duration) {
        let signals: Vec<Arc<Signal>> = {
            let watches = self.watches.lock();
            self.is_draining.store(true, Ordering::Relaxed);
            watches.values().cloned().collect()
        };
        let rate = (signals.len() as f64 / grace.as_secs_f64().max(0.001)).max(WATCHES_PER_SECOND);
        let tick = Duration::from_millis(10);
        let each_tick = (rate * tick.as_secs_f64()).ceil() as usize;
        for some in signals.chunks(if grace.is_zero() { usize::MAX } else { each_tick.max(1) }) {
            for signal in some {
                signal.ends.store(true, Ordering::Release);
                signal.waker.wake();
            }
            if !grace.is_zero() {
                tokio::time::sleep(tick).await;
            }
        }
        loop {
            let all_ended = self.no_watch.notified();
            if self.watches.lock().is_empty() {
                return;
            }
            all_ended.await;
        }
    }
}

impl Registration {
    /// Whether the watch has to end. If not, the task is woken when it has.
    pub(crate) fn ends(&self, context: &Context<'_>) -> bool {
        if self.signal.ends.load(Ordering::Acquire) {
            return true;
        }
        self.signal.waker.register(context.waker());
        self.signal.ends.load(Ordering::Acquire)
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let mut watches = self.lifecycle.watches.lock();
        watches.remove(&self.number);
        if watches.is_empty() {
            self.lifecycle.no_watch.notify_waiters();
        }
    }
}
