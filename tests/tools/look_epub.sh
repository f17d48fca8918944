#!/usr/bin/env bash
# Every screen of every EPUB of a folder in foliate-js and epub.js, on a phone, a tablet and a desk, light and dark, on contact sheets.
# usage: look_epub.sh DIR [SECTION,…]    the sheets lie in $TOOLS/look; SECTION is a place in the reading order, from 0 (all without it)
# ENGINES, SCREENS and MODES choose among them: SCREENS=phone MODES=light,dark look_epub.sh out
# The engines come from the npm registry, Chromium from Debian's packages; nothing is installed that is there already.
set -euo pipefail
dir=${1:?usage: look_epub.sh DIR [SECTION,…]}
sections=${2:-all}
tools=$(realpath -m "${TOOLS:-target/tools}")
mkdir -p "$tools/readers"
command -v chromium >/dev/null || { apt-get update -q && apt-get install -yq --no-install-recommends chromium; } >"$tools/apt.log"
if [ ! -d "$tools/readers/node_modules/foliate-js" ]; then
  (cd "$tools/readers" && npm init -y >/dev/null && npm install --ignore-scripts --no-audit --no-fund --silent \
    puppeteer-core@24 foliate-js@1.0.1 epubjs@0.3.93 jszip@3)
fi
export PUPPETEER_EXECUTABLE_PATH=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium)}
for book in "$dir"/*.epub; do
  node "$(dirname "$0")/look/look.mjs" "$tools/readers/node_modules" "$(realpath "$book")" "$tools/look" "$sections"
done
