#!/usr/bin/env python3
"""align_alone.py emptied|singles DATA DAMA_PUB

How well `dama-pub align --lines` finds sentences that have no counterpart. DATA is the folder of the gold data.

emptied  takes one side of 5 % of the beads of data/gold/mac-dev away, six times at random.
singles  takes pairs of single sentences out of real books (those of sixty chapters of trpl, 12factor and opensource-guide that the
         program itself pairs with more than 0.9), deletes 6 % on one side, twice at random: the rest must pair one to one."""
import os, random, subprocess, sys, tempfile
from ast import literal_eval
from concurrent.futures import ThreadPoolExecutor


def beads(lines):
    return [tuple(tuple(literal_eval(ids)) for ids in line.split(":")[:2]) for line in lines if ":" in line]


def read(path):
    return open(path, encoding="utf8").read().splitlines()


def align(program, texts):
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, name) for name in ("zh.txt", "en.txt")]
        for file, lines in zip(files, texts):
            open(file, "w", encoding="utf8").write("\n".join(lines) + "\n")
        run = subprocess.run([program, "align", "--pair", *files, "--lines"], capture_output=True, text=True, check=True)
    return beads(run.stdout.splitlines())


def emptied(data, _):
    root = f"{data}/data/gold/mac-dev"
    texts = [([read(f"{root}/{lang}/{name}") for lang in ("zh", "en")], beads(read(f"{root}/gold/{name}"))) for name in sorted(os.listdir(f"{root}/gold"))]
    for seed in range(1, 7):
        chance = random.Random(seed)
        for lines, gold in texts:
            gone, kept = [set(), set()], []
            for bead in gold:
                if all(bead) and chance.random() < 0.05:
                    side = 1 if chance.random() >= 0.5 else 0
                    gone[side] |= set(bead[side])
                    bead = tuple(() if at == side else ids for at, ids in enumerate(bead))
                kept.append(bead)
            number = [{old: new for new, old in enumerate(n for n in range(len(text)) if n not in gone[side])} for side, text in enumerate(lines)]
            kept = [tuple(tuple(number[side][n] for n in ids) for side, ids in enumerate(bead)) for bead in kept]
            yield [[text for n, text in enumerate(side) if n not in gone[at]] for at, side in enumerate(lines)], kept


def singles(data, program):
    names = [(book, name) for book in ("trpl", "12factor", "opensource-guide") for name in sorted(os.listdir(f"{data}/data/{book}/en"))]
    chapters = [[f"{data}/data/{book}/{lang}/{name}" for lang in ("zh", "en")] for book, name in names if name.endswith(".md")]
    chapters = [files for files in chapters if os.path.exists(files[0])]
    random.Random(5).shuffle(chapters)
    texts = []
    for files in chapters[:60]:
        table = subprocess.run([program, "align", "--pair", *files, "--format", "tsv"], capture_output=True, text=True).stdout
        rows = [line.split("\t") for line in table.splitlines()[1:]]
        rows = [row for row in rows if row[1] == "sentence" and row[4] == "equal" and float(row[6]) > 0.9 and len(row[7]) > 6]
        pairs = [(row[7], row[8]) for row in rows if "," not in row[2] + row[3]]
        texts += [pairs] if len(pairs) >= 15 else []
    for seed in (1, 2):
        chance = random.Random(seed)
        for pairs in texts:
            lines, gold = ([], []), []
            for pair in pairs:
                draw = chance.random()
                sides = [1] if draw < 0.03 else [0] if draw < 0.06 else [0, 1]
                gold.append(tuple((len(lines[side]),) if side in sides else () for side in (0, 1)))
                for side in sides:
                    lines[side].append(pair[side])
            yield list(lines), gold


def alone(found):
    return {(side, n) for bead in found if not all(bead) for side, ids in enumerate(bead) for n in ids}


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("emptied", "singles"):
        sys.exit(__doc__)
    data, program = sys.argv[2:]
    sets = list({"emptied": emptied, "singles": singles}[sys.argv[1]](data, program))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(lambda one: align(program, one[0]), sets))
    for what, of in (("beads", lambda found: {bead for bead in found if all(bead)}), ("alone", alone)):
        right, found, wanted = (sum(counts) for counts in zip(*((len(of(a) & of(gold)), len(of(a)), len(of(gold))) for (_, gold), a in zip(sets, answers))))
        precision, recall = right / found, right / wanted
        print(f"{what}: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f} of {wanted}")


main()
