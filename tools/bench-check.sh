#!/usr/bin/env bash
# Measures `lintel check` on folders of generated Services, one in each file, all judged in one pass.
# usage: tools/bench-check.sh [FILES...]    (left out: 1000 10000)
# LINTEL: the command; left out: bin/lintel of this tree
set -euo pipefail

lintel=${LINTEL:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)/bin/lintel}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TIMEFORMAT=%R
LC_ALL=C
if [ $# = 0 ]; then set -- 1000 10000; fi

# Every tenth is denied, so that places and messages are part of what is measured.
generate() {
  local folder=$work/$1 i value
  mkdir "$folder"
  for ((i = 0; i < $1; i++)); do
    value=PreferClose
    if ((i % 10 == 0)); then value=PreferClosest; fi
    printf '%s\n' "apiVersion: v1" "kind: Service" "metadata:" "  name: service-$i" "  namespace: shop-$((i % 100))" \
      "  annotations:" "    networking.istio.io/traffic-distribution: $value   # where it goes" "spec:" \
      "  clusterIP: 10.$((i / 65536 % 256)).$((i / 256 % 256)).$((i % 256))" "  selector: {app: service-$i}" \
      "  ports:" "    - {name: http, port: 8080}" >"$folder/service-$i.yaml"
  done
}

# Prints how many seconds it takes; its exit code is 79, for some are denied.
measure() {
  { time { "$lintel" check -f "$work/$1" -o json >"$work/report" || [ $? = 79 ]; }; } 2>&1
}

generate 1
start=$(measure 1)
printf '%8s %10s %14s %14s\n' files seconds 'less start' 'ms per file'
printf '%8d %10s %14s %14s\n' 1 "$start" - -
last=
for count in "$@"; do
  generate "$count"
  seconds=$(measure "$count")
  net=$(awk "BEGIN { printf \"%.2f\", $seconds - $start }")
  printf '%8d %10s %14s %14s\n' "$count" "$seconds" "$net" "$(awk "BEGIN { printf \"%.3f\", 1000 * $net / $count }")"
  if [ -n "$last" ]; then
    awk "BEGIN { split(\"$last\", l); printf \"%g times the files take %.1f times as long\n\", $count / l[1], $net / l[2] }"
  fi
  last="$count $net"
done
