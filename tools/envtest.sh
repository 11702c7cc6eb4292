#!/usr/bin/env bash
# Prints the folder that holds kube-apiserver, etcd and kubectl, for the tests and the demo. Sources, in this order:
#   1. KUBEBUILDER_ASSETS, as it is
#   2. the cache, filled once by 3 or 4
#   3. the published envtest archive
#   4. a build from Go modules (tools/envtest), about four minutes the first time
# What it took, and progress, are on stderr.
# usage: tools/envtest.sh [--no-fetch] [--no-build]     leave out 3, leave out 4
# exit 3: none of them is possible here (the remedy is on stderr)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# What is built: the version that go.mod requires. What is downloaded: the newest archive of the same minor version, for
# archives are not published for each patch release.
built=$(sed -n 's|^[[:space:]]*k8s.io/kubernetes v\([0-9.]*\).*|\1|p' "$here/envtest/go.mod")
published=1.36.2
cache=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/envtest

may_fetch=true
may_build=true
for argument in "$@"; do
  case $argument in
    --no-fetch) may_fetch=false ;;
    --no-build) may_build=false ;;
    *)
      printf 'usage: tools/envtest.sh [--no-fetch] [--no-build]\n' >&2
      exit 2
      ;;
  esac
done

say() { printf 'envtest: %s\n' "$*" >&2; }

is_complete() {
  [ -x "$1/kube-apiserver" ] && [ -x "$1/etcd" ] && [ -x "$1/kubectl" ]
}

# Moves a finished folder into the cache in one step.
publish() {
  local goal=$cache/$2
  if is_complete "$goal"; then return 0; fi
  rm -rf "$goal"
  mv "$1" "$goal"
  # Where another process came first after all, mv has put our folder inside its folder.
  rm -rf "${goal:?}/$(basename "$1")"
}

fetch() {
  local os arch name progress=--silent
  command -v curl >/dev/null || return 1
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $os-$(uname -m) in
    linux-x86_64 | darwin-x86_64) arch=amd64 ;;
    linux-aarch64 | linux-arm64 | darwin-arm64) arch=arm64 ;;
    *) return 1 ;;
  esac
  name=envtest-v$published-$os-$arch.tar.gz
  if [ -t 2 ]; then progress=--progress-bar; fi
  say "trying the published archive of Kubernetes $published"
  curl --fail --location "$progress" --connect-timeout 5 --speed-limit 10000 --speed-time 20 --max-time 600 \
    --output "$work/$name" \
    "https://github.com/kubernetes-sigs/controller-tools/releases/download/envtest-v$published/$name" || return 1
  mkdir "$work/unpacked" "$work/fetched"
  tar -xzf "$work/$name" -C "$work/unpacked" || return 1
  find "$work/unpacked" -type f \( -name kube-apiserver -o -name etcd -o -name kubectl \) \
    -exec mv {} "$work/fetched/" \;
  is_complete "$work/fetched"
}

# Go 1.26 or newer; an older one (1.21 or newer) may fetch the toolchain that go.mod asks for.
has_go() {
  local version
  PATH=$PATH:/usr/local/go/bin
  version=$(cd "$here/envtest" && go env GOVERSION 2>/dev/null) || return 1
  version=${version#go1.}
  version=${version%%[!0-9]*}
  [ -n "$version" ] && [ "$version" -ge 26 ]
}

build() {
  local minor flags
  minor=${built#*.}
  minor=${minor%%.*}
  # Without these the server calls itself v0.0.0-master, which clients refuse.
  flags="-s -w -X k8s.io/component-base/version.gitVersion=v$built"
  flags="$flags -X k8s.io/component-base/version.gitMajor=${built%%.*} -X k8s.io/component-base/version.gitMinor=$minor"
  mkdir "$work/built"
  (
    cd "$here/envtest"
    export CGO_ENABLED=0 GOWORK=off
    exec "$here/attend.sh" "envtest: building Kubernetes $built from Go modules (four minutes the first time)" \
      nice go build -mod=readonly -buildvcs=false -trimpath -ldflags "$flags" \
      -o "$work/built/" ./kube-apiserver ./etcd ./kubectl
  ) && is_complete "$work/built"
}

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  if ! is_complete "$KUBEBUILDER_ASSETS"; then
    say "KUBEBUILDER_ASSETS is $KUBEBUILDER_ASSETS, but kube-apiserver, etcd and kubectl are not all in it: correct or unset it"
    exit 3
  fi
  say "using KUBEBUILDER_ASSETS"
  (cd "$KUBEBUILDER_ASSETS" && pwd)
  exit 0
fi
for version in "$built" "$published"; do
  if is_complete "$cache/$version"; then
    say "using Kubernetes $version from the cache"
    printf '%s\n' "$cache/$version"
    exit 0
  fi
done

mkdir -p "$cache"
# In the cache itself: only within one file system is a move a single step.
work=$(mktemp -d "$cache/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if $may_fetch && fetch && publish "$work/fetched" "$published"; then
  say "downloaded the published archive of Kubernetes $published"
  printf '%s\n' "$cache/$published"
elif $may_build && has_go && build && publish "$work/built" "$built"; then
  say "built Kubernetes $built from Go modules"
  printf '%s\n' "$cache/$built"
else
  say "there is no kube-apiserver here. One of these helps:"
  say "  set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl"
  say "  allow downloads from github.com"
  say "  install Go 1.26 or newer and run tools/envtest.sh, which builds them once"
  exit 3
fi
