#!/usr/bin/env bash
# Measures what a person feels: `lintel check` on one small file, alone and beside a cluster, with the ahead-of-time cache and
# without it, beside `java -version`, in one run. The last lines say how many times as long each takes. kubeconform, which
# asks other questions of the same file, is there for comparison, where tools/go-tool.sh has it or can build it.
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

file=samples/writes/1-new-service.yaml
check="bin/lintel check -f $file --cluster-state samples/shop"
others=()
if kubeconform=$(tools/go-tool.sh kubeconform); then
  # Without schemas, which it would download.
  others=(--command-name 'kubeconform, without schemas' "$kubeconform -ignore-missing-schemas -schema-location /nonexistent $file")
fi
hyperfine --shell=none --warmup 3 --runs 20 \
  --command-name 'java -version' "$jdk/bin/java -version" \
  ${others[@]+"${others[@]}"} \
  --command-name 'check of one file' "bin/lintel check -f $file" \
  --command-name 'check beside a cluster' "$check" \
  --command-name 'check beside a cluster, without the cache' "env LINTEL_JAVA_OPTS=-XX:AOTMode=off $check"
