#!/usr/bin/env bash
# What the compiler needs for an API of 1,000 types: plain, with serde's derives, and with all Rust code of kgen.
# Prints rows of the table in performance.md, in CPU seconds, the best of three runs.
set -euo pipefail
checkout=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export K8S_OPENAPI_ENABLED_VERSION=1.37 CARGO_INCREMENTAL=0

# Four types that belong together.
types() { # number, further derives, further attributes of structs
  cat <<RUST

/// What is wanted of part $1.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api$2)]
$3
pub struct Part$1 {
    /// What it is called.
    pub display_name: String,
    /// How many there are.
    pub replicas: i32,
    pub is_paused: bool,
    pub mode: Mode$1,
    pub labels: BTreeMap<String, String>,
    pub limits: Option<Limits$1>,
    pub steps: Vec<Step$1>,
}

/// What part $1 may use.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api$2)]
$3
pub struct Limits$1 {
    pub seconds: Option<i64>,
    pub members: Option<u16>,
    pub hosts: Vec<String>,
}

/// What happens to part $1.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api$2)]
$3
pub struct Step$1 {
    pub name: String,
    pub after: Vec<String>,
    pub is_last: bool,
}

/// Who decides about part $1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api$2)]
pub enum Mode$1 {
    #[default]
    Automatic,
    Manual,
    Never,
}
RUST
}

# A crate of 25 modules with 40 types each.
crate() { # name, further derives, further attributes of structs
  mkdir -p "$folder/$1/src"
  cp "$checkout/Cargo.lock" "$folder/$1"
  cat >"$folder/$1/Cargo.toml" <<TOML
[package]
name = "$1"
version = "0.0.0"
edition = "2024"

[dependencies]
kgen = { path = "$checkout/runtime/kgen" }
serde = { version = "1", features = ["derive"] }

[workspace]
TOML
  for module in $(seq 25); do
    echo "pub mod v$module;" >>"$folder/$1/src/lib.rs"
    {
      echo 'use std::collections::BTreeMap;'
      echo
      echo "kgen::version! { group = \"cost.example.com\", version = \"v$module\" }"
      for number in $(seq 10); do types "$number" "$2" "$3"; done
    } >"$folder/$1/src/v$module.rs"
  done
}

# The user time of a build of the crate alone.
seconds() { # name, cargo's words
  local name=$1 best=
  shift
  cd "$folder/$name"
  cargo "$@" --quiet --target-dir "$folder/target"
  for _ in 1 2 3; do
    touch src/lib.rs
    local time
    time=$( { TIMEFORMAT=%U; time cargo "$@" --quiet --target-dir "$folder/target"; } 2>&1)
    best=$(printf '%s\n' ${best:-$time} "$time" | sort -n | head -n 1)
  done
  printf '%s s' "$best"
}

crate plain '' ''
crate with-serde ', serde::Serialize, serde::Deserialize' '#[serde(rename_all = "camelCase")]'
crate with-kgen '' ''
echo 'pub mod generated;' >>"$folder/with-kgen/src/lib.rs"
cargo run --quiet --manifest-path "$checkout/Cargo.toml" --bin kgen -- \
  --quiet types deepcopy defaults "$folder/with-kgen"

for row in 'plain:plain types' 'with-serde:derives of serde' 'with-kgen:kgen: serde, deep copies, defaults, merging'; do
  name=${row%%:*}
  echo "| ${row#*:} | $(seconds "$name" check) | $(seconds "$name" build --release) |"
done
