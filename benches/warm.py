"""What an edit costs in `dama-pub watch`: CPU time from the save to the new pages."""
import json
import os
import re
import statistics
import subprocess
import urllib.request


class Watch:
    def __init__(self, program, book, edition):
        self.child = subprocess.Popen([program, 'watch', book, '--edition', edition, '--color', 'never'], stderr=subprocess.PIPE, text=True)
        self.address = re.search(r'http://127\.0\.0\.1:\d+/\w+/', self.child.stderr.readline())[0]
        self.edition, self.revision = edition, 0
        # What else is said must not fill the pipe.
        import threading
        threading.Thread(target=self.child.stderr.read, daemon=True).start()

    def ready(self, other_than=None):
        """Waits for pages that look different from these; gives what they look like."""
        while True:
            address = f'{self.address}state?since={self.revision}&editions={self.edition}'
            state = json.load(urllib.request.urlopen(address, timeout=600))
            self.revision = state['revision']
            pages = next((e['pages'] for e in state['editions'] if e['name'] == self.edition), [])
            looks = [page['look'] for page in pages]
            if state['status']['state'] == 'broken':
                raise SystemExit('the book has an error after an edit')
            if state['status']['state'] == 'ready' and looks and looks != other_than:
                return looks

    def processes(self):
        """The program, and its worker, which sets the pages."""
        children = open(f'/proc/{self.child.pid}/task/{self.child.pid}/children').read()
        return [self.child.pid, *map(int, children.split())]

    def cpu(self):
        all_fields = [open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split() for pid in self.processes()]
        return sum(int(fields[11]) + int(fields[12]) for fields in all_fields) / os.sysconf('SC_CLK_TCK')

    def memory(self):
        status = [open(f'/proc/{pid}/status').read() for pid in self.processes()]
        return sum(int(re.search(r'VmRSS:\s+(\d+)', text)[1]) for text in status) / 1024

    def quiet(self):
        """Waits until the checks, which run beside the pages, are done."""
        import time
        before = -1.0
        while self.cpu() > before:
            before = self.cpu()
            time.sleep(0.5)


def warm(program, book, edition, path, sentence, edits):
    """Pages, CPU milliseconds of the edits (least, median, most), MiB after them."""
    watch = Watch(program, str(book), edition)
    file = book / path
    text = file.read_text()
    assert sentence in text, (path, sentence)
    try:
        looks = watch.ready()
        watch.quiet()
        costs = []
        for edit in range(edits):
            before = watch.cpu()
            changed = text.replace(sentence, f'{sentence[0]}{edit}{sentence[1:]}', 1)
            beside = file.with_suffix('.new')
            beside.write_text(changed)
            beside.rename(file)
            looks = watch.ready(looks)
            costs.append((watch.cpu() - before) * 1000)
            watch.quiet()
        return len(looks), min(costs), statistics.median(costs), max(costs), watch.memory()
    finally:
        file.write_text(text)
        watch.child.kill()
        watch.child.wait()
