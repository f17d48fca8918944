#!/usr/bin/env python3
"""The benchmarks, as one table in Markdown on the standard output.

usage: bench.py PROGRAM [--quick] [--write FILE] [PART…]
       parts: start publication report made edits align books growth warm check
--quick  fewer runs, and of the made books and the growth only a part: some ten minutes on a quiet machine
--write  keeps the table in FILE, between its marks
environment: PEERS  folder with gen.py, filters/ and templates/ of the peers' benchmark, for `report`
             BOOKS  folder with trpl/{zh,en}, real books, for `books`, `growth`, `warm`, `check`; opensource-guide beside it for `align`
             TOOLS  where the peers are installed (a virtual environment of Python)
Without PEERS or BOOKS their parts are left out, and that is said.
"""
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import types

import books
import made
import measure
import peers
import report
from table import Table
from warm import warm

ROOT = pathlib.Path(__file__).resolve().parent.parent
NEEDS = {'report': 'PEERS', 'books': 'BOOKS', 'growth': 'BOOKS', 'warm': 'BOOKS', 'check': 'BOOKS'}


class Bench:
    """The program, how often it is run, and where the rows go."""
    def __init__(self, program, quick, table, work):
        self.program, self.quick, self.table, self.work = program, quick, table, work
        self.times = 2 if quick else 5

    def run(self, *args, good=(0,)):
        return measure.run([self.program, *map(str, args)], good=good)

    def build(self, book, *args):
        # What is unchanged would not be made again.
        return self.run('build', book, '--force', *args)

    def row(self, what, work, times=None, counted=None, short=False):
        """Measures and adds a row; `counted` is the command whose instructions are counted."""
        # A worker under its limits has no room for callgrind.
        one = ['--unconfined'] if measure.counter() == 'callgrind' else []
        count = counted and measure.instructions([self.program, *map(str, counted), *one], short)
        cost = measure.middle(times or self.times, work)
        self.table.row(what, cost, count)
        return cost


def start(bench):
    """What every run costs before it does anything, and what small books cost."""
    book, out = bench.work / 'starter', bench.work / 'out'
    bench.run('new', book)
    small = bench.times * 5
    bench.row('`--version`', lambda: bench.run('--version'), small, ['--version'], True)
    bench.row('`check` of the book that `new` makes', lambda: bench.run('check', book), small, ['check', book], True)
    bench.row('`build` of it: two PDFs, two EPUBs', lambda: bench.build(book, '--out', out), small, ['build', book, '--force', '--out', out])
    bench.row('`check` of the publication', lambda: bench.run('check', ROOT), small, ['check', ROOT])


def publication(bench):
    """The publication in manuscript/: three editions, two kinds of PDF each, and e-books."""
    build = ['build', ROOT, '--force', '--out', bench.work / 'out']
    bench.row('six artifacts: PDF for the screen and EPUB of three editions', lambda: bench.run(*build, '--profile', 'screen'), counted=[*build, '--profile', 'screen'])
    bench.row('and the PDFs for print: nine', lambda: bench.run(*build), counted=build)


def made_books(bench):
    """Books from a seed, which anyone can make, and what others make of the same text."""
    kinds = (('prose', 300), ('pictures', 300), ('pictures', 800), ('formulas', 300), ('tables', 60), ('code', 100))
    times = min(bench.times, 3)
    for kind, size in [kind for kind in kinds if kind[1] < 800 or not bench.quick]:
        book = bench.work / f'{kind}-{size}'
        made.write(kind, size, book)
        command = ['build', book, '--force', '--edition', 'en', '--format']
        bench.run(*command, 'pdf')
        name = f'{kind}, {pages(book / "out/book-en.pdf")} pages'
        bench.row(f'{name}: PDF', lambda: bench.run(*command, 'pdf'), times, [*command, 'pdf'])
        bench.row(f'{name}: EPUB', lambda: bench.run(*command, 'epub'), times, [*command, 'epub'])
        bench.row(f'{name}: both languages, PDF and EPUB', lambda: bench.build(book), times)
        if peers.programs():
            beside(bench, kind, peers.Made(book, bench.work / 'peer'), times)


def beside(bench, kind, peer, times):
    """What pandoc and Typst make of the English text of a made book."""
    bench.row(f'{kind}: pandoc’s EPUB', peer.epub, times)
    peer.typst_source()
    try:
        peer.typst()
    except SystemExit as why:
        return bench.table.note(f'Typst sets nothing of what pandoc makes of {kind}: {str(why).splitlines()[-1]}')
    name = f'{kind}, {pages(peer.pdf)} pages'
    bench.row(f'{name}: Typst alone, on source that pandoc has made', peer.typst, times)
    bench.row(f'{name}: pandoc + Typst, PDF', peer.chain, times)


