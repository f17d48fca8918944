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


def table(points):
    last = points[-1][0]
    print('| part of the time | MiB | the most so far |\n|---|---|---|')
    for row in range(1, ROWS + 1):
        before = [value for at, value in points if at <= last * row / ROWS]
        print(f'| {100 * row // ROWS} % | {before[-1]:.0f} | {max(before):.0f} |')


def svg(points):
    most, last = max(value for _, value in points), points[-1][0]
    top = -(-most // 100) * 100
    x = lambda at: EDGE + (WIDTH - EDGE) * at / last
    y = lambda value: (HEIGHT - 20) * (1 - value / top) + 4
    line = ' '.join(f'{x(at):.1f},{y(value):.1f}' for at, value in points)
    marks = ''.join(
        f'<path d="M{EDGE} {y(value):.1f}H{WIDTH}" stroke="#ccc"/><text x="{EDGE - 4}" y="{y(value) + 4:.1f}">{value:.0f}</text>'
        for value in (0, top / 2, top))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11" text-anchor="end">'
            f'<title>MiB in memory over {last:.0f} seconds</title>{marks}<polyline points="{line}" fill="none" stroke="#1a6fb0"/></svg>\n')


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    taken = sampled(sys.argv[2:])
    open(sys.argv[1], 'w').write(svg(taken))
    table(taken)
    print(f'\nmost: {max(value for _, value in taken):.0f} MiB; {taken[-1][0]:.1f} s on {os.cpu_count()} processors')
