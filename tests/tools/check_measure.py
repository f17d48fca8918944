#!/usr/bin/env python3
"""check_measure.py DATA DAMA_PUB [--book trpl] [--seed 1] [--per-kind 40] [--side zh] [--only KIND,…] [--noise BOOK,…] [--out DIR]

Measures `dama-pub check --pair` with DATA/mutate.py, which plants one labelled defect at a time in a real book.

recall  builds the cases, writes each to a temporary folder, checks it and the clean file, brings the findings into the form
        that mutate.py reads, and lets it score them: which share of the defects of each kind is found, located, named.
noise   findings for every 1,000 blocks of the clean books, by level and check. A book is checked whole, as two folders, so
        that its own habits are learned; with --out, noise-BOOK.jsonl keeps every finding.

A translation is checked in the direction in which it was made: its source is the side that was not mutated, so that what
was deleted is missing and not extra. The terms of the book, if DATA has them, are given as a glossary."""
import argparse, concurrent.futures, contextlib, io, json, os, re, subprocess, sys, tempfile
from collections import Counter, defaultdict

# Where the benchmark knows a kind of defect by another name than the check's own. Kinds are compared by their beginnings.
NAMES = {
    "missing-block": "missing_block", "missing-sentence": "missing_sentence", "missing-chapter": "missing_chapter",
    "extra-block": "extra_block", "extra-sentence": "extra_sentence", "extra-chapter": "extra_chapter",
    "duplicated-block": "duplicate", "moved-block": "moved", "merged-blocks": "merge", "split-block": "split",
    "truncated-block": "truncated", "heading-level": "heading", "list-shape": "list", "table-shape": "table",
    "magnitude": "magnitude", "percentage": "percent", "unit": "unit", "currency": "unit", "date": "date", "year": "date",
    "range": "number", "version": "number", "number": "number", "figure-data": "number",
    "citation": "citation", "footnote": "footnote", "link-target": "link", "cross-reference": "number_of_reference", "image": "image",
    "code-span": "code_span", "code-block": "code", "formula": "formula", "emphasis-lost": "emphasis",
    "literal-markup": "emphasis", "truncated": "truncated", "cjk-latin-space": "punct_space",
    # Checks of the groups language, terms and typography, by the beginnings of their names.
    "untranslated": "untranslated", "leftover": "leftover", "wrong-script": "script", "script": "script",
    "suspicious-length": "length", "length": "length", "negation": "negation", "polarity": "polarity", "name": "name",
    "term": "term", "regional-word": "term", "wrong-term": "term", "missing-term": "term", "forbidden": "term", "inconsistent": "term",
    "glossary": "glossary", "bracket": "bracket", "unpaired": "bracket", "unbalanced": "bracket", "quote": "quote",
    "straight-quote": "quote", "half-width": "punct_width", "full-width": "punct_width", "punctuation": "punct",
    "ellipsis": "punct", "dash": "punct", "space": "punct_space", "final-stop": "punct",
}


def kind(check):
    if check in NAMES:
        return NAMES[check]
    starts = [name for name in NAMES if check.startswith(name)]
    return NAMES[max(starts, key=len)] if starts else check.replace("-", "_")


def glossary(data, book, folder):
    """The book's terms as a glossary; of two with one English word the first counts, as in the benchmark."""
    path = os.path.join(data, "data", "terms", book + ".tsv")
    if not os.path.exists(path):
        return []
    lines, seen = [], set()
    for line in open(path, encoding="utf8"):
        en, zh = (line.rstrip("\n").split("\t") + [""])[:2]
        if len(zh) > 1 and not {en.lower(), zh} & seen:
            seen |= {en.lower(), zh}
            lines.append("- {zh: %s, en: %s}\n" % (json.dumps(zh, ensure_ascii=False), json.dumps(en)))
    out = os.path.join(folder, "glossary.yaml")
    open(out, "w", encoding="utf8").writelines(lines)
    return ["--glossary", out]


