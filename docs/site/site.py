#!/usr/bin/env python3
"""site.py OUT EPUB... : a web site of a book's e-books, one for each language.

Each chapter is a page with the contents beside it and a link to the same chapter in the other language; words are searched in an index
that lies beside the pages. Nothing is asked of any server but the one that the pages lie on: they can be opened as files, too."""
import html, json, pathlib, re, shutil, sys, zipfile
import xml.etree.ElementTree as tree

HERE = pathlib.Path(__file__).parent
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
WORDS = {
    "en": {"search": "Search", "contents": "Contents", "before": "Back", "after": "Next", "none": "Nothing found", "other": "中文"},
    "zh": {"search": "查找", "contents": "目录", "before": "上一页", "after": "下一页", "none": "没有找到", "other": "English"},
}


class Book:
    """An e-book: its language, title, pages in reading order, and contents."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        container = tree.fromstring(self.zip.read("META-INF/container.xml"))
        package = container.find(".//{*}rootfile").get("full-path")
        self.folder = package.rpartition("/")[0] + "/"
        opf = tree.fromstring(self.zip.read(package))
        self.lang = opf.findtext(f".//{DC}language").split("-")[0]
        self.title = opf.findtext(f".//{DC}title")
        items = {item.get("id"): item for item in opf.iter(OPF + "item")}
        spine = [items[ref.get("idref")].get("href") for ref in opf.iter(OPF + "itemref")]
        self.nav = next(item.get("href") for item in items.values() if "nav" in (item.get("properties") or "").split())
        self.pages = [name for name in spine if name not in (self.nav, "cover.xhtml")]
        self.rest = [item.get("href") for item in items.values() if item.get("href") not in spine and item.get("href") != self.nav]

    def text(self, name):
        return self.zip.read(self.folder + name).decode()

    def contents(self):
        """The list of its contents as HTML, and the title of each page."""
        nav = next(nav for nav in tree.fromstring(self.text(self.nav)).iter(XHTML + "nav") if nav.get("id") == "toc")
        titles = {}
        for link in nav.iter(XHTML + "a"):
            titles.setdefault(link.get("href").split("#")[0], "".join(link.itertext()))
        return self.listed(nav.find(XHTML + "ol"), 0), titles

    def listed(self, items, depth):
        out = []
        for item in items:
            link, below = item.find(XHTML + "a"), item.find(XHTML + "ol")
            name = link.get("href")
            if name.split("#")[0] not in self.pages:
                continue
            inner = self.listed(below, depth + 1) if below is not None and depth == 0 else ""
            out.append(f'<li><a href="{page(name)}">{html.escape("".join(link.itertext()))}</a>{inner}</li>')
        return "<ol>" + "".join(out) + "</ol>"


def page(name):
    return re.sub(r"\.xhtml(?=$|#)", ".html", name)


def body(text):
    inner = re.search(r"<body[^>]*>(.*)</body>", text, re.S)[1]
    inner = re.sub(r'(href=")([^":]+?)\.xhtml', r"\1\2.html", inner)
    inner = re.sub(r'<span[^>]*epub:type="pagebreak"[^>]*></span>', "", inner)
    return re.sub(r' epub:type="[^"]*"', "", inner)


def sections(name, text):
    """What is searched: the text of each section with its title and place."""
    root = tree.fromstring(text).find(XHTML + "body")
    found = [{"page": page(name), "title": "", "text": []}]

    def visit(node):
        if node.tag in (XHTML + "h1", XHTML + "h2", XHTML + "h3"):
            found.append({"page": f"{page(name)}#{node.get('id') or ''}".rstrip("#"), "title": "".join(node.itertext()), "text": []})
            return
        if node.text:
            found[-1]["text"].append(node.text)
        for child in node:
            visit(child)
            if child.tail:
                found[-1]["text"].append(child.tail)

    visit(root)
    return [{**one, "text": " ".join("".join(one["text"]).split())} for one in found if one["title"] or "".join(one["text"]).strip()]


def write(book, others, out):
    folder = out / book.lang
    folder.mkdir(parents=True)
    words = WORDS.get(book.lang, WORDS["en"])
    contents, titles = book.contents()
    index = []
    for at, name in enumerate(book.pages):
        text = book.text(name)
        index += sections(name, text)
        step = lambda to, rel, sign: f'<a rel="{rel}" href="{page(to)}">{sign.format(html.escape(titles.get(to, words[rel == "next" and "after" or "before"])))}</a>'
        before = step(book.pages[at - 1], "prev", "‹ {}") if at else "<span></span>"
        after = step(book.pages[at + 1], "next", "{} ›") if at + 1 < len(book.pages) else "<span></span>"
        same = [f'<a href="../{other.lang}/{page(name if name in other.pages else other.pages[0])}" hreflang="{other.lang}" lang="{other.lang}">{words["other"]}</a>' for other in others]
        title = html.escape(titles.get(name, book.title))
        here = contents.replace(f'href="{page(name)}"', f'href="{page(name)}" aria-current="page"', 1)
        (folder / page(name)).write_text(f"""<!doctype html>
<html lang="{book.lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · {html.escape(book.title)}</title>
<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="../site.css"></head>
<body>
<header class="site-bar"><a class="site-name" href="{page(book.pages[0])}">{html.escape(book.title)}</a>
<search><input id="search" type="search" placeholder="{words["search"]}" aria-label="{words["search"]}" autocomplete="off" data-none="{words["none"]}"><ol id="found" hidden></ol></search>
{"".join(same)}</header>
<details class="site-contents" open><summary>{words["contents"]}</summary><nav aria-label="{words["contents"]}">{here}</nav></details>
<main>{body(text)}<nav class="site-steps" aria-label="{words["before"]}, {words["after"]}">{before}{after}</nav></main>
<script src="index.js"></script><script src="../site.js"></script>
</body>
</html>
""")
    (folder / "index.js").write_text("const INDEX = " + json.dumps(index, ensure_ascii=False) + ";\n")
    first = page(book.pages[0])
    (folder / "index.html").write_text(f'<!doctype html><html lang="{book.lang}"><meta charset="utf-8"><title>{html.escape(book.title)}</title><meta http-equiv="refresh" content="0; url={first}"><a href="{first}">{html.escape(book.title)}</a></html>\n')
    for name in book.rest:
        if name.endswith(".ncx"):
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(book.zip.read(book.folder + name))


def main():
    out, books = pathlib.Path(sys.argv[1]), [Book(path) for path in sys.argv[2:]]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for book in books:
        write(book, [other for other in books if other is not book], out)
    for name in ("site.css", "site.js"):
        shutil.copy(HERE / name, out / name)
    links = " · ".join(f'<a href="{book.lang}/index.html" lang="{book.lang}">{html.escape(book.title)}</a>' for book in books)
    (out / "index.html").write_text(f'<!doctype html><html lang="{books[0].lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{html.escape(books[0].title)}</title><link rel="stylesheet" href="site.css"><main class="site-door"><h1>{html.escape(books[0].title)}</h1><p>{links}</p></main></html>\n')
    print(f"{out}: {sum(len(book.pages) for book in books)} pages in {len(books)} languages")


main()
