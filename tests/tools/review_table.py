"""Gives review tables to word processors and shows what comes back: a line for each way and each program.

usage: review_table.py READER FOLDER FILE.docx…
READER is the example `review_table`. FOLDER takes what is made on the way.
"""
import copy
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

try:
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
except ImportError:
    sys.exit("SKIPPED: python-docx is not installed (tests/tools/review_table.sh installs it)")

FORMS = {
    "docx": ["docx:MS Word 2007 XML"],
    "doc": ["doc:MS Word 97", "docx:MS Word 2007 XML"],
    "odt": ["odt", "docx:MS Word 2007 XML"],
    "rtf": ["rtf:Rich Text Format", "docx:MS Word 2007 XML"],
}


def read(reader, path):
    """What the program reads: units by their names, remarks, refusals."""
    lines = subprocess.run([reader, "read", path], check=True, capture_output=True, text=True).stdout.splitlines()
    rows = [line.split("\t") for line in lines]
    units = {row[1]: row[2:4] for row in rows if row[0] == "unit"}
    return units, [row[2:] for row in rows if row[0] == "remark"], [row[1] for row in rows if row[0] == "refused"]


def rows_of(document):
    """The rows of all tables without their heads."""
    return [row for table in document.tables for row in table.rows[1:]]


def editable(document):
    """The first row whose translation has a long piece of text by itself: its cell and the run."""
    for row in rows_of(document):
        for run in row.cells[2].paragraphs[0].runs:
            if len(run.text) > 20 and "⟦" not in run.text:
                return row, run
    sys.exit("the table has no translation that could be changed")


def revision(kind, number):
    element = OxmlElement(f"w:{kind}")
    for name, value in ("id", str(9000 + number)), ("author", "Reviewer"), ("date", "2026-01-01T00:00:00Z"):
        element.set(qn(f"w:{name}"), value)
    return element


def split(run, at):
    """Divides a run; the second half is given back."""
    other = copy.deepcopy(run._r)
    text = run.text
    run._r.addnext(other)
    run.text = text[:at]
    second = docx.text.run.Run(other, run._parent)
    second.text = text[at:]
    return second


def tracked(document):
    """Records an insertion, a deletion, and a move within the cell."""
    _, run = editable(document)
    second = split(run, 8)
    third = split(second, 6)
    deleted = revision("del", 1)
    second._r.addprevious(deleted)
    deleted.append(second._r)
    for text in deleted.iter(qn("w:t")):
        text.tag = qn("w:delText")
    inserted = revision("ins", 2)
    new = copy.deepcopy(run._r)
    docx.text.run.Run(new, run._parent).text = "INSERTED"
    inserted.append(new)
    deleted.addnext(inserted)
    fourth = split(third, 4)
    moved = copy.deepcopy(third._r)
    source, target = revision("moveFrom", 3), revision("moveTo", 4)
    third._r.addprevious(source)
    source.append(third._r)
    fourth._r.addnext(target)
    target.append(moved)


def commented(document):
    """A comment on a word, and a remark in the last column."""
    row, run = editable(document)
    word = split(run, 6)
    split(word, 6)
    document.add_comment(word, text="this word?", author="Reviewer", initials="R")
    row.cells[3].text = "a remark\nin two lines"


def edited(document):
    """Plain changes: a word more, a bold word less, a row cut out."""
    row, run = editable(document)
    run.text = run.text.strip() + " more"
    bold = next((run for row in rows_of(document) for run in row.cells[2].paragraphs[0].runs if run.bold), None)
    if bold is not None:
        bold.bold = None
    table = document.tables[-1]
    table._tbl.remove(table.rows[-1]._tr)


def convert(path, folder, steps):
    """The file after LibreOffice has saved it in each of several forms; nothing if it is not there."""
    if shutil.which("soffice") is None:
        return None
    for number, step in enumerate(steps):
        out = folder / f"step-{number}"
        out.mkdir(parents=True, exist_ok=True)
        profile = (folder / "profile").resolve().as_uri()
        done = subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", step, "--outdir", out, path],
            capture_output=True, text=True, timeout=120)
        path = out / f"{path.stem}.{step.split(':')[0]}"
        if not path.exists():
            sys.exit(f"LibreOffice made no {path}: {done.stdout}{done.stderr}")
    return path


def compare(before, after):
    units = [name for name in before[0] if after[0].get(name) == before[0][name]]
    changed = [name for name in after[0] if name in before[0] and after[0][name] != before[0][name]]
    return f"{len(units):5} same {len(changed):3} changed {len(after[1]):3} remarks {len(after[2]):3} refused"


def main():
    reader, folder, *files = sys.argv[1:]
    folder = Path(folder)
    bad = 0
    for path in map(Path, files):
        sent = read(reader, path)
        print(f"{path}: {len(sent[0])} units")
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
        for way in None, edited, tracked, commented:
            name = way.__name__ if way else "untouched"
            made = folder / f"{path.stem}-{name}.docx"
            document = docx.Document(path)
            if way:
                way(document)
            document.save(made)
            first = read(reader, made)
            print(f"  {name:10} python-docx      {compare(sent, first)}")
            bad += way is None and first != sent
            for form, steps in FORMS.items():
                back = convert(made, folder / form, steps)
                if back is None:
                    print(f"  {name:10} LibreOffice {form:4} SKIPPED: LibreOffice is not installed")
                    continue
                got = read(reader, back)
                same = [a == b for a, b in zip(first, got)]
                print(f"  {name:10} LibreOffice {form:4} {compare(sent, got)}{'' if all(same) else '   unlike python-docx'}")
                bad += form in ("docx", "doc") and not all(same)
                for part, is_same in zip(("unit", "remark", "refusal"), same):
                    if not is_same:
                        tell(part, first, got)
    sys.exit(1 if bad else 0)


def tell(part, first, got):
    if part == "unit":
        for name in first[0]:
            if got[0].get(name) != first[0][name]:
                print(f"    {name}\n      {first[0][name]}\n      {got[0].get(name)}")
    else:
        at = 1 if part == "remark" else 2
        print(f"    {first[at]}\n    {got[at]}")


main()
