"""The chapters of a manuscript as pandoc's Markdown, as well as pandoc can have them, and its bibliography as CSL.

A chart becomes a table with a caption, a QR code a link, a formula TeX (pandoc reads Typst's), the role of a chapter
`epub:type` and `role`, a reference to a figure or a table its number. What pandoc knows nothing like stays as text.
"""

import json
import re
import subprocess
from pathlib import Path

# Roles of chapters in words of the EPUB vocabulary.
TYPES = {"preface": "preface", "frontmatter": "foreword", "acknowledgements": "acknowledgments", "colophon": "colophon",
         "references": "bibliography"}
FENCE = re.compile(r"^```(chart|qr)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIGURE = re.compile(r"^:::figure *(\{[^}]*\})?\n(.*?)\n\n([^\n]*)\n:::$", re.MULTILINE | re.DOTALL)


def chapters(pandoc, folder):
    """One text for the whole book. The list of contents is left out, since pandoc makes its own."""
    texts = []
    for path in sorted(folder.glob("*.md")):
        head, body = re.match(r"---\n(.*?)\n---\n(.*)", path.read_text(), re.DOTALL).groups()
        fields = dict(re.findall(r"^(\w+): *(.*)$", head, re.MULTILINE))
        if fields.get("role") != "contents":
            texts.append(title(fields, path.stem) + blocks(pandoc, body))
    return numbered("\n\n".join(texts))


def title(fields, stem):
    kind = TYPES.get(fields.get("role"))
    lines = [f"# {fields['title']} {{#{stem}{f' epub:type={kind} role=doc-{kind}' if kind else ''}}}"]
    lines += [fields[key] for key in ("subtitle", "byline") if key in fields]
    lines += ["::: {#refs}\n:::"] if fields.get("role") == "references" else []
    return "\n\n".join(lines) + "\n\n"


def blocks(pandoc, text):
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = FENCE.sub(lambda m: table_of(*m.groups()[1:]) if m[1] == "chart" else link(m[3]), text)
    text = FIGURE.sub(lambda m: f"{m[2]}\n\n: {m[3]} {m[1] or ''}\n", text)
    text = re.sub(r'^:::bignum \{value="([^"]*)"\}$', r"::: bignum\n**\1**\n", text, flags=re.MULTILINE)
    text = re.sub(r"^:::(\w+)(?: *\{[^}]*\})?$", r"::: \1", text, flags=re.MULTILINE)
    text = re.sub(r"!\[([^\]]*)\]\(\.\./([^ )]*) \"([^\"]*)\"\)\{([^}]*)\}", r'![\3](\2){\4 alt="\1"}', text)
    return re.sub(r"\$\$?[^$]+\$\$?", lambda m: formula(pandoc, m[0]), text)


def table_of(attributes, body):
    rows = re.findall(r"\{label: ([^,]*), value: ([^}]*)\}", body)
    field = dict(re.findall(r"^(\w+): *(.+)$", body, re.MULTILINE))
    lines = [f"| 项目 | {field.get('unit') or '数值'} |", "|---|--:|", *(f"| {label} | {value} |" for label, value in rows)]
    return "\n".join([*lines, "", f": {field['title']} {attributes.strip()}", ""])


def link(body):
    field = dict(re.findall(r"^(\w+): *(.+)$", body, re.MULTILINE))
    return f"<{field['data']}>"


def formula(pandoc, text):
    """A formula on a line of its own has blanks inside its dollars in Typst."""
    typst = f"$ {text.strip('$')} $" if text.startswith("$$") else text
    command = [pandoc, "-f", "typst", "-t", "markdown"]
    return subprocess.run(command, input=typst, text=True, capture_output=True, check=True).stdout.strip()


def numbered(text):
    """Says the number of each figure and table where it is referred to."""
    seen = {}
    for label in re.findall(r"\{#((?:fig|tab):[\w-]+)", text):
        kind = label[:3]
        seen[label] = f"{'图' if kind == 'fig' else '表'} {1 + sum(other.startswith(kind) for other in seen)}"
    return re.sub(r"\[\]\(#([^)]*)\)", lambda m: f"[{seen.get(m[1], m[1])}](#{m[1]})", text)


def bibliography(path):
    """Hayagriva's entries as CSL JSON: author, title, year and DOI, which is all that citations need."""
    entries = []
    for key, body in re.findall(r"^(\w+):\n((?: .*\n?)+)", path.read_text(), re.MULTILINE):
        field = dict(re.findall(r"^  ([\w-]+): *(.+)$", body, re.MULTILINE))
        names = [name.split(", ", 1) for name in re.findall(r'"([^"]*)"', field.get("author", ""))]
        entry = {"id": key, "type": "article-journal", "title": field["title"].strip('"'),
                 "author": [{"family": n[0], "given": n[1]} if n[1:] else {"literal": n[0]} for n in names]}
        year, doi = re.search(r"\d{4}", field.get("date", "")), re.search(r"doi: ([^},]*)", body)
        entry |= {"issued": {"date-parts": [[int(year[0])]]}} if year else {}
        entry |= {"DOI": doi[1]} if doi else {}
        entries.append(entry)
    return json.dumps(entries, ensure_ascii=False)


def config(path):
    """What pandoc's metadata can say of what `book.yaml` says of the Chinese edition."""
    text = path.read_text()
    chinese = lambda key: re.search(rf"^{key}:\s*(?:\{{)?\s*zh: *([^,\n}}]*)", text, re.MULTILINE)[1]
    people = re.findall(r"\{name: \{zh: ([^,]*),[^}]*\}, role: (\w+)\}", text)
    return json.dumps({
        "title": [{"type": "main", "text": chinese("title")}, {"type": "subtitle", "text": chinese("subtitle")}],
        "lang": "zh-CN", "publisher": chinese("publisher"), "rights": chinese("rights"),
        "description": chinese("description"), "date": re.search(r"^date: (\S+)", text, re.MULTILINE)[1],
        "contributor": [{"text": name, "role": role} for name, role in people],
        "link-citations": True, "identifier": "urn:uuid:ef4d6efe-4ab0-58d3-85f9-2cd64c7eaba0",
    }, ensure_ascii=False)


def write(pandoc, root, folder):
    """Writes book.md, book.json and references.json, and copies the pictures."""
    manuscript, folder = Path(root) / "manuscript", Path(folder)
    (folder / "images").mkdir(parents=True, exist_ok=True)
    for picture in (manuscript / "images").iterdir():
        (folder / "images" / picture.name).write_bytes(picture.read_bytes())
    (folder / "book.md").write_text(chapters(pandoc, manuscript / "zh"))
    (folder / "book.json").write_text(config(manuscript / "book.yaml"))
    (folder / "references.json").write_text(bibliography(manuscript / "references.yaml"))
