"""The one table of the benchmarks: printed line by line while it grows, and kept in a document between two marks."""
import re

HEAD = '''| what | wall, s | CPU, s | least–most | memory, MiB: largest process | all | instructions, millions |
|---|---|---|---|---|---|---|'''
MARKS = ('<!-- bench: figures -->', '<!-- bench: end -->')


def number(value, form):
    return '' if value is None else format(value, form)


class Table:
    def __init__(self, about):
        self.about, self.lines, self.notes = about, [HEAD], []
        print(f'{about}\n\n{HEAD}', flush=True)

    def line(self, text):
        self.lines.append(text)
        print(text, flush=True)

    def part(self, name):
        """Begins a group of rows."""
        self.line(f'| **{name}** | | | | | | |')

    def row(self, what, cost, instructions=None):
        """A row of what `measure.middle` gives; what was not measured is left empty."""
        digits = '.3f' if (cost.get('wall') or cost['cpu']) < 0.1 else '.2f'
        spread = f"{cost['least']:{digits}}–{cost['most']:{digits}}" if 'least' in cost else ''
        cells = [what, number(cost.get('wall'), digits), number(cost['cpu'], digits), spread,
                 number(cost.get('memory'), '.0f'), number(cost.get('together'), '.0f'), number(instructions, ',.0f')]
        self.line(f"| {' | '.join(cells)} |")

    def note(self, text):
        """What is told below the table."""
        self.notes.append(text)

    def text(self):
        return '\n'.join([self.about, '', *self.lines, *(f'\n{note}' for note in self.notes)])

    def end(self, path=None):
        """Prints the notes, and keeps all of it in a document."""
        print(''.join(f'\n{note}\n' for note in self.notes))
        if path:
            document = path.read_text()
            begin, end = map(re.escape, MARKS)
            kept, count = re.subn(f'(?<={begin}\n).*?(?={end})', lambda _: self.text() + '\n', document, flags=re.S)
            if count != 1:
                raise SystemExit(f'{path} does not have the marks {MARKS} once')
            path.write_text(kept)
