"""What becomes of what Chinese manuscripts of Word hold: in dama-pub, and in the programs that others use.

usage: import_table.py DAMA-PUB [PYTHON]    PYTHON has mammoth, python-docx and docx2python; pandoc is the one on PATH

It writes a document with everything in it, has each program read it, and looks for each thing in what comes out. A program that is not
there is told as such. The table goes to standard output; docs/import.md holds it.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

NS = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }.items()
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def run(text, looks=""):
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(inner, style="", more=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{more}</w:pPr>{inner}</w:p>"


def field(instruction, shown):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f'{mark("begin")}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{mark("separate")}{run(shown)}{mark("end")}'


def cell(text, more=""):
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{para(run(text))}</w:tc>"


RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>guāng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>炛</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)
PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="灯的剖面"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
    '<a:blip r:embed="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
BODY = [
    para(run("灯"), "t"),
    para(field('TOC \\o "1-3"', "第一章 油灯\t1"), "toc"),
    para(run("第一章　油灯"), "h"),
    para(run("　　缩进的一段，") + run("粗字", "<w:b/>") + run("，") + run("着重", '<w:em w:val="dot"/>') + run("，") + run("专名", '<w:u w:val="single"/>') + run("。")),
    para(run("油") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("贵。")),
    para('<w:commentRangeStart w:id="9"/>' + run("修订：") + '<w:commentRangeEnd w:id="9"/>' + '<w:del w:id="5" w:author="甲"><w:r><w:delText>旧词</w:delText></w:r></w:del><w:ins w:id="6" w:author="甲">' + run("新词") + '</w:ins><w:r><w:commentReference w:id="9"/></w:r>'),
    para(RUBY + run("是古字。")),
    para(run("粗体装成的标题", "<w:b/>")),
    para(run("1．手编一")),
    para(run("2．手编二")),
    para(run("自编一"), "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    para(run("自编二"), "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    "<w:tbl><w:tr>" + cell("并格", '<w:gridSpan w:val="2"/>') + cell("丙") + "</w:tr><w:tr>" + cell("丁") + cell("戊") + cell("己") + "</w:tr></w:tbl>",
    para(PICTURE),
    para('<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + run("图") + field("SEQ 图 \\* ARABIC", "1") + '<w:bookmarkEnd w:id="1"/>' + run("　剖面"), "c"),
    para(run("参见") + field("REF _Ref1 \\h", "图1") + run("。")),
    para("<m:oMath><m:sSup><m:e><m:r><m:t>a</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>" + run("是面积。")),
    para("<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + para(run("框里的字")) + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
    "<w:sdt><w:sdtContent>" + para(run("控件里的字")) + "</w:sdtContent></w:sdt>",
    para(run("换页前") + '<w:r><w:br w:type="page"/></w:r>'),
    para(run("换页后")),
]

def document(path):
    """Writes the document."""
    style = lambda key, name, more="": f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    parts = {
        "document": f'<w:document {NS}><w:body>{"".join(BODY)}</w:body></w:document>',
        "styles": f"<w:styles {NS}>" + style("h", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>') + style("t", "Title") + style("toc", "toc 1") + style("c", "caption") + "</w:styles>",
        "footnotes": f'<w:footnotes {NS}><w:footnote w:id="2">{para(run("脚注的字。"))}</w:footnote></w:footnotes>',
        "comments": f'<w:comments {NS}><w:comment w:id="9" w:author="甲">{para(run("请核对"))}</w:comment></w:comments>',
        "numbering": f'<w:numbering {NS}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    }
    types = {"document": "document.main", "styles": "styles", "footnotes": "footnotes", "comments": "comments", "numbering": "numbering"}
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    content = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{word}{kind}+xml"/>' for name, kind in types.items())
    default = '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="wmf" ContentType="image/x-wmf"/>'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = "http://schemas.openxmlformats.org/package/2006/"
    relation = lambda key, kind, target: f'<Relationship Id="{key}" Type="{REL}{kind}" Target="{target}"/>'
    own = "".join(relation(name, name, f"{name}.xml") for name in parts if name != "document") + relation("p", "image", "media/p.wmf")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", f'{head}<Types xmlns="{space}content-types">{default}{content}</Types>')
        file.writestr("_rels/.rels", f'{head}<Relationships xmlns="{space}relationships">{relation("d", "officeDocument", "word/document.xml")}</Relationships>')
        file.writestr("word/_rels/document.xml.rels", f'{head}<Relationships xmlns="{space}relationships">{own}</Relationships>')
        for name, text in parts.items():
            file.writestr(f"word/{name}.xml", head + text)
        file.writestr("word/media/p.wmf", metafile())


def metafile():
    """A WMF of one black box."""
    words = lambda *numbers: b"".join(number.to_bytes(2, "little") for number in numbers)
    head = words(0xCDD7, 0x9AC6, 0, 0, 0, 1440, 720, 1440, 0, 0)
    total = 0
    for at in range(0, len(head), 2):
        total ^= int.from_bytes(head[at : at + 2], "little")
    body = words(5, 0, 0x020B, 0, 0, 5, 0, 0x020C, 720, 1440, 7, 0, 0x02FC, 0, 0, 0, 0, 4, 0, 0x012D, 0, 7, 0, 0x041B, 700, 1400, 20, 20, 3, 0, 0)
    return head + words(total) + words(1, 9, 0x0300, 9 + len(body) // 2, 0, 1, 7, 0, 0) + body


# What is looked for: its name, the pattern of ours in the book, that of others in what they give (kept as what it is), and the bare text.
THINGS = [
    ("a reading above a character", r"\{炛\|guāng\}", r"<ruby|\{炛\|guāng\}", "炛"),
    ("emphasis dots", r"\*着重\*", r"[*_>]着重|\[着重\]\{", "着重"),
    ("a name that is underlined", r"\[专名\]\{\.underline\}", r"\[专名\]\{\.underline|<u>专名", "专名"),
    ("a text box", r":::aside\s+框里的字", r"框里的字", "框里的字"),
    ("a content control", r"控件里的字", r"控件里的字", "控件里的字"),
    ("what a tracked change takes out", r"!旧词", r"deletion[^]]*旧词|\[旧词\]\{\.deletion", "旧词"),
    ("what it puts in", r"新词", r"新词", "新词"),
    ("a comment", r"!请核对", r"请核对", "请核对"),
    ("a footnote", r"\[\^\w+\]: 脚注的字", r"\[\^\w+\]: *脚注的字|href=\"#(foot|end)note|footnote\d+\)", "脚注的字"),
    ("a formula", r"\$\{?a\}?\^", r"\$a\^\{?2\}?\$|a\^2", "a"),
    ("joined cells", r"\|\s*并格\s*\|\|", r"colspan|\+-+\+-*-\+\n\| 并格", "并格"),
    ("a list with Chinese numbers", r"1\. 自编一", r"1\.  ?自编一|<ol>", "自编一"),
    ("a list numbered by hand", r"1\. 手编一", r"1\.  ?手编一|<li>手编一", "手编一"),
    ("a caption with a counted number", r"剖面\"\)\{#fig|剖面[^\n]*\n:::|\{#fig[^}]*\}[^:]*剖面", r"\(media[^)]*剖面|<figcaption>", "剖面"),
    ("a reference to it", r"参见\[\]\(#fig[^)]*\)", r"\]\(#_Ref1\)|href=\"#_Ref1", "参见"),
    ("a WMF picture", r"images/[^)]*\.svg", r"\.wmf", "灯的剖面"),
    ("a number typed into a heading", r"^# 油灯", r"^# 油灯|<h1>油灯", "油灯"),
    ("the table of contents is left out", r"~第一章 油灯", r"~第一章 油灯", ""),
    ("blanks of full width before a paragraph", r"^缩进的一段", r"^缩进的一段", "缩进的一段"),
    ("a new page", r"dama: pagebreak", r"pagebreak|page-break", ""),
]


def call(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except FileNotFoundError:
        return None, ""
    return (done.stdout if done.returncode in (0, 1) else None), done.stderr


def ours(program, source, folder):
    """The book, and the report."""
    done = subprocess.run(
        [program, "import", str(source), "--as", str(folder / "book"), "--report", str(folder / "report.json")], capture_output=True, text=True, timeout=300
    )
    if not (folder / "report.json").exists():
        sys.exit(f"dama-pub import failed:\n{done.stdout}{done.stderr}")
    text = "\n".join(path.read_text() for path in sorted((folder / "book/manuscript/zh").glob("*.md")))
    return text, (folder / "report.json").read_text()


PEERS = {
    "mammoth": "import mammoth,sys; r=mammoth.convert_to_html(open(sys.argv[1],'rb')); print(r.value); print(*[m.message for m in r.messages],sep='\\n',file=sys.stderr)",
    "python-docx": "import docx,sys; d=docx.Document(sys.argv[1]); [print(p.text) for p in d.paragraphs]; [print(c.text) for t in d.tables for r in t.rows for c in r.cells]",
    "docx2python": "from docx2python import docx2python as d; import sys; print(d(sys.argv[1]).text)",
}


def judged(pattern, bare, text, told):
    """A word for what became of a thing."""
    if pattern[0] in "~!":
        inner = re.escape(pattern[1:])
        if pattern[0] == "!":
            return "told" if re.search(inner, told) and not re.search(inner, text) else "kept" if re.search(inner, text) else "**gone**"
        return "yes" if not re.search(inner, text) else "no"
    if re.search(pattern, text, re.M):
        return "kept"
    if bare and bare in text:
        return "text alone"
    return "gone, told" if bare and (bare in told or bare == "炛" and "w:ruby" in told) else "**gone**"


def main():
    program, python = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else sys.executable
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        source = folder / "all.docx"
        document(source)
        book, report = ours(program, source, folder)
        columns = {"dama-pub": (book, report)}
        pandoc, said = call("pandoc", "-f", "docx", "-t", "markdown", "--track-changes=all", f"--extract-media={folder}", str(source))
        columns["pandoc"] = (pandoc, said)
        for name, code in PEERS.items():
            columns[name] = call(python, "-c", code, str(source))
        print("| in the file | " + " | ".join(columns) + " |")
        print("|---" * (len(columns) + 1) + "|")
        lost = 0
        for thing, own, other, bare in THINGS:
            row = []
            for name, (text, told) in columns.items():
                if text is None:
                    row.append("not run")
                    continue
                word = judged(own if name == "dama-pub" else other, bare, text, told)
                row.append(word)
                lost += name == "dama-pub" and word == "**gone**"
            print(f"| {thing} | " + " | ".join(row) + " |")
        sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
