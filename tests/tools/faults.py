#!/usr/bin/env python3
"""faults.py DAMA_PUB [--each N] [--seed N] [--verbose]

Builds and sign-offs whose system calls fail, by strace: a disk that is full, that cannot be read, that is read-only, calls that are
interrupted. Of each kind of call the first ones and N seeded ones of those that a good run makes fail, one at a time. Whatever
fails, every file that is there is whole, a run that did not do all of its work says so in a line and by its code, and the next run
leaves no temporary file. Ends with 1 where one does not; `torture.py` runs it too. Needs Linux and the right to trace."""
import argparse, collections, pathlib, random, re, shutil, subprocess, sys, tempfile

# Errors by the calls that can fail with them. Which calls a program makes is the library's choice.
FAULTS = {
    "write": ["EIO", "ENOSPC", "EDQUOT"],
    "pwrite64": ["EIO", "ENOSPC"],
    "fsync": ["EIO", "ENOSPC"],
    "fdatasync": ["EIO"],
    "rename": ["EIO", "EROFS", "ENOSPC"],
    "renameat": ["EIO"],
    "renameat2": ["EIO"],
    "mkdir": ["EROFS", "ENOSPC"],
    "unlink": ["EROFS", "EIO"],
    "openat": ["EIO", "EACCES", "EMFILE", "EROFS", "EINTR"],
    "read": ["EIO", "EINTR"],
    "getdents64": ["EIO"],
    "flock": ["EINTR", "ENOLCK"],
    "ftruncate": ["EIO", "ENOSPC"],
    "fchmod": ["EPERM"],
    "statx": ["EACCES", "EIO"],
    "pipe2": ["EMFILE"],
    "clone3": ["EAGAIN", "ENOMEM"],
}
FIRST = 2


def can_trace():
    return shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def counts(program, root, args):
    """How often a good run makes each call, those of its worker included, after it began to read the book."""
    with tempfile.NamedTemporaryFile("r") as log:
        subprocess.run(["strace", "-f", "-qq", "-o", log.name, "-e", "trace=" + ",".join(f"?{name}" for name in FAULTS), program, *args], cwd=root, capture_output=True)
        calls = re.findall(r"^\d+ +(\w+)\(", log.read(), re.M)
    return collections.Counter(calls)


def run(program, root, args, inject=None):
    before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={inject}"] if inject else []
    try:
        return subprocess.run([*before, program, *args, "--color", "never"], cwd=root, capture_output=True, text=True, errors="replace", timeout=120)
    except subprocess.TimeoutExpired:
        return None


def cases(counted, each, rng):
    for call, errors in FAULTS.items():
        times = counted[call]
        chosen = set(range(1, min(FIRST, times) + 1)) | set(rng.sample(range(1, times + 1), min(each, times)))
        for at in sorted(chosen):
            yield call, rng.choice(errors), at


def judged(done, whole, is_write):
    """What is wrong with a run; `whole` says what is wrong with the files. Where writing fails, so may what is to be said of it."""
    if done is None:
        return "it did not end"
    # A call of the loader or of strace's own start that fails ends the program before it is one.
    if done.returncode in (126, 127):
        return None
    said = done.stdout + done.stderr
    if "panicked" in said or "defect of dama-pub" in said or "RUST_BACKTRACE" in said:
        return "it panicked: " + first(said)
    if done.returncode not in (0, 1, 2):
        return f"code {done.returncode}"
    if done.returncode and not said.strip() and not is_write:
        return f"code {done.returncode} without a word"
    return whole(done.returncode == 0)


def first(said):
    return next((line for line in said.splitlines() if "panicked" in line or "error" in line), "")[:160]


def tried(program, each, seed, book, edit, sets, left, verbose=False):
    """Rows of what was tried: what, how often, what was wrong."""
    rng = random.Random(seed)
    for name, args, folder in (("build", ["build", "--force"], "out"), ("sign-off", ["accept", "--all"], "manuscript")):
        with tempfile.TemporaryDirectory() as place:
            root = book(pathlib.Path(place) / "faults")
            edit(root, 0)
            good = [run(program, root, args) for _ in range(2)]
            assert all(done.returncode == 0 for done in good), good[0].stderr
            counted = counts(program, root, args)
            wanted = {}
            for turn in (0, 1):
                edit(root, turn)
                run(program, root, args)
                wanted[turn] = sets(root / "out") if name == "build" else (root / "manuscript/reviewed.yaml").read_text()
            number, wrong = 0, []
            for turn, (call, error, at) in enumerate(cases(counted, each, rng)):
                edit(root, turn % 2)

                def whole(all_done):
                    if name == "build":
                        now = sets(root / "out")
                        if not all(is_whole for is_whole, _ in now.values()) or len(now) != len(wanted[0]):
                            return "a file that is not whole"
                        return "code 0, and not everything was made" if all_done and now != wanted[turn % 2] else None
                    now = (root / "manuscript/reviewed.yaml").read_text()
                    if now not in wanted.values():
                        return "a record that is not whole"
                    return "code 0, and nothing was signed off" if all_done and now != wanted[turn % 2] else None

                done = run(program, root, args, f"{call}:error={error}:when={at}")
                fault = judged(done, whole, "write" in call)
                number += 1
                if verbose:
                    print(f"{name}: {call} {at} {error}: code {done and done.returncode} {first(done.stdout + done.stderr) if done else ''}", flush=True)
                if fault:
                    wrong.append(f"{call} number {at} with {error}: {fault}")
            run(program, root, args)
            rest = left(root / folder)
            if rest:
                wrong.append(f"{len(rest)} temporary files are left")
            yield f"{number} failing calls of a {name}", wrong


def main():
    import torture
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--seed", type=int, default=20260301)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    if not can_trace():
        sys.exit("SKIPPED: strace cannot trace here")
    program, holds = str(pathlib.Path(args.program).resolve()), True
    for what, wrong in tried(program, args.each, args.seed, torture.book, torture.edit, torture.sets, torture.left, args.verbose):
        print(f"{'ok    ' if not wrong else 'BROKEN'} {what}: {len(wrong)} broke a promise", *wrong, sep="\n  ")
        holds &= not wrong
    sys.exit(not holds)


if __name__ == "__main__":
    main()
