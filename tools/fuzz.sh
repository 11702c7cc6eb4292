#!/usr/bin/env bash
# Fuzzes the project's targets with Jazzer, one after the other, and shows how far each is.
# usage: tools/fuzz.sh [TARGETS...]    (left out: review object policy host audit manifest)
# FUZZ_SECONDS: how long each is fuzzed (left out: 300)
# target/fuzz/TARGET has the log, what was learned (corpus) and findings; what is worth keeping of them is put into
# src/test/resources/fuzz/TARGET, where `make test` tries it every time.
# exit 1: there is a finding
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${FUZZ_SECONDS:-300}
work=$PWD/target/fuzz
committed=$PWD/src/test/resources/fuzz
if [ $# = 0 ]; then set -- review object policy host audit manifest; fi

tools/maven.sh --batch-mode --no-transfer-progress --quiet -Pfuzz test-compile
JAVA_HOME=$(tools/jdk.sh)
classpath=target/test-classes:target/classes:$(cat "$work/classpath")
"$JAVA_HOME/bin/java" -cp "$classpath" dev.lintel.fuzz.Seeds "$work"

# Jazzer instruments our own classes only: all others would take longer to prepare than there is time. Its hooks look
# for what Lintel has no use for (SQL, LDAP, templates), except those that guide it through comparisons.
fuzz() {
  local target=$1 findings=$work/$1/findings
  mkdir -p "$work/$target/corpus" "$findings" "$committed/$target"
  "$JAVA_HOME/bin/java" -Xmx1g -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED -cp "$classpath" \
    com.code_intelligence.jazzer.Jazzer \
    --target_class=dev.lintel.fuzz.Fuzzer --target_args="$target" \
    '--instrumentation_includes=dev.lintel.**' '--custom_hook_includes=dev.lintel.**' --reproducer_path="$findings" --keep_going=10 \
    "$work/$target/corpus" "$work/$target/seeds" "$committed/$target" \
    -dict="$work/$target/words" -artifact_prefix="$findings/" \
    -max_total_time="$seconds" -max_len=8192 -timeout=20 -rss_limit_mb=3072 -print_final_stats=1
}

# Prints how far it is every 15 seconds, as libFuzzer tells it, and each finding.
progress() {
  local target=$1 line shown=-15
  while IFS= read -r line; do
    case $line in
      '== Java Exception'* | '== libFuzzer crashing'*) printf '%s: FOUND %s\n' "$target" "$line" ;;
      stat::number_of_executed_units*) printf '%s: done, %s inputs\n' "$target" "${line##* }" ;;
      '#'*exec/s*)
        if ((SECONDS - shown >= 15)); then
          printf '%s: %s\n' "$target" "$line"
          shown=$SECONDS
        fi
        ;;
    esac
  done
}

found=0
for target in "$@"; do
  mkdir -p "$work/$target"
  fuzz "$target" 2>&1 | tee "$work/$target/log" | progress "$target" || true
  if [ -n "$(find "$work/$target/findings" -type f -print -quit)" ]; then
    printf '%s: findings in %s\n' "$target" "target/fuzz/$target/findings" >&2
    found=1
  fi
done
exit "$found"
