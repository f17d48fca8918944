"""Slurm for scale.py: two nodes on this machine, one of which is killed with its job and comes back."""
import collections, json, os, pathlib, shutil, signal, socket, subprocess, time

import scale_books

CONF = """ClusterName=scale
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmctldPort=26817
AuthType=auth/none
CryptoType=crypto/none
CredType=cred/none
StateSaveLocation={at}/state
SlurmdSpoolDir={at}/%n
SlurmctldPidFile={at}/ctld.pid
SlurmdPidFile={at}/%n.pid
SlurmctldLogFile={at}/ctld.log
SlurmdLogFile={at}/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
ReturnToService=2
JobRequeue=1
DefMemPerCPU=500
MpiDefault=none
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SwitchType=switch/none
SlurmdTimeout=15
SlurmctldTimeout=15
InactiveLimit=0
KillWait=5
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SlurmdParameters=config_overrides
NodeName=w1 NodeHostname={host} NodeAddr=127.0.0.1 Port=27001 CPUs=1 RealMemory=4000 State=UNKNOWN
NodeName=w2 NodeHostname={host} NodeAddr=127.0.0.1 Port=27002 CPUs=1 RealMemory=4000 State=UNKNOWN
PartitionName=books Nodes=w1,w2 Default=YES MaxTime=INFINITE State=UP
"""


class Cluster:
    """Two nodes of Slurm; what was started is ended with it, and nothing else."""

    def __init__(self, at):
        self.at = at
        (at / "state").mkdir(parents=True)
        for node in ("w1", "w2"):
            (at / node).mkdir()
        self.conf = at / "slurm.conf"
        self.conf.write_text(CONF.format(host=socket.gethostname().split(".")[0], at=at))
        self.env = {**os.environ, "SLURM_CONF": str(self.conf)}
        self.running = {"ctld": self.start("slurmctld", "-D")}
        for node in ("w1", "w2"):
            self.begin(node)

    def start(self, *args):
        with open(self.at / "said.log", "a") as said:
            return subprocess.Popen([*args, "-f", self.conf], env=self.env, stdout=said, stderr=said, start_new_session=True)

    def begin(self, node):
        self.running[node] = self.start("slurmd", "-D", "-N", node)

    def ask(self, *args):
        return subprocess.run([str(arg) for arg in args], env=self.env, capture_output=True, text=True, cwd=self.at.parent).stdout

    def below(self, parent):
        """All that a process has started, and what that has started."""
        told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
        children = collections.defaultdict(list)
        for line in told.splitlines():
            pid, of = map(int, line.split())
            children[of].append(pid)
        found, todo = [], [parent]
        while todo:
            todo += children[todo[0]]
            found += children[todo.pop(0)]
        return found

    def steps(self, node):
        """The daemons of the steps on a node: they outlive its own."""
        jobs = self.ask("squeue", "-h", "-w", node, "-t", "R", "-o", "%A").split()
        told = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True).stdout
        pids = [line.split(None, 1) for line in told.splitlines() if "slurmstepd: [" in line]
        return [int(pid) for pid, args in pids if any(f"[{job}." in args for job in jobs)]

    def kill(self, node):
        steps = self.steps(node)
        doomed = [self.running[node].pid, *steps, *(pid for step in steps for pid in self.below(step))]
        for pid in doomed:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.running[node].wait()
        return len(doomed)

    def end(self):
        for process in reversed(self.running.values()):
            process.terminate()
            process.wait(timeout=30)


def run(dama, work, source, count, bad, good, tools):
    row, must, sums, lines = tools
    if not all(shutil.which(name) for name in ("slurmctld", "slurmd", "sbatch")) or os.geteuid() != 0:
        return row("Slurm", skipped="it is not here, or this is not root")
    at, shares, most = work / "slurm", max(4, count // 10), 900 + 6 * count
    books = scale_books.copy_sources(source, at / "books")
    cluster = Cluster(at / "cluster")
    try:
        began = time.perf_counter()
        (at / "logs").mkdir()
        (at / "task.sh").write_text(
            f"#!/bin/bash\n#SBATCH --requeue --array=1-{shares} -n1 --mem=400 --open-mode=append -o logs/%a.jsonl\n"
            f"cd {at}\n{dama} catalogue build books --shard $SLURM_ARRAY_TASK_ID/{shares} --keep-going --jobs 1 --cache cache --message-format jsonl\n"
            "code=$?; [ $code -le 1 ] && exit 0; exit $code\n"
        )
        wait(lambda: "idle" in cluster.ask("sinfo", "-h", "-o", "%t"), 60)
        cluster.env["PWD"] = str(at)
        subprocess.run(["sbatch", "task.sh"], cwd=at, env=cluster.env, check=True, capture_output=True)
        wait(lambda: told(at, lines) >= count // 6, most)
        wait(lambda: cluster.steps("w2"), 60)
        doomed = cluster.kill("w2")
        before = told(at, lines)
        wait(lambda: "down" in cluster.ask("sinfo", "-h", "-n", "w2", "-o", "%t"), 120)
        requeued = [line for line in cluster.ask("squeue", "-h", "-o", "%i %t %r").splitlines() if "BeginTime" in line or "Requeue" in line or "node" in line.lower()]
        cluster.begin("w2")
        wait(lambda: not cluster.ask("squeue", "-h").strip(), most)
        seconds = time.perf_counter() - began
        all_lines = [line for log in (at / "logs").glob("*.jsonl") for line in lines(log.read_text())]
        last = {line["book"]: line for line in all_lines}
        states = collections.Counter(line["status"] for line in last.values())
        log = (at / "cluster/ctld.log").read_text()
        requeues = len([line for line in log.splitlines() if "equeue" in line])
        row("Slurm, a node killed with its job", seconds=f"{seconds:.0f}", processes_killed=doomed, told_before=before, lines=len(all_lines), books=len(last), asked_twice=len(all_lines) - len(last), requeues_in_the_log=requeues, **states)
        must(len(last) == count, "Slurm: every book is told of")
        must(requeues > 0 or requeued, "Slurm: the task of the node that went was queued again")
        must(sorted(book for book, line in last.items() if line["errors"]) == bad, "Slurm: the planted errors are told")
        made = sums(books)
        must(all(made.get(name) == value for name, value in good.items() if name.split("/")[0] not in bad), "Slurm: the bytes are those of the single run")
    finally:
        cluster.end()


def told(at, lines):
    return sum(len(lines(log.read_text())) for log in (at / "logs").glob("*.jsonl"))


def wait(until, seconds):
    """Waits for something that other processes do."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("it did not come about")
        time.sleep(0.5)
