#!/usr/bin/env bash
# The schemas of book.yaml and glossary.yaml in the server that editors use for YAML: it takes good books, and names the fault of a bad one.
# usage: schema.sh PROGRAM    yaml-language-server comes from the npm registry; nothing is installed that is there already.
set -euo pipefail
program=$(realpath "${1:?usage: schema.sh PROGRAM}")
tools=$(realpath -m "${TOOLS:-target/tools}")
if [ ! -d "$tools/yaml/node_modules/yaml-language-server" ]; then
  mkdir -p "$tools/yaml"
  (cd "$tools/yaml" && npm init -y >/dev/null && npm install --ignore-scripts --no-audit --no-fund --silent yaml-language-server@1)
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" schema book >"$work/book.schema.json"
"$program" schema glossary >"$work/glossary.schema.json"
root=$(cd "$(dirname "$0")/../.." && pwd)
node "$root/tests/tools/schema/client.mjs" "$tools/yaml/node_modules/yaml-language-server/bin/yaml-language-server" \
  "$work" "$root"/manuscript/{book,glossary}.yaml "$root"/tests/books/{minimal,kinds,facing}/manuscript/book.yaml
