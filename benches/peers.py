"""Other programs that do a part of the same work: pandoc, and Typst as a library of Python, because no package has its program."""
import functools
import os
import pathlib
import shutil
import subprocess
import sys

import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
WANTED = ['typst==0.15.2', 'pypandoc_binary==1.17', 'pillow==12.0.0']
TYPST = 'import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root="/")'


@functools.cache
def programs():
    """A Python that has Typst, and pandoc; none where they cannot be installed."""
    home = pathlib.Path(os.environ.get('TOOLS', ROOT / 'target/tools')) / 'peers'
    if not (home / 'bin/python').exists():
        try:
            subprocess.run([sys.executable, '-m', 'venv', home], check=True)
            subprocess.run([home / 'bin/pip', 'install', '-q', *WANTED], check=True)
        except (subprocess.CalledProcessError, OSError):
            shutil.rmtree(home, ignore_errors=True)
            return None
    pandoc = next(home.glob('lib/python3*/site-packages/pypandoc/files/pandoc'))
    return str(home / 'bin/python'), str(pandoc)


class Made:
    """A made book as the peers are given it: the same Markdown, in English, with a figure as a picture and its caption."""
    def __init__(self, book, folder):
        self.python, self.pandoc = programs()
        self.folder, self.pdf = folder, folder / 'peer.pdf'
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder / 'images', ignore_errors=True)
        shutil.copytree(book / 'manuscript/images', folder / 'images')
        chapters = []
        for path in sorted((book / 'manuscript/en').glob('*.md')):
            _, front, body = path.read_text().split('---\n', 2)
            title = front.split('"')[1]
            chapters.append(f'# {title}\n\n{body.replace("../images/", "images/")}')
        (folder / 'book.md').write_text('\n\n'.join(chapters))

    def typst_source(self):
        """What pandoc costs that makes Typst's source of it."""
        # Formulas of books are numbered and paged as ours: on the same page, in the same size.
        page = ['-s', '-V', 'papersize=a5', '-V', 'fontsize=10pt', '--toc']
        return measure.run([self.pandoc, 'book.md', '--wrap=none', '-t', 'typst', *page, '-o', 'book.typ'], self.folder)

    def typst(self):
        """What Typst costs that is given that source."""
        return measure.run([self.python, '-c', TYPST, 'book.typ', str(self.pdf)], self.folder)

    def chain(self):
        return measure.both(self.typst_source(), self.typst())

    def epub(self):
        return measure.run([self.pandoc, 'book.md', '-M', 'title=Book', '--toc', '-t', 'epub3', '-o', 'book.epub'], self.folder)
