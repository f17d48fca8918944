#!/usr/bin/env python3
"""lsp_measure.py DAMA_PUB BOOK [--edits N]

How long `dama-pub lsp` takes from an edit of a chapter to what is found in that chapter: the longest chapter of the second language, the
middle one, and the shortest with a number in it; each edit adds a sentence with a number that the other language has not, or takes it away. The book is a project's folder; nothing is written into it."""
import argparse, json, pathlib, re, statistics, subprocess, sys, threading, time


class Editor:
    def __init__(self, program, root):
        self.child = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.heard, self.asked = threading.Condition(), 0
        self.published, self.answers = {}, {}
        threading.Thread(target=self.listen, daemon=True).start()
        self.ask("initialize", {"capabilities": {}, "rootUri": root.resolve().as_uri()})
        self.say(method="initialized", params={})

    def say(self, **body):
        text = json.dumps({"jsonrpc": "2.0", **body}).encode()
        self.child.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.child.stdin.flush()

    def ask(self, method, params):
        self.asked += 1
        begun = time.monotonic()
        self.say(id=self.asked, method=method, params=params)
        with self.heard:
            self.heard.wait_for(lambda: self.asked in self.answers, 120)
        return time.monotonic() - begun

    def listen(self):
        while line := self.child.stdout.readline():
            self.child.stdout.readline()
            body = json.loads(self.child.stdout.read(int(line.split(b":")[1])))
            with self.heard:
                if body.get("method") == "textDocument/publishDiagnostics":
                    self.published[body["params"]["uri"]] = (time.monotonic(), body["params"]["diagnostics"])
                elif "id" in body:
                    self.answers[body["id"]] = body
                self.heard.notify_all()

    def until_told(self, since):
        with self.heard:
            self.heard.wait_for(lambda: any(at > since for at, _ in self.published.values()), 3)
            return min((at for at, _ in self.published.values() if at > since), default=since + 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("book", type=pathlib.Path)
    parser.add_argument("--edits", type=int, default=20)
    args = parser.parse_args()
    folder = sorted(path for path in (args.book / "manuscript").iterdir() if path.is_dir() and not path.name.startswith("."))[0]
    chapters = sorted((path for path in folder.rglob("*.md") if re.search(r"\b\d+\b", path.read_text())), key=lambda path: path.stat().st_size)
    editor = Editor(args.program, args.book)
    begun = time.monotonic()
    first = chapters[len(chapters) // 2].resolve().as_uri()
    editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": first}})
    print(f"the whole book, from the greeting: {time.monotonic() - begun:.2f} s")
    for name, path in [("shortest", chapters[0]), ("middle", chapters[len(chapters) // 2]), ("longest", chapters[-1])]:
        text, uri = path.read_text(), path.resolve().as_uri()
        editor.say(method="textDocument/didOpen", params={"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})
        editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
        time.sleep(4)
        times, asks = [], []
        for turn in range(args.edits):
            new = text if turn % 2 else f"{text}\nThere are {7000 + turn} lamps in the harbour.\n"
            since = time.monotonic()
            editor.say(method="textDocument/didChange", params={"textDocument": {"uri": uri, "version": turn}, "contentChanges": [{"text": new}]})
            times.append(editor.until_told(since) - since)
            asks.append(editor.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": {"line": 5, "character": 3}}))
            time.sleep(0.15)
        ms = lambda values: f"{1000 * statistics.median(values):.0f} ms (at most {1000 * max(values):.0f})"
        print(f"{name} chapter, {len(text.encode()) / 1024:.0f} KiB: edit to findings {ms(times)}; a completion after it {ms(asks)}")
        editor.say(method="textDocument/didClose", params={"textDocument": {"uri": uri}})
        time.sleep(4)
    editor.child.kill()


if __name__ == "__main__":
    sys.exit(main())
