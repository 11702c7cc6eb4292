#!/usr/bin/env bash
# Runs a command that takes long and says that it is still at it: on a terminal in place, elsewhere a line every half
# minute. What the command prints is shown only if it fails. Everything goes to stderr; the exit code is the command's.
# usage: tools/attend.sh WHAT COMMAND...
set -euo pipefail

what=$1
shift
log=$(mktemp)
command_pid=

# The command is a process group of its own (set -m), and all of it ends with the one who waits for it.
trap 'if [ -n "$command_pid" ]; then kill -- "-$command_pid" 2>/dev/null || true; fi; rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

set -m
"$@" >"$log" 2>&1 </dev/null &
command_pid=$!
set +m

SECONDS=0
said=0
[ -t 2 ] || printf '%s ...\n' "$what" >&2
while kill -0 "$command_pid" 2>/dev/null; do
  if [ -t 2 ]; then
    printf '\r%s ... %d s' "$what" "$SECONDS" >&2
  elif [ $((SECONDS - said)) -ge 30 ]; then
    said=$SECONDS
    printf '%s ... %d s\n' "$what" "$SECONDS" >&2
  fi
  sleep 0.2
done

status=0
wait "$command_pid" || status=$?
command_pid=
[ -t 2 ] && printf '\r\033[K' >&2
if [ "$status" -ne 0 ]; then
  cat "$log" >&2
  printf '%s failed after %d s\n' "$what" "$SECONDS" >&2
else
  printf '%s took %d s\n' "$what" "$SECONDS" >&2
fi
exit "$status"
