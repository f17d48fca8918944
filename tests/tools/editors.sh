#!/usr/bin/env bash
# The configurations of editors/, in the editors that Debian has: Neovim (findings, completion, a name changed in both languages, a quick fix), and
# Emacs with eglot where that is there.
# usage: editors.sh PROGRAM    editors come from Debian's packages; nothing is installed that is there already.
set -euo pipefail
program=$(realpath "${1:?usage: editors.sh PROGRAM}")
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v nvim >/dev/null || { apt-get update -q && apt-get install -yq --no-install-recommends neovim; } >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/manuscript/zh" "$work/manuscript/en"
cat >"$work/manuscript/book.yaml" <<'BOOK'
title: {zh: 灯, en: The Lamp}
languages: [zh, en]
date: 2026-03-01
layout: book
BOOK
cat >"$work/manuscript/references.yaml" <<'WORKS'
ash2019:
  type: article
  title: A Theory of Lamps
  author: Ash, Ann
  date: 2019
WORKS
printf -- '---\ntitle: 灯\n---\n\n## 光 {#sec:light}\n\n灯芯亮了十二年[@ash2019]，见[](#sec:light)。\n\n夜里，船从海上回来。\n' >"$work/manuscript/zh/01-a.md"
printf -- '---\ntitle: The Lamp\n---\n\n## Light {#sec:light}\n\nThe wick burned for twenty years [@ahs2019], see [](#sec:light).\n\nAt night the ships came back from the sea.\n' \
  >"$work/manuscript/en/01-a.md"
PROGRAM=$program BOOK=$work nvim --headless -u NONE -i NONE -c "luafile $root/editors/nvim/session.lua"
if command -v emacs >/dev/null && emacs --batch --eval '(require (quote eglot))' 2>/dev/null; then
  emacs --batch -l "$root/editors/emacs/dama-pub.el" -l "$root/editors/emacs/session.el" "$program" "$work"
else
  echo "Emacs: skipped, there is no eglot"
fi
