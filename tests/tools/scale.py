#!/usr/bin/env python3
"""scale.py DAMA_PUB [--books N] [--kills N] [--pages N] [--only PART…] [--write FILE]

Makes a catalogue of seeded books and does with it what a house does: all of it by Ninja, nothing again, everything touched, a layout
changed, a copy elsewhere with the cache; two workers that share a cache, one of them killed at random moments; Slurm with two nodes, one killed
with its job; entries of the cache that are broken, disks that are full, caches that cannot be written. Ends with 1 where a promise is not kept.
With --write the figures take the place of those between the marks in FILE. Needs Linux, root for the small disks and for Slurm, and Ninja; what
is not there is left out and said."""
import argparse, collections, hashlib, json, os, pathlib, random, re, resource, shutil, signal, subprocess, sys, tempfile, time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import scale_books, scale_slurm

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROWS, WRONG = [], []


def row(what, **figures):
    ROWS.append((what, figures))
    print(f"{what:52}", "  ".join(f"{name} {value}" for name, value in figures.items()), flush=True)


def must(holds, what):
    if not holds:
        WRONG.append(what)
        print("WRONG:", what, flush=True)


def timed(args, **options):
    """Runs a program; its result, seconds by the clock, CPU seconds of all that it started."""
    cpu = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before, began = cpu(), time.perf_counter()
    done = subprocess.run([str(arg) for arg in args], capture_output=True, text=True, **options)
    return done, time.perf_counter() - began, cpu() - before


def environment(cache=None):
    env = {name: value for name, value in os.environ.items() if name != "DAMA_PUB_CACHE"}
    return {**env, "DAMA_PUB_CACHE": str(cache)} if cache else env


