#!/usr/bin/env python3
"""bounds.py DAMA_PUB [--only PART_OF_A_NAME] [--commands check,build] [--slow FACTOR]

Books in which one number is absurd, checked and built. Each must end by itself: within 2 s and 300 MB, or with a finding that
names a limit in figures, or in time and memory that grow no faster than the book does. To be stopped at the limits of a worker is no such end:
these are for what nobody foresaw. FACTOR is how much slower this build of the program is than a release. Ends with 1 where one does not; `torture.py` runs them too."""
import argparse, os, pathlib, re, subprocess, sys, tempfile

SECONDS, MEGABYTES = 2.0, 300
BOOK = "title: T\nslug: t\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: report\n"
# A finding at error level that names a limit: its code, and the limit in figures.
LIMIT = re.compile(r"^error\[(broken-formula|data-block|markdown|references-yaml|too-large|typeset|yaml)\]: .*\b(at most|more than|longer than) \d", re.MULTILINE)


def both(text, **files):
    """A chapter in both languages, and other files of manuscript/ by their names, `_` for the dot."""
    chapters = {"zh/01-a.md": "# 标题\n\n" + text + "\n", "en/01-a.md": "# Title\n\n" + text + "\n"}
    return chapters | {name.replace("_", ".").replace("__", "/"): data for name, data in files.items()}


def two(source, target):
    """A chapter whose text is not that of its translation."""
    return {"zh/01-a.md": f"# 标题\n\n{source}\n", "en/01-a.md": f"# Title\n\n{target}\n"}


def words(n):
    return [f"w{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}{chr(97 + i // 17576)}" for i in range(n)]


def chart(n):
    return "```chart\ntype: line\ntitle: T\nalt: A\ndata:\n" + "".join(f"  - {{label: a{i}, value: {i}}}\n" for i in range(n)) + "```\n"


def aliases(n):
    return "a0: &a0 [x, x, x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, n))


