#!/usr/bin/env bash
# Holds the SARIF that `check` writes against the schema of SARIF 2.1.0, for every book of the tests and the publication.
# usage: sarif.sh PROGRAM         exit 1 on any violation
# The schema comes with the crate serde-sarif, the validator is jsonschema from PyPI; nothing is installed twice.
set -euo pipefail
program=$(realpath "${1:?usage: sarif.sh PROGRAM}")
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=${TOOLS:-$root/target/tools}
mkdir -p "$tools/sarif/src"

if [ ! -f "$tools/sarif/schema.json" ]; then
  cat >"$tools/sarif/Cargo.toml" <<'TOML'
[package]
name = "schema"
version = "0.0.0"
[dependencies]
serde-sarif = { version = "=0.8.0", default-features = false }
[workspace]
TOML
  touch "$tools/sarif/src/lib.rs"
  manifest=$(cargo metadata --format-version 1 --manifest-path "$tools/sarif/Cargo.toml" |
    python3 -c 'import json, sys; print(next(p["manifest_path"] for p in json.load(sys.stdin)["packages"] if p["name"] == "serde-sarif"))')
  cp "$(dirname "$manifest")/src/schema.json" "$tools/sarif/schema.json"
fi
[ -d "$tools/jsonschema" ] ||
  python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --target "$tools/jsonschema" jsonschema

bad=0
for book in "$root" "$root"/tests/books/*/; do
  log="$tools/sarif/$(basename "$book").sarif"
  code=0
  (cd "$book" && "$program" check --format sarif) >"$log" || code=$?
  [ "$code" -le 1 ] || { echo "sarif  $book: the check ended with $code"; bad=1; continue; }
  PYTHONPATH="$tools/jsonschema" python3 - "$tools/sarif/schema.json" "$log" "$(basename "$book")" <<'PY' || bad=1
import json, sys
import jsonschema
schema, log = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
faults = list(jsonschema.validators.validator_for(schema)(schema).iter_errors(log))
print(f"sarif  {sys.argv[3]}: {len(log['runs'][0]['results'])} results, {len(faults)} violations")
for fault in faults:
    print("   ", "/".join(map(str, fault.path)), fault.message[:200])
sys.exit(1 if faults else 0)
PY
done
exit $bad
