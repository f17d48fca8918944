#!/usr/bin/env python3
"""clients_exchange.py [--schemas FOLDER] PROGRAM BOOK…

Gives what `dama-pub export` writes of a book (.xlf, .tmx, .po) to programs that translators use, lets these write it again, brings that
back with `dama-pub import-review`, and prints what came of it: a table of client × file. What was only opened and saved must change
no byte of the manuscript; what was typed must stand in it, or be refused with a finding. A file of XLIFF 1.2 is held against rules,
one of 2.0 against the schemas of OASIS, where their folder is there. OmegaT and gettext come from Debian, translate-toolkit, lxml and
saxonche from PyPI; what cannot be installed is SKIPPED, aloud. Ends with 1 where something is not as it should be."""
import argparse, collections, os, pathlib, re, shutil, subprocess, sys, tempfile
from xml.sax.saxutils import escape

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = pathlib.Path(os.environ.get("TOOLS", ROOT / "target/tools"))
PIP = TOOLS / "exchange"
XML = "{http://www.w3.org/XML/1998/namespace}"
XLIFF = {"1": "urn:oasis:names:tc:xliff:document:1.2", "2": "urn:oasis:names:tc:xliff:document:2.0"}

Unit = collections.namedtuple("Unit", "source target state notes")
rows, failed = [], False


def row(client, file, said, is_good=True):
    global failed
    failed |= not is_good
    rows.append((client, file.name, said if is_good else f"FAILED: {said}"))
    print(f"{client:<24} {file.name:<24} {rows[-1][2]}", flush=True)


def skipped(client, why):
    print(f"SKIPPED: {client}: {why}", flush=True)


def install():
    """What is not there yet."""
    missing = [package for program, package in [("omegat", "omegat"), ("msgfmt", "gettext")] if not shutil.which(program)]
    if missing:
        print(f"installing {' '.join(missing)}", flush=True)
        TOOLS.mkdir(parents=True, exist_ok=True)
        with open(TOOLS / "apt.log", "w") as log:
            for command in (["update", "-q"], ["install", "-yq", "--no-install-recommends", *missing]):
                subprocess.run(["apt-get", *command], stdout=log, stderr=log)
    if not PIP.is_dir():
        print("installing translate-toolkit, lxml, saxonche", flush=True)
        quiet = ["-q", "--disable-pip-version-check", "--root-user-action=ignore"]
        subprocess.run([sys.executable, "-m", "pip", "install", *quiet, "--target", str(PIP),
                        "translate-toolkit==3.20.4", "lxml", "saxonche"])
    sys.path.insert(0, str(PIP))


# What a file says, read by lxml alone.

def local(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def side(element):
    """Text and codes: (“<”, id), (“>”, id), (“x”, id), text. Marks of segments are seen through."""
    out = []

    def text(more):
        if more and out and isinstance(out[-1], str):
            out[-1] += more
        elif more:
            out.append(more)

    def walk(parent):
        text(parent.text)
        for child in parent:
            name, code = local(child), child.get("id") or child.get("x") or child.get("i")
            if name in ("g", "pc"):
                out.append(("<", code))
                walk(child)
                out.append((">", code))
            elif name == "bpt":
                out.append(("<", child.get("i")))
            elif name == "ept":
                out.append((">", child.get("i")))
            elif name in ("x", "ph"):
                out.append(("x", code))
            elif name in ("mrk", "hi"):
                walk(child)
            text(child.tail)
    if element is not None:
        walk(element)
    return out


def parsed(path):
    from lxml import etree
    return etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)).getroot()


def units(path):
    """What a file says, by the ids of units."""
    if path.suffix == ".po":
        return catalogue(path)
    root, found = parsed(path), {}
    if local(root) == "tmx":
        for entry in root.iter("tu"):
            segs = [variant.find("seg") for variant in entry.iter("tuv")]
            found[entry.get("tuid")] = Unit(side(segs[0]), side(segs[1]), None, 0)
        return found
    for unit in root.iter("{*}trans-unit"):
        target = unit.find("{*}target")
        state = (unit.get("approved"), target.get("state") if target is not None else None)
        found[unit.get("id")] = Unit(side(unit.find("{*}source")), side(target), state, len(unit.findall("{*}note")))
    for unit in root.iter("{*}unit"):
        sides = {name: [] for name in ("source", "target")}
        for name, into in sides.items():
            for part in unit.iter(f"{{*}}{name}"):
                for piece in side(part):
                    if isinstance(piece, str) and into and isinstance(into[-1], str):
                        into[-1] += piece
                    else:
                        into.append(piece)
        states = tuple(segment.get("state") for segment in unit.iter("{*}segment"))
        found[unit.get("id")] = Unit(sides["source"], sides["target"], states, len(list(unit.iter("{*}note"))))
    return found


