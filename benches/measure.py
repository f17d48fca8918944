"""Runs programs and tells what they cost: wall time, CPU time of the whole tree, memory of the largest process and of all of them
together, and instructions where the machine can count them."""
import functools
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

# How often the memory of all processes is looked at, in seconds.
LOOK = 0.02
PAGE = os.sysconf('SC_PAGE_SIZE')


def tree(pid):
    """A process and all that it has started and that still run."""
    found = [pid]
    for at in found:
        try:
            for task in os.listdir(f'/proc/{at}/task'):
                found += map(int, pathlib.Path(f'/proc/{at}/task/{task}/children').read_text().split())
        except OSError:
            pass  # It has ended meanwhile.
    return found


def resident(pid):
    try:
        return int(pathlib.Path(f'/proc/{pid}/statm').read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


class Watcher(threading.Thread):
    """Looks again and again how much memory all processes have together."""
    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most, self.ended = pid, 0, threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(LOOK):
            self.most = max(self.most, sum(map(resident, tree(self.pid))))

    def mib(self):
        self.ended.set()
        self.join()
        return self.most / 1024 ** 2


def run(command, cwd=None, good=(0,)):
    """Wall and CPU seconds and MiB (largest process, all) of a command and everything that it waits for; it ends with one of the good codes."""
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    watcher = Watcher(child.pid)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    took = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    together = watcher.mib()
    if child.returncode not in good:
        raise SystemExit(f'{command} ended with {child.returncode}:\n{said.decode()[-2000:]}')
    largest = used.ru_maxrss / 1024
    return took, used.ru_utime + used.ru_stime, largest, max(largest, together)


def both(first, second):
    """What two runs cost one after the other."""
    return first[0] + second[0], first[1] + second[1], max(first[2], second[2]), max(first[3], second[3])


def middle(times, work):
    """Medians of so many runs, with the least and the most CPU time."""
    rows = [work() for _ in range(times)]
    wall, cpu, memory, together = (statistics.median(column) for column in zip(*rows))
    return {'wall': wall, 'cpu': cpu, 'least': min(row[1] for row in rows), 'most': max(row[1] for row in rows), 'memory': memory, 'together': together}


@functools.cache
def counter():
    """What counts instructions here: `perf` where the processor lets it, else callgrind for short commands, else nothing."""
    if shutil.which('perf'):
        tried = subprocess.run(['perf', 'stat', '-x,', '-e', 'instructions:u', 'true'], capture_output=True, text=True)
        if re.match(r'\d+,', tried.stderr):
            return 'perf'
    return 'callgrind' if shutil.which('valgrind') else None


def instructions(command, short=False):
    """Millions of instructions of a command and of what it starts; none where nothing counts them, or only what is slow and the command
    is not short. Threads that wait for each other count, too, and how long they do is chance: callgrind is given one."""
    if counter() == 'perf':
        said = subprocess.run(['perf', 'stat', '-x,', '-e', 'instructions:u', *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
        return int(re.search(r'^(\d+),', said, re.M)[1]) / 1e6
    if counter() == 'callgrind' and short:
        with tempfile.TemporaryDirectory() as folder:
            valgrind = ['valgrind', '--tool=callgrind', '--trace-children=yes', f'--callgrind-out-file={folder}/%p', f'--log-file={folder}/%p.log']
            subprocess.run([*valgrind, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, 'RAYON_NUM_THREADS': '1'})
            logs = [log.read_text() for log in pathlib.Path(folder).glob('*.log')]
            return sum(int(found[1].replace(',', '')) for log in logs if (found := re.search(r'refs:\s+([\d,]+)', log))) / 1e6
    return None
