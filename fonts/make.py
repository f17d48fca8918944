#!/usr/bin/env python3
"""Makes the font files of this folder and their list `fonts.yaml`, or checks them.

    make.py            make every font again from the upstream packages
    make.py --check    compare the files with fonts.yaml, and the cut-down ones with the characters promised

Making needs these packages, which are not installed by this script:

    Debian  fonts-noto-cjk 1:20220127+repack1-1, fonts-lxgw-wenkai 1.250+repack-1
    PyPI    fonttools 4.38.0 (or Debian's python3-fonttools of that version)
    npm     source-serif 4.5.1, source-sans 3.52.0, source-code-pro 2.42.0,
            @expo-google-fonts/noto-emoji 0.4.7, @expo-google-fonts/noto-sans-symbols-2 0.4.1
    crates  typst-assets 0.15.1 (there once the program has been built)

Checking the sums needs nothing; checking the characters needs fonttools and is left out, with a word, without it.
"""

import argparse
import glob
import hashlib
import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST = HERE / "fonts.yaml"
FONTTOOLS = "4.38.0"
CHINESE_FACE = 2  # Simplified Chinese in the Noto CJK collections

NOTO = "Debian fonts-noto-cjk 1:20220127+repack1-1"
WENKAI = "Debian fonts-lxgw-wenkai 1.250+repack-1"
NOTO_PLACE = "{root}/usr/share/fonts/opentype/noto/"
WENKAI_PLACE = "{root}/usr/share/fonts/truetype/lxgw-wenkai/"


@dataclass(frozen=True)
class Package:
    """Where files come from: the package as people install it, its place on disk, its project."""

    name: str
    place: str
    project: str
    licence: str
    licence_file: str


PACKAGES = {
    "noto": Package(
        NOTO, NOTO_PLACE, "https://github.com/notofonts/noto-cjk", "OFL-1.1-no-RFN", "NotoCJK-OFL.txt"
    ),
    "wenkai": Package(
        WENKAI, WENKAI_PLACE, "https://github.com/lxgw/LxgwWenKai", "OFL-1.1-RFN", "LXGWWenKai-OFL.txt"
    ),
    "source-serif": Package(
        "npm source-serif 4.5.1",
        "{npm}/source-serif/OTF/",
        "https://github.com/adobe-fonts/source-serif",
        "OFL-1.1-RFN",
        "SourceSerif-OFL.md",
    ),
    "source-sans": Package(
        "npm source-sans 3.52.0",
        "{npm}/source-sans/OTF/",
        "https://github.com/adobe-fonts/source-sans",
        "OFL-1.1-RFN",
        "SourceSans-OFL.md",
    ),
    "source-code": Package(
        "npm source-code-pro 2.42.0",
        "{npm}/source-code-pro/OTF/",
        "https://github.com/adobe-fonts/source-code-pro",
        "OFL-1.1-RFN",
        "SourceCodePro-OFL.md",
    ),
    "emoji": Package(
        "npm @expo-google-fonts/noto-emoji 0.4.7",
        "{npm}/@expo-google-fonts/noto-emoji/400Regular/",
        "https://github.com/googlefonts/noto-emoji",
        "OFL-1.1-no-RFN",
        "NotoEmoji-OFL.txt",
    ),
    "symbols": Package(
        "npm @expo-google-fonts/noto-sans-symbols-2 0.4.1",
        "{npm}/@expo-google-fonts/noto-sans-symbols-2/400Regular/",
        "https://github.com/notofonts/symbols",
        "OFL-1.1-no-RFN",
        "NotoSansSymbols-OFL.txt",
    ),
    "typst-assets": Package(
        "crates.io typst-assets 0.15.1",
        "{crates}/typst-assets-0.15.1/files/fonts/",
        "https://ctan.org/pkg/newcomputermodern",
        "LPPL-1.3c",
        "NewComputerModern-GUST.txt",
    ),
}


@dataclass(frozen=True)
class Face:
    """One file of this folder; `subset` names the characters it is cut down to, or is empty for an untouched copy."""

    file: str
    family: str
    style: str
    weight: int
    package: str
    original: str
    subset: str = ""


