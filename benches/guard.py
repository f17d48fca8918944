#!/usr/bin/env python3
"""What must not grow, in less than a minute: instructions and memory, which say the same on a busy machine; no seconds.

usage: guard.py PROGRAM      ends with 1 where something has grown
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import made
import measure

# Millions of instructions of `check` of the book that `new` makes, and how much more or less is let pass. Another compiler, another
# target or more words in the lexicon change it: then it is measured anew, and the commit says why.
CHECK = 51
SLACK = 0.25
# What one more picture of 1200 by 896 pixels may add to the memory of a build, in MiB. Decoded it has 3.1.
PICTURE = 1.2


def instructions(program, folder):
    """Millions of instructions of a command, counted by callgrind; none without it."""
    if not shutil.which('valgrind'):
        return None
    book = folder / 'starter'
    subprocess.run([program, 'new', book], check=True, capture_output=True)
    command = ['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder / "out"}', program, 'check', book, '--unconfined', '--quiet']
    # Threads that wait for each other count, and how long they do is chance.
    said = subprocess.run(command, capture_output=True, text=True, env={'RAYON_NUM_THREADS': '1', 'PATH': '/usr/bin'})
    return int(re.search(r'refs:\s+([\d,]+)', said.stderr)[1].replace(',', '')) / 1e6


def memory(program, folder, pages):
    """MiB of a book of pictures, and how many it has."""
    book = folder / f'pictures-{pages}'
    made.write('pictures-rgb', pages, book)
    cost = measure.run([program, 'build', str(book), '--edition', 'en', '--format', 'pdf', '--quiet'])
    return cost[2], len(list((book / 'manuscript/images').iterdir()))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program, grown = str(pathlib.Path(sys.argv[1]).resolve()), False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        count = instructions(program, folder)
        if count is None:
            print('instructions: LEFT OUT, valgrind is not installed')
        else:
            grown = count > CHECK * (1 + SLACK)
            print(f'instructions of a check: {count:.0f} million, {CHECK} when last measured')
            if count < CHECK * (1 - SLACK):
                print('that is much less: lower the number in benches/guard.py')
        (small, few), (large, many) = memory(program, folder, 60), memory(program, folder, 160)
        each = (large - small) / (many - few)
        grown |= each > PICTURE
        print(f'memory of a picture: {each:.2f} MiB, {PICTURE} at most ({few} pictures {small:.0f} MiB, {many} pictures {large:.0f} MiB)')
    sys.exit('something has grown' if grown else 0)


main()
