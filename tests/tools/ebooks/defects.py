"""Defects of a finished EPUB: each a name, what is wrong, and the change that plants it in a sound one."""

from typing import Callable, NamedTuple

from .package import Package
from .pictures import jpeg_cmyk, png

OPF, NAV, NCX = "content.opf", "nav.xhtml", "toc.ncx"
METHOD = "ch-06-method.xhtml"
PREFACE = "ch-04-preface-one.xhtml"
CHART = "ch-12-large-and-small-models.xhtml"
FEATURE = '<meta property="schema:accessibilityFeature">'
OTHER_ISBN = "9783161484100"


class Defect(NamedTuple):
    name: str
    what: str
    plant: Callable[[Package], None]
    edition: str = "zh"


def no_page_list(book):
    book.match(NAV, r'<nav epub:type="page-list".*?</nav>\n', "")


def last_page_gone(book):
    """The last page with its mark: what is left fits together, and is one page short of the printed book."""
    book.match(NAV, r'<li><a href="[^"]*#page-25">25</a></li>\n', "")
    book.match(book.holder('id="page-25"'), r'<span [^>]*id="page-25"[^>]*></span>', "")


def no_text_for_mark(book):
    book.match(METHOD, r' aria-label="vii"', "")


def same_id_in_both(book):
    """Gives a block of the second language the id of the first."""
    page = book.holder('<p id="')
    text = book.text(page)
    first, second = [part.split('"')[0] for part in text.split('<p id="')[1:3]]
    book.change(page, f'<p id="{second}"', f'<p id="{first}"')


def languages_unsaid(book):
    book.everywhere(' lang="en" xml:lang="en"', "")


def photo(width, height):
    """Puts a picture in place of the first one."""

    def plant(book):
        book.add_item("images/planted.png", "image/png", png(width, height))
        book.match(METHOD, r'src="images/[^"]*"', 'src="images/planted.png"', 1)
        unlist(book)

    return plant


def inks(book):
    book.add_item("images/planted.jpg", "image/jpeg", jpeg_cmyk(640, 480))
    book.match(METHOD, r'src="images/[^"]*"', 'src="images/planted.jpg"', 1)
    unlist(book)


def unlist(book):
    """Takes out the drawing that a planted picture has replaced, with its entry."""
    name = next(name for name in book.files if name.startswith("images/") and name.endswith(".svg"))
    del book.files[name]
    book.match(OPF, rf'<item [^>]*href="{name}"[^>]*/>\n', "")


def small_cover(book):
    book.files["images/cover.png"] = png(300, 400)


def lost_picture(book):
    del book.files[next(name for name in book.files if name.startswith("images/") and "cover" not in name)]


def lone_chapter(book):
    book.match(NAV, r'<li><a href="ch-05-preface-two\.xhtml">[^<]*</a></li>\n', "")


def two_swapped(book):
    one, two = "ch-04-preface-one.xhtml", "ch-05-preface-two.xhtml"
    book.change(NAV, f'<li><a href="{one}">', '<li><a href="swap">')
    book.change(NAV, f'<li><a href="{two}">', f'<li><a href="{one}">')
    book.change(NAV, '<li><a href="swap">', f'<li><a href="{two}">')


def wide_table(book):
    book.match(METHOD, r"<th scope=\"col\">结果</th></tr>", '<th scope="col">结果</th><th scope="col">注</th></tr>')
    text = book.text(METHOD)
    head, rest = text.split("<tbody>", 1)
    body, tail = rest.split("</tbody>", 1)
    book.files[METHOD] = f"{head}<tbody>{body.replace('</tr>', '<td>无</td></tr>')}</tbody>{tail}".encode()


def headerless(book):
    book.match(METHOD, r'<th scope="col">([^<]*)</th>', r"<td>\1</td>")


def chart_without_table(book):
    book.match(CHART, r'<details class="chart-table">.*?</details>', "")


def nameless_chart(book):
    book.match(CHART, r' aria-labelledby="fig-parameters-title fig-parameters-desc"', "")
    book.match(CHART, r"<title id=[^>]*>[^<]*</title>\s*<desc id=[^>]*>[^<]*</desc>", "")


def chinese_name(book):
    book.files["封面.xhtml"] = book.files.pop("cover.xhtml")
    for name in (OPF, NAV, NCX):
        book.change(name, '"cover.xhtml"', '"封面.xhtml"')


