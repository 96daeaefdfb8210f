#!/bin/sh
# Builds the real servers that tests run against, from Go modules at pinned versions, once.
#
#   tests/e2e/assets.sh          builds what is missing and prints the folder
#   export KUBEBUILDER_ASSETS=…  makes the tests use programs from elsewhere instead
#
# The folder is ignored by git. Needs Go and its module proxy; about half a minute and 40 MB for etcd.
set -eu

ETCD=v3.6.8

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
folder=${KGEN_ASSETS:-$here/assets}

# etcd ETCD: `go install` refuses it, since its go.mod has replacements; a main of three lines does not.
build_etcd() {
    if [ -x "$folder/etcd" ] && [ "$(cat "$folder/etcd.version" 2>/dev/null)" = "$ETCD" ]; then
        return
    fi
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cat >"$work/go.mod" <<END
module etcd

go 1.24
END
    cat >"$work/main.go" <<'END'
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
END
    (
        cd "$work"
        go get "go.etcd.io/etcd/server/v3@$ETCD"
        go mod tidy
        CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o etcd .
    ) >&2
    mkdir -p "$folder"
    mv "$work/etcd" "$folder/etcd.new"
    mv "$folder/etcd.new" "$folder/etcd"
    echo "$ETCD" >"$folder/etcd.version"
}

build_etcd
echo "$folder"
