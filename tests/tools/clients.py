#!/usr/bin/env python3
"""clients.py DAMA_PUB [--seconds N] [--seed N] [--curve FILE] [--only watch|lsp]

Hostile clients against `dama-pub watch` and `dama-pub lsp`, for so many seconds each (or CLIENTS in the environment; 30), seeded.
Every 5 seconds the memory of every process is written down. It holds when nobody ends, good clients are answered throughout, and
memory and threads stay in their bounds. Ends with 1 where it does not."""
import argparse, collections, json, os, pathlib, random, re, socket, subprocess, sys, tempfile, threading, time, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from torture import TEXTS, book

# MiB that the process may have which speaks with clients, and threads.
FRONT, THREADS, EVERY = 400, 200, 5


class Watched:
    """A program, what it says, and the curve of its memory."""

    def __init__(self, name, command, root, **pipes):
        self.name, self.rows, self.begun = name, [], time.monotonic()
        self.child = subprocess.Popen(command, cwd=root, **pipes)
        self.ended = threading.Event()

    def processes(self):
        try:
            children = pathlib.Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children").read_text()
        except OSError:
            return []
        return [self.child.pid, *map(int, children.split())]

    def look(self):
        about = []
        for pid in self.processes():
            try:
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
                about.append((int(re.search(r"VmRSS:\s+(\d+)", status)[1]) >> 10, int(re.search(r"Threads:\s+(\d+)", status)[1])))
            except (OSError, TypeError):
                pass
        if about:
            self.rows.append((round(time.monotonic() - self.begun), about))

    def measure(self):
        while not self.ended.wait(EVERY):
            self.look()

    def bounds(self):
        front = [about[0] for _, about in self.rows if about]
        worker = [m for _, about in self.rows for m, _ in about[1:]]
        return max((m for m, _ in front), default=0), max((t for _, t in front), default=0), max(worker, default=0)


def left(pids):
    """How many of these processes still do something, after a while."""
    def alive(pid):
        try:
            return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
        except OSError:
            return False
    until = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return sum(map(alive, pids))


def requests(rng, host, token):
    """A request that nobody should send, and whether its connection is kept open without a word."""
    absurd = rng.choice([2**63 - 1, 2**64 - 1, 10**30, -1, 10**12])
    path = rng.choice(["/", f"/{token}/", f"/{token}/state?since=0&editions=zh", f"/{token}/sheet/zh/{rng.getrandbits(128):032x}.svg"])
    good = f"Host: {host}\r\n"
    return rng.choice([
        f"GET {path} HTTP/1.1\r\n{good}Content-Length: {absurd}\r\n\r\n",
        f"POST {path} HTTP/1.1\r\n{good}Content-Length: {absurd}\r\n\r\n" + "x" * rng.randrange(100_000),
        f"GET {path} HTTP/1.1\r\n{good}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        f"GET {path}{'a' * rng.randrange(60_000)} HTTP/1.1\r\n{good}\r\n",
        f"GET {path} HTTP/1.1\r\n{good}" + "".join(f"H{n}: v\r\n" for n in range(rng.randrange(3000))) + "\r\n",
        f"GET {path} HTTP/1.1\r\nHost: books.example\r\n\r\n",
        f"GET /{rng.getrandbits(128):032x}/ HTTP/1.1\r\n{good}\r\n",
        f"GET /{token}/state?since={absurd}&editions={','.join(['e' * 50] * rng.randrange(100))} HTTP/1.1\r\n{good}\r\n",
        f"GET /{token}/source?edition=zh&page={absurd}&x=1e308&y=-1e308 HTTP/1.1\r\n{good}\r\n",
        f"GET {path} HTTP/1.1\r\n{good}Expect: 100-continue\r\n\r\n" * rng.randrange(1, 40),
        "".join(chr(rng.randrange(256)) for _ in range(rng.randrange(4000))),
        "GET ", "", "\r\n" * 1000,
    ])


