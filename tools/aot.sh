#!/usr/bin/env bash
# Makes what lets commands other than `serve` start sooner: the JDK's ahead-of-time cache of their classes, from one run
# of `check` on the samples, and the class path for which it holds. bin/lintel does without where either is missing or
# does not fit any more.
# usage: tools/aot.sh                      for the build in this tree
#        aot.sh APP SAMPLES FOLDER         for the jars of a release in APP; the cache goes to FOLDER
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source-path=SCRIPTDIR source=jdk.sh
. "$here/jdk.sh"
find_jdk

app=${1:-${here%/*}/target/quarkus-app}
samples=${2:-${here%/*}/samples}
folder=${3:-${here%/*}/target}
jars=("$app"/app/*.jar "$app"/lib/main/*.jar "$app"/lib/boot/*.jar)
# picocli is compiled for a Java whose classes the cache does not take. A newer form of it goes first. A release has it.
picocli=$app/picocli.jar
if [ $# = 0 ]; then
  rm -f "$picocli"
  "$jdk/bin/java" "$here/aot/NewerClasses.java" "$app"/lib/main/info.picocli.picocli-*.jar "$picocli" || rm -f "$picocli"
fi
if [ -f "$picocli" ]; then jars=("$picocli" "${jars[@]}"); fi
classpath=$(
  IFS=:
  printf '%s' "${jars[*]}"
)
rm -f "$folder/lintel.aot" "$folder/lintel.classpath"

# 79 says that something would be denied, as it should.
status=0
"$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:AOTCacheOutput="$folder/lintel.aot" \
  -cp "$classpath" dev.lintel.cli.Main check -f "$samples/writes" --cluster-state "$samples/shop" || status=$?
[ "$status" = 0 ] || [ "$status" = 79 ] || exit "$status"
[ -f "$folder/lintel.aot" ]
printf '%s\n' "$classpath" >"$folder/lintel.classpath"