def catalogue(path):
    """A catalogue as msgcat writes it, one string a line."""
    text = subprocess.run(["msgcat", "--no-wrap", str(path)], capture_output=True, text=True, check=True).stdout
    found = {}
    for entry in re.split(r"\n\n+", text):
        strings, word = collections.defaultdict(str), None
        for line in entry.splitlines():
            match = re.match(r'(msg\w+)? ?"(.*)"$', line)
            if match:
                word = match[1] or word
                strings[word] += match[2]
        if strings["msgctxt"]:
            fuzzy = bool(re.search(r"^#,.*fuzzy", entry, re.M))
            notes = len(re.findall(r"^#\. ", entry, re.M))
            found[strings["msgctxt"]] = Unit([strings["msgid"]], [strings["msgstr"]] if strings["msgstr"] else [], fuzzy, notes)
    return found


def codes(pieces):
    return sorted((kind, code or "") for kind, code in (piece for piece in pieces if not isinstance(piece, str)))


def compared(before, after, expected=None):
    """What came back, in words, and whether all texts and codes did."""
    expected = expected or {name: unit.target for name, unit in before.items()}
    both = [name for name in before if name in after]
    parts = [f"units {len(both)}/{len(before)}"]
    facts = {
        "source": lambda name: after[name].source == before[name].source,
        "target": lambda name: after[name].target == expected[name],
        "codes": lambda name: codes(after[name].target) == codes(expected[name]),
        "state": lambda name: after[name].state == before[name].state,
        "notes": lambda name: after[name].notes == before[name].notes,
    }
    kept = {fact: sum(map(same, both)) for fact, same in facts.items()}
    parts += [f"{fact} {count}/{len(before)}" for fact, count in kept.items()]
    return " · ".join(parts), all(kept[fact] == len(before) for fact in ("source", "target", "codes"))


# Books.

class Book:
    """A copy of a book, of which everything is put back after each client."""

    def __init__(self, program, book, folder):
        self.program, self.origin, self.root = program, book, folder / book.name
        self.out = folder / "out" / book.name
        self.back()

    def back(self):
        shutil.rmtree(self.root, ignore_errors=True)
        skip = shutil.ignore_patterns("target", "out", ".git", "node_modules")
        for name in ("manuscript", "layouts"):
            if (self.origin / name).is_dir():
                shutil.copytree(self.origin / name, self.root / name, ignore=skip)

    def run(self, *args):
        done = subprocess.run([self.program, *map(str, args)], cwd=self.root, capture_output=True, text=True)
        return done.stdout + done.stderr

    def export(self, name, *options):
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / name
        path.unlink(missing_ok=True)
        said = self.run("export", *options, "--out", path)
        if not path.exists():
            sys.exit(f"{self.root.name}: no {name}: {said}")
        return path

    def bytes(self):
        return {path: path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}

    def untouched(self, client, path, written):
        """What was only opened and saved."""
        before = self.bytes()
        said = self.run("import-review", written)
        changed = sum(before.get(path) != data for path, data in self.bytes().items()) + len(before.keys() - self.bytes().keys())
        counted = re.search(r"imported .*?: (.*)", said)
        row(f"{client} → import", path, f"{counted[1] if counted else said[-300:]}; {changed} files changed", bool(counted) and not changed)
        self.back()

    def typed(self, client, path, options, written, typed):
        """What was typed: exported again it is the same, or a finding tells of it."""
        said = self.run("import-review", written)
        again = self.export(f"again-{path.name}", *options)
        now = {key: without_space(unit.target) for key, unit in units(again).items()}
        exact = sum(now.get(key) == without_space(target) for key, target in typed.items())
        left = re.search(r"(\d+) left out", said)
        left = int(left[1]) if left else 0
        row(f"{client} → import", path, f"{exact} of {len(typed)} stand as typed, {left} refused", exact + left >= len(typed))
        self.back()