def attack(rng, port, token, until, count):
    """Connections of all kinds: some say everything at once, some a byte at a time, some nothing, some never read."""
    host, kept = f"127.0.0.1:{port}", collections.deque(maxlen=60)
    while time.monotonic() < until:
        try:
            stream = socket.create_connection(("127.0.0.1", port), timeout=5)
            request = requests(rng, host, token).encode("latin1")
            how = rng.randrange(5)
            stream.settimeout(0.2)
            if how == 0:
                stream.sendall(request[: rng.randrange(len(request) + 1)])
                kept.append(stream)
                continue
            if how == 1:
                for byte in request[:40]:
                    stream.sendall(bytes([byte]))
            else:
                stream.sendall(request)
            if how > 2:
                while stream.recv(65536):
                    pass
            stream.close()
        except OSError:
            pass
        count["requests"] += 1


def watch(program, root, seconds, rng):
    log = subprocess.PIPE
    watched = Watched("watch", [program, "watch", "--color", "never"], root, stderr=log, text=True)
    first = watched.child.stderr.readline()
    port, token = re.search(r"127\.0\.0\.1:(\d+)/(\w+)/", first).groups()
    threading.Thread(target=watched.child.stderr.read, daemon=True).start()
    threading.Thread(target=watched.measure, daemon=True).start()
    address, count, until = f"http://127.0.0.1:{port}/{token}/", collections.Counter(), time.monotonic() + seconds

    def ask(path):
        return urllib.request.urlopen(address + path, timeout=60).read()

    def ready():
        since = 0
        while True:
            state = json.loads(ask(f"state?since={since}&editions=zh"))
            since = state["revision"]
            if state["status"]["state"] == "ready" and state["editions"][0]["pages"]:
                return state

    ready()
    attackers = [threading.Thread(target=attack, args=(random.Random(rng.random()), int(port), token, until, count)) for _ in range(6)]
    for thread in attackers:
        thread.start()
    turn = 0
    while time.monotonic() < until:
        turn += 1
        (root / "manuscript/zh/01-a.md").write_text(TEXTS["zh"] % (1, 100 + turn))
        try:
            state = json.loads(ask("state?since=0&editions=zh"))
            for page in state["editions"][0]["pages"][:2]:
                ask(f"sheet/zh/{page['look']}.svg")
            count["answered"] += 1
        except OSError:
            # The page may have been replaced in the meantime, or there was no place for it: it is asked for again.
            count["refused"] += 1
        time.sleep(0.3)
    for thread in attackers:
        thread.join()
    ready()
    watched.look()
    alive = watched.child.poll() is None
    watched.ended.set()
    worker = watched.processes()[1:]
    watched.child.kill()
    watched.child.wait()
    orphans = left(worker)
    return watched, count, alive and not orphans and count["answered"] > count["refused"], f"{orphans} workers left"


def messages(rng, uri):
    """Bytes that an editor should not send."""
    def framed(body, length=None):
        body = body if isinstance(body, bytes) else body.encode()
        return b"Content-Length: %d\r\n\r\n" % (len(body) if length is None else length) + body

    def call(method, params, **more):
        return framed(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}))
    place = {"textDocument": {"uri": rng.choice([uri, "file:///etc/passwd", "nonsense", "http://a/b", uri + "/x"])}, "position": {"line": rng.choice([0, 7, 2**31, 2**32 - 1]), "character": rng.choice([0, 3, 2**32 - 1])}}
    text = "".join(rng.choice("字 a\n#*`[]()!|$\\") for _ in range(rng.randrange(400)))
    return rng.choice([
        lambda: b"Content-Length: 99999999999999999999\r\n\r\n",
        lambda: framed("{}", rng.choice([2**63, 2**40, 10**20])),
        lambda: framed('{"jsonrpc":"2.0","id":%d,"method":5}' % rng.randrange(100)),
        lambda: framed('{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"%s","version":1},"contentChanges":[{"text":"\\ud83d x \\ude00"}]}}' % uri),
        lambda: framed("[" * rng.randrange(100_000)),
        lambda: framed(bytes(rng.randrange(256) for _ in range(rng.randrange(2000)))),
        lambda: bytes(rng.randrange(256) for _ in range(rng.randrange(200))) + b"\r\n",
        lambda: call(rng.choice(["x/y", "textDocument/rename", "$/cancelRequest"]), rng.choice([None, 1, [], place]), id=rng.choice([1, "a", 2**31 - 1])),
        lambda: call(rng.choice(["textDocument/hover", "textDocument/definition", "textDocument/documentSymbol"]), place, id=rng.randrange(10**6)),
        lambda: call("textDocument/codeAction", {**place, "range": {"start": place["position"], "end": place["position"]}, "context": {"diagnostics": []}}, id=rng.randrange(10**6)),
        lambda: call("textDocument/didOpen", {"textDocument": {"uri": place["textDocument"]["uri"], "languageId": "x", "version": 1, "text": text}}),
        lambda: b"".join(call("textDocument/didChange", {"textDocument": {"uri": uri, "version": n}, "contentChanges": [{"text": text + str(n)}]}) for n in range(rng.randrange(200))),
        lambda: call("textDocument/didClose", place), lambda: call("workspace/didChangeWatchedFiles", {"changes": []}),
    ])()