def unchanged(family, package, stem, faces):
    """The faces of a family whose files are copied as they are."""
    kinds = {
        "Regular": ("normal", 400),
        "It": ("italic", 400),
        "Semibold": ("normal", 600),
        "Bold": ("normal", 700),
        "BoldIt": ("italic", 700),
    }
    names = ((face, f"{stem}-{face}.otf") for face in faces)
    return [Face(name, family, *kinds[face], package, name) for face, name in names]


TEXT = ("Regular", "It", "Semibold", "Bold", "BoldIt")
FACES = [
    Face("NotoSerifCJKsc-Regular.otf", "Noto Serif CJK SC", "normal", 400, "noto", "NotoSerifCJK-Regular.ttc", "full"),
    Face("NotoSerifCJKsc-Bold.otf", "Noto Serif CJK SC", "normal", 700, "noto", "NotoSerifCJK-Bold.ttc", "full"),
    Face("NotoSansCJKsc-Regular.otf", "Noto Sans CJK SC", "normal", 400, "noto", "NotoSansCJK-Regular.ttc", "full"),
    Face("NotoSansCJKsc-Bold.otf", "Noto Sans CJK SC", "normal", 700, "noto", "NotoSansCJK-Bold.ttc", "full"),
    Face("DamaKai-Regular.ttf", "Dama Kai", "normal", 400, "wenkai", "LXGWWenKai-Regular.ttf", "quotation"),
    *unchanged("Source Serif 4", "source-serif", "SourceSerif4", TEXT),
    *unchanged("Source Serif 4 Display", "source-serif", "SourceSerif4Display", ("Regular", "It", "Bold")),
    *unchanged("Source Sans 3", "source-sans", "SourceSans3", TEXT),
    *unchanged("Source Code Pro", "source-code", "SourceCodePro", ("Regular", "It", "Bold", "BoldIt")),
    Face("NotoEmoji-Regular.ttf", "Noto Emoji", "normal", 400, "emoji", "NotoEmoji_400Regular.ttf", "emoji"),
    Face(
        "NotoSansSymbols2-Regular.ttf",
        "Noto Sans Symbols 2",
        "normal",
        400,
        "symbols",
        "NotoSansSymbols2_400Regular.ttf",
        "symbols",
    ),
    Face("NewCMMath-Regular.otf", "New Computer Modern Math", "normal", 400, "typst-assets", "NewCMMath-Regular.otf"),
]

# `fwid` gives the dash and the middle dot of Chinese their full width, which the serif faces do not by default.
# `locl` is left out on purpose: it carries the Japanese, Korean and Taiwan shapes along and doubles the file.
FEATURES = ["kern", "liga", "ccmp", "mark", "mkmk", "vert", "halt", "fwid", "chws", "palt"]

# Inclusive ranges of code points beside the Chinese characters.
RANGES = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin tone letters
    (0x01F8, 0x01F9),  # ǹ
    (0x02C6, 0x02DD),  # spacing modifiers: tone marks
    (0x0300, 0x030C),  # combining accents
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E3E, 0x1E3F),  # ḿ
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like
    (0x2150, 0x218B),  # fractions and Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x24FF),  # enclosed numbers and letters
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x27BF),  # miscellaneous symbols, dingbats
    (0x2E3A, 0x2E3B),  # two- and three-em dashes
    (0x3000, 0x303F),  # CJK punctuation
    (0x3200, 0x33FF),  # enclosed and squared CJK
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFF00, 0xFFEF),  # half- and full-width forms
]

# What a font for quotations needs beside GB 2312.
FEW_RANGES = [(0x0020, 0x007E), (0x00A0, 0x00FF), (0x2010, 0x2027), (0x2E3A, 0x2E3B), (0x3000, 0x301F), (0xFF01, 0xFF5E)]

# Marks that LXGW WenKai draws in Latin width: left out, so that the next font gives them in Chinese width.
LATIN_WIDTH = {0x00B7, 0x2018, 0x2019, 0x201C, 0x201D}

# Every emoji of one colour: the blocks that hold them, and what joins and varies them.
EMOJI_RANGES = [
    (0x0023, 0x0039),  # # * and digits, for key caps
    (0x00A9, 0x00AE),  # © ®
    (0x200D, 0x200D),  # zero-width joiner
    (0x203C, 0x2049),  # ‼ ⁉
    (0x20E3, 0x20E3),  # combining key cap
    (0x2122, 0x2139),  # ™ ℹ
    (0x2194, 0x2BFF),  # arrows, technical, miscellaneous symbols, dingbats
    (0x3030, 0x303D),  # 〰 〽
    (0x3297, 0x3299),  # ㊗ ㊙
    (0xFE0F, 0xFE0F),  # emoji presentation
    (0x1F000, 0x1FAFF),  # the emoji themselves, flags, skin tones
]