class Typing:
    """What a translator types into a unit: another first word of the translation, or a text of its own where there is none."""

    def __init__(self, is_translated):
        self.is_translated, self.is_done = is_translated, False

    def __call__(self, text):
        if not self.is_translated:
            return re.sub("[\u3400-\u9fff]+", "Words", text)
        if self.is_done:
            return text
        text, count = re.subn("[A-Za-z]{3,}", "Zebra", text, count=1)
        self.is_done = count > 0
        return text

    def pieces(self, pieces):
        return [self(piece) if isinstance(piece, str) else piece for piece in pieces]


def typed_into(unit):
    """What a unit is to say; OmegaT and we take a target that is the source for none."""
    is_translated = bool(unit.target) and unit.target != unit.source
    return Typing(is_translated).pieces(unit.target if is_translated else unit.source)


def without_space(pieces):
    out = []
    for piece in pieces:
        piece = "".join(piece.split()) if isinstance(piece, str) else piece
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        elif piece:
            out.append(piece)
    return out


# Validity.

def rules(path):
    """XLIFF 1.2 by rules: there is no schema of it to be had."""
    root, faults = parsed(path), []
    order = {name: at for at, names in enumerate([["source"], ["seg-source"], ["target"], ["context-group", "note", "alt-trans"]]) for name in names}
    states = "final needs-adaptation needs-l10n needs-review-adaptation needs-review-l10n needs-review-translation needs-translation new signed-off translated".split()
    if root.get("version") != "1.2" or root.tag != f"{{{XLIFF['1']}}}xliff":
        faults.append("the root is not that of XLIFF 1.2")
    for file in root:
        faults += [f"<file> has no {name}" for name in ("original", "source-language", "datatype") if not file.get(name)]
        if [local(child) for child in file] != ["header", "body"]:
            faults.append("<file> has other parts than a header and a body")
    seen = collections.Counter(unit.get("id") for unit in root.iter("{*}trans-unit"))
    faults += [f"the id {name} stands {count} times" for name, count in seen.items() if count > 1 or not name]
    for unit in root.iter("{*}trans-unit"):
        names = [local(child) for child in unit]
        if sorted(names, key=lambda name: order.get(name, 9)) != names or any(name not in order for name in names):
            faults.append(f"{unit.get('id')}: elements are out of order: {names}")
        target = unit.find("{*}target")
        if target is not None and target.get("state", "new") not in states:
            faults.append(f"{unit.get('id')}: the state {target.get('state')} is unknown")
        sides = [codes(side(unit.find(f"{{*}}{name}"))) for name in ("source", "seg-source", "target")]
        for pieces in sides:
            if len(set(pieces)) < len(pieces):
                faults.append(f"{unit.get('id')}: a code stands twice")
        if not set(sides[2]) <= set(sides[0]) | {code for code in sides[2] if code[1].startswith("u")}:
            faults.append(f"{unit.get('id')}: the target has codes that the source has not")
    allowed = "xliff file header tool body trans-unit source seg-source target context-group context note g x mrk".split()
    faults += sorted({f"<{local(one)}> is not meant to be written" for one in root.iter() if local(one) not in allowed})
    row("rules of XLIFF 1.2", path, "valid" if not faults else "; ".join(faults[:5]), not faults)


def schema(path, folder):
    from lxml import etree
    xsd = (folder / "xliff_core_2.0.xsd").read_bytes()
    local_xml = folder / "informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"
    xsd = xsd.replace(b"http://www.w3.org/2001/xml.xsd", local_xml.as_uri().encode())
    validator = etree.XMLSchema(etree.fromstring(xsd, base_url=(folder / "xliff_core_2.0.xsd").as_uri()))
    faults = [] if validator.validate(etree.parse(str(path))) else [str(error) for error in validator.error_log]
    row("XSD of XLIFF 2.0", path, "valid" if not faults else "; ".join(faults[:3]), not faults)


