#!/usr/bin/env bash
# The dependencies against deny.toml: licences, sources, what is banned, known weaknesses.
# usage: deny.sh              says so and passes where cargo-deny is not there
#        deny.sh --install    installs cargo-deny from the package registry first (some minutes)
# Weaknesses are looked up in a snapshot of RustSec's database: the folder ADVISORIES, ../shared/advisories otherwise. Nothing is
# fetched. deny.toml says how old a snapshot may be. Without one the rest is checked.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=0.20.2
tools=${TOOLS:-target/tools}
advisories=${ADVISORIES:-../shared/advisories}
export PATH="$tools/bin:$PATH"

if [ "${1:-}" = --install ] && ! command -v cargo-deny >/dev/null; then
  CARGO_PROFILE_DEV_DEBUG=0 cargo install cargo-deny --version "=$version" --locked --debug --root "$tools" --target-dir "$tools/build" ||
    echo "cargo-deny cannot be installed here"
  rm -rf "$tools/build"
fi
if ! command -v cargo-deny >/dev/null; then
  echo "SKIPPED: cargo-deny is not installed; \`make deny\` installs it"
  exit 0
fi

deny() { cargo deny --locked --offline check --hide-inclusion-graph "$@"; }

cargo fetch --locked --quiet # cargo-deny reads the manifests of every platform's dependencies
deny bans licenses sources
if [ -d "$advisories/crates" ]; then
  # The folder that cargo-deny gives to RustSec's database below `db-path`, and the time by which it tells its age.
  database=target/advisories/advisory-db-3157b0e258782691
  rm -rf "$database" && mkdir -p "$database/.git"
  cp -r "$advisories/crates" "$database/crates"
  read -r date <"$advisories/SNAPSHOT"
  touch -d "$date" "$database/.git/FETCH_HEAD"
  echo "advisories of $date"
  deny advisories
else
  echo "SKIPPED: no advisories at $advisories"
fi
