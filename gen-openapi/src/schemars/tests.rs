//! Tests of rules that are easier seen here than in a whole definition.
