"""What an EPUB offers its readers, read out of the file: a line of the feature table for each."""

import re
import zipfile


class Book:
    """The texts of an EPUB, wherever its content lies."""

    def __init__(self, path):
        self.size = path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            self.images = [(name, archive.read(name)) for name in names if name.endswith((".png", ".jpg", ".jpeg"))]
            texts = [name for name in names if name.endswith((".xhtml", ".opf", ".css"))]
            self.texts = {name: archive.read(name).decode() for name in texts}
        self.package = next(text for name, text in self.texts.items() if name.endswith(".opf"))
        self.nav = next(text for name, text in self.texts.items() if name.endswith("nav.xhtml"))
        self.css = "".join(text for name, text in self.texts.items() if name.endswith(".css"))
        pages = {name: text for name, text in self.texts.items() if name.endswith(".xhtml")}
        title = re.compile(r"<title>(.*?)</title>")
        self.titles = [(name.rsplit("/", 1)[-1], title.search(text)) for name, text in pages.items()]
        self.pages = list(pages.values())
        self.body = "\n".join(self.pages)

    def tags(self, name):
        return re.findall(rf"<{name}[ />][^>]*", self.body)

    def having(self, name, attribute):
        """How many of the elements have an attribute, of how many."""
        tags = self.tags(name) + re.findall(rf"<{name}(?=>)", self.body)
        return of(sum(f" {attribute}=" in tag for tag in tags), len(tags))

    def meta(self, name):
        return re.findall(rf'property="schema:{name}">([^<]*)', self.package)


def of(part, whole):
    return "none there" if not whole else f"{part} of {whole}"


def yes(found):
    return "yes" if found else "no"


def list_of(book, kind):
    """The links of one `nav`."""
    found = re.search(rf'<nav [^>]*epub:type="{kind}".*?</nav>', book.nav, re.DOTALL)
    return re.findall(r"<a ([^>]*)>", found[0]) if found else []


def landmarks(book):
    return ", ".join(re.search(r'epub:type="([^"]*)"', link)[1] for link in list_of(book, "landmarks")) or "none"


def notes_back(book):
    notes = re.findall(r"<aside [^>]*doc-footnote.*?</aside>", book.body, re.DOTALL)
    return of(sum("doc-backlink" in note for note in notes), len(notes))


def captions(book):
    """Tables that have a caption, or stand in a figure that has one."""
    tables = re.findall(r"<figure.*?</figure>|<table.*?</table>", book.body, re.DOTALL)
    tables = [part for part in tables if "<table" in part]
    return of(sum("caption>" in part for part in tables), len(tables))


def charts(book):
    """Charts that are drawn, and have their numbers as a table."""
    drawn = [part for part in re.findall(r"<figure.*?</figure>", book.body, re.DOTALL) if "<svg" in part]
    return "none drawn" if not drawn else f"{sum('<table' in part for part in drawn)} of {len(drawn)} drawn"


def own_titles(book):
    named = [name for name, title in book.titles if title and title[1] and title[1] != name]
    return of(len(named), len(book.titles))


def in_both(book):
    heads = [re.search(r"<html[^>]*", page)[0] for page in book.pages]
    return of(sum(" lang=" in head and " xml:lang=" in head for head in heads), len(heads))


def claimed(book):
    found = book.meta("accessibilityFeature")
    return f"{len(found)}: {', '.join(found)}"


def roles(book):
    """Documents one of whose sections has a role of its own."""
    role = re.compile(r'<section [^>]*role="doc-(?!endnotes)')
    return str(sum(bool(role.search(page)) for page in book.pages))


def emphasis(book):
    return yes("text-emphasis" in book.css)


def largest(book):
    if not book.images:
        return "no pixels there"
    return f"{max(len(content) for _, content in book.images) / 1024:.0f} KiB"


FEATURES = [
    ("access modes", lambda b: ", ".join(b.meta("accessMode")) or "none"),
    ("accessibility features", claimed),
    ("summary of accessibility", lambda b: yes(b.meta("accessibilitySummary"))),
    ("pages of the printed edition, listed", lambda b: str(len(list_of(b, "page-list")))),
    ("landmarks", landmarks),
    ("references to notes with a role", lambda b: of(b.body.count("doc-noteref"), b.body.count('epub:type="noteref"'))),
    ("notes with a way back", notes_back),
    ("`lang` and `xml:lang` on documents", in_both),
    ("documents with a title of their own", own_titles),
    ("chapters with a role", roles),
    ("header cells with `scope`", lambda b: b.having("th", "scope")),
    ("tables with a caption", captions),
    ("charts with their data as a table", charts),
    ("pictures with a text", lambda b: b.having("img", "alt")),
    ("formulas with a text", lambda b: b.having("math", "alttext")),
    ("dots for emphasis in Chinese", emphasis),
    ("largest picture", largest),
    ("size", lambda b: f"{b.size / 1024:.0f} KiB"),
]