# A book by how much there is of what is absurd: name, size, the files of manuscript/ or of the project (with `/` before them).
BOOKS = {
    "cells of a table": (100_000, lambda n: both("|a|b|c|d|e|f|g|h|i|j|\n" + "|-" * 10 + "|\n" + "|1|2|3|4|5|6|7|8|9|10|\n" * (n // 10))),
    "columns of a table": (10_000, lambda n: both("|a" * n + "|\n" + "|-" * n + "|\n" + "|1" * n + "|\n")),
    "notes": (100_000, lambda n: both("".join(f"a[^{i}]\n\n" for i in range(n)) + "".join(f"[^{i}]: b\n\n" for i in range(n)))),
    "notes to one place": (100_000, lambda n: both("a[^1]\n\n" * n + "[^1]: b\n")),
    "links": (100_000, lambda n: both("".join(f"[a](https://a.example/{i}) " for i in range(n)))),
    "links to headings": (20_000, lambda n: both("".join(f"## a {{#h{i}}}\n\n[a](#h{n - 1 - i})\n\n" for i in range(n)))),
    "QR codes": (100_000, lambda n: both("".join(f"```qr\ndata: https://a.example/{i}\nalt: A\n```\n\n" for i in range(n)))),
    "terms of the glossary": (100_000, lambda n: both("一 a", glossary_yaml="".join(f"- {{zh: 词{chr(0x4e00 + i % 20000)}{i}, en: {w}}}\n" for i, w in enumerate(words(n))))),
    "variants of a term": (100_000, lambda n: both("一 a", glossary_yaml="- zh: 词\n  en: [%s]\n" % ", ".join(words(n)))),
    "marks of the index": (100_000, lambda n: both("".join(f"[{w}]{{.index}} " for w in words(n)))),
    "parts": (100_000, lambda n: both("a", book_yaml=BOOK + "parts:\n" + "".join(f"  - title: p{i}\n    chapters: [01-a]\n" for i in range(n)))),
    "chapters of a part": (100_000, lambda n: both("a", book_yaml=BOOK + "parts:\n  - title: p\n    chapters: [%s]\n" % ", ".join(f"c{i}" for i in range(n)))),
    "checks": (100_000, lambda n: both("a", book_yaml=BOOK + "checks:\n" + "".join(f"  c{i}: warning\n" for i in range(n)))),
    "keys of book.yaml": (100_000, lambda n: both("a", book_yaml=BOOK + "".join(f"k{i}: 1\n" for i in range(n)))),
    "languages": (100_000, lambda n: both("a", book_yaml=BOOK.replace("[zh, en]", "[zh, en%s]" % "".join(f", x{i}" for i in range(n))))),
    "sources": (20_000, lambda n: both("a", references_yaml="".join(f"s{i}:\n  type: book\n  title: T{i}\n  author: A, B\n  date: 2020\n" for i in range(n)))),
    "citations": (20_000, lambda n: both("a [@s] " * n, references_yaml="s:\n  type: book\n  title: T\n  author: A, B\n  date: 2020\n")),
    "lists in lists": (5_000, lambda n: both("".join("  " * i + "- a\n" for i in range(n)))),
    "lists in a line": (50_000, lambda n: both("- " * n + "a")),
    "quotations in quotations": (50_000, lambda n: both("> " * n + "a")),
    "containers in containers": (50_000, lambda n: both("".join(":" * (n + 3 - i) + "aside\n" for i in range(min(n, 2000))) + "a\n")),
    "emphasis in emphasis": (50_000, lambda n: both("*a **b " * n)),
    "brackets": (100_000, lambda n: both("[" * n)),
    "spans in spans": (50_000, lambda n: both("[" * n + "a" + "]{.x}" * n)),
    "HTML in HTML": (50_000, lambda n: both("<details>\n\n" * n + "a")),
    "inline HTML": (50_000, lambda n: both("<sub>" * n + "a" + "</sub>" * n)),
    "braces of a formula": (50_000, lambda n: both("$" + "{" * n + "a" + "}" * n + "$")),
    "fractions in fractions": (20_000, lambda n: both("$" + "\\frac{1}{" * n + "a" + "}" * n + "$")),
    "rows of a formula": (20_000, lambda n: both("$$\\begin{matrix}" + "a & b \\\\ " * n + "\\end{matrix}$$")),
    "formulas": (20_000, lambda n: both("".join(f"$a_{{{i}}}$ " for i in range(n)))),
    "attributes of a span": (100_000, lambda n: both("[a]{" + " ".join(f"k{i}=v" for i in range(n)) + "}")),
    "classes of a span": (100_000, lambda n: both("[a]{" + " ".join(f".k{i}" for i in range(n)) + "}")),
    "waivers": (100_000, lambda n: both("<!-- dama: allow number -->\n\na\n\n" * (n // 2))),
    "waivers of a block": (100_000, lambda n: both("<!-- dama: allow number -->\n" * n + "\na")),
    "headings": (20_000, lambda n: both("## a\n\n" * n)),
    "ids": (100_000, lambda n: both("".join(f"[a]{{#i{i}}} " for i in range(n)))),
    "equal ids": (20_000, lambda n: both("[a]{#i} " * n)),
    "unknown ids": (20_000, lambda n: both("".join(f"[a](#u{i}) " for i in range(n)))),
    "pictures that are missing": (20_000, lambda n: both("".join(f"![a](../images/{i}.png)\n\n" for i in range(n)))),
    "one picture": (5_000, lambda n: both("![a](../images/a.svg)\n\n" * n) | {"images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"}),
    "width of a picture": (10**9, lambda n: both(f"![a](../images/a.svg){{width={n}mm}}") | {"images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"}),
    "size of an SVG": (10**9, lambda n: both("![a](../images/a.svg)") | {"images/a.svg": f"<svg xmlns='http://www.w3.org/2000/svg' width='{n}' height='{n}'/>"}),
    "width of a sheet": (10**9, lambda n: both("a", book_yaml=BOOK.replace("layout: report", f"layout: {{name: report, trim: '{n}mm x {n}mm', margin: {n}mm, columns: {n}, size: {n}pt}}"))),
    "start of a list": (999_999_999, lambda n: both(f"{n}. a\n{n}. b\n")),
    "digits of a number": (100_000, lambda n: both("9" * n + " and " + "一" * n)),
    "numbers": (50_000, lambda n: both(" ".join(str(i) for i in range(n)))),
    "digits of a year": (100_000, lambda n: both("a", book_yaml=BOOK.replace("2026-03-01", "9" * n + "-01-01"))),
    "year 999999999": (1, lambda n: both("a", book_yaml=BOOK.replace("2026-03-01", "999999999-01-01"))),
    "digits of an ISBN": (100_000, lambda n: both("a", book_yaml=BOOK + f"isbn: '{'9' * n}'\n")),
    "an edition's number": (1, lambda n: both("a", book_yaml=BOOK + "numbering: 99999999999999999999\ndepth: 1e308\n")),
    "aliases in YAML": (40, lambda n: both("a", book_yaml=BOOK + aliases(n))),
    "aliases in a glossary": (40, lambda n: both("a", glossary_yaml=aliases(n))),
    "aliases in a chapter": (40, lambda n: {"zh/01-a.md": "---\ntitle: T\n" + aliases(n) + "---\na\n", "en/01-a.md": "# T\n\na\n"}),
    "aliases in references": (40, lambda n: both("a", references_yaml=aliases(n))),
    "brackets in YAML": (200_000, lambda n: both("a", book_yaml=BOOK + "x: " + "[" * n)),
    "maps in YAML": (100_000, lambda n: both("a", book_yaml=BOOK + "x: " + "{a: " * n)),
    "indents in YAML": (2_000, lambda n: both("a", book_yaml=BOOK + "".join(" " * i + "a:\n" for i in range(n)))),
    "items in items in YAML": (100_000, lambda n: both("a", book_yaml=BOOK + "x:\n  " + "- " * n + "a\n")),
    "one line of YAML": (2_000_000, lambda n: both("a", book_yaml=BOOK + "x: " + "a" * n + "\n")),
    "brackets in a chart": (100_000, lambda n: both("```chart\nx: " + "[" * n + "\n```\n")),
    "brackets in front matter": (100_000, lambda n: {"zh/01-a.md": "---\ntitle: " + "[" * n + "\n---\na\n", "en/01-a.md": "# T\n\na\n"}),
    "brackets in CSL JSON": (200_000, lambda n: both("a", references_json="[" * n)),
    "braces in BibTeX": (200_000, lambda n: both("a", references_bib="@book{a, title={" + "{" * n + "}")),
    "entries of BibTeX": (20_000, lambda n: both("a", references_bib="".join(f"@book{{a{i}, title={{T}}, author={{A}}, year=2020}}\n" for i in range(n)))),
    "cells of a CSV": (1_000_000, lambda n: both("```table {src=../data/a.csv}\n```\n") | {"data/a.csv": ("1," * 99 + "1\n") * (n // 100)}),
    "points of a chart": (100_000, lambda n: both(chart(n))),
    "empty chapters": (10_000, lambda n: {f"{lang}/{i:05}-a.md": "" for i in range(n // 2) for lang in ("zh", "en")}),
    "chapters": (2_000, lambda n: {f"{lang}/{i:05}-a.md": "# t\n\na\n" for i in range(n // 2) for lang in ("zh", "en")}),
    "a line without a space": (10_000_000, lambda n: both("a" * n)),
    "a line of Chinese": (3_000_000, lambda n: both("中" * n)),
    "a line of marks": (1_000_000, lambda n: both("*" * n)),
    "a line of backticks": (1_000_000, lambda n: both("".join("`" * (i % 900 + 1) + " " for i in range(n // 450)))),
    "a line of code": (1_000_000, lambda n: both("```py\n" + "a" * n + "\n```\n")),
    "words": (200_000, lambda n: both("word " * n)),
    "paragraphs": (50_000, lambda n: both("a\n\n" * n)),
    "line breaks": (50_000, lambda n: both("a\\\n" * n)),
    "thematic breaks": (50_000, lambda n: both("---\n\n" * n)),
    "definitions of links": (100_000, lambda n: both("".join(f"[l{i}]: https://a.example/{i}\n" for i in range(n)) + "\na\n")),
    "private characters": (60_000, lambda n: both("".join(chr(0xf0000 + i) for i in range(n)))),
    "keys of front matter": (50_000, lambda n: {"zh/01-a.md": "---\ntitle: T\n" + "".join(f"k{i}: 1\n" for i in range(n)) + "---\na\n", "en/01-a.md": "# T\n\na\n"}),
    "lines of reviewed.yaml": (100_000, lambda n: both("a", reviewed_yaml="form: 1\nen:\n  01-a:\n" + '    - {source: beqmcfapgs, target: lieswaaqep, text: "a"}\n' * n)),
    "lines of baseline.yaml": (50_000, lambda n: both("a", baseline_yaml="".join(f"- {{file: manuscript/zh/{i}.md, check: number, print: a{i}}}\n" for i in range(n)))),
    "fonts": (20_000, lambda n: both("a") | {"/fonts/fonts.yaml": "".join(f"- file: f{i}.otf\n" for i in range(n))}),
    "options of a layout": (20_000, lambda n: both("a", book_yaml=BOOK.replace("layout: report\n", "layout:\n  name: report\n" + "".join(f"  o{i}: 1\n" for i in range(n))))),
    "rubies": (20_000, lambda n: both("{字|zì}" * n)),
    "footnotes in footnotes": (2_000, lambda n: both("a[^0]\n\n" + "".join(f"[^{i}]: b[^{i + 1}]\n\n" for i in range(n)) + f"[^{n}]: c\n")),
    "definition lists": (20_000, lambda n: both("a\n: b\n\n" * n)),
    "task lists": (50_000, lambda n: both("- [ ] a\n" * n)),
    "callouts": (20_000, lambda n: both("> [!NOTE]\n> a\n\n" * n)),
    "sentences": (10_000, lambda n: two("我们说一句话。" * n, "We say a sentence here. " * n)),
    "sentences with a term": (10_000, lambda n: two("我们说一个词。" * n, "We say a word here. " * n) | {"glossary.yaml": "- {zh: 词, en: word}\n"}),
    "sentences that are lost": (5_000, lambda n: two("我们说一句话。他们今天都没有来，因为下雨了。" * n, "We say a sentence here. " * n)),
    "paragraphs that are lost": (10_000, lambda n: two("我们说一句话。\n\n他们今天都没有来，因为下雨了。\n\n" * n, "We say a sentence here.\n\n" * n)),
    "unbroken Chinese": (200_000, lambda n: two("中文字" * n, "a")),
    "tables": (5_000, lambda n: both("| a | b |\n|---|---|\n| c | 一 |\n\n" * n)),
    "containers": (5_000, lambda n: both(":::aside\na\n:::\n\n" * n)),
    "listings": (5_000, lambda n: both("```py\na = 1\n```\n\n" * n)),
    "unknown ids among headings": (5_000, lambda n: both("".join(f"## h{i:06}\n\n[a](#g{i:06})\n\n" for i in range(n)))),
    "citations of sources": (10_000, lambda n: both("".join(f"a [@a{i}] " for i in range(n)), references_bib="".join(f"@book{{a{i}, title={{T}}, author={{A}}, year=2020}}\n" for i in range(n)))),
    "strings of BibTeX": (2_000, lambda n: both("a", references_bib="".join(f"@string{{s{i} = {{T{i}}}}}\n@book{{a{i}, title=s{i}, author={{A}}, year=2020}}\n" for i in range(n)))),
    "chapters of other names": (2_000, lambda n: {f"{lang}/{lang}{i:05}.md": f"# t{i}\n\na\n" for i in range(n // 2) for lang in ("zh", "en")}),
    "abbreviations": (20_000, lambda n: both("".join(f"<abbr title='t{i}'>a</abbr> " for i in range(n)))),
}

# What a paragraph may have again and again: whoever looks from each of these as far as the paragraph goes takes the square of its length.
REPEATED = """a. |中。|（|(a) |“a” |"a" |3% |20度|10 km |2020年|1x1 |a, |中，|[a](b) |[a](#b) |**a** |`a` |$a$ |<b>a</b> |Mr. A |a@b.example |#a |@a
一个|not |he said |John Smith |A. |1. |&amp;|\\* |~a~ |——|... |[a]{.sub}|a/b |%s |{a} |见第1章|Figure 1 |（a）|<!-- x -->|=|一。"，|a? |中？|‘a’ |$1
3元|May 3, 2020 |3 in 4 |三分之一|one hundred |however, |虽然|《a》|1990–95 |5 to 10 million |[a] |(|[|<|a:b |C++ |v1.2.3 |e.g. |U.S. |张三|。，
!!|a-b |_a_ |~~a~~ |\\|a^b^ |==a== |{{a}} |[@a] |[[a]] |:a: |1/2 |１|12:30 |3.5万|第3行|5 pounds |3倍|){a= |{字│zì}|“|"|中.中|[^b]|a[^b] """
REPEATED = [token.replace("│", "|") for line in REPEATED.splitlines() for token in line.split("|") if token]
BOOKS |= {f"a paragraph of {token!r}": (16_000, lambda n, token=token: both(token * n)) for token in REPEATED}


def write(root, make, n):
    """Writes a book in a process of its own: what this one takes would be counted with what it starts."""
    if pid := os.fork():
        return os.waitpid(pid, 0)
    try:
        for name, text in ({"book.yaml": BOOK} | make(n)).items():
            path = root / (name[1:] if name.startswith("/") else "manuscript/" + name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf8")
    finally:
        os._exit(0)


def measured(program, root, *args):
    """CPU seconds of the worker and its parent, megabytes of the larger, exit code, what was said."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([program, *args, "--color", "never"], cwd=root, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read(1 << 22).decode("utf8", "replace")
        lines = text.count("\n")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, child.returncode, text, lines


def judged(figures, smaller, slow):
    """Whether a run keeps to the bounds; `smaller` gives the figures of the same with a quarter of what is absurd."""
    cpu, memory, code, text, lines = figures
    if code not in (0, 1, 2) or "defect of dama-pub" in text or "panicked" in text:
        return "BROKEN", f"code {code}"
    if lines > 5_000:
        return "BROKEN", f"{lines} lines are printed"
    if cpu <= SECONDS * slow and memory <= MEGABYTES:
        return "holds", "within bounds"
    if "resource-limit" in text:
        return "BROKEN", "ends at the limits of the worker"
    if code == 1 and LIMIT.search(text) and cpu <= 2 * SECONDS * slow and memory <= 2 * MEGABYTES:
        return "holds", "a limit is named"
    less, less_memory, *_ = smaller()
    grown = f"x{cpu / max(less, 0.01):.1f} in time, x{memory / less_memory:.1f} in memory, for four times as much"
    linear = cpu <= 6 * max(less, 0.1) and memory <= 6 * max(less_memory, 40)
    return ("holds", f"grows with the book ({grown})") if linear else ("BROKEN", grown)


def run(program, folder, name, commands=("check", "build"), slow=1.0):
    size, make = BOOKS[name]

    def at(n, command):
        root = pathlib.Path(folder, f"{name} {n}".replace(" ", "-"))
        if not root.exists():
            write(root, make, n)
        return measured(program, root, command, "--time-limit", str(int(300 * slow)))

    # Of pages a paragraph tells nothing that words do not.
    for command in (command for command in commands if command == "check" or not name.startswith("a paragraph of")):
        figures = at(size, command)
        yield command, size, figures, judged(figures, lambda: at(max(size // 4, 1), command), slow)


def first(text):
    lines = [line for line in text.splitlines() if re.match(r"(error|warning|info|错误)", line)]
    return (lines or text.splitlines() or [""])[0][:110]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--only", default="")
    parser.add_argument("--commands", default="check,build")
    parser.add_argument("--slow", type=float, default=1.0)
    args = parser.parse_args()
    program, holds = str(pathlib.Path(args.program).resolve()), True
    for name in BOOKS:
        if args.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for command, size, (cpu, memory, code, text, lines), (state, why) in run(program, folder, name, args.commands.split(","), args.slow):
                holds &= state == "holds"
                print(f"{state:7}{name:28}{size:>11} {command:6}{cpu:7.2f} s{memory:6.0f} MB  code {code}  {why}; {lines} lines: {first(text)}", flush=True)
    sys.exit(not holds)


if __name__ == "__main__":
    main()
