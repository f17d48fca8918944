#!/usr/bin/env python3
"""torture.py DAMA_PUB [--kills N] [--seed N] [--ledger FILE] [--only PART] [--share]

What dama-pub promises of runs that are killed, crowded, starved or led astray, tried on a small book, seeded. Prints a table and
ends with 1 where a promise does not hold. Parts: kills, crowds, disk, calls, bombs, numbers, sameness, clients (of the
servers, for CLIENTS seconds of the environment each)."""
import argparse, hashlib, json, os, pathlib, random, resource, shutil, signal, subprocess, sys, tempfile, time

import bounds, faults

BOOK = "title: {zh: 桥, en: Bridge}\nslug: bridge\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: %s\n"
TEXTS = {"zh": "# 第%d座\n\n桥长%d米。\n\n第二段说的是风。\n", "en": "# Bridge %d\n\nThe bridge is %d metres long.\n\nThe second paragraph is about wind.\n"}


def book(root, layout="book", chapters=4):
    for language, text in TEXTS.items():
        folder = root / "manuscript" / language
        folder.mkdir(parents=True)
        for n in range(chapters):
            (folder / f"{n + 1:02}-a.md").write_text(text % (n + 1, 100 + n))
    (root / "manuscript/book.yaml").write_text(BOOK % layout)
    return root


class Tortured:
    def __init__(self, program, folder, seed):
        self.program, self.folder, self.random = str(pathlib.Path(program).resolve()), folder, random.Random(seed)
        self.rows, self.holds = [], True

    def start(self, root, *args, **more):
        return subprocess.Popen([self.program, *args], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)

    def run(self, root, *args, env=None):
        begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run([self.program, *args, "--color", "never"], cwd=root, capture_output=True, text=True, errors="replace", env=env)
        cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        return done, time.monotonic() - begun, cpu

    def tell(self, what, figures, good):
        self.rows.append((what, figures, "holds" if good else "BROKEN"))
        self.holds &= good
        print(f"{'ok    ' if good else 'BROKEN'} {what}: {figures}", flush=True)


def left(folder):
    return [p.name for p in folder.iterdir() if p.name.startswith(".dama-pub-")] if folder.is_dir() else []


def sets(out):
    """The artifacts by content; each is whole if it begins and ends as its kind does."""
    found = {}
    for path in sorted(out.iterdir()):
        data = path.read_bytes()
        if path.name.startswith("."):
            continue
        whole = data.rstrip().endswith(b"%%EOF") if path.suffix == ".pdf" else data[:2] == b"PK" and b"PK\5\6" in data[-30:]
        found[path.name] = (whole, hashlib.sha256(data).hexdigest())
    return found


def kills(t, count):
    """A build and an accept, killed at random moments: what is there is whole and of one run, and the next run leaves no traces."""
    root = book(t.folder / "kills")
    versions = []
    for turn in range(2):
        edit(root, turn)
        t.run(root, "build")
        versions.append({name: digest for name, (_, digest) in sets(root / "out").items()})
    begun = time.monotonic()
    t.run(root, "build")
    took = time.monotonic() - begun
    partial = mixed = 0
    for n in range(count):
        edit(root, n % 2)
        child = t.start(root, "build", start_new_session=True)
        time.sleep(t.random.random() * took * 1.1)
        # The process alone, as a system does that has no memory left; its worker must end by itself.
        child.send_signal(signal.SIGKILL)
        child.wait()
        if n % 10 == 9:
            t.run(root, "build", "--edition", "zh", "--format", "epub")
            now = sets(root / "out")
            partial += sum(not whole for whole, _ in now.values())
            others = {name: digest for name, (_, digest) in now.items() if name != "bridge-zh.epub"}
            mixed += not any(all(version[name] == digest for name, digest in others.items()) for version in versions)
    t.run(root, "build")
    rest = len(left(root / "out"))
    t.tell(f"{count} builds killed", f"{partial} partial, {mixed} of two runs, {rest} temporary files after the next", not (partial or mixed or rest))
    broken = 0
    for n in range(count):
        child = t.start(root, "accept", "--all", start_new_session=True)
        time.sleep(t.random.random() * 0.08)
        child.send_signal(signal.SIGKILL)
        child.wait()
        if n % 20 == 19:
            done, _, _ = t.run(root, "check", "--format", "json")
            broken += any(f["check"] == "reviewed" for f in json.loads(done.stdout)["findings"])
    t.run(root, "accept", "--all")
    rest = len(left(root / "manuscript"))
    t.tell(f"{count} sign-offs killed", f"{broken} broken records, {rest} temporary files after the next", not (broken or rest))


def edit(root, turn):
    (root / "manuscript/zh/01-a.md").write_text(TEXTS["zh"] % (1, 100 + turn))
    (root / "manuscript/en/01-a.md").write_text(TEXTS["en"] % (1, 100 + turn))


def crowds(t, rounds=10):
    """Several runs at once in one folder."""
    root = book(t.folder / "crowds")
    lost = 0
    for _ in range(rounds):
        (root / "manuscript/reviewed.yaml").unlink(missing_ok=True)
        runs = [t.start(root, "accept", f"{n + 1:02}-a") for n in range(4)]
        codes = [run.wait() for run in runs]
        done, _, _ = t.run(root, "stats", "--format", "json")
        text = (root / "manuscript/reviewed.yaml").read_text()
        lost += not any(codes) and any(f"{n + 1:02}-a" not in text for n in range(4))
    t.tell(f"4 sign-offs at once, {rounds} times", f"{lost} lost in silence", lost == 0)
    mixed = 0
    for n in range(rounds):
        runs = []
        for turn in (0, 1):
            edit(root, turn)
            runs.append(t.start(root, "build"))
            time.sleep(0.02)
        for run in runs:
            run.wait()
        mixed += any(not whole for whole, _ in sets(root / "out").values()) or bool(left(root / "out"))
    t.tell(f"2 builds at once, {rounds} times", f"{mixed} with partial or forgotten files", mixed == 0)


