#!/usr/bin/env python3
"""Contact sheets of what the layouts make: layout × trim × edition × sample.

usage: gallery.py PROGRAM [--all] [--only WORD]     PROGRAM is dama-pub

Without `--all` it draws the selection that is kept, into docs/gallery with its index; with it every combination, into
target/gallery. For each sheet it prints a line: pages, findings, pages that are blank, and those that are filled to less than half.
poppler-utils comes from Debian's packages, Pillow from PyPI; nothing is installed that is there already.
"""

import argparse
import importlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(os.environ.get("TOOLS", ROOT / "target/tools"))

# What is set: the folder of a book, and what it shows.
SAMPLES = {
    "report": (".", "the publication: openers, figures of note, charts, references"),
    "prose": ("tests/books/lamplight", "long prose: parts, quotations, notes, verse"),
    "technical": ("tests/books/technical", "code, formulas, callouts, pictures, an index"),
    "kinds": ("tests/books/kinds", "one of each block"),
    "tables": ("tests/books/long", "tables, code and words longer than a line or a page"),
    "charts": ("tests/books/charts", "charts and diagrams of every kind"),
}
# Trims that each layout is drawn in, the first by itself; what else makes a variant of it.
VARIANTS = {
    "book": {"a5": "trim: a5", "trade": "trim: trade", "16k": "trim: 16k"},
    "handbook": {"16k": "trim: 16k", "letter": "trim: letter", "a5": "trim: a5"},
    "report": {"d16k": "trim: d16k", "170x240": "trim: 170x240"},
    "parallel": {"columns": "arrangement: columns", "pages": "arrangement: pages"},
}
# What a designer looks at first, and what the repository keeps.
SELECTION = """
book prose zh a5
book prose en trade
book technical zh 16k
handbook technical zh 16k
handbook technical en letter
handbook report zh 16k
handbook prose en a5
handbook tables zh 16k
report report zh d16k
report report en d16k
report report zh 170x240
report charts en d16k
parallel report bilingual columns
parallel prose bilingual columns
parallel prose bilingual pages
parallel technical bilingual pages
"""
# The largest sheet in bytes, the pages that it shows at most, and how many stand in a row.
LARGEST, MOST, ROW = 150_000, 23, 8
# How wide a page is drawn, in pixels, and on how many colours; the next where the sheet comes out too large.
SIZES = [(240, 48), (210, 32), (180, 32), (150, 24), (120, 16), (90, 16)]
# Parts of the page where heads, folios and marks stand, which do not fill it.
HEAD, FOOT, SIDE = 0.09, 0.12, 0.06

Wanted = namedtuple("Wanted", "layout sample edition variant")


def installed():
    """Pillow and poppler-utils, installed where they are absent."""
    if not shutil.which("pdftoppm"):
        subprocess.run("apt-get update -q && apt-get install -yq --no-install-recommends poppler-utils", shell=True, check=True)
    sys.path.insert(0, str(TOOLS / "pillow"))
    try:
        import PIL.Image  # noqa: F401
    except ImportError:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--root-user-action=ignore"]
        subprocess.run([*pip, "--target", str(TOOLS / "pillow"), "pillow==13.0.0"], check=True)
        importlib.invalidate_caches()


def combinations():
    """Every sheet that there can be."""
    for layout, variants in VARIANTS.items():
        editions = ("bilingual",) if layout == "parallel" else ("zh", "en")
        for sample in SAMPLES:
            for variant in variants:
                yield from (Wanted(layout, sample, edition, variant) for edition in editions)


def without(text, *keys):
    """book.yaml without some keys and what stands indented below them."""
    return re.sub(rf"(?m)^(?:{'|'.join(keys)}):.*\n(?:[ \t]+.*\n|-.*\n)*", "", text)


def project(wanted, folder):
    """A copy of the sample with the layout as it stands in the repository, whatever the program holds."""
    for name in (wanted.layout, "kit"):
        shutil.copytree(ROOT / "layouts" / name, folder / "layouts" / name)
    shutil.copytree(ROOT / SAMPLES[wanted.sample][0] / "manuscript", folder / "manuscript")
    book = folder / "manuscript/book.yaml"
    text = without(book.read_text().rstrip() + "\n", "layout", "layouts", "editions", "pdf", "cover")
    options = VARIANTS[wanted.layout][wanted.variant]
    text += f"layout: {{name: {wanted.layout}, options: {{{options}}}}}\neditions: [{wanted.edition}]\n"
    book.write_text(text)


def findings(text):
    """How many of each level are told."""
    levels = re.findall(r"\b(error|warning|info)\[", text)
    return ", ".join(f"{levels.count(level)} {level}" for level in ("error", "warning", "info") if level in levels) or "none"


def built(program, folder):
    """The PDF of a project, or none, and what was found on its pages."""
    run = [program, "--lang", "en", "build", "--format", "pdf", "--profile", "screen", "--message-format", "short"]
    made = subprocess.run(run, cwd=folder, capture_output=True, text=True)
    pdf = next(iter((folder / "out").glob("*.pdf")), None)
    if pdf is None:
        return None, made.stdout + made.stderr
    look = [program, "--lang", "en", "check", "--pdf", "--format", "short"]
    looked = subprocess.run(look, cwd=folder, capture_output=True, text=True)
    return pdf, looked.stdout + looked.stderr


