#!/usr/bin/env python3
"""The benchmarks, as tables in Markdown on the standard output.

usage: bench.py PROGRAM [--quick] [PART…]      parts: publication made edits report books growth warm check
environment: PEERS  folder with gen.py, filters/ and templates/ of the peers' benchmark, for `report`
             BOOKS  folder with trpl/{zh,en}, real books, for `books`, `growth`, `warm`, `check`
             TOOLS  where the peers are installed (a virtual environment of Python)
Without PEERS or BOOKS their parts are left out, and that is said.
"""
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import books
import made
import measure
import report
from warm import warm

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ('publication', 'made', 'edits', 'report', 'books', 'growth', 'warm', 'check')
TYPST = 'import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root="/")'


def publication(program, work, times):
    """The publication in manuscript/: three editions, two kinds of PDF each, and e-books."""
    build = lambda *args: measure.run([program, 'build', '--force', str(ROOT), '--out', str(work / 'out'), *args])
    print(f'\n## The publication, cold\n\n{measure.HEAD}')
    print(measure.row('six artifacts: PDF for the screen and EPUB of three editions', measure.middle(times, lambda: build('--profile', 'screen'))))
    print(measure.row('and the PDFs for print: nine', measure.middle(times, build)))


KINDS = (('prose', 300), ('pictures', 300), ('pictures', 800), ('formulas', 300), ('tables', 60), ('code', 100))


def pandoc_epub(book, out):
    """What pandoc's EPUB of the same text and pictures costs; none where pandoc is not installed."""
    if not shutil.which('pandoc'):
        return None
    chapters = sorted((book / 'manuscript/en').glob('*.md'))
    command = ['pandoc', *map(str, chapters), '-f', 'markdown-yaml_metadata_block', '-M', 'title=Book', '--file-scope', '-t', 'epub3', '-o', str(out)]
    return lambda: measure.run(command, book / 'manuscript/en')


def made_books(program, work, times):
    """Books from a seed, which anyone can make."""
    print(f'\n## Made books, cold\n\n{measure.HEAD}')
    for kind, size in KINDS:
        book = work / f'{kind}-{size}'
        made.write(kind, size, book)
        # Nothing is kept from run to run.
        build = lambda *args: (shutil.rmtree(book / 'out', ignore_errors=True), measure.run([program, 'build', str(book), *args]))[1]
        count = min(times, 3)
        pdf = measure.middle(count, lambda: build('--edition', 'en', '--format', 'pdf'))
        name = f'{kind}, {pages(book / "out/book-en.pdf")} pages'
        print(measure.row(f'{name}: PDF', pdf))
        print(measure.row(f'{name}: EPUB', measure.middle(count, lambda: build('--edition', 'en', '--format', 'epub'))))
        beside = pandoc_epub(book, work / 'pandoc.epub')
        if beside:
            print(measure.row(f'{name}: pandoc’s EPUB', measure.middle(count, beside)))
        print(measure.row(f'{name}: both languages, PDF and EPUB', measure.middle(count, build)), flush=True)


def made_edits(program, work, times):
    """One sentence of a made book edited while `watch` runs."""
    print('\n## Made books: from the save of one sentence to the new pages\n\n| book | pages | CPU, ms: median | least–most | memory after, MiB |\n|---|---|---|---|---|')
    for kind, size in (('prose', 600), ('pictures', 300), ('formulas', 600)):
        book = work / f'{kind}-{size}'
        made.write(kind, size, book)
        chapter = sorted((book / 'manuscript/en').glob('*.md'))[10]
        sentence = next(line for line in chapter.read_text().split('\n')[3:] if line[:1].isalpha() and line[:1].isupper())[:40]
        n, least, median, most, memory = warm(program, book, 'en', f'manuscript/en/{chapter.name}', sentence, times * 2)
        print(f'| {kind} | {n} | {median:.0f} | {least:.0f}–{most:.0f} | {memory:.0f} |', flush=True)


