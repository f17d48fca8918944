#!/usr/bin/env bash
# PDFs stay what they are when they are signed: each is signed with PAdES and held against PDF/A-2a and PDF/UA-1.
# usage: pades.sh FILE…    exit 1 when a signed file fails a standard
# pyHanko comes from PyPI into a virtual environment; the key and its certificate are made for the run. The files themselves stay unsigned.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: pades.sh FILE…"; exit 2; }
tools=$(realpath -m "${TOOLS:-target/tools}")/pades
mkdir -p "$tools"
if [ ! -x "$tools/venv/bin/pyhanko" ]; then
  python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install -q --disable-pip-version-check pyhanko==0.38.0 pyhanko-cli ||
    "$tools/venv/bin/pip" install -q --disable-pip-version-check pyhanko pyhanko-cli
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=dama-pub test" -addext keyUsage=digitalSignature,nonRepudiation \
  -keyout "$work/key.pem" -out "$work/cert.pem" 2>"$work/openssl.log" || { cat "$work/openssl.log"; exit 2; }
signed=()
for pdf in "$@"; do
  [ "$(tail -c 6 "$pdf")" = "%%EOF" ] && [ "$(tail -c 1 "$pdf" | od -An -tx1 | tr -d ' ')" = 0a ] ||
    { echo "PAdES      $pdf: it does not end in %%EOF and a line end"; exit 1; }
  out="$work/$(basename "$pdf" .pdf)-signed.pdf"
  "$tools/venv/bin/pyhanko" sign addsig --field Sig1 --use-pades pemder --key "$work/key.pem" --cert "$work/cert.pem" --no-pass "$pdf" "$out" \
    >"$work/sign.log" 2>&1 || { cat "$work/sign.log"; exit 1; }
  cmp -s -n "$(stat -c %s "$pdf")" "$pdf" "$out" || { echo "PAdES      $pdf: signing changed what was there"; exit 1; }
  echo "PAdES      $pdf: signed, $(($(stat -c %s "$out") - $(stat -c %s "$pdf"))) bytes more"
  signed+=("$out")
done
"$(dirname "$0")/verapdf.sh" 2a,ua1 "${signed[@]}"
