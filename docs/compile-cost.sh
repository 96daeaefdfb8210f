#!/usr/bin/env bash
# What the compiler needs for an API of 1,000 types and 25 kinds: plain, with serde's derives, with all Rust code of
# kgen, and with kube-derive and schemars. Prints rows of the table in performance.md: the CPU seconds, the best of three
# runs, and how often they hold those of kgen.
set -euo pipefail
shopt -s inherit_errexit
checkout=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export K8S_OPENAPI_ENABLED_VERSION=1.37 CARGO_INCREMENTAL=0

# Four types that belong together.
types() { # number, further derives, further attributes of structs, further attributes of the first one
  cat <<RUST

/// What is wanted of part $1.
#[derive(Clone, Debug, Default, PartialEq$2$5)]
$3
$4
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
#[derive(Clone, Debug, Default, PartialEq$2)]
$3
pub struct Limits$1 {
    pub seconds: Option<i64>,
    pub members: Option<u16>,
    pub hosts: Vec<String>,
}

/// What happens to part $1.
#[derive(Clone, Debug, Default, PartialEq$2)]
$3
pub struct Step$1 {
    pub name: String,
    pub after: Vec<String>,
    pub is_last: bool,
}

/// Who decides about part $1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq$2)]
pub enum Mode$1 {
    #[default]
    Automatic,
    Manual,
    Never,
}
RUST
}

# What says that the first type of a module is what objects of a kind want.
kind() { # derives or attributes or type, module
  case $1 in
  derives-kube) echo ', kube::CustomResource' ;;
  attributes-kube) echo "#[kube(group = \"cost.example.com\", version = \"v$2\", kind = \"Machine\", namespaced)]" ;;
  type-kgen)
    cat <<RUST

kgen::version! { group = "cost.example.com", version = "v$2"$([ "$2" = 1 ] && echo ", storage") }

/// A machine.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced)]
pub struct Machine {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: Part1,
}
RUST
    ;;
  esac
}

# A crate of 25 modules with 40 types each.
crate() { # name, further derives, further attributes of structs, what makes kinds
  mkdir -p "$folder/$1/src"
  cp "$checkout/Cargo.lock" "$folder/$1"
  cat >"$folder/$1/Cargo.toml" <<TOML
[package]
name = "$1"
version = "0.0.0"
edition = "2024"

[dependencies]
kgen = { path = "$checkout/runtime/kgen" }
k8s-openapi = { version = "0.29", default-features = false, features = ["schemars"] }
kube = { version = "5", default-features = false, features = ["derive"] }
kube-core = "5"
schemars = "1"
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
TOML
  for module in $(seq 25); do
    echo "pub mod v$module;" >>"$folder/$1/src/lib.rs"
    {
      echo 'use std::collections::BTreeMap;'
      kind "type-$4" "$module"
      types 1 "$2" "$3" "$(kind "attributes-$4" "$module")" "$(kind "derives-$4" "$module")"
      for number in $(seq 2 10); do types "$number" "$2" "$3" '' ''; done
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
  printf '%s' "$best"
}

ratio() { # seconds, seconds
  awk "BEGIN { printf \"%.2f\", $1 / $2 }"
}

camel='#[serde(rename_all = "camelCase")]'
crate plain '' '' none
crate with-serde ', serde::Serialize, serde::Deserialize' "$camel" none
crate with-kgen ', kgen::Api' '' kgen
crate with-kube ', serde::Serialize, serde::Deserialize, schemars::JsonSchema' "$camel" kube
echo 'pub mod generated;' >>"$folder/with-kgen/src/lib.rs"
cargo run --quiet --manifest-path "$checkout/Cargo.toml" --bin kgen -- --quiet all "$folder/with-kgen"

rows=(
  'with-kgen:kgen: all generators'
  'plain:plain types'
  'with-serde:derives of serde'
  'with-kube:derives of serde, schemars and kube'
)
echo '| 1,000 types, 25 kinds | `cargo check` | against kgen | `cargo build --release` | against kgen |'
echo '|---|---|---|---|---|'
for row in "${rows[@]}"; do
  name=${row%%:*}
  check=$(seconds "$name" check)
  build=$(seconds "$name" build --release)
  kgen_check=${kgen_check:-$check} kgen_build=${kgen_build:-$build}
  echo "| ${row#*:} | $check s | $(ratio "$check" "$kgen_check") | $build s | $(ratio "$build" "$kgen_build") |"
done
