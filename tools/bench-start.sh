#!/usr/bin/env bash
# Measures what a person feels: `lintel check` on one small file, with the ahead-of-time cache and without it, beside
# `java -version`, in one run. The last lines say how many times as long each takes.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source-path=SCRIPTDIR source=jdk.sh
. tools/jdk.sh
find_jdk
command -v hyperfine >/dev/null || {
  echo "bench-start: hyperfine is missing (on Debian: apt-get install hyperfine)" >&2
  exit 1
}
[ -f target/lintel.aot ] || {
  echo "bench-start: there is no cache yet; run \`make build\`" >&2
  exit 1
}

check="bin/lintel check -f samples/writes/1-new-service.yaml --cluster-state samples/shop"
hyperfine --shell=none --warmup 3 --runs 20 \
  --command-name 'java -version' "$jdk/bin/java -version" \
  --command-name 'check, with the cache' "$check" \
  --command-name 'check, without it' "env LINTEL_JAVA_OPTS=-XX:AOTMode=off $check"
