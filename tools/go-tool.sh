#!/usr/bin/env bash
# Prints the path of a program of others that tests, checks and benchmarks use: the one on the PATH, or else one that is
# built once from its Go module and kept in ~/.cache/lintel. What it took is on stderr.
# usage: tools/go-tool.sh [--no-build] actionlint|helm|kubeconform
# exit 3: it is not there, and cannot be built here (the remedy is on stderr)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
may_build=true
if [ "${1:-}" = --no-build ]; then
  may_build=false
  shift
fi
name=${1:-}
case $name in
  actionlint) package=github.com/rhysd/actionlint/cmd/actionlint version=v1.7.12 ;;
  # The newest one that Go 1.26 builds without fetching its successor.
  helm) package=helm.sh/helm/v4/cmd/helm version=v4.2.3 ;;
  kubeconform) package=github.com/yannh/kubeconform/cmd/kubeconform version=v0.8.0 ;;
  *)
    printf 'usage: tools/go-tool.sh [--no-build] actionlint|helm|kubeconform\n' >&2
    exit 2
    ;;
esac

if type -P "$name"; then exit 0; fi
folder=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/go-tools
goal=$folder/$name-${version#v}
if [ -x "$goal/$name" ]; then
  printf '%s\n' "$goal/$name"
  exit 0
fi

PATH=$PATH:/usr/local/go/bin
if $may_build && command -v go >/dev/null; then
  mkdir -p "$folder"
  # In the same file system: only there is a move a single step.
  work=$(mktemp -d "$folder/.work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  if CGO_ENABLED=0 GOBIN=$work GOFLAGS='' "$here/attend.sh" "building $name ${version#v} from its Go module (once)" \
    nice go install -trimpath -ldflags '-s -w' "$package@$version"; then
    mkdir -p "$goal"
    mv "$work/$name" "$goal/$name"
    printf '%s\n' "$goal/$name"
    exit 0
  fi
fi
printf '%s: there is none here. Put one on the PATH, or install Go 1.26 or newer and run tools/go-tool.sh %s, which builds it\n' \
  "$name" "$name" >&2
exit 3