def peers():
    """The programs of the peers: pandoc, and a Python that has Typst."""
    home = pathlib.Path(os.environ.get('TOOLS', ROOT / 'target/tools')) / 'peers'
    if not (home / 'bin/python').exists():
        subprocess.run([sys.executable, '-m', 'venv', home], check=True)
        wanted = ['typst==0.15.2', 'pypandoc_binary==1.17', 'pillow==12.0.0']
        subprocess.run([home / 'bin/pip', 'install', '-q', *wanted], check=True)
    pandoc = next(home.glob('lib/python3*/site-packages/pypandoc/files/pandoc'))
    return str(home / 'bin/python'), str(pandoc)


def synthetic(program, work, times):
    """The report of 30 pages, beside pandoc with Typst and pandoc's EPUB."""
    python, pandoc = peers()
    bench = work / 'peers'
    shutil.copytree(os.environ['PEERS'], bench)
    (bench / 'out').mkdir(exist_ok=True)
    subprocess.run([python, 'gen.py'], cwd=bench, check=True, stdout=subprocess.DEVNULL)
    source = bench / 'src'
    report.write(source, work / 'report')

    def pandoc_typst(lang):
        zh = ['-V', 'zh=1', '-M', 'zh=1'] if lang == 'zh' else []
        out = f'report.{lang}.typ'
        prepared = measure.run([pandoc, f'report.{lang}.md', '--wrap=none', '-t', 'typst', '-L', '../filters/layout.lua',
                                '--template', '../templates/report.typ', *zh, '-o', out], source)
        return prepared, measure.run([python, '-c', TYPST, out, f'../out/{lang}.pdf'], source)

    def pandoc_epub(lang):
        title = '目录' if lang == 'zh' else 'Contents'
        return measure.run([pandoc, f'report.{lang}.md', '--wrap=none', '-t', 'epub3', '--toc', '--toc-depth=1', '--css', '../templates/epub.css',
                            '--epub-cover-image=img/photo00.jpg', '-M', f'toc-title={title}', '-o', f'../out/{lang}.epub'], source)

    def chain(lang):
        return measure.both(measure.both(*pandoc_typst(lang)), pandoc_epub(lang))

    build = lambda *args: measure.run([program, 'build', '--force', str(work / 'report'), *args])
    print(f'\n## The synthetic report of 30 pages, cold\n\n{measure.HEAD}')
    # In turns, so that what else the machine does costs all of them.
    ours = measure.middle(times, lambda: build('--profile', 'screen'))
    theirs = measure.middle(times, lambda: measure.both(chain('zh'), chain('en')))
    print(measure.row('**dama-pub**: four artifacts (zh, en × PDF, EPUB)', ours))
    print(measure.row('pandoc + Typst twice, pandoc’s EPUB twice', theirs))
    print(measure.row('dama-pub: PDF, zh', measure.middle(times, lambda: build('--edition', 'zh', '--format', 'pdf'))))
    print(measure.row('pandoc + Typst: PDF, zh', measure.middle(times, lambda: measure.both(*pandoc_typst('zh')))))
    print(measure.row('stock Typst alone: PDF, zh', measure.middle(times, lambda: pandoc_typst('zh')[1])))
    print(measure.row('dama-pub: EPUB, zh', measure.middle(times, lambda: build('--edition', 'zh', '--format', 'epub'))))
    print(measure.row('pandoc: EPUB, zh', measure.middle(times, lambda: pandoc_epub('zh'))))
    print(f"\nCPU {ours['cpu'] / theirs['cpu']:.0%}, wall {ours['wall'] / theirs['wall']:.0%} of the peers’ chain.")


def pages(pdf):
    text = pdf.read_bytes()
    return max(int(n) for n in __import__('re').findall(rb'/Count (\d+)', text))


def one(program, book, edition='en'):
    return measure.run([program, 'build', '--force', str(book), '--edition', edition, '--format', 'pdf'])


def trpl():
    return pathlib.Path(os.environ['BOOKS']) / 'trpl'


