#!/usr/bin/env bash
# Fetches a released program, holds it against SHA256SUMS and unpacks it.
# usage: install.sh VERSION FOLDER        VERSION is a tag without its v, such as 0.1.0
# DAMA_PUB_RELEASES is the address below which the releases lie: …/releases/download (file:// works too).
set -euo pipefail
version=${1:?usage: install.sh VERSION FOLDER} folder=${2:?usage: install.sh VERSION FOLDER}
releases=${DAMA_PUB_RELEASES:?the address of the releases}

# That of musl says its version and fails.
libc=$(ldd --version 2>&1 || true)
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64 | Linux-aarch64) target=$(uname -m)-unknown-linux-$(grep -qi musl <<<"$libc" && echo musl || echo gnu) ;;
  Darwin-x86_64) target=x86_64-apple-darwin ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
  *) echo "install.sh: there is no dama-pub for $(uname -s) on $(uname -m)" >&2; exit 2 ;;
esac
ending=tar.gz
[ "$target" != x86_64-pc-windows-msvc ] || ending=zip
name=dama-pub-$version-$target.$ending

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file in "$name" SHA256SUMS; do
  curl --fail --silent --show-error --location --retry 3 --output "$work/$file" "$releases/v$version/$file"
done
# A line that is missing must not count as one that fits.
grep -F "  $name" "$work/SHA256SUMS" >"$work/sum" || { echo "install.sh: SHA256SUMS does not name $name" >&2; exit 2; }
(cd "$work" && if command -v sha256sum >/dev/null; then sha256sum --check --quiet sum; else shasum --algorithm 256 --check --quiet sum; fi)

mkdir -p "$folder"
if [ "$ending" = zip ]; then
  unzip -q "$work/$name" -d "$work" && cp -R "$work/${name%.zip}/." "$folder"
else
  tar -xzf "$work/$name" -C "$folder" --strip-components 1
fi
"$folder/dama-pub" --version
