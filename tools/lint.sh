#!/usr/bin/env bash
# Checks the workflows, the action, and all scripts, those within workflows and the action among them. actionlint is
# built once, with Go (tools/go-tool.sh); shellcheck has to be installed.
# usage: tools/lint.sh     exit 3: one of them is missing (the remedy is on stderr)
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
actionlint=$(tools/go-tool.sh actionlint)
if ! command -v shellcheck >/dev/null; then
  echo "lint: shellcheck is missing (on Debian: apt-get install shellcheck)" >&2
  exit 3
fi

grep -rl --null '^#!/usr/bin/env bash' .ci bin certs tools | xargs -0 shellcheck --external-sources
"$actionlint" -color .github/workflows/*.yaml

# actionlint reads the scripts of workflows, but not those of an action.
steps=$(mktemp -d)
trap 'rm -rf "$steps"' EXIT
python3 - "$steps" <<'END'
import pathlib
import re
import sys
import textwrap

lines = pathlib.Path("action.yml").read_text().splitlines()
count = 0
for start, line in enumerate(lines):
    block = re.fullmatch(r"( *)run: \|", line)
    if not block:
        continue
    body = []
    for later in lines[start + 1:]:
        if later.strip() and not later.startswith(block[1] + "  "):
            break
        body.append(later)
    count += 1
    text = "#!/usr/bin/env bash\nset -eo pipefail\n" + textwrap.dedent("\n".join(body)) + "\n"
    pathlib.Path(sys.argv[1], f"action-step-{count}.sh").write_text(text)
if count == 0:
    sys.exit("lint: no script was found in action.yml")
END
shellcheck --exclude=SC2153 "$steps"/*.sh # what `env:` sets is in no script