def disk(t):
    """A folder without room, one that cannot be written to, a device in place of a file."""
    root = book(t.folder / "disk")
    t.run(root, "build")
    before = sets(root / "out")
    small = t.folder / "small"
    small.mkdir()
    if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True).returncode == 0:
        try:
            done, _, _ = t.run(root, "build", "--out", str(small))
            t.tell("a disk that is full", f"code {done.returncode}, {len(list(small.iterdir()))} files", done.returncode == 2 and not list(small.iterdir()))
        finally:
            subprocess.run(["umount", small])
    else:
        print("SKIPPED a disk that is full: nothing can be mounted here")
    blocked = t.folder / "blocked"
    blocked.write_text("a file")
    done, _, _ = t.run(root, "build", "--out", str(blocked))
    t.tell("a file in place of the output folder", f"code {done.returncode}", done.returncode == 2 and blocked.read_text() == "a file")
    t.tell("and what was there", "as it was", sets(root / "out") == before)


BOMBS = {
    "a layout that never ends": "#for a in range(100000) { for b in range(100000) {} }",
    "a layout that takes all memory": "#let all = range(2000000000)\n#all.len()",
    "a layout of a million pages": "#for a in range(1000000) { pagebreak() }",
    "a layout that calls itself": "#let f(n) = f(n + 1)\n#f(0)",
}


def bombs(t):
    for name, layout in BOMBS.items():
        root = book(t.folder / name.replace(" ", "-"), "own", 1)
        (root / "layouts/own").mkdir(parents=True)
        (root / "layouts/own/layout.typ").write_text(layout)
        (root / "layouts/own/layout.yaml").write_text("title: own\nstandards: []\n")
        done, wall, _ = t.run(root, "build", "--format", "pdf", "--time-limit", "3", "--memory-limit", "600")
        said = "resource-limit" in done.stderr or "typeset" in done.stderr
        quiet = "panicked" not in done.stderr and "backtrace" not in done.stderr
        t.tell(name, f"code {done.returncode} in {wall:.1f} s", done.returncode == 1 and said and quiet and wall < 8 and not left(root / "out"))


def numbers(t):
    """Books in which one number is absurd."""
    for name in bounds.BOOKS:
        for command, size, (cpu, memory, code, _, _), (state, why) in bounds.run(t.program, t.folder / "numbers", name):
            t.tell(f"{command} of {size:,} {name}", f"{cpu:.1f} s, {memory:.0f} MB, code {code}: {why}", state == "holds")
        shutil.rmtree(t.folder / "numbers", ignore_errors=True)


def calls(t, each=2):
    """System calls that fail; see faults.py."""
    if not faults.can_trace():
        return print("SKIPPED calls that fail: strace cannot trace here")
    for what, wrong in faults.tried(t.program, each, t.random.getrandbits(32), book, edit, sets, left):
        t.tell(what, "; ".join(wrong) or "each told or made good, every file whole", not wrong)


def sameness(t):
    """The same bytes from another folder, in another zone, language, number of threads and umask."""
    digests = set()
    here = [("a", {}), ("another place", {"TZ": "Asia/Shanghai"}), ("c", {"LC_ALL": "de_DE.UTF-8"}), ("d", {"RAYON_NUM_THREADS": "1"}), ("书", {"RAYON_NUM_THREADS": "7"})]
    for n, (name, more) in enumerate(here):
        root = book(t.folder / "same" / name)
        old = os.umask(0o077 if n % 2 else 0o022)
        done, _, _ = t.run(root, "build", env={**os.environ, **more})
        os.umask(old)
        digests.add(json.dumps(sets(root / "out")))
    t.tell(f"{len(here)} builds elsewhere", f"{len(digests)} different sets", len(digests) == 1)


def clients(t):
    """See clients.py."""
    import clients
    rows, _ = clients.run(t.program, t.folder, int(os.environ.get("CLIENTS", 30)), t.random.getrandbits(32))
    for what, figures, good in rows:
        t.tell(what, figures, good)


PARTS = {"kills": None, "crowds": crowds, "disk": disk, "calls": calls, "bombs": bombs, "numbers": numbers, "sameness": sameness, "clients": clients}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20260301)
    parser.add_argument("--ledger", type=pathlib.Path)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--share", action="store_true", help="the parts whose outcome no slow machine changes, each for a little while")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        t = Tortured(args.program, pathlib.Path(folder), args.seed)
        if args.share:
            kills(t, 20)
            crowds(t, 3)
            sameness(t)
            sys.exit(not t.holds)
        for name, part in PARTS.items():
            if args.only in (None, name):
                kills(t, args.kills) if part is None else part(t)
    if args.ledger:
        rows = "\n".join(f"| {what} | {figures} | {state} |" for what, figures, state in t.rows)
        args.ledger.write_text(LEDGER + rows + "\n")
    sys.exit(not t.holds)


LEDGER = """# Reliability

What was promised and tried with `make torture` (`tests/tools/torture.py`), which writes this page. `docs/security.md` says what is held back and how.

| tried | came out | promise |
|---|---|---|
"""

if __name__ == "__main__":
    main()
