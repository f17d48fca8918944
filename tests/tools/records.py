#!/usr/bin/env python3
"""Holds the records of some books against the schemas of those who take them.

    records.py PROGRAM [--datacite DIR]

Makes books that have all that a record can have, as little as one may have, and texts that are a trial; writes their records and holds ONIX against
EDItEUR's schemas (onix.py), crossref.xml against Crossref's 5.4.0 (carried by a package of PyPI), datacite-*.xml against kernel 4.6 of DIR, a clone of
github.com/datacite/schema (without it that is left out, and said), and book.jsonld against the types of schema.org as `schema-dts` has them, by
TypeScript. Needs xmllint and npm. Exit code 1 if a record is not valid.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = pathlib.Path(os.environ.get("TOOLS", ROOT / "target/tools")).resolve()
CROSSREF = "commonmeta-py==0.228"
TYPES = ["schema-dts@2.0.0", "typescript@5.9.3"]

WHOLE = """\
title: {zh: 灯火, en: "Lamps & <Lights>"}
subtitle: {zh: 一段历史, en: A History}
slug: lamps
languages: [zh, en]
editions: [zh, en, bilingual]
date: 2026-03-01
version: '1.0'
layout: book
publisher: {zh: 灯塔社, en: Lighthouse Press}
description: {zh: 关于灯的一本书。, en: A book on lamps.}
rights: {zh: 保留所有权利, en: All rights reserved}
pdf: {profiles: [screen, print]}
keywords: {zh: [灯, 火], en: [lamp]}
series: {name: {zh: 光丛书, en: Light}, number: 2}
people:
  - {name: {zh: 香农, en: Claude Shannon}, sort: {en: "Shannon, Claude"}, orcid: 0000-0002-1825-0097, biography: {zh: 工程师。, en: An engineer.}}
  - {name: {zh: 张三, en: Zhang San}, role: edt}
  - {name: {zh: 译组, en: The Group}, role: trl, group: true}
identifier: {zh: {epub: 978-0-306-40615-7, print: 978-3-16-148410-0}}
release:
  sender: {name: Lighthouse Press, email: a@example.org}
  domain: example.org
  city: {zh: 北京, en: Beijing}
  files: https://example.org/f/
  website: https://example.org/
  license: https://creativecommons.org/licenses/by/4.0/
  audience: general
  subjects: {thema: [UYQ, 1FPC], bisac: [TEC000000], clc: [TP18]}
  territories: {exclusive: [CN], non-exclusive: world, not-for-sale: [US]}
  prices: [{amount: 49.00, currency: CNY, forms: print, tax-included: true}, {amount: 5.00, currency: EUR, countries: [DE, AT], forms: [epub]}, {unpriced: free, forms: [pdf]}]
  doi: {zh: 10.1000/1, en: 10.1000/2, bilingual: 10.1000/3}
"""
LEAST = """\
title: 灯
languages: [zh]
date: 2026-03-01
layout: book
publisher: 灯塔社
release: {sender: {name: 灯塔社, email: a@example.org}, domain: example.org, website: 'https://example.org/', territories: {exclusive: world}, prices: free, doi: 10.1000/least}
"""
TRIAL = """\
title: {en: '"]]> & <b>x</b> Œ é', zh: '　《灯》——“火”＆　'}
slug: trial
languages: [en, zh]
date: 1999-12-31
layout: book
people:
  - {name: "O'Brien & Söhne", group: true}
  - {name: {en: Ng, zh: 吴}, role: ill}
publisher: {en: A & B}
release: {sender: {name: 'A & B', email: a@example.org}, domain: example.org, website: 'https://example.org/?a=1&b=2', territories: {non-exclusive: [FR]}, prices: to-be-announced, doi: {en: 10.1000/a-b_c.d;e, zh: 10.1000/zh}}
"""
BOOKS = {"whole": WHOLE, "least": LEAST, "trial": TRIAL}


def made(program, name, yaml, place):
    book = place / name
    for path, text in {"book.yaml": yaml, "zh/01.md": "# 起点\n\n城里有12盏灯。\n", "en/01.md": "# Start\n\nThere are 12 lamps in the city.\n"}.items():
        if path.startswith("en/") and "en" not in yaml.split("languages:")[1].splitlines()[0]:
            continue
        (book / "manuscript" / path).parent.mkdir(parents=True, exist_ok=True)
        (book / "manuscript" / path).write_text(text, "utf-8")
    # Sizes, pages and what the e-book says of access are read from the files.
    built = subprocess.run([program, "build", book], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert built.returncode == 0, built.stdout
    ran = subprocess.run([program, "metadata", book, "--out", book / "records"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert (book / "records").is_dir(), ran.stdout
    return sorted((book / "records").iterdir())


def crossref_schema():
    folder = TOOLS / "crossref"
    schema = folder / "commonmeta/resources/crossref/crossref5.4.0.xsd"
    if not schema.exists():
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "-d", folder, CROSSREF], check=True)
        with zipfile.ZipFile(next(folder.glob("commonmeta_py-*.whl"))) as wheel:
            wheel.extractall(folder, [one for one in wheel.namelist() if one.endswith(".xsd")])
    return schema


def by_schema(path, schema):
    ran = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # That the schema of MathML is not fetched is no fault of a record that has no formula.
    return ran.returncode == 0, "\n".join(line for line in ran.stdout.splitlines() if line.startswith(str(path)))


def by_types(path):
    folder = TOOLS / "schema-dts"
    if not (folder / "node_modules/typescript").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *TYPES], cwd=folder, check=True)
    text = f'import type {{Graph}} from "schema-dts";\nexport const document: Graph = {path.read_text("utf-8")};\n'
    (folder / "document.ts").write_text(text, "utf-8")
    ran = subprocess.run(["npx", "tsc", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "document.ts"], cwd=folder,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return ran.returncode == 0, ran.stdout.strip()


def looked_at(path, datacite):
    """Whether a record is valid and what is said of it; `None` where its schema is not here."""
    if path.name == "crossref.xml":
        return by_schema(path, crossref_schema())
    if path.name.startswith("datacite-"):
        return by_schema(path, datacite) if datacite else (None, "LEFT OUT: no --datacite DIR with the schema")
    if path.name.endswith(".jsonld"):
        return by_types(path)
    ran = subprocess.run([sys.executable, ROOT / "tests/tools/onix.py", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return ran.returncode == 0, "" if ran.returncode == 0 else ran.stdout


def main(args):
    datacite = None
    if "--datacite" in args:
        at = args.index("--datacite")
        datacite = pathlib.Path(args[at + 1]) / "source/meta/kernel-4.6/metadata.xsd"
        del args[at:at + 2]
    if len(args) != 1:
        sys.exit(__doc__)
    for tool in ("xmllint", "npm"):
        if not shutil.which(tool):
            sys.exit(f"records.py: {tool} is not here")
    bad = 0
    with tempfile.TemporaryDirectory() as place:
        for name, yaml in BOOKS.items():
            for path in made(pathlib.Path(args[0]).resolve(), name, yaml, pathlib.Path(place)):
                good, said = looked_at(path, datacite)
                bad += good is False
                print(f"{name:6} {path.name:24} {'valid' if good else said if good is None else 'NOT VALID'}", flush=True)
                if good is False:
                    print(said)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
