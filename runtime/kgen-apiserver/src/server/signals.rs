//! How the operating system asks a program to end.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Waits for the first SIGINT or SIGTERM; from the second on, the process exits at once. For the `main` of a program
/// that does nothing but serve.
///
/// # Errors
/// If signals cannot be waited for.
pub fn interrupted() -> io::Result<impl Future<Output = ()> + Send> {
    let mut interrupts = signal(SignalKind::interrupt())?;
    let mut terminations = signal(SignalKind::terminate())?;
    let mut next = async move || {
        tokio::select! {
            _ = interrupts.recv() => {}
            _ = terminations.recv() => {}
        }
    };
    let (first, waits) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        next().await;
        // Nobody may be waiting.
        let _ = first.send(());
        next().await;
        tracing::warn!("the second signal ends the process");
        std::process::exit(1);
    });
    Ok(async move {
        // An error means that the task is gone, and with it all that could be waited for.
        let _ = waits.await;
    })
}
