#!/usr/bin/env python3
"""Holds records for shops against the schemas of EDItEUR.

    onix.py FILE... [--google]

Installs `onixcheck`, which carries the schemas and code lists of ONIX 2.1 to 3.1, into $TOOLS/onix if it is not there. Says for each file how many
products it has and which of them is not valid. With --google lists what the profile of Google Play Books asks for besides, in records of
ONIX 3.0; that does not count as a fault. Exit code 1 if a file is not valid.
"""
import collections
import os
import pathlib
import re
import subprocess
import sys
import venv

FOLDER = pathlib.Path(os.environ.get("TOOLS", "target/tools")) / "onix"


def validator():
    program = FOLDER / "bin" / "onixcheck"
    if not program.exists():
        venv.create(FOLDER, with_pip=True)
        subprocess.run([FOLDER / "bin" / "pip", "install", "--quiet", "onixcheck==0.9.12"], check=True)
    return program


def products(text):
    return re.findall(r"<RecordReference>([^<]*)</RecordReference>", text)


def check(program, path, *options):
    ran = subprocess.run([program, path, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # It says that a file is valid in words alone.
    return "VALID - No errors found" in ran.stdout and "INVALID" not in ran.stdout, ran.stdout


def main(args):
    google = "--google" in args
    files = [pathlib.Path(one) for one in args if not one.startswith("--")]
    if not files:
        sys.exit(__doc__)
    program, bad = validator(), 0
    for path in files:
        text = path.read_text("utf-8")
        release = re.search(r'release="([^"]*)"', text)
        good, said = check(program, path)
        bad += not good
        print(f"{path}: ONIX {release[1] if release else '?'}, {len(products(text))} products, {'valid' if good else 'NOT VALID'}")
        for reference in products(text) if good else []:
            print(f"  valid  {reference}")
        if not good:
            print(said)
        if google and release and release[1] == "3.0":
            _, said = check(program, path, "-s", "google")
            kinds = collections.Counter(re.sub(r"^.*?xml:\d+ - ", "", line) for line in said.splitlines() if line.startswith("ERROR"))
            print(f"  the profile of Google Play Books has {sum(kinds.values())} objections:")
            for kind, count in kinds.most_common():
                print(f"    {count:3} × {kind}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
