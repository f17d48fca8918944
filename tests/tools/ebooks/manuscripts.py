"""Defects of a manuscript: each a name, what is wrong, the change that plants it, and what a build may do about it."""

import re
from pathlib import Path
from typing import Callable, NamedTuple, Optional

from .package import NotPlanted, Package
from .pictures import jpeg_cmyk, png

CHAPTER = "01-start.md"


class Manuscript:
    """A copy of a small book with both languages, on disk."""

    def __init__(self, root):
        self.folder = Path(root) / "manuscript"

    def change(self, name, old, new):
        path = self.folder / name
        text = path.read_text()
        if old not in text:
            raise NotPlanted(f"{name} has no `{old}`")
        path.write_text(text.replace(old, new, 1))

    def say(self, markdown):
        """Puts the same block before the poem of each language."""
        for lang in ("zh", "en"):
            self.change(f"{lang}/{CHAPTER}", ":::poem", f"{markdown}\n\n:::poem")

    def change_both(self, old, new):
        for lang in ("zh", "en"):
            self.change(f"{lang}/{CHAPTER}", old, new)

    def add(self, name, content):
        path = self.folder / "images" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    def config(self, line):
        path = self.folder / "book.yaml"
        path.write_text(f"{path.read_text().rstrip()}\n{line}\n")

    def notes(self, zh, en):
        """Replaces the text of the note."""
        for lang, text in (("zh", zh), ("en", en)):
            path = self.folder / lang / CHAPTER
            head, _ = path.read_text().split("[^one]: ")
            path.write_text(f"{head}[^one]: {text}\n")


class Defect(NamedTuple):
    name: str
    what: str
    plant: Callable[[Manuscript], None]
    corrected: Optional[Callable[[Package], bool]] = None


def say(markdown):
    return lambda m: m.say(markdown)


def picture(name, content, markdown):
    def plant(manuscript):
        manuscript.add(name, content)
        manuscript.say(markdown)

    return plant


def cover(width, height):
    return lambda m: m.add("cover.png", png(width, height))


def pixels(content):
    """Width times height of a PNG."""
    return int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")


def small_enough(book):
    pictures = [content for name, content in book.files.items() if name.endswith(".png")]
    return bool(pictures) and all(pixels(content) <= 4_000_000 for content in pictures)


def without_inks(book):
    """Every JPEG has three components or one: the byte at the end of its frame header says so."""
    pictures = [content for name, content in book.files.items() if name.endswith(".jpg")]
    frames = [content[content.index(b"\xff\xc0"):] for content in pictures]
    return bool(frames) and all(frame[9] in (1, 3) for frame in frames)


def ascii_names(book):
    return all(name.isascii() for name in book.files)


def unbroken_headings(book):
    """Whether no heading is more than one level below the one before it."""
    levels = [int(level) for level in re.findall(r"<h([1-6])", book.text("ch-01-start.xhtml"))]
    return all(after - before <= 1 for before, after in zip(levels, levels[1:]))


def chinese_names(manuscript):
    for lang in ("zh", "en"):
        chapter = manuscript.folder / lang / CHAPTER
        chapter.rename(chapter.with_name("01-开始.md"))


def without_line(zh, en):
    """Takes a line out of each language."""
    return lambda m: [m.change(f"{lang}/{CHAPTER}", line, "") for lang, line in (("zh", zh), ("en", en))]


def without_titles(manuscript):
    for lang, title in (("zh", "title: 各种元素"), ("en", "title: Every element")):
        manuscript.change(f"{lang}/{CHAPTER}", title, 'title: ""')


def another_number(manuscript):
    manuscript.config("identifier: {zh: 978-7-302-00002-0, en: 978-7-302-00001-3}")
    manuscript.say("ISBN 978-3-16-148410-0")


def config(line):
    return lambda m: m.config(line)


def in_figure(table):
    """A table with a caption, so that nothing else is wrong with it."""
    return say(f":::figure\n{table}\n\n1984\n:::")


SOUND = png(64, 48)
DEFECTS = [
    Defect("no-alt", "a picture without a text", picture("a.png", SOUND, "![](../images/a.png)")),
    Defect("empty-alt", "a numbered picture called decoration",
           picture("a.png", SOUND, '![](../images/a.png "A"){.decorative}')),
    Defect("lost-picture", "a picture that is not there", say("![a](../images/none.png)")),
    Defect("remote-picture", "a picture from the network", say("![a](https://example.org/a.png)")),
    Defect("big-picture", "a picture of more than 4 megapixels",
           picture("a.png", png(2400, 1800), "![a](../images/a.png)"), small_enough),
    Defect("inks", "a picture in CMYK", picture("a.jpg", jpeg_cmyk(640, 480), "![a](../images/a.jpg)"), without_inks),
    Defect("small-cover", "a cover of 300 × 400 pixels", cover(300, 400)),
    Defect("wide-cover", "a cover that lies on its side", cover(1600, 1200)),
    Defect("nameless-chart", "a chart without a text", without_line("alt: 甲为3，乙为5。\n", "alt: A has 3, B has 5.\n")),
    Defect("headerless", "a table without headers", in_figure("|  |  |\n|---|---|\n| 7 | 8 |")),
    Defect("no-caption", "a table without a caption", say("| 1 | 2 |\n|---|---|\n| 7 | 8 |")),
    Defect("wide-table", "a table of five columns",
           in_figure("| 1 | 2 | 3 | 4 | 5 |\n|---|---|---|---|---|\n| 7 | 8 | 9 | 6 | 4 |")),
    Defect("heading-skip", "a level 4 heading below level 2", say("#### 1984"), unbroken_headings),
    Defect("dead-link", "a link to a place that is not there", say("[1](#nowhere)")),
    Defect("duplicate-id", "an id given twice", say("## 7 {#sec:one}")),
    Defect("lost-note", "a note that is called and not there", say("1984[^7]")),
    Defect("long-note", "a note of more than 5,000 characters", lambda m: m.notes("字" * 5001, "word " * 1001)),
    Defect("script", "a script", say("<script>7</script>")),
    Defect("empty-title", "a chapter without a title", without_titles),
    Defect("bad-language", "a language tag that is none",
           lambda m: m.change("book.yaml", "languages: [zh, en]", "languages: [zh_CN, en]")),
    Defect("isbn-digit", "an ISBN with a wrong check digit", config("identifier: {zh: 978-7-302-00002-1}")),
    Defect("isbn-text", "another ISBN in the text", another_number),
    Defect("isbn-twice", "one ISBN for two editions",
           config("identifier: {zh: 978-7-302-00002-0, en: 978-7-302-00002-0}")),
    Defect("unvouched-conformance", "conformance claimed by nobody",
           config("epub: {accessibility: {conforms-to: wcag-2.2-aa}}")),
    Defect("bad-conformance", "conformance to a standard that does not exist",
           config("epub: {accessibility: {conforms-to: wcag-9-aa, certified-by: X}}")),
    Defect("chinese-file-name", "chapter files with Chinese names", chinese_names, ascii_names),
]