def sums(books):
    """What is in each artifact."""
    files = sorted(path for path in books.glob("*/out/*") if not path.name.startswith("."))
    return {str(path.relative_to(books)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def leftovers(books, cache=None):
    left = list(books.glob("*/out/.dama-pub-*.tmp")) + list(books.glob("*/out/.dama-pub-set.json"))
    return left + (list(cache.glob("1/aside/*")) if cache else [])


def ninja(dama, at, cache, what, **expected):
    if not (at / "build.ninja").exists():
        (at / "build.ninja").write_text(subprocess.run([dama, "catalogue", "books", "--format", "ninja"], cwd=at, capture_output=True, text=True, check=True).stdout)
    done, seconds, cpu = timed(["ninja", "-k", "0"], cwd=at, env=environment(cache))
    failed = len(re.findall(r"^FAILED:", done.stdout, re.M))
    count = len(list((at / "books").iterdir()))
    row(what, seconds=f"{seconds:.2f}", cpu_a_book=f"{cpu / count:.{3 if cpu / count > 0.01 else 5}f}", books_a_minute=f"{60 * count / seconds:.0f}", failed=failed)
    for name, value in expected.items():
        must({"failed": failed, "seconds": seconds}[name] <= value, f"{what}: {name}")
    return seconds, cpu


def by_ninja(dama, work, count, bad):
    at, cache = work / "one", work / "cache"
    _, cold = ninja(dama, at, cache, "Ninja, cold", failed=len(bad))
    good = sums(at / "books")
    must(len(good) == 4 * (count - len(bad)) + 2 * len(bad), "every artifact is made, of a book with an error in English the Chinese ones")
    # A book with errors is asked again.
    ninja(dama, at, cache, "Ninja, nothing changed (asks the books with errors)")
    mend(at / "books", bad)
    ninja(dama, at, cache, "Ninja, errors mended", failed=0)
    good = sums(at / "books")
    ninja(dama, at, cache, "Ninja, nothing changed", seconds=0.1 + count / 10_000, failed=0)
    stamps = [path.stat().st_mtime_ns for path in sorted((at / "books").glob("*/out/*.pdf"))]
    for path in (at / "books").glob("*/manuscript/*/*.md"):
        path.touch()
    ninja(dama, at, cache, "Ninja, every text touched", failed=0)
    must(stamps == [path.stat().st_mtime_ns for path in sorted((at / "books").glob("*/out/*.pdf"))], "what is touched is not made")
    engine(at, cold, count)
    other = work / "other"
    other.mkdir()
    scale_books.copy_sources(at / "books", other / "books")
    ninja(dama, other, cache, "Ninja, a fresh copy elsewhere, by the cache", failed=0)
    must(sums(other / "books") == good, "a copy elsewhere has the same bytes")
    for path in (at / "books").glob("*/layouts/house/layout.typ"):
        path.write_text(path.read_text() + "\n// The house has changed its layout.\n")
    ninja(dama, at, cache, "Ninja, a layout of the house changed", failed=0)
    return good


def mend(books, bad):
    for name in bad:
        path = books / name / "manuscript/en/02.md"
        path.write_text(path.read_text().replace("\n![Nothing](../images/not-there.png)\n", ""))


def engine(at, cold, count):
    """The share of Ninja itself: the same rules with a command that does nothing."""
    folder = at / "empty"
    folder.mkdir()
    text = (at / "build.ninja").read_text()
    text = re.sub(r"^  do = .*$", "  do = touch $out", text, flags=re.M).replace("  depfile = $out.d\n  deps = gcc\n", "").replace("book books/", "book ../books/")
    (folder / "build.ninja").write_text(text)
    _, _, cpu = timed(["ninja"], cwd=folder)
    row("Ninja itself", cpu_a_book=f"{cpu / count:.4f}", share=f"{100 * cpu / cold:.2f} %")
    must(cpu < 0.05 * cold, "Ninja takes less than a twentieth")
    shutil.rmtree(folder)


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def killed(dama, work, source, count, kills, bad, good):
    """Two workers with one cache on a disk in memory; the second is killed at random moments and begun again."""
    at = work / "two"
    books = scale_books.copy_sources(source, at / "books")
    with small_disk(work / "memory", f"{512 + 2 * count}m") as memory:
        cache = memory / "cache"
        run = lambda k: subprocess.Popen([dama, "catalogue", "build", "books", "--keep-going", "--jobs", "1", "--shard", f"{k}/2", "--cache", cache, "--message-format", "jsonl"], cwd=at, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        rng, began = random.Random(kills), time.perf_counter()
        first, told = run(1), ""
        for _ in range(kills):
            second = run(2)
            try:
                told += second.communicate(timeout=rng.uniform(0.05, max(1.0, count / 80)))[0]
            except subprocess.TimeoutExpired:
                second.send_signal(signal.SIGKILL)
                told += second.communicate()[0]
        last = lines(run(2).communicate()[0]) + lines(first.communicate()[0])
        seconds = time.perf_counter() - began
        states = collections.Counter(line["status"] for line in last)
        errors = [line["book"] for line in last for finding in line["findings"] if finding["severity"] == "error"]
        row(f"two workers, one killed {kills} times", seconds=f"{seconds:.0f}", **states)
        must(len(last) == count, "every book is told of")
        must(sorted(errors) == bad, "each planted error is told once")
        made = sums(books)
        must(all(made.get(name) == value for name, value in good.items() if name.split("/")[0] not in bad), "the bytes are those of the single run")
        must(not leftovers(books, cache), f"nothing is left over: {leftovers(books, cache)[:3]}")


def single(dama, work, planted):
    """What one run makes, to be compared with; nothing where nothing is compared."""
    books = scale_books.copy_sources(planted, work / "single/books")
    subprocess.run([dama, "catalogue", "build", books, "--keep-going", "--cache", work / "cache"], capture_output=True)
    return sums(books)


class small_disk:
    """A disk of a size, in memory."""

    def __init__(self, place, size):
        self.place, self.size = place, size

    def __enter__(self):
        self.place.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", self.place], check=True)
        return self.place

    def __exit__(self, *_):
        subprocess.run(["umount", self.place], check=True)


def build(dama, book, *args):
    return subprocess.run([dama, "build", str(book), *map(str, args)], capture_output=True, text=True, env=environment())


def last(done, work):
    """The last line that was said, without the folder of this run."""
    return "`" + done.stderr.replace(str(work) + "/", "").strip().splitlines()[-1].strip() + "`"


def broken(dama, work):
    """A cache with a broken entry, a disk that is full, a cache that cannot be written."""
    book, cache = work / "broken/b1", work / "broken/cache"
    scale_books.book(book, 7)
    must(build(dama, book, "--cache", cache).returncode == 0, "a book is built")
    good = sums(book.parent)
    shutil.rmtree(book / "out")
    entry = next(cache.glob("1/entries/*/*/artifact"))
    spoilt = entry.read_bytes()
    entry.unlink()
    entry.write_bytes(spoilt[:-9] + b"?" + spoilt[-8:])
    done = build(dama, book, "--cache", cache)
    must(done.returncode == 0 and sums(book.parent) == good, "a broken entry is a miss")
    row("a broken entry of the cache", said=last(done, work))
    must("0 were broken" in subprocess.run([dama, "cache", "verify", cache], capture_output=True, text=True).stderr, "and is gone")
    (book / "manuscript/zh/01.md").write_text("# 新\n\n" + "新的一天。" * 4000)
    kib = sum(path.stat().st_size // 4096 * 4 + 4 for path in (book / "out").iterdir())
    with small_disk(work / "broken/disk", f"{kib + 64}k") as disk:
        shutil.copytree(book / "out", disk / "out")
        there = lambda: {path.name: path.read_bytes() for path in (disk / "out").iterdir() if not path.name.startswith(".")}
        before = there()
        done = build(dama, book, "--out", disk / "out")
        row("a full disk", code=done.returncode, said=last(done, work))
        must(done.returncode in (1, 2) and "No space" not in done.stdout, "a full disk is told")
        # One that still has room may be made.
        now, told = there(), re.findall(r"^ *made \S*/(\S+)", done.stderr, re.M)
        changed = {name for name in before if now.get(name) != before[name]}
        must(set(now) == set(before) and changed <= set(told) and len(told) < len(before), "on a full disk an old artifact is as it was, or wholly new")
    with small_disk(work / "broken/disk", "64k") as disk:
        done = build(dama, book, "--cache", disk / "cache")
        row("a cache on a full disk", code=done.returncode, said=last(done, work))
        must(done.returncode == 0, "a cache that is full costs nothing but time")
    with small_disk(work / "broken/disk", "64m") as disk:
        shutil.copytree(cache, disk / "cache")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        (book / "manuscript/zh/01.md").write_text("# 又\n\n又一天。\n")
        done = build(dama, book, "--cache", disk / "cache")
        row("a cache that cannot be written", code=done.returncode, said=last(done, work))
        must(done.returncode == 0, "a cache that cannot be written costs nothing but time")


def unchanged(dama, work, pages):
    for name, make in [("the publication", publication), (f"a long book", lambda to: long_book(to, pages))]:
        book = work / name.replace(" ", "-")
        make(book)
        _, cold, _ = timed([dama, "build", book, "--time-limit", "0"])
        made = sorted(path.name for path in (book / "out").glob("*.*") if not path.name.startswith("."))
        again = sorted(timed([dama, "build", book])[1] for _ in range(7))[3]
        chapter = sorted((book / "manuscript/en").glob("*.md"))[1]
        chapter.write_text(chapter.read_text() + "\nOne sentence more.\n")
        times = {path: path.stat().st_mtime_ns for path in (book / "out").glob("*.*")}
        _, edited, _ = timed([dama, "build", book, "--time-limit", "0"])
        anew = sorted(path.name for path in times if path.suffix != ".json" and path.stat().st_mtime_ns != times[path])
        row(f"unchanged: {name}", artifacts=len(made), cold=f"{cold:.2f} s", unchanged=f"{again * 1000:.0f} ms", edit_in_English=f"{edited:.2f} s", made_anew=f"{len(anew)} of {len(made)}")
        must(anew and not any(re.search(r"-zh\b", name) for name in anew), f"an edit in English makes nothing Chinese anew: {anew}")


def publication(to):
    shutil.copytree(ROOT / "manuscript", to / "manuscript")


def long_book(to, pages):
    scale_books.book(to, 3, chapters=max(2, pages // 8), paragraphs=60)


def apart(name, part):
    """One part; where it breaks off, that is told, and the others are done."""
    try:
        part()
    except Exception as why:
        must(False, f"{name} breaks off: {why!r}")


def written(text, count, program):
    out = [f"Measured by `make scale` with {count} books on {os.cpu_count()} processors ({program}).", ""]
    names = sorted({name for _, figures in ROWS for name in figures}, key=lambda name: [name in figures for _, figures in ROWS].index(True))
    out += ["| what | figures |", "|---|---|"]
    out += [f"| {what} | {'; '.join(f'{name.replace(chr(95), chr(32))} {value}' for name, value in figures.items())} |" for what, figures in ROWS]
    marks = ("<!-- scale: figures -->", "<!-- scale: end -->")
    head, rest = text.split(marks[0])
    return head + marks[0] + "\n" + "\n".join(out) + "\n" + marks[1] + rest.split(marks[1])[1]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("dama", type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument("--books", type=int, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--pages", type=int, default=800)
    parser.add_argument("--only", nargs="*", default=["ninja", "killed", "slurm", "broken", "unchanged"])
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--note", default="the optimised program")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dama-scale-", ignore_cleanup_errors=True) as work:
        work = pathlib.Path(work)
        bad = scale_books.catalogue(work / "one", args.books, ROOT / "layouts/book", max(2, args.books // 100))
        scale_books.copy_sources(work / "one/books", work / "planted")
        planted = work / "planted"
        good = by_ninja(args.dama, work, args.books, bad) if "ninja" in args.only else single(args.dama, work, planted)
        parts = {
            "killed": lambda: killed(args.dama, work, planted, args.books, args.kills, bad, good),
            "slurm": lambda: scale_slurm.run(args.dama, work, planted, args.books, bad, good, (row, must, sums, lines)),
            "broken": lambda: broken(args.dama, work),
            "unchanged": lambda: unchanged(args.dama, work, args.pages),
        }
        for name in [None, *(part for part in args.only if part in parts)]:
            if name:
                apart(name, parts[name])
            # A long run that is broken off leaves what it has measured.
            if args.write:
                args.write.write_text(written(args.write.read_text(), args.books, args.note))
    print(f"{len(WRONG)} promises not kept" if WRONG else "every promise was kept")
    return 1 if WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
