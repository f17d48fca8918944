#!/usr/bin/env bash
# Contact sheets of the formulas in tests/formulas/tex.txt: each as TeX, as the PDF has it, as MathML of the e-book in Chromium, and as KaTeX sets it.
# usage: formulas.sh [TABLE]    the sheets lie in $TOOLS/formulas, 40 formulas on each
# KaTeX comes from the npm registry, Chromium and pdftoppm from Debian's packages; nothing is installed that is there already.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
table=$(realpath "${1:-$here/../formulas/tex.txt}")
program=$(realpath "${DAMA_PUB:-target/release/dama-pub}")
tools=$(realpath -m "${TOOLS:-target/tools}")
work=$tools/formulas
rm -rf "$work" && mkdir -p "$work/manuscript/en" "$work/layouts/sheets" "$tools/katex"
command -v chromium >/dev/null && command -v pdftoppm >/dev/null ||
  { apt-get update -q && apt-get install -yq --no-install-recommends chromium poppler-utils unzip; } >"$tools/apt.log"
if [ ! -d "$tools/katex/node_modules/katex" ]; then
  (cd "$tools/katex" && npm init -y >/dev/null && npm install --ignore-scripts --no-audit --no-fund --silent puppeteer-core@24 katex@0.16)
fi
export PUPPETEER_EXECUTABLE_PATH=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium)}
grep -v -e '^#' -e '^$' "$table" >"$work/formulas.txt"
cp "$here/formulas/sheets.typ" "$work/layouts/sheets/layout.typ"
printf 'title: Sheets\ninterface: 1\n' >"$work/layouts/sheets/layout.yaml"
printf 'title: Formulas\nslug: f\nlanguages: [en]\ndate: 2026-01-01\nlayout: sheets\nmath: tex\n' >"$work/manuscript/book.yaml"
{ printf '# Formulas\n\n'; while IFS= read -r formula; do printf '$$ %s $$\n\n' "$formula"; done <"$work/formulas.txt"; } >"$work/manuscript/en/01.md"
(cd "$work" && "$program" build >build.log 2>&1) || { cat "$work/build.log"; exit 1; }
pdftoppm -r 110 -png "$work/out/f-en.pdf" "$work/page"
unzip -qop "$work/out/f-en.epub" '*/ch-01.xhtml' >"$work/chapter.xhtml"
node "$here/formulas/sheets.mjs" "$tools/katex/node_modules" "$work"
ls "$work"/sheet-*.png
