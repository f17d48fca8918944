#!/usr/bin/env bash
# What word processors give back of the review table: untouched, with recorded changes, with comments, through other formats.
# usage: review_table.sh READER [FILE.docx…]    READER is the example `review_table`; without files it writes its own table
#        review_table.sh --install              only installs what it needs
# LibreOffice comes from Debian's packages, python-docx and translate-toolkit from PyPI; nothing is installed that is there already.
set -euo pipefail
reader=${1:?usage: review_table.sh READER [FILE.docx…] | --install}
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${TOOLS:-$root/target/tools}
mkdir -p "$tools/review"

if ! command -v soffice >/dev/null; then
  echo "installing libreoffice-writer-nogui for soffice"
  { apt-get update -q && apt-get install -yq --no-install-recommends libreoffice-writer-nogui; } >"$tools/apt.log" 2>&1 ||
    { tail -3 "$tools/apt.log"; echo "SKIPPED: LibreOffice cannot be installed here; install libreoffice-writer-nogui by hand"; }
fi
[ -d "$tools/review/python" ] ||
  python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --target "$tools/review/python" python-docx==1.2.0 translate-toolkit==3.20.4 ||
  { rm -rf "$tools/review/python"; echo "SKIPPED: python-docx and translate-toolkit cannot be installed here"; }

[ "$reader" != --install ] || exit 0
[ $# -gt 0 ] || { "$reader" write "$tools/review/table.docx" && set -- "$tools/review/table.docx"; }
PYTHONPATH="$tools/review/python" python3 "$root/tests/tools/review_table.py" "$reader" "$tools/review" "$@"
