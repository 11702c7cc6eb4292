#!/usr/bin/env bash
# Runs Maven 3.8.7 or newer on a JDK 25; see tools/jdk.sh for where they are missing. The arguments are Maven's.
# exit 3: one of them is missing (the remedy is on stderr)
set -euo pipefail

lowest_maven=3.8.7
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
JAVA_HOME=$("$here/jdk.sh")
export JAVA_HOME
# shellcheck source-path=SCRIPTDIR source=jdk.sh
. "$here/jdk.sh"

is_new_enough() {
  local version
  version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1) || return 1
  [ -n "$version" ] && [ "$(printf '%s\n%s\n' "$version" "$lowest_maven" | sort -V | head -n 1)" = "$lowest_maven" ]
}

if ! is_new_enough && ! { install_package maven maven maven maven maven && is_new_enough; }; then
  printf 'maven: Lintel is built with Maven %s or newer: see https://maven.apache.org/install.html\n' "$lowest_maven" >&2
  exit 3
fi
exec mvn "$@"
