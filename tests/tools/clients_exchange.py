#!/usr/bin/env python3
"""clients_exchange.py [--schemas FOLDER] FILE…

Gives files for translators (.xlf, .tmx, .po) to programs that read them, lets these write them again, and prints what came back: a
table of client × file. A file of XLIFF 1.2 is held against rules, one of 2.0 against the schemas of OASIS, where the folder is there.
OmegaT and gettext come from Debian, translate-toolkit, lxml and saxonche from PyPI; what cannot be installed is SKIPPED, aloud.
Ends with 1 where a file is not valid or something is lost that its client is known to keep."""
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


def in_omegat(path):
    if path.suffix == ".tmx":
        return memory_in_omegat(path)
    langs, before = languages(path), units(path)
    for sentences in (False, True):
        written, said = omegat(langs, path, [], sentences)
        name = f"OmegaT, {'sentences' if sentences else 'whole units'}"
        row(name, path, *(compared(before, units(written)) if written else (f"nothing written: {said[-200:]}", False)))
    open_ = {key: unit for key, unit in before.items() if unit.target and unit.source == unit.target}
    if not open_:
        return
    # What a translator would type: the codes of the source, with other text.
    changed = {key: [piece if not isinstance(piece, str) else f"T{at} " for at, piece in enumerate(unit.source)] for key, unit in open_.items()}
    with tempfile.TemporaryDirectory() as folder:
        pairs = {shown(unit.target): shown(changed[key]) for key, unit in open_.items()}
        memory = memory_of(pairs.items(), langs, pathlib.Path(folder) / "typed.tmx")
        written, said = omegat(langs, path, [memory], False)
    expected = {key: changed.get(key, unit.target) for key, unit in before.items()}
    # Texts that are alike are translated alike.
    typed = {shown(unit.target): changed[key] for key, unit in open_.items()}
    expected = {key: typed.get(shown(unit.target), unit.target) for key, unit in before.items()}
    row(f"OmegaT, {len(open_)} translated", path, *(compared(before, units(written), expected) if written else (f"nothing written: {said[-200:]}", False)))


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
    found = sum(target.strip() in lines for _, target in plain)
    row("OmegaT, tm/auto", path, f"{found} of {len(plain)} texts without codes came back translated", found == len(plain))


def in_toolkit(path):
    from translate.storage import pypo, tmx, xliff, xliff2
    is_second = path.suffix == ".xlf" and parsed(path).get("version", "").startswith("2")
    kind = {".po": pypo.pofile, ".tmx": tmx.tmxfile, ".xlf": xliff2.Xliff2File if is_second else xliff.Xliff1File}[path.suffix]
    before = units(path)
    store = kind.parsefile(str(path))
    count = sum(1 for unit in store.units if not unit.isheader())
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / path.name
        store.savefile(str(copy))
        row("translate-toolkit", path, *with_count(count, *compared(before, units(copy))))
        if path.suffix == ".tmx":
            return
        # As Weblate does it: the source with its codes is taken for a translation.
        store = kind.parsefile(str(path))
        for unit in store.units:
            if not unit.isheader():
                unit.rich_target = unit.rich_source
        store.savefile(str(copy))
        # The space between sentences is not a unit of its own there, and stays that of the translation.
        squeeze = lambda found: {key: unit._replace(target=without_space(unit.target)) for key, unit in found.items()}
        typed = {key: without_space(unit.source) for key, unit in before.items()}
        row("translate-toolkit, typed", path, *compared(before, squeeze(units(copy)), typed))


def without_space(pieces):
    out = []
    for piece in pieces:
        piece = "".join(piece.split()) if isinstance(piece, str) else piece
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        elif piece:
            out.append(piece)
    return out


def with_count(count, said, is_good):
    return f"{count} units read · {said}", is_good


def in_gettext(path):
    done = subprocess.run(["msgfmt", "-c", "-v", "-o", os.devnull, str(path)], capture_output=True, text=True)
    row("msgfmt -c", path, done.stderr.strip().replace("\n", "; "), done.returncode == 0 and "warning" not in done.stderr)
    with tempfile.TemporaryDirectory() as folder:
        copy, template = pathlib.Path(folder) / path.name, pathlib.Path(folder) / "new.pot"
        subprocess.run(["msgattrib", "--clear-fuzzy", "--empty", "-o", str(template), str(path)], check=True)
        subprocess.run(["msgmerge", "-q", "-o", str(copy), str(path), str(template)], check=True)
        row("msgmerge", path, *compared(units(path), units(copy)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemas", type=pathlib.Path, default=ROOT / "../shared/validators/xliff/schemas")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    given = parser.parse_args()
    install()
    second = []
    for path in map(pathlib.Path.resolve, given.files):
        is_second = path.suffix == ".xlf" and parsed(path).get("version", "").startswith("2")
        if is_second:
            second.append(path)
        elif path.suffix == ".xlf":
            rules(path)
        elif path.suffix == ".po" and shutil.which("msgfmt"):
            in_gettext(path)
        if shutil.which("omegat") and not is_second and path.suffix != ".po":
            in_omegat(path)
        in_toolkit(path)
    if not shutil.which("omegat"):
        skipped("OmegaT", "it cannot be installed")
    if not shutil.which("msgfmt"):
        skipped("gettext", "it cannot be installed")
    if not given.schemas.is_dir():
        skipped("XSD and Schematron of XLIFF 2", f"there is no folder {given.schemas}")
    elif second:
        for path in second:
            schema(path, given.schemas)
        schematron(second, given.schemas)
    print(f"\n{len(rows)} rows, {'something is wrong' if failed else 'all as expected'}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
