#!/usr/bin/env python3
"""Make over pandoc and Typst beside dama-pub: the same books, cold, unchanged, touched, and with one English sentence more.

usage: under_make.py PROGRAM [--size PAGES] [--times N]
environment: TOOLS  where the peers are installed (see bench.py)

The Makefile is what a house would write: a PDF of each language by pandoc and Typst, an EPUB by pandoc. Pandoc reads the chapters as they are; citations
and links inside the book are left as text, for Typst would stop at them. Times are CPU seconds of all processes; the clock stands in brackets."""
import argparse
import pathlib
import resource
import shutil
import subprocess
import tempfile
import time

import bench
import made

MAKEFILE = """# PDF and EPUB of each language by pandoc and Typst.
PANDOC = {pandoc} -f markdown-yaml_metadata_block-citations -L ../links.lua --wrap=none
all: build/zh.pdf build/en.pdf build/zh.epub build/en.epub
pictures := $(wildcard images/*)
build/%.typ: $(pictures) | build
\tcd $* && $(PANDOC) -s -M title=Book -t typst -o ../$@ $(notdir $(filter %.md,$^))
build/%.pdf: build/%.typ $(pictures)
\t{python} -c 'import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root="/")' $< $@
build/%.epub: $(pictures) | build
\tcd $* && $(PANDOC) -M title=Book -t epub3 -o ../$@ $(notdir $(filter %.md,$^))
build:
\tmkdir -p $@
"""


LINKS = """-- Links inside the book become text, and so do ids: Typst stops at one that leads to what pandoc does not know.
function Link(link) if not link.target:match('^%a+:') then return link.content end end
function Header(head) head.identifier = '' return head end
function Div(div) div.identifier = '' return div end
function Span(span) span.identifier = '' return span end
"""


def rules(manuscript, python, pandoc):
    text = MAKEFILE.format(python=python, pandoc=pandoc)
    for lang in ('zh', 'en'):
        chapters = ' '.join(f'{lang}/{path.name}' for path in sorted((manuscript / lang).glob('*.md')))
        text += f'build/{lang}.typ build/{lang}.epub: {chapters}\n'
    (manuscript / 'Makefile').write_text(text)
    (manuscript / 'links.lua').write_text(LINKS)


def run(command, folder):
    """CPU seconds of all that a command starts, and seconds by the clock."""
    cpu = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before, began = cpu(), time.perf_counter()
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f'{command}: {done.stdout[-800:]}{done.stderr[-2000:]}')
    return cpu() - before, time.perf_counter() - began


def shown(times):
    cpu, clock = sorted(times)[len(times) // 2]
    digits = 3 if cpu < 0.1 else 2
    return f'{cpu:.{digits}f} ({clock:.{digits}f})'


def edit(manuscript):
    chapter = sorted((manuscript / 'en').glob('*.md'))[1]
    chapter.write_text(chapter.read_text() + '\nOne sentence more.\n')


def touch(manuscript):
    for path in manuscript.glob('*/*.md'):
        path.touch()


def measured(command, book, out, times):
    """Cold, unchanged, touched, edited."""
    manuscript, rows = book / 'manuscript', []
    for before in (lambda: shutil.rmtree(out, ignore_errors=True), lambda: None, lambda: touch(manuscript), lambda: edit(manuscript)):
        found = []
        for _ in range(times):
            before()
            found.append(run(command, manuscript))
        rows.append(shown(found))
    return rows


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('program', type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument('--size', type=int, default=800)
    parser.add_argument('--times', type=int, default=3)
    args = parser.parse_args()
    python, pandoc = bench.peers()
    print('| book, both languages, PDF and EPUB | | cold | unchanged | every text touched | a sentence in English |\n|---|---|---|---|---|---|')
    with tempfile.TemporaryDirectory() as work:
        for name in ('the publication', f'{args.size} pages of prose a language'):
            book = pathlib.Path(work) / name.split()[0]
            if name == 'the publication':
                shutil.copytree(bench.ROOT / 'manuscript', book / 'manuscript')
            else:
                made.write('prose', args.size, book)
            rules(book / 'manuscript', python, pandoc)
            ours = [args.program, 'build', '.', '--profile', 'screen', '--edition', 'zh,en', '--format', 'pdf,epub', '--time-limit', '0']
            for who, command, out in (('Make, pandoc, Typst', ['make', '-s', '-j2'], book / 'manuscript/build'), ('`dama-pub build`', ours, book / 'out')):
                print(f'| {name} | {who} | {" | ".join(measured(command, book, out, args.times))} |', flush=True)


if __name__ == '__main__':
    main()
