#!/usr/bin/env bash
# The feature table beside pandoc: both make an EPUB of the publication's Chinese chapters; prints the table in Markdown.
# usage: epub_table.sh PROGRAM          PROGRAM is dama-pub
# pandoc comes from PyPI, the validators as validate.sh and accessibility.sh say; nothing is installed that is there already.
set -euo pipefail
program=$(realpath "${1:?usage: epub_table.sh PROGRAM}")
tools=$(realpath -m "${TOOLS:-target/tools}")
here=$(realpath "$(dirname "$0")")
export TOOLS=$tools PYTHONPATH=$here
mkdir -p "$tools"

pandoc=$tools/pandoc/pypandoc/files/pandoc
if [ ! -x "$pandoc" ]; then
  python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --no-deps --target "$tools/pandoc" pypandoc_binary==1.17 >&2
fi
python3 -c 'from ebooks import judges; judges.install()'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m ebooks.beside_pandoc "$program" "$pandoc" "$folder"
