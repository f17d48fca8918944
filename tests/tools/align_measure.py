#!/usr/bin/env python3
"""align_measure.py blocks|omissions|calibration|growth|long DATA DAMA_PUB [--rate 0.05] [--seed 1] [--show N]

Measures `dama-pub align --pair` on real books whose translation follows the source. DATA is a folder with mdblocks.py and
data/<book>/{zh,en,align.json}; every block that align.json pairs one to one becomes a plain paragraph, so that nothing but the
text is left.

blocks     deletes, merges, splits and moves blocks of the translation at random, and asks for each of them by name:
           precision, recall and F1 for every operation.
omissions  deletes one sentence in a third of the blocks of several sentences, and asks for it: recall against flags
           in the untouched text.
calibration  aligns the gold texts data/gold/mac-dev and mac-dev-del: how many beads of each score are right.
growth     aligns books of ten thousand to ten million Chinese characters, the chapters of the real ones over and over:
           time and memory of the command from the manuscript to the last line printed, medians of --rounds.
long       aligns the six gold texts of data/gold/mac-dev one by one; all of them seven times over, line by line; and 20,000
           of their sentences as one paragraph: time and memory, medians of --rounds."""
import argparse, concurrent.futures, itertools, json, os, pathlib, random, re, subprocess, sys, tempfile
from collections import Counter, defaultdict

PROSE = ("para", "item", "quote", "heading")
ENDS = re.compile(r"(?<=[。！？])(?=[^。！？”’」』）)])")