def made_edits(bench):
    """One sentence of a made book edited while `watch` runs."""
    for kind, size in (('prose', 600), ('pictures', 300), ('formulas', 600)):
        book = bench.work / f'{kind}-{size}'
        made.write(kind, size, book)
        chapter = sorted((book / 'manuscript/en').glob('*.md'))[10]
        sentence = next(line for line in chapter.read_text().split('\n')[3:] if line[:1].isalpha() and line[:1].isupper())[:40]
        edited(bench, kind, book, 'en', f'manuscript/en/{chapter.name}', sentence)


def edited(bench, what, *args):
    n, least, median, most, memory = warm(bench.program, *args, bench.times * 2)
    cost = {'cpu': median / 1000, 'least': least / 1000, 'most': most / 1000, 'together': memory}
    bench.table.row(f'an edit of {what}, {n} pages, until they are new', cost)


def align(bench):
    """A million Chinese characters and their translation, from the manuscript to the last line printed."""
    tools = ROOT / 'tests/tools'
    sys.path.insert(0, str(tools))
    import align_measure
    texts = {'the publication, over and over': publication_pairs()}
    data = pathlib.Path(os.environ.get('BOOKS', '/nowhere'))
    if (data.parent / 'mdblocks.py').exists():
        read = lambda book: [pairs for _, _, pairs in align_measure.books(types.SimpleNamespace(data=str(data.parent), books=book))]
        texts |= {'guides to open source': read('opensource-guide'), '*The Rust Programming Language*': read('trpl')}
    for name, chapters in texts.items():
        book = bench.work / 'align'
        shutil.rmtree(book, ignore_errors=True)
        count = align_measure.write_book(str(book), chapters, 1_000_000)
        command = ['align', book, '--format', 'tsv']
        bench.row(f'`align`, {name}: {count:,} Chinese characters', lambda: bench.run(*command), counted=command)


def publication_pairs():
    """The paragraphs of the publication that stand alone in a line, chapter by chapter, those of the one language beside those of the other."""
    chapters = []
    for chinese in sorted((ROOT / 'manuscript/zh').glob('*.md')):
        sides = []
        for path in (chinese, ROOT / 'manuscript/en' / chinese.name):
            text = path.read_text().split('---\n', 2)[-1]
            text = re.sub(r'\[\^[^\]]*\]|\[[^\]]*@[^\]]*\]|\{[^}]*\}|[*_`$\[\]]', '', re.sub(r'```.*?```', '', text, flags=re.S))
            sides.append([line for line in text.split('\n') if re.match(r'[A-Z“\u4e00-\u9fff]', line)])
        chapters.append(list(zip(*sides)))
    return [chapter for chapter in chapters if chapter]


def synthetic(bench):
    """The report of 30 pages, beside pandoc with Typst and pandoc's EPUB."""
    if not peers.programs():
        return bench.table.note('The report is left out: its peers cannot be installed.')
    (python, pandoc), at = peers.programs(), bench.work / 'peers'
    shutil.copytree(os.environ['PEERS'], at)
    (at / 'out').mkdir(exist_ok=True)
    subprocess.run([python, 'gen.py'], cwd=at, check=True, stdout=subprocess.DEVNULL)
    source, book = at / 'src', bench.work / 'report'
    report.write(source, book)

    def pandoc_typst(lang):
        zh = ['-V', 'zh=1', '-M', 'zh=1'] if lang == 'zh' else []
        out = f'report.{lang}.typ'
        prepared = measure.run([pandoc, f'report.{lang}.md', '--wrap=none', '-t', 'typst', '-L', '../filters/layout.lua',
                                '--template', '../templates/report.typ', *zh, '-o', out], source)
        return prepared, measure.run([python, '-c', peers.TYPST, out, f'../out/{lang}.pdf'], source)

    def pandoc_epub(lang):
        title = '目录' if lang == 'zh' else 'Contents'
        return measure.run([pandoc, f'report.{lang}.md', '--wrap=none', '-t', 'epub3', '--toc', '--toc-depth=1', '--css', '../templates/epub.css',
                            '--epub-cover-image=img/photo00.jpg', '-M', f'toc-title={title}', '-o', f'../out/{lang}.epub'], source)

    def chain(lang):
        return measure.both(measure.both(*pandoc_typst(lang)), pandoc_epub(lang))

    command = ['build', book, '--force', '--profile', 'screen']
    ours = bench.row('**dama-pub**: four artifacts (zh, en × PDF, EPUB)', lambda: bench.run(*command), counted=command)
    theirs = bench.row('pandoc + Typst twice, pandoc’s EPUB twice', lambda: measure.both(chain('zh'), chain('en')))
    bench.row('dama-pub: PDF, zh', lambda: bench.build(book, '--edition', 'zh', '--format', 'pdf'))
    bench.row('pandoc + Typst: PDF, zh', lambda: measure.both(*pandoc_typst('zh')))
    bench.row('stock Typst alone: PDF, zh', lambda: pandoc_typst('zh')[1])
    bench.row('dama-pub: EPUB, zh', lambda: bench.build(book, '--edition', 'zh', '--format', 'epub'))
    record, made = book / 'out/.dama-pub.json', book / 'out/trends-zh.epub'
    bench.build(book, '--edition', 'zh', '--format', 'pdf')
    kept = record.read_bytes()

    def beside():
        record.write_bytes(kept)
        made.unlink(missing_ok=True)
        return bench.run('build', book, '--edition', 'zh', '--format', 'epub')

    bench.row('dama-pub: EPUB, zh, where its PDF was made before', beside)
    bench.row('pandoc: EPUB, zh', lambda: pandoc_epub('zh'))
    bench.table.note(f"The report takes {ours['cpu'] / theirs['cpu']:.1%} of the CPU time and {ours['wall'] / theirs['wall']:.0%} of the wall time of the peers’ chain.")


