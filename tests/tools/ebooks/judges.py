"""Who is asked about an e-book: EPUBCheck, Ace, the promises of this repository's tests, and dama-pub itself.

Each gives what was found by the name of the book: short names of findings, sorted, each once.
"""

import collections
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
TOOLS = Path(os.environ.get("TOOLS", REPOSITORY / "target/tools")).resolve()
# Many books in one JVM: a start costs some seconds, a book less than one.
LOOP = """
public class Loop {
    public static void main(String[] names) {
        for (int at = 0; at < names.length; at += 2)
            new com.adobe.epubcheck.tool.EpubChecker().run(new String[] {names[at], "-q", "-u", "-j", names[at + 1]});
    }
}
"""


def install():
    """Lets the scripts beside this package fetch the validators, and fetches a Java that reads source files."""
    env = dict(os.environ, TOOLS=str(TOOLS))
    scripts = Path(__file__).parent.parent
    subprocess.run([scripts / "validate.sh", "--install"], check=True, env=env, stdout=sys.stderr)
    if not shutil.which("javac"):
        subprocess.run("apt-get update -q && apt-get install -yq --no-install-recommends default-jdk-headless",
                       shell=True, check=True, stdout=sys.stderr)
    subprocess.run([scripts / "accessibility.sh", "--install"], check=True, env=env, stdout=sys.stderr)


def epubcheck(books, work):
    """Severity and number of each message of any severity."""
    jar = next((TOOLS / "epubcheck").rglob("epubcheck.jar"))
    (work / "Loop.java").write_text(LOOP)
    reports = {book.stem: work / f"{book.stem}.json" for book in books}
    names = [str(part) for book in books for part in (book, reports[book.stem])]
    utf8 = dict(os.environ, LC_ALL="C.UTF-8")  # else Java cannot read file names outside ASCII
    subprocess.run(["java", "-XX:+UseSerialGC", "-cp", f"{jar}:{jar.parent}/lib/*", work / "Loop.java", *names],
                   env=utf8, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {name: messages(path) for name, path in reports.items()}


def messages(report):
    if not report.is_file():
        raise SystemExit(f"EPUBCheck made no {report.name}")
    found = json.loads(report.read_text())["messages"]
    return sorted({f"{m['ID']} {m['severity'].lower()}" for m in found})


def ace(books, work):
    """Titles of the rules that a book breaks."""
    env = dict(os.environ)
    env.setdefault("PUPPETEER_EXECUTABLE_PATH", shutil.which("chromium") or "")
    program = TOOLS / "ace/node_modules/.bin/ace-puppeteer"

    def ask(book):
        report = work / f"{book.stem}.ace"
        command = [program, "-s", "-f", "-o", report, book]
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            found = json.loads((report / "report.json").read_text())["assertions"]
        except OSError:
            return book.stem, ["no report"]
        tests = [test["earl:test"] for document in found for test in document["assertions"]]
        return book.stem, sorted({test["dct:title"] for test in tests})

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(pool.map(ask, books))


def promises(folder):
    """The promises of tests/it/epub_promises.rs that a book breaks. `PROMISES` may name the test program, once built."""
    built = os.environ.get("PROMISES")
    program = [built] if built else ["cargo", "test", "--release", "--locked", "--test", "it", "--"]
    done = subprocess.run([*program, "the_promises_of_given_books", "--ignored", "--nocapture"],
                          cwd=REPOSITORY, env=dict(os.environ, EPUBS=str(folder)), text=True, stdout=subprocess.PIPE)
    if done.returncode or "1 passed" not in done.stdout:
        raise SystemExit(f"the promises cannot be asked:\n{done.stdout}")
    found = collections.defaultdict(list)
    for name, promise in re.findall(r"broken\t(.*)\t(.*)", done.stdout):
        found[name].append(promise)
    return found


def printed(pdf):
    """The numbers of the pages of a PDF that bear one (ISO 32000, page labels)."""
    done = subprocess.run(["qpdf", "--json", "--json-key=pagelabels", pdf], text=True, capture_output=True, check=True)
    labels = [entry["label"] for entry in json.loads(done.stdout)["pagelabels"]]
    return sum("/S" in label for label in labels)


def listed(book):
    """How many pages the page list of a package has."""
    return book.text("nav.xhtml").split('epub:type="page-list"')[-1].count("#page-")


def dama_pub(program, book, out):
    """What `build` and `check` say of a manuscript."""
    found = []
    for command in (["build", "--format", "epub", "--out", out], ["check"]):
        done = subprocess.run([program, *command, "--color", "never", book], text=True, capture_output=True)
        said = re.findall(r"^\s*(?:error|warning|note|info)\[([a-z-]+)\]", done.stdout + done.stderr, re.MULTILINE)
        found += said
    return sorted(set(found))
