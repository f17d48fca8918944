#!/usr/bin/env python3
"""Runs a program that counts what it does (`make pgo`) over what it is used for, so that it can be compiled by those counts.

usage: train.py PROGRAM

Everything is in the repository or made from a seed. What the benchmarks of docs/performance.md measure beside it, the synthetic report and
real books, is left out on purpose: a gain there is no memory of what was trained with.
"""
import pathlib
import subprocess
import sys
import tempfile

import made

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Pages of each made book: few, because a program that counts is slow.
BOOKS = {'prose': 60, 'formulas': 40, 'tables': 16, 'code': 24, 'pictures': 40}
# Setting pages takes most of the time; what reads and compares texts would count for nothing beside it, and be compiled as what is rare.
ROUNDS = 12


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).resolve())

    def run(*args):
        # One process: a worker that is confined may not write what it has counted.
        done = subprocess.run([program, '--unconfined', '--quiet', *map(str, args)], stdout=subprocess.DEVNULL)
        if done.returncode not in (0, 1):
            sys.exit(f'{args} ended with {done.returncode}')

    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        starter = work / 'starter'
        run('new', starter)
        texts = [ROOT, ROOT / 'docs/book', ROOT / 'tests/books/kinds', starter]
        for number, book in enumerate(texts):
            run('build', book, '--out', work / f'out-{number}')
        for kind, pages in BOOKS.items():
            made.write(kind, pages, work / kind)
            run('build', work / kind)
        for _ in range(ROUNDS):
            for book in texts:
                run('check', book)
                run('align', book)


main()