def real(program, work, times):
    """A real book, cut to 50 and 300 pages, and whole."""
    print(f'\n## Real books, cold: PDF in English\n\n{measure.HEAD}')
    for chapters in (6, 32, None):
        books.write(trpl(), work / 'book', chapters)
        cost = measure.middle(times if chapters else min(times, 3), lambda: one(program, work / 'book'))
        print(measure.row(f"{pages(work / 'book/out/book-en.pdf')} pages", cost))


def growth(program, work, times):
    """A book of some thirty pages repeated, so that each page holds the same whatever the size."""
    print('\n## Growth with size: PDF in English\n\n| pages | wall, s | CPU, s | CPU, ms a page | memory, MiB | KiB a page |\n|---|---|---|---|---|---|')
    for repeated in (1, 4, 12, 36, 137):
        books.write(trpl(), work / 'book', 4, repeated)
        cost = measure.middle(min(times, 3), lambda: one(program, work / 'book'))
        n = pages(work / 'book/out/book-en.pdf')
        print(f"| {n} | {cost['wall']:.2f} | {cost['cpu']:.2f} | {cost['cpu'] / n * 1000:.1f} | {cost['memory']:.0f} | {cost['memory'] / n * 1024:.0f} |", flush=True)


def edits(program, work, times):
    """One sentence edited while `watch` runs."""
    print('\n## Warm: from the save of one sentence to the new pages, in `watch`\n\n| book | pages | CPU, ms: median | least–most | memory after, MiB |\n|---|---|---|---|---|')

    def line(what, *args):
        n, least, median, most, memory = warm(program, *args, times * 2)
        print(f'| {what} | {n} | {median:.0f} | {least:.0f}–{most:.0f} | {memory:.0f} |', flush=True)

    shutil.copytree(ROOT / 'manuscript', work / 'publication/manuscript')
    line('the publication, zh', work / 'publication', 'zh', 'manuscript/zh/12-large-and-small-models.md', '大规模预训练模型改变了')
    line('the publication, bilingual', work / 'publication', 'bilingual', 'manuscript/zh/12-large-and-small-models.md', '大规模预训练模型改变了')
    if 'BOOKS' in os.environ:
        books.write(trpl(), work / 'book')
        line('a real book, en', work / 'book', 'en', 'manuscript/en/00-ch10-02-traits.md', 'A type’s behavior')


def check(program, work, times):
    """Both languages of a real book compared."""
    books.write(trpl(), work / 'book')
    print(f'\n## `check` of a real book of some 800 pages\n\n{measure.HEAD}')
    print(measure.row('check, both languages', measure.middle(times, lambda: measure.run([program, 'check', str(work / 'book'), '--format', 'json'], good=(0, 1)))))


def main():
    args = [arg for arg in sys.argv[1:] if arg != '--quick']
    if not args or any(part not in PARTS for part in args[1:]):
        sys.exit(__doc__)
    times = 2 if '--quick' in sys.argv else 5
    program = str(pathlib.Path(args[0]).resolve())
    version = subprocess.run([program, '--version'], capture_output=True, text=True, check=True).stdout.strip()
    cpu = next((line.split(':')[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')), platform.machine())
    print(f'{version}, {os.cpu_count()} cores of {cpu}, medians of {times} runs; memory is that of the largest process.')
    needs = {'report': 'PEERS', 'books': 'BOOKS', 'growth': 'BOOKS', 'check': 'BOOKS'}
    work = {'publication': publication, 'made': made_books, 'edits': made_edits, 'report': synthetic, 'books': real, 'growth': growth, 'warm': edits, 'check': check}
    for part in args[1:] or PARTS:
        if part in needs and needs[part] not in os.environ:
            print(f'\n({part} is LEFT OUT: {needs[part]} does not say where its data is)')
            continue
        with tempfile.TemporaryDirectory() as folder:
            work[part](program, pathlib.Path(folder), times)
        sys.stdout.flush()


if __name__ == '__main__':
    main()
