"""Reads the termbase of a book as other programs do, and takes it back: a line for each form.

usage: termbase.py PROGRAM BOOK         exit 1 if a form loses a term or comes back changed
translate-toolkit reads the TBX of 2008 (Weblate reads what it reads), Python's csv the table.
"""
import csv
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from translate.storage import tbx
except ImportError:
    tbx = None


def words(form, path):
    """Pairs of source and target that another program finds; nothing if there is none to ask."""
    if form == "tsv":
        with open(path, encoding="utf-8-sig", newline="") as table:
            rows = list(csv.reader(table, delimiter="\t"))
        return [(row[1], row[2]) for row in rows[1:]]
    if form == "tbx" and tbx is not None:
        return [(unit.source, unit.target) for unit in tbx.tbxfile.parsefile(str(path)).units]
    return None


def main():
    program, book = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copytree(book / "manuscript", copy / "manuscript")
        if (book / "layouts").is_dir():
            shutil.copytree(book / "layouts", copy / "layouts")
        glossary = copy / "manuscript" / "glossary.yaml"
        before = glossary.read_bytes()
        expected = None
        for form in "tsv", "tbx", "tbx3":
            path = Path(folder) / f"terms.{form}"
            subprocess.run([program, "terms", copy, "--export", form, "--out", path], check=True, capture_output=True)
            found = words(form, path)
            expected = expected or found
            done = subprocess.run([program, "terms", copy, "--import", path], capture_output=True, text=True)
            same = done.returncode == 0 and glossary.read_bytes() == before
            told = "SKIPPED: no reader here" if found is None else f"{len(found)} terms, {'as' if found == expected else 'unlike'} the table"
            print(f"  {form:5} {told:34} {'comes back unchanged' if same else 'COMES BACK CHANGED: ' + done.stderr}")
            bad += not same or found not in (None, expected)
            glossary.write_bytes(before)
    sys.exit(1 if bad else 0)


main()
