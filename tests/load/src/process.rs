//! What the kernel says of the server's processes.

use std::fs;

/// The server's processes.
pub(crate) struct Processes(pub(crate) Vec<u32>);

/// What a tick of `/proc` is, in microseconds: Linux tells user programs 100 a second on all machines.
const TICK: u64 = 10_000;

impl Processes {
    /// The time that the processes had on processors, in microseconds.
    pub(crate) fn time(&self) -> u64 {
        self.0.iter().filter_map(|pid| time_of(*pid)).sum()
    }

    /// The memory that they have, in kilobytes.
    pub(crate) fn memory(&self) -> u64 {
        self.0.iter().filter_map(|pid| memory_of(*pid)).sum()
    }
}

fn time_of(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program, in parentheses, may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) * TICK)
}

fn memory_of(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
