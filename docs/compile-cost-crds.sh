#!/usr/bin/env bash
# What the compiler needs for the types of custom resource definitions: as kgen generates them, with everything that
# belongs to them, and as kopium does, with the derives of serde and kube. Prints rows of the table in performance.md:
# the CPU seconds of `cargo check`, the best of three runs, and the ratio.
#
#   docs/compile-cost-crds.sh [FOLDER OF DEFINITIONS]
set -euo pipefail
shopt -s inherit_errexit
checkout=$(cd "$(dirname "$0")/.." && pwd)
definitions=${1:-${KGEN_CORPUS:-$checkout/../shared/corpus}/crds/prometheus-operator}
command -v kopium >/dev/null || {
  echo "kopium is missing: cargo install kopium --locked" >&2
  exit 2
}
[ -d "$definitions" ] || {
  echo "there is no folder $definitions: name one with definitions" >&2
  exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export K8S_OPENAPI_ENABLED_VERSION=1.37 CARGO_INCREMENTAL=0

crate() { # name
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
}

# The user time of a check of the crate alone.
seconds() { # name
  local best=
  cd "$folder/$1"
  cargo check --quiet --target-dir "$folder/target"
  for _ in 1 2 3; do
    touch src/lib.rs
    local time
    time=$( { TIMEFORMAT=%U; time cargo check --quiet --target-dir "$folder/target"; } 2>&1)
    best=$(printf '%s\n' ${best:-$time} "$time" | sort -n | head -n 1)
  done
  printf '%s' "$best"
}

structs() { # name
  grep -rhoE '^pub (struct|enum) ' "$folder/$1/src" | wc -l
}

crate with-kgen
echo 'pub mod generated;' >"$folder/with-kgen/src/lib.rs"
cargo run --quiet --manifest-path "$checkout/Cargo.toml" --bin kgen -- --quiet all "$definitions" --out "$folder/with-kgen"

crate with-kopium
for file in "$definitions"/*.yaml; do
  module=$(basename "$file" .yaml | tr -c 'a-z0-9\n' _)
  kopium --docs --derive=PartialEq --filename "$file" >"$folder/with-kopium/src/$module.rs"
  printf '#[allow(warnings)]\npub mod %s;\n' "$module" >>"$folder/with-kopium/src/lib.rs"
done

kgen=$(seconds with-kgen)
kopium=$(seconds with-kopium)
echo '| types of definitions | types | `cargo check` | |'
echo '|---|--:|--:|--:|'
echo "| kopium: derives of serde and kube | $(structs with-kopium) | $kopium s | 1.00 |"
echo "| kgen: all generators | $(structs with-kgen) | $kgen s | $(awk "BEGIN { printf \"%.2f\", $kgen / $kopium }") |"