def pages(pdf):
    return max(int(n) for n in re.findall(rb'/Count (\d+)', pdf.read_bytes()))


def trpl():
    return pathlib.Path(os.environ['BOOKS']) / 'trpl'


def one(bench, book):
    return lambda: bench.build(book, '--edition', 'en', '--format', 'pdf')


def real(bench):
    """A real book, cut to 50 and 300 pages, and whole."""
    for chapters in (6, 32, None):
        book = bench.work / 'book'
        books.write(trpl(), book, chapters)
        one(bench, book)()
        bench.row(f"a real book, {pages(book / 'out/book-en.pdf')} pages: PDF in English", one(bench, book), bench.times if chapters else min(bench.times, 3))


def growth(bench):
    """A book of some thirty pages repeated, so that each page holds the same whatever the size."""
    for repeated in (1, 4, 12, 36, 137)[:3 if bench.quick else None]:
        book = bench.work / 'book'
        books.write(trpl(), book, 4, repeated)
        cost = measure.middle(min(bench.times, 3), one(bench, book))
        n = pages(book / 'out/book-en.pdf')
        each = f"{cost['cpu'] / n * 1000:.1f} ms of CPU and {cost['memory'] / n * 1024:.0f} KiB a page"
        bench.table.row(f'{n} pages, {each}', cost)


def edits(bench):
    """One sentence edited while `watch` runs."""
    book = bench.work / 'publication'
    shutil.copytree(ROOT / 'manuscript', book / 'manuscript')
    for edition in ('zh', 'bilingual'):
        edited(bench, f'the publication, {edition}', book, edition, 'manuscript/zh/12-large-and-small-models.md', '大规模预训练模型改变了')
    books.write(trpl(), bench.work / 'book')
    edited(bench, 'a real book', bench.work / 'book', 'en', 'manuscript/en/00-ch10-02-traits.md', 'A type’s behavior')


def check(bench):
    """Both languages of a real book compared."""
    books.write(trpl(), bench.work / 'book')
    command = ['check', bench.work / 'book', '--format', 'json']
    bench.row('`check` of a real book of some 800 pages', lambda: bench.run(*command, good=(0, 1)), counted=command)


PARTS = {
    'start': ('Small things', start),
    'publication': ('The publication, cold', publication),
    'report': ('The synthetic report of 30 pages, cold', synthetic),
    'made': ('Made books, cold: in English where no language is named', made_books),
    'edits': ('Made books in `watch`', made_edits),
    'align': ('Alignment', align),
    'books': ('Real books, cold', real),
    'growth': ('Growth with size: PDF in English', growth),
    'warm': ('Real books in `watch`', edits),
    'check': ('A real book checked', check),
}


def about(program, quick):
    version = subprocess.run([program, '--version'], capture_output=True, text=True, check=True).stdout.strip()
    cpu = next((line.split(':')[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')), platform.machine())
    counted = {'perf': 'by `perf`', 'callgrind': 'by callgrind, of short commands, with one thread', None: 'nowhere: neither perf nor valgrind'}
    return (f'{version}, {time.strftime("%Y-%m-%d")}, {os.cpu_count()} cores of {cpu}, load {os.getloadavg()[0]:.1f} at the beginning. Medians of {2 if quick else 5} runs'
            f' (five times as many of small things, 3 of large books){", fewer because of `--quick`" if quick else ""}. Memory of “all” is the largest sum over the processes at one time,\n'
            f'what they share counted in each; instructions are counted {counted[measure.counter()]}.')


def main():
    args = sys.argv[1:]
    quick = '--quick' in args
    write = pathlib.Path(args.pop(args.index('--write') + 1)) if '--write' in args[:-1] else None
    args = [arg for arg in args if arg not in ('--quick', '--write')]
    if not args or any(part not in PARTS for part in args[1:]):
        sys.exit(__doc__)
    program = str(pathlib.Path(args[0]).resolve())
    table = Table(about(program, quick))
    for name in args[1:] or PARTS:
        head, work = PARTS[name]
        if NEEDS.get(name, 'PATH') not in os.environ:
            table.note(f'Left out: “{head}”, because {NEEDS[name]} does not say where its data is.')
            continue
        table.part(head)
        with tempfile.TemporaryDirectory() as folder:
            work(Bench(program, quick, table, pathlib.Path(folder)))
    table.end(write)


if __name__ == '__main__':
    main()