def feature(old, new):
    return lambda book: book.change(OPF, f"{FEATURE}{old}</meta>", new and f"{FEATURE}{new}</meta>")


def claimed(new):
    return lambda book: book.change(OPF, "</metadata>", f"{FEATURE}{new}</meta>\n</metadata>")


def change(name, old, new, count=-1):
    return lambda book: book.change(name, old, new, count)


def match(name, pattern, new, count=0):
    return lambda book: book.match(name, pattern, new, count)


def other_identifier(new):
    """Changes the ISBN in the package document and in the NCX."""
    return lambda book: [book.change(name, "urn:isbn:9787302000020", new) for name in (OPF, NCX)]


def formula_lost(book):
    book.match(PREFACE, r"<math .*?</math>", "E")
    book.change(OPF, ' properties="mathml"', "")


def overgrown(book):
    book.change(METHOD, "</body>", f"<!--{'x' * 10_500_000}--></body>")


def add_rule(css):
    return change("style.css", "html {", f"{css} html {{", 1)


def drop(kind):
    return lambda book: book.drop_meta(kind)


def add(name, content):
    return lambda book: book.files.update({name: content})


DEFECTS = [
    # The container
    Defect("mimetype-newline", "a line break after the media type in `mimetype`",
           add("mimetype", b"application/epub+zip\n")),
    Defect("unlisted-file", "a file that the manifest does not list", add("notes.txt", b"?")),
    Defect("lost-picture", "a picture that is not in the package", lost_picture),
    Defect("chinese-file-name", "a file name outside ASCII", chinese_name),
    Defect("big-document", "a document of more than 10 MB", overgrown),
    Defect("face-without-file", "`@font-face` whose file is not there",
           add_rule("@font-face { font-family: X; src: url(x.otf); }")),
    # The package document
    Defect("no-modified", "no `dcterms:modified`", drop("dcterms:modified")),
    Defect("bad-uuid", "an identifier that is no UUID", other_identifier("urn:uuid:12345")),
    Defect("isbn-digit", "an ISBN with a wrong check digit, everywhere", other_identifier("urn:isbn:9787302000021")),
    Defect("isbn-ncx", "another ISBN in the NCX", change(NCX, "9787302000020", OTHER_ISBN)),
    Defect("isbn-text", "another ISBN in the text",
           match("ch-01-colophon.xhtml", r"ISBN[^<]*978[-0-9]*", "ISBN 978-3-16-148410-0")),
    Defect("no-package-language", "no `xml:lang` on the package document",
           match(OPF, r'(<package [^>]*) xml:lang="zh-CN"', r"\1")),
    Defect("no-hazard", "no `accessibilityHazard`", drop("schema:accessibilityHazard")),
    Defect("no-summary", "no `accessibilitySummary`", drop("schema:accessibilitySummary")),
    Defect("unknown-feature", "an `accessibilityFeature` that does not exist",
           feature("readingOrder", "readableOrder")),
    Defect("ruby-claimed", "`rubyAnnotations` claimed, no ruby there", claimed("rubyAnnotations")),
    Defect("captions-claimed", "`closedCaptions` claimed, no video there", claimed("closedCaptions")),
    Defect("mathml-unclaimed", "formulas there, `MathML` not claimed", feature("MathML", "")),
    Defect("mathml-claimed", "`MathML` claimed, no formula there", formula_lost),
    Defect("alternatives-unclaimed", "all pictures described, `alternativeText` not claimed",
           feature("alternativeText", "")),
    Defect("visual-unsaid", "pictures there, `accessMode` only textual",
           change(OPF, '<meta property="schema:accessMode">visual</meta>\n', "")),
    Defect("bad-conformance", "a `conformsTo` in words of its own",
           match(OPF, r"EPUB Accessibility 1\.1 - WCAG 2\.2 Level AA", "WCAG 2.2 AA")),
    Defect("unvouched-conformance", "conformance claimed by nobody",
           match(OPF, r'<meta refines="#conformance" property="a11y:certifiedBy">[^<]*</meta>\n', "")),
    # Pages of the printed edition
    Defect("no-page-source", "no `pageBreakSource`", drop("pageBreakSource")),
    Defect("no-page-list", "page marks without a page list", no_page_list),
    Defect("page-list-short", "a page fewer than in the printed book", last_page_gone),
    Defect("unlisted-page", "a page mark that the list does not have",
           match(NAV, r'<li><a href="[^"]*#page-3">3</a></li>\n', "")),
    Defect("unlabelled-mark", "a page mark without a name", no_text_for_mark),
    Defect("pages-unclaimed", "a page list, `pageNavigation` not claimed", feature("pageNavigation", "")),
    # Navigation
    Defect("contents-order", "contents not in the order of the book", two_swapped),
    Defect("no-bodymatter", "no landmark where the text begins",
           match(NAV, r'<li><a [^>]*epub:type="bodymatter"[^>]*>[^<]*</a></li>', "")),
    Defect("chapter-not-listed", "a chapter that the contents leave out", lone_chapter),
    Defect("nav-language", "no language on the navigation document",
           match(NAV, r'(<html [^>]*) lang="zh-CN" xml:lang="zh-CN"', r"\1")),
    # Documents
    Defect("bad-language", "`lang=\"zh_CN\"`", change(METHOD, 'lang="zh-CN"', 'lang="zh_CN"')),
    Defect("two-languages", "`lang` and `xml:lang` differ", change(METHOD, ' xml:lang="zh-CN"', ' xml:lang="en"', 1)),
    Defect("languages-unsaid", "the English of a bilingual book not marked as English", languages_unsaid, "bilingual"),
    Defect("dead-link", "a link to a place that is not there",
           change(METHOD, 'href="ch-06-method.xhtml#tab-steps"', 'href="ch-06-method.xhtml#tab-none"')),
    Defect("duplicate-id", "an id given twice", change(METHOD, 'id="section-2"', 'id="section"')),
    Defect("same-id-in-both", "the same id in both languages", same_id_in_both, "bilingual"),
    Defect("empty-title", "an empty `<title>`", match(METHOD, r"<head><title>[^<]*", "<head><title>")),
    Defect("file-name-title", "a file name for a `<title>`",
           match(METHOD, r"<head><title>[^<]*", "<head><title>ch-06-method.xhtml")),
    Defect("no-mathml-property", "`mathml` missing in the manifest", change(OPF, ' properties="mathml"', "")),
    Defect("formula-without-text", "a formula without `alttext`", match(PREFACE, r' alttext="[^"]*"', "")),
    Defect("remote-picture", "a picture from the network",
           match(METHOD, r'src="images/[^"]*"', 'src="https://example.org/a.png"', 1)),
    Defect("script", "a script", change(METHOD, "</head>", "<script>var a;</script></head>")),
    Defect("heading-skip", "a heading of level 2 made level 4",
           match(METHOD, r'<h2 id="section">(.*?)</h2>', r'<h4 id="section">\1</h4>')),
    Defect("contrast", "text too pale to read", add_rule("p { color: #ccc; background: #fff; }")),
    Defect("type-without-role", "`epub:type` without its role", change(METHOD, ' role="doc-foreword"', "")),
    # Pictures, tables, notes
    Defect("no-alt", "a picture without `alt`", match(METHOD, r'(<img [^>]*) alt="[^"]*"', r"\1", 1)),
    Defect("empty-alt", "`alt=\"\"` on a picture with a caption",
           match(METHOD, r'(<img [^>]*) alt="[^"]*"', r'\1 alt=""', 1)),
    Defect("big-picture", "a picture of more than 4 megapixels", photo(2400, 1800)),
    Defect("inks", "a picture in CMYK", inks),
    Defect("small-cover", "a cover of 300 × 400 pixels", small_cover),
    Defect("nameless-chart", "a drawing without a name", nameless_chart),
    Defect("chart-without-data", "a chart without its table", chart_without_table),
    Defect("no-caption", "a table without a caption", match(METHOD, r"<caption>.*?</caption>\n?", "", 1)),
    Defect("no-scope", "header cells without `scope`", change(METHOD, ' scope="col"', "")),
    Defect("headerless", "a table without header cells", headerless),
    Defect("wide-table", "a table of five columns", wide_table),
    Defect("hidden-note", "a note that shows only as a pop-up",
           change(PREFACE, 'role="doc-footnote"', 'role="doc-footnote" hidden="hidden"')),
    Defect("no-way-back", "a note without a way back", match(PREFACE, r' role="doc-backlink"', "")),
    Defect("long-note", "a note of more than 5,000 characters",
           match(PREFACE, r"(doc-backlink.*?</p><p>)", rf"\1{'字' * 5001}", 1)),
]
