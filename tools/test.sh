#!/usr/bin/env bash
# Runs all tests. Those on a real kube-apiserver need its binaries; without them all others run, and the gap is said
# last, where it is read. With CI=true the gap is a failure. So it is with the test that asks the real helm.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
maven=(tools/maven.sh --batch-mode --no-transfer-progress)
work=$(mktemp -d)
getting=

# The binaries are not built any further for a run that has ended; set -m makes what builds them a process group.
trap 'if [ -n "$getting" ]; then kill -- "-$getting" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Results of an earlier run must not be taken for those of this one.
rm -rf target/surefire-reports target/failsafe-reports

if tools/envtest.sh --no-fetch --no-build >"$work/assets" 2>"$work/source" &&
  tools/go-tool.sh --no-build helm >"$work/helm" 2>/dev/null; then
  cat "$work/source" >&2
else
  # Getting them takes minutes, which Maven uses for its downloads and for compiling.
  set -m
  {
    tools/envtest.sh >"$work/assets" || true
    tools/go-tool.sh helm >"$work/helm" || true
  } </dev/null &
  getting=$!
  set +m
  "${maven[@]}" --quiet test-compile
  wait "$getting" || true
  getting=
fi

if [ -s "$work/helm" ]; then
  LINTEL_HELM=$(dirname "$(cat "$work/helm")")
  export LINTEL_HELM
fi
if [ -s "$work/assets" ]; then
  KUBEBUILDER_ASSETS=$(cat "$work/assets")
  export KUBEBUILDER_ASSETS
  "${maven[@]}" verify
  exit
fi

unset KUBEBUILDER_ASSETS
status=0
"${maven[@]}" verify -Dlintel.apiserver=skip || status=$?
cat >&2 <<'END'

*********************************************************************************************
  The tests on a real kube-apiserver DID NOT RUN: its binaries are not here.
  Set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl, or allow downloads
  from github.com, or install Go 1.26 or newer, with which `make test` builds them.
*********************************************************************************************
END
if [ "${CI:-}" = true ] && [ "$status" -eq 0 ]; then
  status=1
fi
exit "$status"
