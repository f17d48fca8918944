#!/usr/bin/env python3
"""Plants defects in e-books and manuscripts, one each, and shows who catches them.

usage: epub_mutants.py PROGRAM [NAME…]     PROGRAM is dama-pub; names limit the run to some defects

The sound book is the publication with an ISBN, a cover and a claim of conformance; a manuscript is a copy of tests/books/kinds. A
defect of a package is shown to the promises of tests/it/epub_promises.rs, to EPUBCheck and to Ace; one of a manuscript to `dama-pub
build` and `check`, and the e-book that is built in spite of it to the other two. Ends with 1 where nobody catches a defect.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ebooks import defects, judges, manuscripts
from ebooks.package import Package
from ebooks.pictures import png

KINDS = judges.REPOSITORY / "tests/books/kinds"
EXTRA = """identifier: {zh: {print: 978-7-302-00001-3, epub: 978-7-302-00002-0}}
epub: {accessibility: {conforms-to: wcag-2.2-aa, certified-by: 编者}}
"""


def run(*command):
    done = subprocess.run(command, text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def sound_book(program, work):
    """Builds the sound book and gives its folder of artifacts."""
    book, out = work / "sound", work / "sound-out"
    shutil.copytree(judges.REPOSITORY / "manuscript", book / "manuscript")
    config = book / "manuscript/book.yaml"
    config.write_text(config.read_text() + EXTRA)
    colophon = book / "manuscript/zh/01-colophon.md"
    colophon.write_text(colophon.read_text().replace("标准书号：未申请", "标准书号：ISBN 978-7-302-00002-0（电子版）"))
    (book / "manuscript/images/cover.png").write_bytes(png(750, 1000))
    run(program, "build", "--format", "epub", "--out", out, book)
    return out


def plant_in_packages(wanted, sound, folder):
    folder.mkdir()
    for edition in ("zh", "bilingual"):
        shutil.copy(next(sound.glob(f"*-{edition}.epub")), folder / f"sound-{edition}.epub")
    for defect in wanted:
        book = Package(folder / f"sound-{defect.edition}.epub")
        defect.plant(book)
        book.write(folder / f"{defect.name}.epub")


def plant_in_manuscripts(program, wanted, work, folder):
    """Gives what dama-pub says of each, and gathers the Chinese e-books that it builds none the less."""
    folder.mkdir()
    said = {}
    for defect in [None, *wanted]:
        name = defect.name if defect else "sound"
        book, out = work / "m" / name, work / "m-out" / name
        shutil.copytree(KINDS, book)
        if defect:
            defect.plant(manuscripts.Manuscript(book))
        said[name] = judges.dama_pub(program, book, out)
        for epub in out.glob("*-zh.epub"):
            shutil.copy(epub, folder / f"{name}.epub")
        if defect and defect.mended and (folder / f"{name}.epub").is_file() and defect.mended(Package(folder / f"{name}.epub")):
            said[name].append("mended by `build`")
    return said


def row(defect, *findings):
    cells = ["–" if not found else ", ".join(found) for found in findings]
    return f"| {defect.what} | " + " | ".join(cells) + " |"


def table(title, first, wanted, answers):
    """Prints a table and gives the defects that nobody catches."""
    print(f"| {title} | {first} | EPUBCheck 5.3.0 | Ace 1.4.6 |\n|---|---|---|---|")
    missed = []
    for defect in wanted:
        found = [answer.get(defect.name) or [] for answer in answers]
        print(row(defect, *found))
        missed += [] if any(found) else [defect]
    print()
    return missed


def hold_sound(names, answers):
    """Nobody may find anything in the sound books: a finding of theirs would count for every defect."""
    for name in names:
        for answer in answers:
            if answer.get(name):
                sys.exit(f"the sound book {name} has findings: {answer[name]}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, names = Path(sys.argv[1]).resolve(), sys.argv[2:]
    chosen = lambda all_of_them: [d for d in all_of_them if not names or d.name in names]
    packages, texts = chosen(defects.DEFECTS), chosen(manuscripts.DEFECTS)
    judges.install()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        plant_in_packages(packages, sound_book(program, work), work / "packages")
        said = plant_in_manuscripts(program, texts, work, work / "built")
        missed = []
        for what, first, wanted, folder, sound in [
            ("in a package", "promises", packages, work / "packages", ["sound-zh", "sound-bilingual"]),
            ("in a manuscript", "dama-pub", texts, work / "built", ["sound"]),
        ]:
            books = sorted(folder.glob("*.epub"))
            ours = judges.promises(folder) if first == "promises" else said
            answers = [ours, judges.epubcheck(books, folder), judges.ace(books, folder)]
            hold_sound(sound, answers)
            missed += table(what, first, wanted, answers)
    print(f"{len(packages) + len(texts)} defects, {len(missed)} caught by nobody{':' if missed else '.'}")
    for defect in missed:
        print(f"- {defect.name}: {defect.what}")
    sys.exit(1 if missed else 0)


main()
