#!/usr/bin/env python3
"""Plants defects in e-books and manuscripts, one each, and shows who catches them.

usage: epub_mutants.py PROGRAM [NAME…]     PROGRAM is dama-pub; names limit the run to some defects

The sound book is the publication with an ISBN, a cover and a claim of conformance; a manuscript is a copy of
tests/books/kinds. A defect of a package is shown to the promises of tests/it/epub_promises.rs, to EPUBCheck and to
Ace; one of a manuscript to `dama-pub build` and `check`, and the e-book that is built in spite of it to the other two.
A defect of both kinds has one name, and what dama-pub says of the manuscript counts for the package, in quotation
marks of code. Ends with 1 where nobody catches a defect.
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
    run(program, "build", "--out", out, book)
    return out


def unlike_print(folder, sound):
    """The books whose page list has not as many pages as the PDF of their edition has numbers."""
    pages = {e: judges.printed(next(sound.glob(f"*-{e}.pdf"))) for e in ("zh", "bilingual")}
    editions = {d.name: d.edition for d in defects.DEFECTS} | {f"sound-{e}": e for e in pages}
    books = {path.stem: judges.listed(Package(path)) for path in folder.glob("*.epub")}
    return [name for name, count in books.items() if count != pages[editions[name]]]


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
        built = folder / f"{name}.epub"
        if defect and defect.corrected and built.is_file() and defect.corrected(Package(built)):
            said[name].append("corrected")
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


def beyond_sound(answer, sound_of):
    """What is found in a book and not in the sound one that it was made from."""
    for base in sorted(set(sound_of.values())):
        if answer.get(base):
            print(f"{base} itself: {', '.join(answer[base])}", file=sys.stderr)
    for name, base in sound_of.items():
        if answer.get(base):
            answer[name] = [found for found in answer.get(name) or [] if found not in answer[base]]
    return answer


def ask_about_packages(wanted, folder, sound, said):
    """Promises, EPUBCheck and Ace about packages; `said` is what dama-pub says of manuscripts with the same defects."""
    ours = judges.promises(folder)
    for name in unlike_print(folder, sound):
        ours[name].append("pages as in the PDF")
    for defect in wanted:
        ours[defect.name] += [f"`{found}`" for found in said.get(defect.name, [])]
    return validated(ours, folder, {d.name: f"sound-{d.edition}" for d in wanted})


def validated(ours, folder, sound_of):
    books = sorted(folder.glob("*.epub"))
    answers = [ours, judges.epubcheck(books, folder), judges.ace(books, folder)]
    return [beyond_sound(answer, sound_of) for answer in answers]


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
        answers = ask_about_packages(packages, work / "packages", work / "sound-out", said)
        missed = table("in a package", "dama-pub", packages, answers)
        answers = validated(said, work / "built", {d.name: "sound" for d in texts})
        missed += table("in a manuscript", "dama-pub", texts, answers)
    print(f"{len(packages) + len(texts)} defects, {len(missed)} caught by nobody{':' if missed else '.'}")
    for defect in missed:
        print(f"- {defect.name}: {defect.what}")
    sys.exit(1 if missed else 0)


main()