def check(dama, source, target, extra):
    run = subprocess.run([dama, "check", "--pair", source, target, "--format", "json", *extra], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        print(f"{source}: could not be checked: {run.stderr.strip()}", file=sys.stderr)
        return []
    return json.loads(run.stdout)["findings"]


def adapted(case, findings, files):
    """Findings as mutate.py reads them. `files` gives the side of each path, and its text."""
    for finding in findings:
        if "file" not in finding:
            continue
        side, text = files[finding["file"]]
        # What stands there tells two equal messages apart; a habit's count is no part of what it is.
        words = text[finding["byte_start"]:finding["byte_end"]][:160].decode("utf8", "ignore")
        message = re.sub(r"in \d+( of \d+)? places", "", finding["message"])
        yield {
            "case": case, "side": side, "line": finding["line"], "line_end": finding["end_line"],
            "kind": kind(finding["check"]), "key": message + "\n" + ("" if "a habit" in message else words),
            "check": finding["check"], "level": finding["severity"], "msg": finding["message"],
            "other": [(label["file"], label["line"]) for label in finding["labels"]],
        }


def pair(dama, case, paths, source, extra):
    target = "zh" if source == "en" else "en"
    files = {path: (side, open(path, "rb").read()) for side, path in paths.items()}
    return list(adapted(case, check(dama, paths[source], paths[target], extra), files))


def run_all(args, jobs):
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        results = pool.map(lambda job: pair(args.dama, *job), jobs)
        return [finding for findings in results for finding in findings]


def clean_jobs(args, book, folder):
    root = os.path.join(args.data, "data", book)
    extra = glossary(args.data, book, folder)
    source = "en" if args.side == "zh" else "zh"
    for name in sorted(json.load(open(os.path.join(root, "align.json"), encoding="utf8"))):
        paths = {side: os.path.join(root, side, name) for side in ("en", "zh")}
        yield f"clean:{book}/{name}", paths, source, extra


def write(path, findings):
    with open(path, "w", encoding="utf8") as out:
        out.writelines(json.dumps(finding, ensure_ascii=False) + "\n" for finding in findings)


def recall(args, mutate, folder):
    cases = os.path.join(folder, "cases.jsonl")
    build = argparse.Namespace(book=args.book, side=args.side, seed=args.seed, per_kind=args.per_kind, out=cases)
    with contextlib.redirect_stdout(io.StringIO()):
        mutate.build(build)
    planted = [json.loads(line) for line in open(cases, encoding="utf8")]
    if args.only:
        planted = [case for case in planted if case["kind"] in args.only.split(",")]
        write(cases, planted)
    extra = glossary(args.data, args.book, folder)
    source = "en" if args.side == "zh" else "zh"
    jobs = []
    for case in planted:
        paths = {}
        for side, lines in zip(("en", "zh"), mutate.apply(case)):
            paths[side] = os.path.join(folder, case["id"], side, case["file"])
            os.makedirs(os.path.dirname(paths[side]))
            open(paths[side], "w", encoding="utf8").write("\n".join(lines))
        jobs.append((case["id"], paths, source, extra))
    findings, clean = os.path.join(folder, "findings.jsonl"), os.path.join(folder, "clean.jsonl")
    write(clean, run_all(args, list(clean_jobs(args, args.book, folder))))
    write(findings, run_all(args, jobs))
    mutate.score(argparse.Namespace(cases=cases, findings=findings, clean=clean))


def noise(args, mutate, folder):
    for book in args.noise.split(","):
        root = os.path.join(args.data, "data", book)
        source = "en" if args.side == "zh" else "zh"
        sides = [os.path.join(root, side) for side in (source, args.side)]
        found = check(args.dama, *sides, glossary(args.data, book, folder))
        findings = [{**finding, "level": finding["severity"]} for finding in found]
        write(os.path.join(folder, f"noise-{book}.jsonl"), findings)
        zh = os.path.join(args.data, "data", book, "zh")
        names = [f for f in os.listdir(zh) if f.endswith(".md")]
        blocks = sum(len(mutate.blocks(open(os.path.join(zh, f), encoding="utf8").read())) for f in names)
        table = defaultdict(Counter)
        for finding in findings:
            table[finding["level"]][finding["check"]] += 1
        print(f"\n{book}: {blocks} blocks\n\n| level | findings | per 1,000 blocks | checks |\n|---|---|---|---|")
        for level in ("error", "warning", "info"):
            total = sum(table[level].values())
            checks = ", ".join(f"{name} {count}" for name, count in table[level].most_common())
            print(f"| {level} | {total} | {1000 * total / blocks:.1f} | {checks} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("dama")
    parser.add_argument("--book", default="trpl")
    parser.add_argument("--side", default="zh")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--per-kind", type=int, default=40)
    parser.add_argument("--only", help="kinds of defects, parted by commas")
    parser.add_argument("--noise", default="trpl,12factor,opensource-guide", help="clean books, or nothing")
    parser.add_argument("--no-recall", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", help="folder that keeps cases and findings; a new one if it exists is refused")
    args = parser.parse_args()
    sys.path.insert(0, args.data)
    sys.dont_write_bytecode = True
    import mutate

    with contextlib.ExitStack() as stack:
        if args.out:
            os.makedirs(args.out)
        folder = args.out or stack.enter_context(tempfile.TemporaryDirectory())
        if not args.no_recall:
            recall(args, mutate, folder)
        if args.noise:
            noise(args, mutate, folder)


if __name__ == "__main__":
    main()