# Symbols that the text faces lack: arrows, key symbols, control pictures, dingbats.
SYMBOL_RANGES = [(0x2190, 0x21FF), (0x2300, 0x2426), (0x25A0, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF)]

# Common signs of lists, notes and manuals, which the two faces of symbols must not lack.
COMMON = {
    "emoji": "✅❌❎❓❗➕➖⚡⚙⚠⛔✨⭐⏰⏳☕♿✈✉🚀👍👎🎉🔥💡📌📝📚🔍🔒🔑🟢🟡🔴🟩😀🤔👩👧🏽🇨🇳❤",
    "symbols": "☒☛✎✐➔➜➤✓✔✗✘⬅⬆⬇␣␤",
}

SUBSETS = {
    "full": "通用规范汉字表 (8105 characters), GB 2312, Latin, Greek, Cyrillic, punctuation and symbols; "
    "features " + " ".join(FEATURES) + "; without hints",
    "quotation": "GB 2312, Latin-1 and punctuation, less quotation marks and the middle dot; renamed; without hints",
    "emoji": "all emoji, with their sequences; without hints",
    "symbols": "arrows, technical signs, control pictures, geometric shapes, miscellaneous symbols and dingbats; without hints",
}


def gb2312():
    """The code points of GB 2312: its symbols (rows 1 to 9) and its 6763 Chinese characters."""
    points = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # an empty cell of the standard
    return points


