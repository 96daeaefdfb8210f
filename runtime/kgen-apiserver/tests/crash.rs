//! Kills a process that writes to the embedded store, twenty times: no acknowledged write is lost, nothing is torn, and
//! revisions never go back.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use kgen_apiserver::storage::{Embedded, Range, Revision, Store, StoreError, Update};
use libtest_mimic::{Arguments, Failed, Trial};

const KILLS: usize = 20;
const WRITERS: usize = 8;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
    };
    if let [_, word, folder] = &*arguments
        && word == "--write-to"
    {
        runtime().expect("a runtime starts").block_on(write(Path::new(folder)));
        return ExitCode::SUCCESS;
    }
    let trial = Trial::test("no_acknowledged_write_is_lost", move || {
        runtime()?
            .block_on(no_acknowledged_write_is_lost())
            .map_err(Failed::from)
    });
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code()
}

/// The process that is killed: says on its output what was acknowledged.
async fn write(folder: &Path) {
    let store = Arc::new(Embedded::open(folder, Default::default()).expect("the store opens"));
    let writers = (0..WRITERS).map(|writer| tokio::spawn(write_for_ever(store.clone(), writer)));
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("a writer does not panic");
    }
}

/// Creates, replaces and deletes a few keys of its own, one after the other.
async fn write_for_ever(store: Arc<Embedded>, writer: usize) {
    for number in 0_u64.. {
        let key = format!("/r/{writer}/{}", number % 5);
        let seen = store.get(&key).await.expect("the store answers").entry;
        let value = value(&key, number);
        let (verb, revision) = match seen {
            None => ("put", store.create(&key, value.clone(), None).await),
            Some(entry) if number % 7 == 3 => ("delete", store.delete(&key, entry.revision).await),
            Some(entry) => ("put", store.replace(&key, entry.revision, value.clone(), None).await),
        };
        let revision = revision.expect("nobody else writes this key");
        let line = format!("{verb} {revision} {key} {number}\n");
        stdout().write_all(line.as_bytes()).expect("the parent reads");
        // The kill may also come while history is being forgotten.
        if writer == 0 && number % 20 == 19 {
            store.compact(revision).await.expect("history can be forgotten");
        }
    }
}

/// A value that shows when it is torn, of changing length.
fn value(key: &str, number: u64) -> Bytes {
    Bytes::from(format!("{key} {number};").repeat(1 + number as usize % 50))
}

fn is_whole(key: &str, value: &Bytes) -> bool {
    let text = String::from_utf8_lossy(value);
    let first = text.split_inclusive(';').next().unwrap_or_default();
    first.starts_with(key) && first.repeat(text.matches(';').count()) == text && text.ends_with(';')
}

/// The last write of a key that is known to have happened.
#[derive(Clone, Debug)]
struct Written {
    revision: Revision,
    /// None if it was a deletion.
    value: Option<Bytes>,
}

async fn no_acknowledged_write_is_lost() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut known: HashMap<String, Written> = HashMap::new();
    let mut newest = Revision::FIRST;
    let mut acknowledged = 0;
    for round in 0..KILLS {
        let lines = written_until_killed(folder.path())?;
        acknowledged += lines.len();
        let before = newest;
        let mut said = HashSet::new();
        for line in &lines {
            let (key, written) = parse(line).ok_or_else(|| format!("`{line}` is no acknowledgement"))?;
            if written.revision <= before {
                return Err(format!("round {round}: revision {} came twice", written.revision));
            }
            newest = newest.max(written.revision);
            said.insert(written.revision);
            known.insert(key, written);
        }
        newest = check(folder.path(), &mut known, &said, before, newest)
            .await
            .map_err(|error| format!("round {round}: {error}"))?;
    }
    eprintln!("{acknowledged} acknowledged writes survived {KILLS} kills, at revision {newest}");
    if acknowledged < KILLS {
        return Err("hardly anything was written".to_owned());
    }
    Ok(())
}

