//! What the operating system knows of this process. Where it has no `/proc`, nothing is told.

use std::fs;

use super::exposition::Exposition;

/// The unit of times in `/proc` on all machines that this runs on.
const TICKS_PER_SECOND: f64 = 100.0;

pub(super) fn write(to: &mut Exposition) {
    if let Some((cpu, started)) = times() {
        to.single(
            "process_cpu_seconds_total",
            "counter",
            "Total user and system CPU time spent in seconds.",
            cpu,
        );
        to.single(
            "process_start_time_seconds",
            "gauge",
            "Start time of the process since unix epoch in seconds.",
            started,
        );
    }
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let bytes = |key: &str| kilobytes(&status, key).map(|kilobytes| kilobytes * 1024.0);
        if let Some(resident) = bytes("VmRSS:") {
            let help = "Resident memory size in bytes.";
            to.single("process_resident_memory_bytes", "gauge", help, resident);
        }
        if let Some(virtual_) = bytes("VmSize:") {
            let help = "Virtual memory size in bytes.";
            to.single("process_virtual_memory_bytes", "gauge", help, virtual_);
        }
    }
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        let help = "Number of open file descriptors.";
        to.single("process_open_fds", "gauge", help, open.count() as f64);
    }
    if let Some(most) = most_files() {
        let help = "Maximum number of open file descriptors.";
        to.single("process_max_fds", "gauge", help, most);
    }
}

/// Seconds on processors, and the second in which the process began.
fn times() -> Option<(f64, f64)> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in parentheses may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    let system = fs::read_to_string("/proc/stat").ok()?;
    let booted = system.lines().find_map(|line| line.strip_prefix("btime "))?;
    let booted: f64 = booted.trim().parse().ok()?;
    let cpu = (ticks(11)? + ticks(12)?) / TICKS_PER_SECOND;
    Some((cpu, booted + ticks(19)? / TICKS_PER_SECOND))
}

fn kilobytes(status: &str, key: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_whitespace().next()?.parse().ok()
}

fn most_files() -> Option<f64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}