def answers(stream, got):
    """Hears what is said; gives each answer by its number."""
    while line := stream.readline():
        length = int(line.split(b":")[1])
        stream.readline()
        body = json.loads(stream.read(length))
        got["heard"] += 1
        if str(body.get("id", "")).startswith("good"):
            got[body["id"]] = 1


def lsp(program, root, seconds, rng):
    served = Watched("lsp", [program, "lsp"], root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    to, got = served.child.stdin, collections.Counter()
    threading.Thread(target=answers, args=(served.child.stdout, got), daemon=True).start()
    threading.Thread(target=served.measure, daemon=True).start()

    def say(**body):
        text = json.dumps({"jsonrpc": "2.0", **body}).encode()
        to.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        to.flush()
    uri = (root / "manuscript/zh/01-a.md").resolve().as_uri()
    say(id="good-0", method="initialize", params={"capabilities": {}})
    say(method="initialized", params={})
    count, until, lost = collections.Counter(), time.monotonic() + seconds, 0
    try:
        while time.monotonic() < until:
            for _ in range(rng.randrange(20)):
                to.write(messages(rng, uri))
                count["messages"] += 1
            # What was broken off may have taken the beginning of the next line with it.
            to.write(b"\r\n\r\n")
            count["good"] += 1
            name = f"good-{count['good']}"
            begun = time.monotonic()
            say(id=name, method="textDocument/hover", params={"textDocument": {"uri": uri}, "position": {"line": 2, "character": 1}})
            while not got[name] and time.monotonic() - begun < 60 and served.child.poll() is None:
                time.sleep(0.01)
            lost += not got[name]
            count["slowest ms"] = max(count["slowest ms"], int((time.monotonic() - begun) * 1000))
    except OSError:
        lost += 1
    served.look()
    alive = served.child.poll() is None
    served.ended.set()
    worker = served.processes()[1:]
    served.child.kill()
    served.child.wait()
    orphans = left(worker)
    return served, count, alive and not lost and not orphans, f"{lost} good questions without an answer, {orphans} workers left"


PARTS = {"watch": watch, "lsp": lsp}


def run(program, folder, seconds, seed, only=None):
    """Rows for a ledger: what was tried, what came out, whether it holds; and the curves."""
    rows, curves = [], {}
    for name, part in PARTS.items():
        if only not in (None, name):
            continue
        root = book(pathlib.Path(folder) / f"clients-{name}")
        served, count, good, more = part(str(pathlib.Path(program).resolve()), root, seconds, random.Random(f"{seed}-{name}"))
        front, threads, worker = served.bounds()
        good = good and front < FRONT and threads < THREADS
        said = ", ".join(f"{value} {key}" for key, value in sorted(count.items()))
        rows.append((f"hostile clients of `{name}`, {seconds} s", f"{said}; {more}; at most {front} MiB and {threads} threads, worker {worker} MiB", good))
        curves[name] = served.rows
    return rows, curves


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--seconds", type=int, default=int(os.environ.get("CLIENTS", 30)))
    parser.add_argument("--seed", type=int, default=20260301)
    parser.add_argument("--curve", type=pathlib.Path)
    parser.add_argument("--only", choices=PARTS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rows, curves = run(args.program, folder, args.seconds, args.seed, args.only)
    for what, figures, good in rows:
        print(f"{'ok    ' if good else 'BROKEN'} {what}: {figures}")
    if args.curve:
        lines = ["program\tsecond\t" + "MiB and threads of each process"]
        lines += [f"{name}\t{second}\t" + "\t".join(f"{m} {t}" for m, t in about) for name, row in curves.items() for second, about in row]
        args.curve.write_text("\n".join(lines) + "\n")
    sys.exit(not all(good for _, _, good in rows))


if __name__ == "__main__":
    main()