def schematron(paths, folder):
    """The rules of the standard that a schema cannot say, as a style sheet for Saxon."""
    from lxml import etree
    from saxonche import PySaxonProcessor
    ns = {"sch": "http://purl.oclc.org/dsdl/schematron"}
    root = etree.parse(str(folder / "xliff_core_2.1.sch")).getroot()
    tests = len(root.findall(".//sch:assert", ns)) + len(root.findall(".//sch:report", ns))
    with PySaxonProcessor(license=False) as saxon:
        compiler = saxon.new_xslt30_processor()
        sheet = compiler.compile_stylesheet(stylesheet_text=style_sheet(root, ns))
        for path in paths:
            faults = (sheet.transform_to_string(source_file=str(path)) or "").splitlines()
            row("Schematron of XLIFF 2", path, f"valid by {tests} tests" if not faults else "; ".join(faults[:4]), not faults)


def style_sheet(schema_root, ns):
    """Schematron as XSLT: a mode for each pattern, a template for each rule, a line of text for each test that is not met."""
    quoted = lambda text: escape(text, {'"': "&quot;"})
    lets = lambda parent: "".join(
        f'<xsl:variable name="{let.get("name")}" select="{quoted(let.get("value"))}"/>' for let in parent.iterfind("sch:let", ns))
    out = ['<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"']
    out += [f' xmlns:{one.get("prefix")}="{one.get("uri")}"' for one in schema_root.iterfind("sch:ns", ns)]
    out.append('><xsl:output method="text"/>' + lets(schema_root))
    patterns = schema_root.findall("sch:pattern", ns)
    modes = "".join(f'<xsl:apply-templates select="/" mode="p{at}"/>' for at in range(len(patterns)))
    out.append(f'<xsl:template match="/">{modes}</xsl:template>')
    for at, pattern in enumerate(patterns):
        out.append(f'<xsl:mode name="p{at}" on-no-match="shallow-skip"/>')
        for nth, rule in enumerate(pattern.iterfind("sch:rule", ns)):
            out.append(f'<xsl:template match="{quoted(rule.get("context"))}" mode="p{at}" priority="{1000 - nth}">{lets(pattern)}{lets(rule)}')
            for test in rule.iterfind("*"):
                if local(test) in ("assert", "report"):
                    wanted = f"not({test.get('test')})" if local(test) == "assert" else test.get("test")
                    said = " ".join("".join(test.itertext()).split())[:160]
                    out.append(f'<xsl:if test="{quoted(wanted)}">{escape(said)}<xsl:text>&#10;</xsl:text></xsl:if>')
            out.append(f'<xsl:apply-templates select="@*|node()" mode="p{at}"/></xsl:template>')
    return "".join(out) + "</xsl:stylesheet>"


# Clients.

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{}</source_lang><target_lang>{}</target_lang><source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok><sentence_seg>{}</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


