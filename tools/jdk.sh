#!/usr/bin/env bash
# Prints the home of a JDK 25 or newer: JAVA_HOME, the java on the PATH, the usual folders; else installs one with the
# system's package manager, where that needs no question; else says how.
# usage: tools/jdk.sh [--no-install]     exit 3: there is none
#
# Sourced, it does nothing but offer its functions. find_jdk is asked at each run of bin/lintel and therefore starts no
# process (one, where the java on the PATH is a link).

lowest_java=25

# A JDK tells its version in a file of its own, which is quicker than starting it.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line major=
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#*\"}
        major=${line%%[!0-9]*}
        ;;
    esac
  done <"$1/release"
  [ -n "$major" ] && [ "$major" -ge "$lowest_java" ]
}

# Sets jdk to the first home that will do.
find_jdk() {
  local candidate on_path
  on_path=$(type -P javac) || on_path=
  if [ -L "$on_path" ]; then on_path=$(readlink -f "$on_path") || on_path=; fi
  for candidate in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* /opt/* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
      jdk=$candidate
      return 0
    fi
  done
  return 1
}

# Runs a command as root, where that needs no password; says nothing and fails where it does.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# Installs the first package of the list that apt knows.
apt_install() {
  local name
  as_root true && as_root apt-get update -qq || return 1
  for name in "$@"; do
    if apt-cache show "$name" 2>/dev/null | grep -q '^Package:'; then
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$name"
      return
    fi
  done
  return 1
}

install_jdk() {
  if command -v apt-get >/dev/null; then
    apt_install "openjdk-$lowest_java-jdk-headless" "temurin-$lowest_java-jdk"
  elif command -v dnf >/dev/null; then
    as_root dnf install -y -q "java-$lowest_java-openjdk-devel"
  elif command -v apk >/dev/null; then
    as_root apk add --quiet "openjdk$lowest_java-jdk"
  elif command -v brew >/dev/null; then
    brew install --quiet "openjdk@$lowest_java"
  else
    return 1
  fi
}

find_or_install_jdk() {
  if find_jdk; then return 0; fi
  if [ "${1:-}" != --no-install ]; then
    printf 'jdk: no JDK %s found; trying the package manager of this system\n' "$lowest_java" >&2
    if install_jdk >&2 && find_jdk; then return 0; fi
  fi
  printf 'jdk: Lintel needs a JDK %s or newer: install one (https://adoptium.net has them for all systems)\n' "$lowest_java" >&2
  printf 'jdk: and set JAVA_HOME to its folder\n' >&2
  return 3
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  find_or_install_jdk "$@" || exit
  printf '%s\n' "$jdk"
fi
