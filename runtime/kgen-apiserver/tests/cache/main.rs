//! What only the cache has: readers that share, watchers that are slow, a store that fails under it.

mod fixture;
mod outages;
mod readers;