def omegat(langs, source, memories, sentences):
    """A project with a source and memories, carried out: what it writes, and what it says."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="omegat-"))
    project = folder / "project"
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT.format(*langs, str(sentences).lower()), encoding="utf-8")
    shutil.copy(source, project / "source")
    for memory in memories:
        shutil.copy(memory, project / "tm/auto")
    command = ["omegat", "--mode=console-translate", "--no-team", f"--config-dir={folder / 'config'}", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    written = project / "target" / source.name
    return (written if written.exists() else None), done.stdout + done.stderr


def languages(path):
    root = parsed(path)
    if local(root) == "tmx":
        return [variant.get(f"{XML}lang") for variant in next(root.iter("tu")).iter("tuv")]
    return [root[0].get("source-language"), root[0].get("target-language")]


def shown(pieces):
    """As OmegaT shows it: a letter and a number for each code, in its order."""
    out, numbers = "", {}
    for piece in pieces:
        if isinstance(piece, str):
            out += piece
            continue
        kind, code = piece
        letter = "x" if kind == "x" else "g"
        number = numbers.setdefault((letter, code), len(numbers))
        out += {"<": f"<{letter}{number}>", ">": f"</{letter}{number}>", "x": f"<{letter}{number}/>"}[kind]
    return out


def memory_of(pairs, langs, path):
    entries = "".join(
        f'<tu><tuv lang="{langs[0]}"><seg>{escape(source)}</seg></tuv><tuv lang="{langs[1]}"><seg>{escape(target)}</seg></tuv></tu>'
        for source, target in pairs)
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx11.dtd">\n<tmx version="1.1"><header creationtool="t" '
                    f'creationtoolversion="1" segtype="paragraph" o-tmf="t" adminlang="EN-US" srclang="{langs[0]}" datatype="plaintext"/>'
                    f"<body>{entries}</body></tmx>", encoding="utf-8")
    return path


def in_omegat(path, book, options):
    langs, before = languages(path), units(path)
    for sentences in (False, True):
        written, said = omegat(langs, path, [], sentences)
        name = f"OmegaT, {'sentences' if sentences else 'whole units'}"
        row(name, path, *(compared(before, units(written)) if written else (f"nothing written: {said[-200:]}", False)))
        if written:
            book.untouched(name, path, written)
    # It shows the target for the source. What a translator would type: the codes of the source, with other text.
    open_ = {shown(unit.target): typed_into(unit) for unit in before.values() if unit.target}
    with tempfile.TemporaryDirectory() as folder:
        memory = memory_of([(text, shown(typed)) for text, typed in open_.items()], langs, pathlib.Path(folder) / "typed.tmx")
        written, said = omegat(langs, path, [memory], False)
    typed_row("OmegaT", path, before, written, book, options) if written else row("OmegaT, typed", path, said[-200:], False)


def typed_row(client, path, before, written, book, options):
    """What of the words that were typed a client wrote, and what then stands in the book."""
    after = units(written)
    changed = {key: unit.target for key, unit in after.items() if key in before and unit.target != before[key].target}
    said, _ = compared(before, after, {key: changed.get(key, unit.target) for key, unit in before.items()})
    lost = sum(codes(after[key].target) != codes(unit.target or unit.source) for key, unit in before.items() if key in after)
    row(f"{client}, {len(changed)} typed", path, f"{said}; codes lost in {lost} units", bool(changed) and not lost)
    book.typed(client, path, options, written, changed)


def memory_in_omegat(path):
    """Lines of plain text that the memory has: those that come back translated."""
    langs = languages(path)
    pairs = [(unit.source, unit.target) for unit in units(path).values()]
    plain = [(pair[0][0], pair[1][0]) for pair in pairs if all(len(side) == 1 and isinstance(side[0], str) for side in pair)]
    plain = [pair for pair in plain if not any("\n" in side or "\u2028" in side for side in pair)]
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "lines.txt"
        source.write_text("\n\n".join(source for source, _ in plain), encoding="utf-8")
        written, said = omegat(langs, source, [path], False)
    lines = written.read_text(encoding="utf-8") if written else ""
    # Of two translations of one text it takes one.
    targets = collections.defaultdict(set)
    for text, target in plain:
        targets[text.strip()].add(target.strip())
    found = sum(any(target in lines for target in known) for known in targets.values())
    row("OmegaT, tm/auto", path, f"{found} of {len(targets)} texts without codes came back translated", found == len(targets))


def in_toolkit(path, book, options):
    from translate.storage import pypo, tmx, xliff, xliff2
    is_second = path.suffix == ".xlf" and parsed(path).get("version", "").startswith("2")
    kind = {".po": pypo.pofile, ".tmx": tmx.tmxfile, ".xlf": xliff2.Xliff2File if is_second else xliff.Xliff1File}[path.suffix]
    before = units(path)
    store = kind.parsefile(str(path))
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / path.name
        store.savefile(str(copy))
        said, is_good = compared(before, units(copy))
        row("translate-toolkit", path, f"{sum(not unit.isheader() for unit in store.units)} read · {said}", is_good)
        if path.suffix == ".tmx":
            return
        book.untouched("translate-toolkit", path, copy)
        # As Weblate does it: the codes of the source are placed anew.
        store = kind.parsefile(str(path))
        for unit in store.units:
            if not unit.isheader():
                is_translated = bool(unit.target) and unit.target != unit.source
                typing = Typing(is_translated)
                unit.rich_target = [retyped(part, typing) for part in (unit.rich_target if is_translated else unit.rich_source)]
        store.savefile(str(copy))
        typed_row("translate-toolkit", path, before, copy, book, options)


def retyped(part, typing):
    """A text of the toolkit with other words and the same codes."""
    part = part.copy()
    part.sub = [typing(piece) if isinstance(piece, str) else retyped(piece, typing) for piece in part.sub]
    return part


def in_gettext(path, book):
    done = subprocess.run(["msgfmt", "-c", "-v", "-o", os.devnull, str(path)], capture_output=True, text=True)
    row("msgfmt -c", path, done.stderr.strip().replace("\n", "; "), done.returncode == 0 and "warning" not in done.stderr)
    with tempfile.TemporaryDirectory() as folder:
        copy, template = pathlib.Path(folder) / path.name, pathlib.Path(folder) / "new.pot"
        subprocess.run(["msgattrib", "--clear-fuzzy", "--empty", "-o", str(template), str(path)], check=True)
        subprocess.run(["msgmerge", "-q", "-o", str(copy), str(path), str(template)], check=True)
        row("msgmerge", path, *compared(units(path), units(copy)))
        book.untouched("msgmerge", path, copy)


def half_in_omegat(program, folder):
    """A unit of two sentences: with one of them translated it is refused, with both it is written."""
    sentences = [("第二句讲<g0>这件</g0>事情，说得很长很长。", "The second tells of <g0>this</g0>."), ("第三句讲另一件事情，也说得很长。", "The third tells another.")]
    for name, text in [("zh", "# 题\n\n第一段有**重点**。\n\n第二句讲*这件*事情，说得很长很长。第三句讲另一件事情，也说得很长。\n"),
                       ("en", "# Title\n\nThe first paragraph has **stress**.\n")]:
        (folder / name).mkdir()
        (folder / name / "a.md").write_text(text, encoding="utf-8")
    pair, path = ["--pair", "zh", "en"], folder / "pair.xlf"
    run = lambda *args: subprocess.run([program, *map(str, args)], cwd=folder, capture_output=True, text=True).stderr
    run("export", "--xliff", "--fill", "source", *pair, "--out", path)
    for count, wanted in [(1, "1 left out"), (2, "1 unit changed")]:
        memory = memory_of(sentences[:count], languages(path), folder / "typed.tmx")
        written, said = omegat(languages(path), path, [memory], True)
        said = run("import-review", written, *pair) if written else said
        row(f"OmegaT, {count} of 2 sentences", path, said.strip().splitlines()[-1].split(": ", 1)[-1], wanted in said)


EXPORTS = {
    "first.xlf": ["--xliff"],
    "filled.xlf": ["--xliff", "--fill", "source", "--sentences"],
    "second.xlf": ["--xliff2"],
    "sentences.xlf": ["--xliff2", "--sentences"],
    "codes.tmx": ["--tmx"],
    "clean.tmx": ["--tmx", "--clean"],
    "book.po": ["--po"],
}


def look(book, schemas):
    print(f"\n== {book.origin}", flush=True)
    second = []
    for name, options in EXPORTS.items():
        path = book.export(name, *options)
        if "--xliff2" in options:
            second.append(path)
        elif path.suffix == ".xlf":
            rules(path)
        if path.suffix == ".po" and shutil.which("msgfmt"):
            in_gettext(path, book)
        if path.suffix == ".tmx" and shutil.which("omegat"):
            memory_in_omegat(path)
        if "--xliff" in options and shutil.which("omegat"):
            in_omegat(path, book, options)
        in_toolkit(path, book, options)
    if schemas.is_dir():
        for path in second:
            schema(path, schemas)
        schematron(second, schemas)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemas", type=pathlib.Path, default=ROOT / "../shared/validators/xliff/schemas")
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("books", nargs="+", type=pathlib.Path)
    given = parser.parse_args()
    install()
    with tempfile.TemporaryDirectory() as folder:
        for book in given.books:
            look(Book(given.program.resolve(), book.resolve(), pathlib.Path(folder)), given.schemas)
        if shutil.which("omegat"):
            pair = pathlib.Path(folder) / "pair"
            pair.mkdir()
            half_in_omegat(given.program.resolve(), pair)
    for client, program in [("OmegaT", "omegat"), ("gettext", "msgfmt")]:
        if not shutil.which(program):
            skipped(client, "it cannot be installed")
    if not given.schemas.is_dir():
        skipped("XSD and Schematron of XLIFF 2", f"there is no folder {given.schemas}")
    print(f"\n{len(rows)} rows, {'something is wrong' if failed else 'all as expected'}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
