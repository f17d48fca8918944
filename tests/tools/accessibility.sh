#!/usr/bin/env bash
# Ace by DAISY over every EPUB of a folder. usage: accessibility.sh DIR        exit 1 on any violation
#                                                  accessibility.sh --install  only installs what it needs
# Ace comes from the npm registry, Chromium from Debian's packages; nothing is installed that is there already.
set -euo pipefail
dir=${1:?usage: accessibility.sh DIR | --install}
tools=${TOOLS:-target/tools}
mkdir -p "$tools/ace"
command -v chromium >/dev/null || { apt-get update -q && apt-get install -yq --no-install-recommends chromium; } >"$tools/apt.log"
if [ ! -x "$tools/ace/node_modules/.bin/ace-puppeteer" ]; then
  (cd "$tools/ace" && npm init -y >/dev/null && npm install --ignore-scripts --no-audit --no-fund --silent \
    @daisy/ace@1.4.6 @daisy/ace-cli@1.4.6 @daisy/ace-axe-runner-puppeteer@1.4.6)
fi
[ "$dir" != --install ] || exit 0

export PUPPETEER_EXECUTABLE_PATH=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium)}
bad=0
for book in "$dir"/*.epub; do
  report="$tools/ace/$(basename "$book" .epub)"
  rm -rf "$report"
  "$tools/ace/node_modules/.bin/ace-puppeteer" -s -f -o "$report" "$book" >"$report.log" 2>&1 || true
  python3 - "$report/report.json" "$book" <<'PY' || bad=1
import json, sys
try:
    report = json.load(open(sys.argv[1]))
except OSError:
    sys.exit(f"Ace  {sys.argv[2]}: no report was made")
found = [a["earl:test"] for d in report.get("assertions", []) for a in d.get("assertions", [])]
print(f"Ace  {sys.argv[2]}: {len(found)} violations")
for test in found:
    print("   ", test.get("earl:impact"), test.get("dct:title"))
sys.exit(1 if found else 0)
PY
done
exit $bad
