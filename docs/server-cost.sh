#!/usr/bin/env bash
# What one more kind costs a server: an API of 1 and one of 26 kinds, each with a spec of eleven fields, a status and rules.
# Prints the rows of the table in performance.md: CPU seconds to compile the crate of the API and the program, and the
# size of the program without symbols, in all and for each further kind. Everything else is compiled before.
set -euo pipefail
shopt -s inherit_errexit
checkout=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$folder/target}
profile=${1:-release}

kind() { # number
  cat <<RUST

/// Kind number $1.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status, column("Name", path = ".spec.displayName"))]
pub struct Thing$1 {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: Thing$1Spec,
    pub status: Option<Thing$1Status>,
}

/// What is wanted of it.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Thing$1Spec {
    #[kgen(max_length = 63)]
    pub display_name: String,
    #[kgen(default = 1, minimum = 0)]
    pub replicas: Option<i32>,
    #[kgen(optional)]
    pub is_paused: bool,
    #[kgen(optional)]
    pub labels: std::collections::BTreeMap<String, String>,
    pub limits: Option<Limits$1>,
    #[kgen(list = map(key = "name"), max_items = 100, optional)]
    pub steps: Vec<Step$1>,
}

/// What it may use.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Limits$1 {
    pub seconds: Option<i64>,
    #[kgen(optional, list = set, max_items = 10)]
    pub hosts: Vec<String>,
}

/// What happens to it.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Step$1 {
    #[kgen(max_length = 63)]
    pub name: String,
    #[kgen(optional, list = atomic)]
    pub after: Vec<String>,
    #[kgen(optional)]
    pub is_last: bool,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Thing$1Status {
    pub replicas: Option<i32>,
}
RUST
}

server() { # kinds
  local krate="$folder/server$1" number
  mkdir -p "$krate/src/v1"
  cat >"$krate/Cargo.toml" <<TOML
[package]
name = "server$1"
version = "0.1.0"
edition = "2024"
[workspace]
[dependencies]
kgen = { path = "$checkout/runtime/kgen" }
kgen-apiserver = { path = "$checkout/runtime/kgen-apiserver" }
[profile.dev]
strip = true
[profile.release]
strip = true
TOML
  cp "$checkout/Cargo.lock" "$krate/Cargo.lock"
  printf '//! Things.\npub mod generated;\npub mod v1;\n' >"$krate/src/lib.rs"
  {
    printf '//! Things.\nkgen::version! { group = "things.example.com", version = "v1" }\n'
    for ((number = 0; number < $1; number++)); do kind "$number"; done
  } >"$krate/src/v1.rs"
  cat >"$krate/src/main.rs" <<RUST
//! Serves things.
fn main() -> std::process::ExitCode {
    kgen_apiserver::cli::main(server$1::generated::api())
}
RUST
  rmdir "$krate/src/v1"
  "$kgen" all "$krate" --quiet
}

# CPU seconds of user and system that a command takes.
seconds() {
  local times
  times=$({ TIMEFORMAT='%U %S'; time "$@" >&2; } 2>&1 >/dev/null | tail -1)
  awk '{printf "%.1f", $1 + $2}' <<<"$times"
}

build() { # crate
  (cd "$folder/$1" && K8S_OPENAPI_ENABLED_VERSION=1.37 cargo build --quiet --profile "$profile" 2>"$folder/log") ||
    { cat "$folder/log" >&2; exit 1; }
}

cargo build --quiet --manifest-path "$checkout/Cargo.toml" --bin kgen
kgen="$CARGO_TARGET_DIR/debug/kgen"
below=$profile
[ "$profile" = dev ] && below=debug
declare -A spent size
for kinds in 1 26; do
  server "$kinds"
  build "server$kinds"
  best=
  for _ in 1 2 3; do
    touch "$folder/server$kinds/src/lib.rs"
    took=$(seconds build "server$kinds")
    if [ -z "$best" ] || awk "BEGIN {exit !($took < $best)}"; then best=$took; fi
  done
  spent[$kinds]=$best
  size[$kinds]=$(stat -c %s "$CARGO_TARGET_DIR/$below/server$kinds")
done
awk -v s1="${spent[1]}" -v s26="${spent[26]}" -v b1="${size[1]}" -v b26="${size[26]}" 'BEGIN {
  printf "| compiling the API and the program, CPU seconds | %.1f | %.1f | %.2f |\n", s1, s26, (s26 - s1) / 25
  printf "| the program, MB | %.2f | %.2f | %.3f |\n", b1 / 1e6, b26 / 1e6, (b26 - b1) / 25 / 1e6
}'
