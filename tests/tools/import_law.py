"""The law of import over any files: what an independent reader finds in a source and the book has not, the report says.

usage: import_law.py DAMA-PUB FILE…    .docx .odt .rtf .html .dbk .xml .typ; the last of these needs PyPI's `typst` and pdftotext

Each file is imported into a folder that goes again. Letters and digits of the source, counted by a reader here that knows neither pandoc nor
dama-pub, less those of the chapters and of what the report has. What is over is printed; the exit code is 1 if there is any. What a reader
here gets wrong is printed, too: names of fonts in RTF, numbers that Typst counts, words that `#lorem` makes.
"""

import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from pathlib import Path

FORMS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# Destinations of RTF that are no text.
UNSEEN = set(
    "fonttbl colortbl stylesheet info pict listtable listoverridetable generator themedata datastore latentstyles fldinst xmlnstbl filetbl"
    " revtbl rsidtbl pgptbl bkmkstart bkmkend listtext pntext pnseclvl header footer headerf footerf headerl headerr footerl footerr"
    " nonshppict objdata sn sv atnid atnauthor atntime atndate atnref".split()
)


def name(element):
    return element.tag.rsplit("}")[-1] if isinstance(element.tag, str) else ""


def inside(element, left_out=()):
    """All text in an element, without that of some elements."""
    if not isinstance(element.tag, str) or name(element) in left_out:
        return ""
    return (element.text or "") + "".join(inside(child, left_out) + (child.tail or "") for child in element)


def docx(path):
    said = []
    with zipfile.ZipFile(path) as file:
        for part in file.namelist():
            if not re.match(r"word/.*\.xml$", part):
                continue
            root = ET.fromstring(file.read(part))
            for both in root.iter(FORMS):
                for form in list(both)[1:]:
                    both.remove(form)
            said += [element.text or "" for element in root.iter() if name(element) in ("t", "delText", "v")]
    return "".join(said)


def odt(path):
    left_out = ("note-citation", "sequence-decls", "date", "creator", "date-string", "creator-initials", "forms")
    with zipfile.ZipFile(path) as file:
        body = [element for element in ET.fromstring(file.read("content.xml")).iter() if element.tag.endswith(":office:1.0}text")]
        return "".join(inside(element, left_out) for element in body)


def docbook(path):
    text = Path(path).read_text(errors="replace")
    text = re.sub(r"<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", "", text, flags=re.S)
    return inside(ET.fromstring(re.sub(r"&(?!amp;|lt;|gt;|quot;|apos;|#)(\w+);", "", text)))


class Page(HTMLParser):
    said, silent = "", 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style", "title")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "title") and self.silent > 0

    def handle_data(self, data):
        self.said += "" if self.silent else data


def html(path):
    page, data = Page(convert_charrefs=True), Path(path).read_bytes()
    try:
        page.feed(data.decode())
    except UnicodeDecodeError:
        page.feed(data.decode("latin-1"))
    return page.said


def rtf(path):
    text = Path(path).read_bytes().decode("latin-1")
    page = re.search(r"\\ansicpg([1-9]\d*)", text)
    encoding = "cp" + page[1] if page else "cp1252"
    said, open_groups, silent, width, skip, data = [], [], False, 1, 0, bytearray()

    def flush():
        said.append(bytes(data).decode(encoding, "replace"))
        data.clear()

    tokens = r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|(.)"
    for word, number, code, sign, group, char in re.findall(tokens, text):
        if code or char:
            if skip:
                skip -= 1
            elif not silent:
                data += bytes([int(code, 16)]) if code else char.encode("latin-1")
            continue
        flush()
        skip = 0
        if group == "{":
            open_groups.append((silent, width))
        elif group and open_groups:
            silent, width = open_groups.pop()
        elif word in UNSEEN or sign == "*":
            silent = True
        elif word == "uc":
            width = int(number or 1)
        elif word == "u" and not silent:
            said.append(chr(int(number) % 65536))
            skip = width
    flush()
    return "".join(said).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def typst(path):
    import typst as compiler

    with tempfile.TemporaryDirectory() as folder:
        compiler.compile(path, output=f"{folder}/a.pdf")
        return subprocess.run(["pdftotext", f"{folder}/a.pdf", "-"], capture_output=True, text=True).stdout


READERS = {".docx": docx, ".odt": odt, ".rtf": rtf, ".html": html, ".dbk": docbook, ".xml": docbook, ".typ": typst}


def letters(text):
    return collections.Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def over(program, path):
    """How many letters a source has, and those of them that are nowhere."""
    with tempfile.TemporaryDirectory() as folder:
        book, report = f"{folder}/book", f"{folder}/report.json"
        done = subprocess.run([program, "import", path, "--as", book, "--report", report], capture_output=True, text=True)
        if done.returncode == 2 or not os.path.exists(book):
            raise SystemExit(f"{path}: {done.stderr}")
        left = letters(READERS[Path(path).suffix](path))
        count = sum(left.values())
        for written in [*Path(book).glob("manuscript/*/*.md"), *Path(book).rglob("book.yaml")]:
            left.subtract(letters(written.read_text()))
        for entry in json.loads(Path(report).read_text())["entries"]:
            left.subtract(letters(entry["lost"] + entry["message"]))
    return count, "".join(c * count for c, count in left.items() if count > 0)


def main():
    program, *paths = sys.argv[1:]
    total = lost = 0
    for path in paths:
        count, nowhere = over(program, path)
        total, lost = total + count, lost + len(nowhere)
        if nowhere:
            print(f"{path}: {len(nowhere)} of {count}: {nowhere[:100]}")
    print(f"{len(paths)} files, {total} letters and digits, {lost} in neither book nor report")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
