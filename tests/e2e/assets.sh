#!/bin/sh
# Builds the real servers that tests run against, from Go modules at pinned versions, once.
#
#   tests/e2e/assets.sh               builds what is missing and prints the folder
#   tests/e2e/assets.sh etcd          builds only what is named
#   export KUBEBUILDER_ASSETS=…       makes the tests use programs from elsewhere instead
#
# The versions are those of servers/go.mod, and of Python's packages below; the client in Go is built anew when it changes.
# The folder is ignored by git. Needs Go and its module proxy; cold, on two cores, about half a minute for etcd and six for
# all.
set -eu

PYTHON="kubernetes==37.0.2 kopf==1.45.2"

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
folder=${KGEN_ASSETS:-$here/assets}

# version MODULE: the version that servers/go.mod pins.
version() {
    sed -n "s|^[[:space:]]*$1 \(v[^[:space:]]*\).*|\1|p" "$here/servers/go.mod"
}

# build PROGRAM PACKAGE VERSION: does nothing if the program of this version is there.
build() {
    if [ -x "$folder/$1" ] && [ "$(cat "$folder/$1.version" 2>/dev/null)" = "$3" ]; then
        return
    fi
    mkdir -p "$folder"
    stamp=k8s.io/component-base/version
    (
        cd "$here/servers"
        CGO_ENABLED=0 nice -n 5 go build -mod=readonly -buildvcs=false -trimpath -o "$folder/$1.new" \
            -ldflags "-s -w -X $stamp.gitVersion=$(version k8s.io/kubernetes) -X $stamp.gitMajor=1 -X $stamp.gitMinor=36" "$2"
    ) >&2
    mv "$folder/$1.new" "$folder/$1"
    echo "$3" >"$folder/$1.version"
}

# python PACKAGES: an environment with these, such as Kubernetes' client.
python() {
    if [ "$(cat "$folder/python.version" 2>/dev/null)" = "$1" ]; then
        return
    fi
    mkdir -p "$folder"
    python3 -m venv --clear "$folder/python" >&2
    # shellcheck disable=SC2086 # Several packages.
    "$folder/python/bin/pip" install --quiet --disable-pip-version-check $1 >&2
    echo "$1" >"$folder/python.version"
}

# Kubernetes' kubectl is used where it is installed; only a machine without one builds it.
wanted="etcd kube-apiserver kube-controller-manager sample-apiserver client"
command -v kubectl >/dev/null || wanted="$wanted kubectl"
! command -v python3 >/dev/null || wanted="$wanted python"

for program in ${*:-$wanted}; do
    case $program in
    etcd) build etcd ./etcd "$(version go.etcd.io/etcd/server/v3)" ;;
    client) build client ./client "$(version k8s.io/sample-apiserver)-$(cksum <"$here/servers/client/main.go" | cut -d ' ' -f 1)" ;;
    python) python "$PYTHON" ;;
    sample-apiserver) build sample-apiserver k8s.io/sample-apiserver "$(version k8s.io/sample-apiserver)" ;;
    *) build "$program" "k8s.io/kubernetes/cmd/$program" "$(version k8s.io/kubernetes)" ;;
    esac
done
echo "$folder"
