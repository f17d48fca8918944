#!/usr/bin/env python3
"""The memory of a run over its time: the program and its worker together, as a table in Markdown and as a picture.

usage: curve.py SVG PROGRAM ARGUMENT…      such as curve.py three.svg dama-pub build BOOK --force
"""
import os
import re
import subprocess
import sys
import time

# Seconds between two looks; rows of the table.
STEP = 0.05
ROWS = 12
WIDTH, HEIGHT, EDGE = 640, 240, 44


def tree(pid):
    """A process and all that it started."""
    try:
        children = open(f'/proc/{pid}/task/{pid}/children').read().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in tree(int(child)))]


def memory(pid):
    """MiB of what is in memory of a process; nothing of one that has gone."""
    try:
        found = re.search(r'VmRSS:\s+(\d+)', open(f'/proc/{pid}/status').read())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def sampled(command):
    """Seconds and MiB, from the start of a command to its end."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    start, points = time.monotonic(), []
    while child.poll() is None:
        points.append((time.monotonic() - start, sum(map(memory, tree(child.pid)))))
        time.sleep(STEP)
    if child.returncode:
        raise SystemExit(f'{command} ended with {child.returncode}:\n{child.stderr.read().decode()[-2000:]}')
    return points


def table(points, of='part of the time', name=None):
    """What was in memory at twelve places of a curve, and the most until there."""
    last = points[-1][0]
    name = name or (lambda at: f'{100 * at / last:.0f} %')
    print(f'| {of} | MiB | the most so far |\n|---|---|---|')
    for row in range(1, ROWS + 1):
        before = [value for at, value in points if at <= last * row / ROWS]
        print(f'| {name(last * row / ROWS)} | {before[-1]:.0f} | {max(before):.0f} |')


def svg(points, whole):
    """A curve that can be read on a light and on a dark page; `whole` says how long its axis is."""
    most, last = max(value for _, value in points), points[-1][0]
    top = -(-most // 100) * 100
    x = lambda at: EDGE + (WIDTH - EDGE - 8) * at / last
    y = lambda value: (HEIGHT - 32) * (1 - value / top) + 8
    # Of neighbours that lie on one place of the picture the largest is drawn.
    places = {}
    for at, value in points:
        places[round(x(at))] = max(value, places.get(round(x(at)), 0))
    line = ' '.join(f'{at},{y(value):.1f}' for at, value in places.items())
    marks = ''.join(f'<path d="M{EDGE} {y(value):.1f}H{WIDTH - 8}"/><text x="{EDGE - 5}" y="{y(value) + 4:.1f}">{value:.0f}</text>' for value in (0, top / 2, top))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" text-anchor="end">\n'
            f'<title>MiB in memory, over {whole}</title>\n'
            '<style>text{fill:#444}path{stroke:#ccc}polyline{fill:none;stroke:#1a6fb0;stroke-width:1.5}'
            '@media(prefers-color-scheme:dark){text{fill:#bbb}path{stroke:#444}polyline{stroke:#6bb3ec}}</style>\n'
            f'{marks}<text x="{EDGE}" y="{HEIGHT - 6}" text-anchor="start">MiB</text><text x="{WIDTH - 8}" y="{HEIGHT - 6}">{whole}</text>\n'
            f'<polyline points="{line}"/>\n</svg>\n')


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    taken = sampled(sys.argv[2:])
    open(sys.argv[1], 'w').write(svg(taken, f'{taken[-1][0]:.0f} s'))
    table(taken)
    print(f'\nmost: {max(value for _, value in taken):.0f} MiB; {taken[-1][0]:.1f} s on {os.cpu_count()} processors')
