"""Makes pandoc's EPUB and dama-pub's of the publication's Chinese chapters, asks the validators, and prints the table.

usage: python3 -m ebooks.beside_pandoc PROGRAM PANDOC FOLDER
"""

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from . import features, judges, to_pandoc

RUNS = 3
DATE = "1641772800"  # midnight of 10 January 2022, the date of the publication


def cpu(command, folder):
    """Runs a command and gives the seconds of CPU that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = dict(os.environ, SOURCE_DATE_EPOCH=DATE)
    done = subprocess.run(command, cwd=folder, env=env, text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def made(command, result, folder):
    """Runs a command some times: seconds of CPU, and whether the file was the same each time."""
    times, bytes_seen = [], set()
    for _ in range(RUNS):
        result.unlink(missing_ok=True)
        times.append(cpu(command, folder))
        bytes_seen.add(result.read_bytes())
    return f"{statistics.median(times):.1f} s", features.yes(len(bytes_seen) == 1)


def pairs(program, folder):
    """How many blocks the bilingual edition shows beside their translations."""
    cpu([program, "build", "--format", "epub", "--edition", "bilingual", "--out", folder, judges.REPOSITORY], folder)
    text = features.Book(next(folder.glob("*-bilingual.epub"))).body
    shown = text.count('class="pair"')
    return f"{shown} pairs in the bilingual edition"


def main(program, pandoc, folder):
    to_pandoc.write(pandoc, judges.REPOSITORY, folder)
    theirs, out = folder / "pandoc.epub", folder / "out"
    options = ["--metadata-file", "book.json", "--bibliography", "references.json", "--citeproc", "--toc", "--mathml"]
    pandoc_made = made([pandoc, "book.md", *options, "--to", "epub3", "--output", theirs], theirs, folder)
    ours = out / "ten-trends-2022-zh.epub"
    build = [program, "build", "--format", "epub", "--edition", "zh", "--out", out, judges.REPOSITORY]
    dama_made = made(build, ours, folder)
    books = [theirs, ours]
    judged = [judges.epubcheck(books, folder), judges.ace(books, folder)]
    said = [[", ".join(answer[book.stem]) or "nothing" for book in books] for answer in judged]
    rows = [("EPUBCheck 5.3.0, all severities", *said[0]), ("Ace 1.4.6, rules broken", *said[1])]
    pair = [features.Book(book) for book in books]
    rows += [(name, *map(read, pair)) for name, read in features.FEATURES]
    rows += [("the other language beside it", "no", pairs(program, out))]
    rows += [("same bytes each time, with a fixed date", pandoc_made[1], dama_made[1])]
    rows += [("CPU time, median of three", pandoc_made[0], f"{dama_made[0]}, setting the pages included")]
    version = subprocess.run([pandoc, "--version"], text=True, capture_output=True).stdout.split()[1]
    print(f"| | pandoc {version} | dama-pub |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main(*map(lambda argument: Path(argument).resolve(), sys.argv[1:4]))
