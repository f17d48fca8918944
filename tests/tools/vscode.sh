#!/usr/bin/env bash
# The extension of VS Code: its types, its bundle, its package, and a session with the server through the library that its client is made with.
# usage: vscode.sh PROGRAM    the package is editors/vscode/out/dama-pub.vsix; what it is built with comes from the npm registry
# VS Code itself is not started: it would have to be downloaded from elsewhere than a registry.
set -euo pipefail
program=$(realpath "${1:?usage: vscode.sh PROGRAM}")
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root/editors/vscode"
[ -d node_modules/vscode-languageclient ] || npm install --ignore-scripts --no-audit --no-fund --silent --no-package-lock
# esbuild's program comes in a package of its own, so that no script need run.
mkdir -p out schemas
cp "$root"/docs/schemas/{book,glossary}.schema.json schemas/
cp "$root/LICENSE" .
npm run --silent compile
npm run --silent package
node test/server.mjs "$program"