def standard_characters():
    """The code points of 通用规范汉字表."""
    text = (HERE / "characters-8105.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    points = {ord(character) for line in lines for character in line}
    assert len(points) == 8105, f"characters-8105.txt holds {len(points)} characters"
    return points


def promised(subset):
    """The Chinese characters and symbols that a subset must not lack."""
    if subset in COMMON:
        return set(map(ord, COMMON[subset]))
    return gb2312() | standard_characters() if subset == "full" else gb2312() - LATIN_WIDTH


def wanted(subset):
    """Every code point that a subset keeps where the original has it."""
    ranges = {"full": RANGES, "quotation": FEW_RANGES, "emoji": EMOJI_RANGES, "symbols": SYMBOL_RANGES}[subset]
    points = promised(subset).union(*(range(first, last + 1) for first, last in ranges))
    return points - LATIN_WIDTH if subset == "quotation" else points


def fonttools():
    """The fontTools package, of the pinned version: another one gives other bytes."""
    try:
        import fontTools
        import fontTools.subset
    except ImportError:
        sys.exit(f"fonttools is missing: install PyPI's fonttools {FONTTOOLS} or Debian's python3-fonttools")
    if fontTools.version != FONTTOOLS:
        print(f"warning: fonttools {fontTools.version} is not {FONTTOOLS}, so the bytes may differ", file=sys.stderr)
    return fontTools


def rename(font, family):
    """Gives a modified font a name of our own, as the Reserved Font Name clause of its licence asks."""
    table = font["name"]
    version = table.getDebugName(5)
    postscript = family.replace(" ", "") + "-Regular"
    names = {1: family, 3: f"{family}:{version}", 4: family, 6: postscript}
    table.names = [record for record in table.names if record.platformID == 3 and record.langID == 0x409]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    kept = "A subset, renamed, of the font whose copyright notice stands in this table."
    table.setName(kept, 10, 3, 1, 0x409)


def subset(face, source, target):
    """Writes the cut-down font; the same input gives the same bytes."""
    tools = fonttools()
    options = tools.subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = False
    options.recalc_timestamp = False
    options.font_number = CHINESE_FACE if source.suffix == ".ttc" else -1
    font = tools.subset.load_font(str(source), options)
    subsetter = tools.subset.Subsetter(options)
    subsetter.populate(unicodes=wanted(face.subset))
    subsetter.subset(font)
    if face.family != font["name"].getBestFamilyName():
        rename(font, face.family)
    tools.subset.save_font(font, str(target), options)


def find(face, roots):
    """The original file of a face, or the end of the run with what to install."""
    package = PACKAGES[face.package]
    path = Path(package.place.format(**roots)) / face.original
    found = sorted(glob.glob(str(path)))
    if not found:
        sys.exit(f"{path} is missing: install {package.name}, or say where it is (see --help)")
    return Path(found[0])


def digest(path):
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listing():
    """The text of fonts.yaml for the files that are there."""
    lines = ["# Fonts in the order in which they are loaded. Made by make.py: do not edit by hand.", ""]
    for face in FACES:
        package = PACKAGES[face.package]
        entry = {
            "file": face.file,
            "family": face.family,
            "style": face.style,
            "weight": face.weight,
            "sha256": digest(HERE / face.file),
            "licence": package.licence,
            "licence-file": f"licences/{package.licence_file}",
            "source": {"package": package.name, "file": face.original, "project": package.project},
            **({"renamed": True} if face.package == "wenkai" else {}),
            "subset": SUBSETS[face.subset] if face.subset else "none: the file as its makers publish it",
        }
        for number, (key, value) in enumerate(entry.items()):
            lines.append(("- " if number == 0 else "  ") + f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def make(roots):
    """Makes every font and the list."""
    sources = [(face, find(face, roots)) for face in FACES]
    for face, source in sources:
        target = HERE / face.file
        if face.subset:
            subset(face, source, target)
        else:
            shutil.copyfile(source, target)
        print(f"{target.stat().st_size:>9}  {face.file}")
    LIST.write_text(listing(), encoding="utf-8")
    total = sum((HERE / face.file).stat().st_size for face in FACES)
    print(f"{total:>9}  in all")


def listed():
    """The sums that fonts.yaml gives, by file name."""
    text = LIST.read_text(encoding="utf-8")
    return dict(re.findall(r'^- file: "([^"]+)"$(?:\n  .*$)*?\n  sha256: "([0-9a-f]{64})"$', text, re.MULTILINE))


def check():
    """Every way in which the files differ from the list, and the characters that a Chinese font lacks."""
    troubles = []
    sums = listed()
    for face in FACES:
        path = HERE / face.file
        if not path.is_file():
            troubles.append(f"{face.file} is missing")
        elif face.file not in sums:
            troubles.append(f"{face.file} is not in fonts.yaml")
        elif digest(path) != sums[face.file]:
            troubles.append(f"{face.file} is not the file of which fonts.yaml gives the sum")
        elif face.subset:
            troubles += lacking(face)
        if not (HERE / "licences" / PACKAGES[face.package].licence_file).is_file():
            troubles.append(f"the licence of {face.file} is missing")
    known = {face.file for face in FACES}
    present = {path.name for path in HERE.iterdir() if path.suffix in (".otf", ".ttf", ".ttc")}
    troubles += [f"{name} is in fonts.yaml and not made by make.py" for name in sorted(set(sums) - known)]
    troubles += [f"{name} is in the folder and not in fonts.yaml" for name in sorted(present - set(sums))]
    return troubles


def lacking(face):
    """What a Chinese font lacks of the characters promised."""
    try:
        from fontTools.ttLib import TTFont
    except ImportError:
        print(f"{face.file}: characters not checked, because fonttools is not installed")
        return []
    with TTFont(HERE / face.file, lazy=True) as font:
        missing = sorted(promised(face.subset) - set(font.getBestCmap()))
    print(f"{face.file}: {len(missing)} of {len(promised(face.subset))} characters missing")
    if not missing:
        return []
    return [f"{face.file} lacks {''.join(map(chr, missing[:40]))}"]


def main():
    """Reads the command line; the exit code is 1 if a check found something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cargo = os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))
    parser.add_argument("--check", action="store_true", help="only compare the files with fonts.yaml")
    parser.add_argument("--root", default="", help="folder under which Debian's /usr is (default: /)")
    parser.add_argument("--npm", default=str(HERE.parent / "target/fonts/node_modules"), help="a node_modules folder")
    parser.add_argument("--crates", default=f"{cargo}/registry/src/*", help="folder of unpacked crates")
    arguments = parser.parse_args()
    if not arguments.check:
        make({"root": arguments.root, "npm": arguments.npm, "crates": arguments.crates})
    troubles = check()
    for trouble in troubles:
        print(f"error: {trouble}", file=sys.stderr)
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
