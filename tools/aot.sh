#!/usr/bin/env bash
# Makes what lets commands other than `serve` start sooner: the JDK's ahead-of-time cache of their classes, from one run
# of `check` on the samples, and the class path for which it holds. bin/lintel does without where either is missing or
# does not fit any more.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source-path=SCRIPTDIR source=jdk.sh
. tools/jdk.sh
find_jdk

app=$PWD/target/quarkus-app
jars=("$app"/app/*.jar "$app"/lib/main/*.jar "$app"/lib/boot/*.jar)
# picocli is compiled for a Java whose classes the cache does not take. A newer form of it goes first.
picocli=$app/picocli.jar
rm -f "$picocli"
if "$jdk/bin/java" tools/aot/NewerClasses.java "$app"/lib/main/info.picocli.picocli-*.jar "$picocli"; then
  jars=("$picocli" "${jars[@]}")
else
  rm -f "$picocli"
fi
classpath=$(
  IFS=:
  printf '%s' "${jars[*]}"
)
rm -f target/lintel.aot target/lintel.classpath

# 79 says that something would be denied, as it should.
status=0
"$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:AOTCacheOutput=target/lintel.aot \
  -cp "$classpath" dev.lintel.cli.Main check -f samples/writes --cluster-state samples/shop || status=$?
[ "$status" = 0 ] || [ "$status" = 79 ] || exit "$status"
[ -f target/lintel.aot ]
printf '%s\n' "$classpath" >target/lintel.classpath
