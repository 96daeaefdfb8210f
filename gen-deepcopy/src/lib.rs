//! Generates deep copies that reuse allocations for API types.
