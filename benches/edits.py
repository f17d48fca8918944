#!/usr/bin/env python3
"""The memory of `dama-pub watch` over many edits, as a table in Markdown and as a picture.

usage: edits.py SVG PROGRAM BOOK EDITION EDITS      BOOK is copied; its chapters in the language of EDITION are edited in turns

Of four edits one puts a word into a sentence, one adds a paragraph, one takes it out again and one takes out the word.
"""
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

import curve
from warm import Watch

# Edits between two looks at what is in memory when nothing is left to do.
BETWEEN = 10


def sentence(text):
    """Where the first paragraph of a chapter ends whose words one may change."""
    lines = text.split('\n')
    start = lines.index('---', 1) + 1
    plain = (at for at in range(start, len(lines)) if lines[at][:1].isalpha() and not lines[at - 1])
    return lines, next(plain)


def edited(text, number):
    """A chapter after its edit of this number."""
    lines, at = sentence(text)
    step = number % 4
    word = f'{lines[at]} {number // 4}.' if step in (0, 1, 2) else lines[at]
    more = ['', word] if step == 1 else []
    return '\n'.join([*lines[:at], word, *more, *lines[at + 1:]])


def measured(program, book, edition, edits):
    """How many edits, and MiB after them; CPU seconds of each edit."""
    chapters = sorted((book / 'manuscript' / edition).glob('*.md'))
    texts = [chapter.read_text() for chapter in chapters]
    watch = Watch(program, str(book), edition)
    try:
        looks, points, costs = watch.ready(), [], []
        watch.quiet()
        points.append((0, watch.memory()))
        for number in range(edits):
            at = number // 4 % len(chapters)
            before, beside = watch.cpu(), chapters[at].with_suffix('.new')
            beside.write_text(edited(texts[at], number))
            beside.rename(chapters[at])
            looks = watch.ready(looks)
            costs.append(watch.cpu() - before)
            if (number + 1) % BETWEEN == 0:
                watch.quiet()
                points.append((number + 1, watch.memory()))
        return len(looks), points, costs
    finally:
        watch.child.kill()
        watch.child.wait()


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    picture, program, source, edition, edits = *sys.argv[1:5], int(sys.argv[5])
    with tempfile.TemporaryDirectory() as folder:
        book = pathlib.Path(folder) / 'book'
        shutil.copytree(source, book, ignore=shutil.ignore_patterns('out'))
        start = time.monotonic()
        pages, points, costs = measured(program, book, edition, edits)
    open(picture, 'w').write(curve.svg(points, f'{edits} edits'))
    curve.table(points, 'edits', '{:.0f}'.format)
    tenth = max(1, len(costs) // 10)
    print(f'\n{pages} pages, {edits} edits in {time.monotonic() - start:.0f} s; CPU of an edit, median: '
          f'{statistics.median(costs[:tenth]):.2f} s of the first tenth, {statistics.median(costs[-tenth:]):.2f} s of the last')


if __name__ == '__main__':
    main()
