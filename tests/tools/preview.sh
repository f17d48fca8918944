#!/usr/bin/env bash
# The live preview in headless Chromium: a new book is looked at, clicked, edited, broken and corrected, searched and copied from; its
# e-book is read; its pages and those of reports are looked over by axe-core.
# usage: preview.sh PROGRAM    the pictures lie in $TOOLS/preview
# puppeteer-core comes from the npm registry, Chromium from Debian's packages; nothing is installed that is there already.
set -euo pipefail
program=$(realpath "${1:?usage: preview.sh PROGRAM}")
tools=$(realpath -m "${TOOLS:-target/tools}")
mkdir -p "$tools/preview"
command -v chromium >/dev/null || { apt-get update -q && apt-get install -yq --no-install-recommends chromium; } >"$tools/apt.log"
if [ ! -d "$tools/browser/node_modules/puppeteer-core" ] || [ ! -d "$tools/browser/node_modules/axe-core" ]; then
  mkdir -p "$tools/browser"
  (cd "$tools/browser" && npm init -y >/dev/null && npm install --ignore-scripts --no-audit --no-fund --silent puppeteer-core@24 axe-core@4)
fi
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'kill "${watch:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
"$program" new lamplight --quiet
cd lamplight
: >"$work/log"
"$program" watch --color never 2>>"$work/log" &
watch=$!
# The first line names the address; the wait for it ends with the program, should that fail.
address=$(set +o pipefail; tail -f --pid=$watch -n +1 "$work/log" | grep -m1 -o 'http://127.0.0.1:[0-9]*/[0-9a-f]*/')
export PUPPETEER_EXECUTABLE_PATH=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium)}
node "$here/preview/preview.mjs" "$tools/browser/node_modules" "$address" "$tools/preview"
"$program" check --format html >"$work/report.html" || true
"$program" review --out "$work/review.html" --quiet
EDITS=${EDITS:-40} node "$here/preview/desk.mjs" "$tools/browser/node_modules" "$address" "$tools/preview" "$work" "$watch"
