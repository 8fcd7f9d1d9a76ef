#!/usr/bin/env bash
# Proves that every rule of .golangci.yml fires: lints the small module in .ci/lint-proof, whose files break each rule
# once, and compares what is reported with the "// want LINTER" comments in it, line by line, both ways.
#
#     .ci/lint-proof.sh [GOLANGCI_LINT]
set -euo pipefail
cd "$(dirname "$0")/.."

lint=$(command -v "${1:-golangci-lint}")
tree=$(mktemp -d)
trap 'rm -r "$tree"' EXIT
cp -r .ci/lint-proof/. .golangci.yml "$tree"
cd "$tree"
for stub in $(sed -n 's|.* => ||p' go.mod); do # stand for the modules whose imports are restricted
  mkdir -p "$stub"
  printf 'module stub\n\ngo 1.26.0\n' >"$stub/go.mod"
  printf '// Package stub is empty.\npackage stub\n' >"$stub/stub.go"
done

wanted() {
  grep -rn --include='*.go' '// want ' . | sed -E 's|^\./([^:]*):([0-9]+):.*// want (.*)$|\1:\2 \3|' |
    while read -r place linters; do
      for linter in $linters; do echo "$place $linter"; done
    done | sort -u
}
reported() {
  "$lint" run --show-stats=false --output.text.print-issued-lines=false --output.text.colors=false ./... >report 2>errors ||
    [ $? -eq 1 ] || { cat errors report >&2; exit 1; }
  sed -nE 's|^([^:]+:[0-9]+)(:[0-9]+)?: .*\(([a-z]+)\)$|\1 \3|p' report | sort -u
}

wanted >wanted.txt
reported >reported.txt
if ! diff -u --label wanted wanted.txt --label reported reported.txt; then
  cat errors report >&2
  exit 1
fi
echo "lint proof: $(wc -l <wanted.txt) offences, each reported"