/// Runs the writing process, kills it at some time, and returns what it said.
fn written_until_killed(folder: &Path) -> Result<Vec<String>, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command
        .arg("--write-to")
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let output = child.stdout.take().ok_or("the output is piped")?;
    let mut reader = BufReader::new(output);
    let mut first = String::new();
    reader.read_line(&mut first).map_err(|error| error.to_string())?;
    // The process is killed by its handle, while a thread of its own drains the pipe so that it is never held up.
    let drain = std::thread::spawn(move || reader.split(b'\n').map_while(Result::ok).collect::<Vec<_>>());
    let pause = 5 + RandomState::new().hash_one(0) % 120;
    std::thread::sleep(Duration::from_millis(pause));
    child.kill().map_err(|error| error.to_string())?;
    child.wait().map_err(|error| error.to_string())?;
    let rest = drain.join().map_err(|_| "the pipe cannot be read")?;
    let mut lines = vec![first.trim_end().to_owned()];
    lines.extend(rest.iter().map(|line| String::from_utf8_lossy(line).into_owned()));
    // The last line may have been cut short by the kill.
    if lines.last().is_some_and(|line| parse(line).is_none()) {
        lines.pop();
    }
    Ok(lines)
}

fn parse(line: &str) -> Option<(String, Written)> {
    let mut words = line.split(' ');
    let (verb, revision, key, number) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let number = number.parse().ok()?;
    let written = Written {
        revision: revision.parse().ok()?,
        value: (verb == "put").then(|| value(key, number)),
    };
    Some((key.to_owned(), written))
}

/// Opens what the killed process left, and compares it with what was known before and what was acknowledged since.
async fn check(
    folder: &Path,
    known: &mut HashMap<String, Written>,
    said: &HashSet<Revision>,
    before: Revision,
    newest: Revision,
) -> Result<Revision, String> {
    let store = Embedded::open(folder, Default::default()).map_err(|error| error.to_string())?;
    let current = store.current().await.map_err(|error| error.to_string())?;
    if current < newest {
        return Err(format!("the store is at {current}, and {newest} was acknowledged"));
    }
    for (key, written) in known {
        let entry = store.get(key).await.map_err(|error| error.to_string())?.entry;
        let is_as_known = match (&entry, &written.value) {
            (Some(entry), Some(value)) => entry.revision == written.revision && entry.value == *value,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        // Something later may have been written, and the kill came before it was acknowledged.
        let mut later = written.revision.max(before).get() + 1..=current.get();
        let is_silent = later.any(|revision| !said.contains(&Revision::new(revision)));
        let is_later = entry.as_ref().is_none_or(|entry| entry.revision > written.revision);
        if !(is_as_known || is_later && is_silent) {
            return Err(format!("`{key}` is {entry:?}, and {written:?} is known"));
        }
        *written = Written {
            revision: entry.as_ref().map_or(current, |entry| entry.revision),
            value: entry.map(|entry| entry.value),
        };
    }
    let page = store.list(Range::of("/r/")).await.map_err(|error| error.to_string())?;
    if let Some(torn) = page.entries.iter().find(|entry| !is_whole(&entry.key, &entry.value)) {
        return Err(format!("{torn:?} is torn"));
    }
    // A watch resumes from before the crash and misses nothing, unless it is told that history is gone.
    let (mut watch, mut last) = match store.watch("/r/", before).await {
        Ok(watch) => (watch, before),
        Err(StoreError::Compacted {
            oldest: Some(oldest), ..
        }) => (
            store.watch("/r/", oldest).await.map_err(|error| error.to_string())?,
            oldest,
        ),
        Err(error) => return Err(error.to_string()),
    };
    while last < current {
        match watch.updates.next().await {
            Some(Ok(Update::Change(change))) if change.revision() == last.next() => last = change.revision(),
            other => return Err(format!("after revision {last} the watch says {other:?}")),
        }
    }
    Ok(current)
}