def pages(pdf):
    """The pages of a PDF as images."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        run = ["pdftoppm", "-scale-to-x", str(SIZES[0][0] * 3 // 2), "-scale-to-y", "-1", pdf, f"{folder}/p"]
        subprocess.run(run, check=True)
        return [Image.open(path).convert("RGB") for path in sorted(Path(folder).iterdir())]


def filled(page):
    """How far down a page is filled, from 0 to 1; none if nothing at all stands on it."""
    from PIL import ImageChops, Image

    if ImageChops.difference(page, Image.new("RGB", page.size, page.getpixel((0, 0)))).getbbox() is None:
        return None
    width, height = page.size
    text = page.crop((int(width * SIDE), int(height * HEAD), int(width * (1 - SIDE)), int(height * (1 - FOOT))))
    ink = ImageChops.difference(text, Image.new("RGB", text.size, (255, 255, 255))).getbbox()
    return ink[3] / text.size[1] if ink else 0.0


def sheet(pages, width):
    """The pages side by side, as they lie open: the first stands on the right."""
    from PIL import Image

    height = max(page.size[1] * width // page.size[0] for page in pages)
    edge, fold = 10, 1
    places = [(at + 1) % ROW for at in range(len(pages))]
    rows = (len(pages) + ROW) // ROW
    across = ROW * width + (ROW // 2 + 1) * edge + ROW // 2 * fold
    whole = Image.new("RGB", (across, rows * (height + edge) + edge), (150, 150, 150))
    for at, page in enumerate(pages):
        column, row = places[at], (at + 1) // ROW
        x = edge + column * width + column // 2 * (edge + fold) + column % 2 * fold
        drawn = page.resize((width, page.size[1] * width // page.size[0]), Image.LANCZOS)
        whole.paste(drawn, (x, edge + row * (height + edge)))
    return whole


def saved(pages, path):
    """Writes the sheet as large as the limit lets it be."""
    for width, colours in SIZES:
        data = io.BytesIO()
        sheet(pages, width).quantize(colours, method=2, dither=0).save(data, "PNG", optimize=True)
        if data.tell() <= LARGEST:
            break
    path.write_bytes(data.getvalue())


def line_of(images, found):
    """What is told of a sheet."""
    fill = [filled(page) for page in images]
    blank = [at for at, part in enumerate(fill, 1) if part is None]
    short = [at for at, part in enumerate(fill, 1) if part is not None and part < 0.5]
    named = lambda numbers: f"{len(numbers)} ({', '.join(map(str, numbers))})" if numbers else "0"
    return f"{len(images)} pages; findings: {findings(found)}; blank: {named(blank)}; less than half full: {named(short)}"


def drawn(program, wanted, folder):
    """Makes one sheet and gives the line for it."""
    with tempfile.TemporaryDirectory() as place:
        project(wanted, Path(place))
        pdf, found = built(program, Path(place))
        if pdf is None:
            return f"not built; findings: {findings(found)}"
        images = pages(pdf)
    saved(images[:MOST], folder / f"{'-'.join(wanted)}.png")
    return line_of(images, found)


def index(lines):
    """The page that shows the sheets."""
    out = ["# Gallery", "", "What the layouts make of the samples. Drawn by `make gallery`; edit `tests/tools/gallery.py`, not this page. Each sheet shows the"]
    out += [f"first {MOST} pages as they lie open. Pages less than half full are title pages, the ends of chapters and the like; look at the rest.", ""]
    out += ["| sample | shows |", "|---|---|"]
    out += [f"| {name} | {shows} |" for name, (_, shows) in SAMPLES.items()]
    layout = None
    for wanted, line in lines:
        if wanted.layout != layout:
            layout = wanted.layout
            out += ["", f"## {layout}"]
        title = f"{wanted.sample}, {wanted.edition}, {wanted.variant}"
        out += ["", f"### {title}", "", line, ""]
        if not line.startswith("not built"):
            out += [f"![Pages of {layout}: {title}]({'-'.join(wanted)}.png)"]
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--all", action="store_true", help="every combination, into target/gallery")
    parser.add_argument("--only", default="", help="sheets with this in their name; the index stays as it is")
    asked = parser.parse_args()
    installed()
    program = str(Path(asked.program).resolve())
    selected = [Wanted(*line.split()) for line in SELECTION.strip().splitlines()]
    wanted = [it for it in (combinations() if asked.all else selected) if asked.only in "-".join(it)]
    folder = ROOT / ("target/gallery" if asked.all else "docs/gallery")
    folder.mkdir(parents=True, exist_ok=True)
    if not asked.only:
        for old in folder.glob("*.png"):
            old.unlink()
    lines = []
    for it in wanted:
        lines.append((it, drawn(program, it, folder)))
        print(f"{'-'.join(it)}: {lines[-1][1]}", flush=True)
    if not asked.only:
        (folder / "README.md").write_text(index(lines))
    failed = any(line.startswith("not built") for _, line in lines)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
