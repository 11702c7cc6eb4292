#!/usr/bin/env bash
# Prints the home of a JDK 25 or newer: JAVA_HOME, the java on the PATH, the usual folders. Where there is none, it says
# what to run, or runs it: only with LINTEL_INSTALL=yes, which `make test` and `make demo` set.
# usage: tools/jdk.sh     exit 3: there is none
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
        # shellcheck disable=SC2034 # for those who source this
        jdk_version=${line%%\"*}
        major=${line%%[!0-9]*}
        ;;
    esac
  done <"$1/release"
  [ -n "$major" ] && [ "$major" -ge "$lowest_java" ]
}

# Sets jdk to the first home that will do, and jdk_version to what it is.
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

# Prints the first package of the list that apt knows, or else the first.
apt_name() {
  local name
  for name in "$@"; do
    if apt-cache show "$name" 2>/dev/null | grep -q '^Package:'; then
      printf '%s\n' "$name"
      return
    fi
  done
  printf '%s\n' "$1"
}

# Installs a package with the system's package manager if LINTEL_INSTALL=yes, and says so; else says what to run.
# usage: install_package WHAT APT-NAMES DNF-NAME APK-NAME BREW-NAME
install_package() {
  local what=$1 may=${LINTEL_INSTALL:-no} run=(as_root env DEBIAN_FRONTEND=noninteractive) words install
  if command -v apt-get >/dev/null; then
    read -ra words <<<"$2"
    if [ "$may" = yes ]; then as_root apt-get update -qq >&2 || true; fi
    install=(apt-get install -y "$(apt_name "${words[@]}")")
  elif command -v dnf >/dev/null; then
    install=(dnf install -y "$3")
  elif command -v apk >/dev/null; then
    install=(apk add "$4")
  elif command -v brew >/dev/null; then
    run=()
    install=(brew install "$5")
  else
    return 1
  fi
  if [ "$may" = yes ] && { [ ${#run[@]} = 0 ] || as_root true; }; then
    printf '%s: there is none that will do; running: %s\n' "$what" "${install[*]}" >&2
    ${run[@]+"${run[@]}"} "${install[@]}" >&2
    return
  fi
  printf '%s: there is none that will do. To install one, run%s:\n  %s\n' "$what" "${run[*]:+ as root}" "${install[*]}" >&2
  printf '%s: with LINTEL_INSTALL=yes this is done for you, where it needs no password\n' "$what" >&2
  return 1
}

find_or_install_jdk() {
  if find_jdk; then return 0; fi
  if install_package jdk "openjdk-$lowest_java-jdk-headless temurin-$lowest_java-jdk" \
    "java-$lowest_java-openjdk-devel" "openjdk$lowest_java-jdk" "openjdk@$lowest_java" && find_jdk; then
    return 0
  fi
  printf 'jdk: Lintel needs a JDK %s or newer (https://adoptium.net has them for all systems); JAVA_HOME may say where\n' \
    "$lowest_java" >&2
  return 3
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  find_or_install_jdk || exit
  printf '%s\n' "$jdk"
fi
