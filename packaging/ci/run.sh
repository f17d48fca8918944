#!/usr/bin/env bash
# Checks and builds a book for a code host: what the GitHub Action and the GitLab template have in common.
# usage: run.sh BOOK REPORTS        in the folder of the repository, with dama-pub on the PATH
# FAIL_ON is error (unless said otherwise), warning or never; BUILD=false leaves the artifacts out; EDITIONS are those to build.
# Into REPORTS go findings.json, findings.sarif, findings.html, summary.md and codequality.json; the artifacts are in BOOK/out. The exit code
# is that of the check or, where it passes, of the build. Everything is written whatever they find.
set -uo pipefail
book=${1:?usage: run.sh BOOK REPORTS} reports=${2:?usage: run.sh BOOK REPORTS}
here=$(cd "$(dirname "$0")" && pwd)
python=$(command -v python3 || command -v python)
mkdir -p "$reports"

limit=error
[ "${FAIL_ON:-error}" != warning ] || limit=warning
dama-pub check "$book" --format json --fail-on "$limit" >"$reports/findings.json"
checked=$?
[ "$checked" -le 1 ] || exit "$checked"
dama-pub check "$book" --format sarif >"$reports/findings.sarif" 2>/dev/null
dama-pub check "$book" --format html >"$reports/findings.html" 2>/dev/null
"$python" "$here/report.py" summary "$reports/findings.json" >"$reports/summary.md"
"$python" "$here/report.py" codequality "$reports/findings.json" >"$reports/codequality.json"

built=0
if [ "${BUILD:-true}" = true ]; then
  options=()
  [ -z "${EDITIONS:-}" ] || options+=(--edition "$EDITIONS")
  [ -z "${GITHUB_ACTIONS:-}" ] || options+=(--message-format github)
  dama-pub build "$book" ${options[@]+"${options[@]}"}
  built=$?
fi
[ "${FAIL_ON:-error}" != never ] || checked=0
[ "$checked" -ne 0 ] || checked=$built
exit "$checked"
