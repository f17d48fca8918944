"""Runs programs and tells what they cost: wall time, CPU time of the whole tree, largest memory of one process."""
import os
import statistics
import subprocess
import time


def run(command, cwd=None, good=(0,)):
    """Wall and CPU seconds and MiB of a command and everything that it waits for; it ends with one of the good codes."""
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in good:
        raise SystemExit(f'{command} ended with {child.returncode}:\n{said.decode()[-2000:]}')
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def both(first, second):
    """What two runs cost one after the other."""
    return first[0] + second[0], first[1] + second[1], max(first[2], second[2])


def middle(times, work):
    """Medians of so many runs, with the least and the most CPU time."""
    rows = [work() for _ in range(times)]
    wall, cpu, memory = (statistics.median(column) for column in zip(*rows))
    return {'wall': wall, 'cpu': cpu, 'least': min(row[1] for row in rows), 'most': max(row[1] for row in rows), 'memory': memory}


HEAD = '| what | wall, s | CPU, s | least–most | memory, MiB |\n|---|---|---|---|---|'


def row(what, cost):
    return f"| {what} | {cost['wall']:.2f} | {cost['cpu']:.2f} | {cost['least']:.2f}–{cost['most']:.2f} | {cost['memory']:.0f} |"