def plain(text):
    text = re.sub(r"!?\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"<[^>]+>|[*_`#>|~$\[\]\\{}]+", " ", text)
    text = re.sub(r"^\s*([-+]|\d+[.)])\s+", "", text)
    text = re.sub(r"\s+", " ", text).strip().replace("::", ":")
    return re.sub(r"^([-+:=]|\d+[.)])", r"a\1", text)


def books(args):
    sys.path.insert(0, args.data)
    import mdblocks
    for book in args.books.split(","):
        root = os.path.join(args.data, "data", book)
        for name, beads in sorted(json.load(open(os.path.join(root, "align.json"), encoding="utf8")).items()):
            read = lambda lang: mdblocks.blocks(open(os.path.join(root, lang, name), encoding="utf8").read())
            en, zh = read("en"), read("zh")
            pairs = []
            for a, b, score in beads:
                if len(a) == len(b) == 1 and score >= 1.5 and en[a[0]]["kind"] in PROSE and zh[b[0]]["kind"] in PROSE:
                    pair = plain(zh[b[0]]["text"]), plain(en[a[0]]["text"])
                    if all(pair) and re.search("[\u4e00-\u9fff]", pair[0]):
                        pairs.append(pair)
            if len(pairs) >= 4:
                yield book, name, pairs


def align(dama, zh, en):
    """Rows of blocks and sentences, block numbers from 0; a sentence has the number of its block."""
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, name) for name in ("zh.md", "en.md")]
        for file, blocks in zip(files, (zh, en)):
            with open(file, "w", encoding="utf8") as out:
                out.write("---\ntitle: %s\n---\n\n" % ("标题" if file.endswith("zh.md") else "Title"))
                out.write("".join(block + "\n\n" for block in blocks))
        run = subprocess.run([dama, "align", "--pair", *files, "--format", "tsv"], capture_output=True, text=True)
    if run.returncode:
        sys.exit("the command failed: " + run.stderr)
    rows = []
    for line in run.stdout.splitlines()[1:]:
        _, level, source, target, relation, basis, score, *texts = line.split("\t")
        number = lambda places: tuple((int(p.split(":")[0]) - 5) // 2 for p in places.split(",") if p)
        source, target = number(source), number(target)
        if min(source + target) >= 0:
            rows.append((level, source, target, relation, float(score), texts))
    return rows


def distinct(pairs, at):
    """Whether a block says something that no other block of the file says."""
    return all(sum(pair[side] == pairs[at][side] for pair in pairs) == 1 for side in (0, 1))


def mutate(pairs, rate, seed):
    """The Chinese blocks after random changes, with the English block that each part comes from, and the truth."""
    rng = random.Random(seed)
    zh = [([at], pair[0]) for at, pair in enumerate(pairs)]
    truth, touched = [], set()
    for at in range(len(pairs)):
        if rng.random() >= rate or {at - 1, at, at + 1} & touched or not distinct(pairs, at):
            continue
        kind = rng.choice(["delete", "merge", "split", "move"])
        here = next(k for k, (ids, _) in enumerate(zh) if at in ids)
        if kind == "delete":
            del zh[here]
        elif kind == "merge" and at + 1 < len(pairs) and zh[here + 1 : here + 2] == [([at + 1], pairs[at + 1][0])]:
            # Nobody draws a heading into a paragraph.
            if min(len(zh[here][1]), len(zh[here + 1][1])) < 20:
                continue
            zh[here : here + 2] = [([at, at + 1], zh[here][1] + zh[here + 1][1])]
            touched.add(at + 1)
        elif kind == "split" and len(parts := ENDS.split(zh[here][1])) > 1:
            cut = rng.randrange(1, len(parts))
            zh[here : here + 1] = [([at], "".join(parts[:cut])), ([at], "".join(parts[cut:]))]
        elif kind == "move" and len(zh) > 8:
            block = zh.pop(here)
            to = min(len(zh), max(0, here + rng.choice([-1, 1]) * rng.randint(3, 12)))
            if abs(to - here) < 3:
                zh.insert(here, block)
                continue
            zh.insert(to, block)
        else:
            continue
        touched.add(at)
        truth.append((kind, at))
    return zh, truth


def case(dama, pairs, rate, seed):
    zh, truth = mutate(pairs, rate, seed)
    rows = [row for row in align(dama, [text for _, text in zh], [pair[1] for pair in pairs]) if row[0] == "block"]
    names = {"extra": "delete", "merged": "split", "split": "merge", "moved": "move"}
    where = defaultdict(list)
    for k, (ids, _) in enumerate(zh):
        for i in ids:
            where[i].append(k)
    gold = set()
    for kind, at in truth:
        english = (at, at + 1) if kind == "merge" else (at,)
        gold.add((kind, tuple(where[at]), english))
    found = {(names[relation], source, target) for _, source, target, relation, *_ in rows if relation in names}
    moved_gold, moved_found = ({x for x in s if x[0] == "move"} for s in (gold, found))
    beads = {(tuple(where[i]), (i,)) for i in range(len(pairs))} if not truth else None
    right = sum((source, target) in beads for _, source, target, *_ in rows) if beads else 0
    return gold, found, moved_gold & moved_found, (right, len(pairs)) if beads else (0, 0)


def measure_blocks(args):
    tally = defaultdict(Counter)
    clean = Counter()
    jobs = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for book, name, pairs in books(args):
            jobs.append((book, pool.submit(case, args.dama, pairs, 0.0, 0)))
            for round_ in range(args.rounds):
                seed = f"{args.seed}/{book}/{name}/{round_}"
                jobs.append((book, pool.submit(case, args.dama, pairs, args.rate, seed)))
        for book, job in jobs:
            gold, found, _, (right, all_) = job.result()
            clean[book, "right"] += right
            clean[book, "all"] += all_
            for kind in ("delete", "merge", "split", "move"):
                g, f = ({x for x in s if x[0] == kind} for s in (gold, found))
                for key in (book, "all"):
                    tally[key, kind].update(hit=len(g & f), gold=len(g), found=len(f))
    print("| book | operation | planted | P | R | F1 |\n|---|---|---|---|---|---|")
    for (book, kind), t in sorted(tally.items()):
        p, r = (t["hit"] / t[k] if t[k] else 1.0 for k in ("found", "gold"))
        print(f"| {book} | {kind} | {t['gold']} | {p:.3f} | {r:.3f} | {2 * p * r / (p + r) if p + r else 0:.3f} |")
    for book in args.books.split(","):
        print(f"{book}: {clean[book, 'right']} of {clean[book, 'all']} untouched blocks paired one to one")


def omission(dama, pairs, seed, side):
    """Scores of flags in the untouched text, and of the flag at each planted omission (0 when there is none)."""
    rng = random.Random(seed)
    split = ENDS.split if side == 0 else re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])").split
    several = [at for at, pair in enumerate(pairs) if len(split(pair[side])) > 1]
    relation, ours = ("extra", 2) if side == 0 else ("missing", 1)

    def flags(blocks):
        best = Counter()
        for level, source, target, kind, score, texts in align(dama, *blocks):
            if level == "sentence" and kind == relation:
                for at in (source, target)[ours - 1]:
                    best[at] = max(best[at], score)
        return best

    untouched = [[pair[0] for pair in pairs], [pair[1] for pair in pairs]]
    clean = flags(untouched)
    changed = [list(texts) for texts in untouched]
    planted = []
    for at in several:
        parts = split(pairs[at][side])
        long = [k for k, part in enumerate(parts) if len(part) >= (6 if side == 0 else 18)]
        if long and rng.random() < 1 / 3:
            parts.pop(rng.choice(long))
            changed[side][at] = ("" if side == 0 else " ").join(parts)
            planted.append(at)
    after = flags(changed)
    return [(clean[at], pairs[at]) for at in several if clean[at] > 0], [after[at] for at in planted], len(several)


def measure_omissions(args):
    for side, what in ((0, "Chinese"), (1, "English")):
        flags, planted, blocks = [], [], 0
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            jobs = [pool.submit(omission, args.dama, pairs, f"{args.seed}/{name}", side) for _, name, pairs in books(args)]
            for job in jobs:
                clean, scores, several = job.result()
                flags += clean
                planted += scores
                blocks += several
        flags.sort(key=lambda flag: -flag[0])
        print(f"\n{what} sentences deleted: {len(planted)} in {blocks} blocks of several sentences\n")
        print("| flags per 1,000 untouched blocks | least score | recall |\n|---|---|---|")
        for limit in (2.5, 5, 10, 20, 40, 1000):
            count = int(limit * blocks / 1000)
            least = flags[count][0] if count < len(flags) else 0.0
            recall = sum(score > least for score in planted) / max(1, len(planted))
            print(f"| {min(limit, 1000 * len(flags) / blocks):.1f} | {least:.3f} | {recall:.3f} |")
        for score, (zh, en) in flags[: args.show]:
            print(f"\n{score:.3f}\n  {zh}\n  {en}")


def measure_calibration(args):
    shares = defaultdict(lambda: [0, 0])
    for book in ("mac-dev", "mac-dev-del"):
        root = os.path.join(args.data, "data", "gold", book)
        for name in sorted(os.listdir(os.path.join(root, "gold"))):
            bead = lambda line: tuple(line.replace(" ", "").strip().split(":")[:2])
            gold = {bead(line) for line in open(os.path.join(root, "gold", name)) if ":" in line}
            files = [os.path.join(root, lang, name) for lang in ("zh", "en")]
            run = subprocess.run([args.dama, "align", "--pair", *files, "--lines", "--scores"], capture_output=True, text=True)
            for line in run.stdout.splitlines():
                share = shares[min(9, int(float(line.rsplit(":", 1)[1]) * 10))]
                share[0] += 1
                share[1] += bead(line) in gold
    print("| predicted score | beads | right |\n|---|---|---|")
    for tenth, (beads, right) in sorted(shares.items()):
        print(f"| {tenth / 10:.1f}–{tenth / 10 + 0.1:.1f} | {beads:,} | {right / beads:.2f} |")


def write_book(folder, chapters, least):
    """A manuscript of as many chapters, over and over, as have so many Chinese characters; gives how many those are."""
    for lang in ("zh", "en"):
        os.makedirs(os.path.join(folder, "manuscript", lang))
    pathlib.Path(folder, "manuscript/book.yaml").write_text(
        "title: {zh: 书, en: Book}\nslug: book\nlanguages: [zh, en]\nlayout: book\ndate: 2026-01-01\n", "utf8")
    count = 0
    for number, pairs in enumerate(itertools.cycle(chapters)):
        for side, (lang, title) in enumerate((("zh", "标题"), ("en", "Title"))):
            text = "".join(pair[side] + "\n\n" for pair in pairs)
            file = pathlib.Path(folder, "manuscript", lang, f"{number:05}.md")
            file.write_text(f"---\ntitle: {title} {number}\n---\n\n{text}", "utf8")
        count += sum(len(re.findall("[\u4e00-\u9fff]", pair[0])) for pair in pairs)
        if count >= least:
            return count


def measure_growth(args):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "benches"))
    import measure
    chapters = [pairs for _, _, pairs in books(args)]
    print("| Chinese characters | wall, s | CPU, s | memory, MiB |\n|---|---|---|---|")
    for least in (10_000, 100_000, 1_000_000, 10_000_000):
        with tempfile.TemporaryDirectory() as folder:
            count = write_book(folder, chapters, least)
            cost = measure.middle(args.rounds, lambda: measure.run([args.dama, "align", folder, "--format", "tsv"]))
        print(f"| {count:,} | {cost['wall']:.2f} | {cost['cpu']:.2f} | {cost['memory']:,.0f} |", flush=True)


def measure_long(args):
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "benches"))
    import measure
    root = pathlib.Path(args.data, "data/gold/mac-dev")
    names = sorted(os.listdir(root / "zh"))
    lines = {lang: [line for name in names for line in (root / lang / name).read_text("utf8").splitlines()] for lang in ("zh", "en")}
    print("| text | wall, s | CPU, s | memory, MiB |\n|---|---|---|---|")

    def show(what, cost):
        print(f"| {what} | {cost['wall']:.2f} | {cost['cpu']:.2f} | {cost['memory']:,.0f} |", flush=True)

    pair = lambda files, *more: measure.run([args.dama, "align", "--pair", *files, *more])
    each = [[str(root / lang / name) for lang in ("zh", "en")] for name in names]
    costs = [measure.middle(args.rounds, lambda: pair(files, "--lines")) for files in each]
    show("six texts, a run each", {key: (max if key == "memory" else sum)(cost[key] for cost in costs) for key in costs[0]})
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, lang) for lang in ("zh", "en")]
        for file, lang in zip(files, ("zh", "en")):
            pathlib.Path(file).write_text("".join(line + "\n" for line in lines[lang] * 7), "utf8")
        show(" × ".join(f"{len(lines[lang]) * 7:,}" for lang in ("zh", "en")) + " lines", measure.middle(args.rounds, lambda: pair(files, "--lines")))
        for file, lang, title, space in zip(files, ("zh", "en"), ("标题", "Title"), ("", " ")):
            count = 20_000 * len(lines[lang]) // len(lines["zh"])
            text = space.join(itertools.islice(itertools.cycle(filter(None, map(plain, lines[lang]))), count))
            pathlib.Path(file).write_text(f"# {title}\n\n{text}\n", "utf8")
        show("one paragraph of 20,000 sentences", measure.middle(args.rounds, lambda: pair(files, "--format", "tsv")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["blocks", "omissions", "calibration", "growth", "long"])
    parser.add_argument("data")
    parser.add_argument("dama")
    parser.add_argument("--books", default=None)
    parser.add_argument("--rate", type=float, default=0.05)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    args.books = args.books or ("trpl,12factor,opensource-guide" if args.what == "blocks" else "trpl")
    measures = (measure_blocks, measure_omissions, measure_calibration, measure_growth, measure_long)
    {what.__name__.removeprefix("measure_"): what for what in measures}[args.what](args)


if __name__ == "__main__":
    main()
