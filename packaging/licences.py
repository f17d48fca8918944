#!/usr/bin/env python3
"""Licence notices of what the program is made of.

    licences.py OUT

Writes OUT: every crate that is part of the program on any platform, with its licence and the text of its licence files, then the fonts and
the word table. What crates are part of it, `cargo metadata` says; the texts are in the sources that cargo has fetched.
"""
import hashlib
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = ("licen", "copying", "notice", "unlicense", "copyright")


def crates():
    """The packages that the program is linked from: normal dependencies, from the root on."""
    text = subprocess.run(["cargo", "metadata", "--locked", "--format-version", "1"], cwd=ROOT, check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    data = json.loads(text)
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    packages = {package["id"]: package for package in data["packages"]}
    seen, todo = set(), [data["resolve"]["root"]]
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        for dependency in nodes[here]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                todo.append(dependency["pkg"])
    seen.discard(data["resolve"]["root"])
    return sorted((packages[one] for one in seen), key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The licence files beside the crate's manifest."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [path for path in folder.iterdir() if path.is_file() and path.name.lower().startswith(NAMES)]
    for name in ("LICENSES", "licenses", "LICENSE"):
        if (folder / name).is_dir():
            files += [path for path in (folder / name).iterdir() if path.is_file()]
    named = package.get("license_file")
    if named and (folder / named).is_file():
        files.append(folder / named)
    return [path.read_text("utf-8", "replace").strip() for path in sorted(set(files))]


def main(out):
    parts = ["The program is made of these crates, fonts and data besides its own source, which is under the Apache License 2.0.\n"]
    bodies, bare = {}, []
    for package in crates():
        found = texts(package)
        parts.append(f"{package['name']} {package['version']}: {package['license'] or 'see its file'}"
                     + (f" ({package['repository']})" if package["repository"] else ""))
        if not found:
            bare.append(f"{package['name']} {package['version']}")
        for text in found:
            key = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
            bodies.setdefault(key, (text, []))[1].append(f"{package['name']} {package['version']}")
    if bare:
        parts.append("\nWithout a licence file of their own, under the licence that stands beside their names: " + ", ".join(bare) + ".")
    for text, owners in sorted(bodies.values(), key=lambda body: body[1]):
        parts.append("\n" + "=" * 100 + "\n" + ", ".join(owners) + "\n" + "-" * 100 + "\n" + text)
    for path in sorted((ROOT / "fonts" / "licences").iterdir()):
        parts.append("\n" + "=" * 100 + f"\nfonts: {path.stem}\n" + "-" * 100 + "\n" + path.read_text("utf-8").strip())
    parts.append("\n" + "=" * 100 + "\nword table of the aligner\n" + "-" * 100 + "\n"
                 + (ROOT / "src/align/lexicon/LEXICON.md").read_text("utf-8").strip())
    pathlib.Path(out).write_text("\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
