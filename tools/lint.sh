#!/usr/bin/env bash
# Checks the workflows, the action and the scripts in them. Needs Go 1.26 or newer, which fetches actionlint.
# usage: tools/lint.sh
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
go=$(type -P go || true)
[ -n "$go" ] || go=/usr/local/go/bin/go
"$go" run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 -color .github/workflows/*.yaml
