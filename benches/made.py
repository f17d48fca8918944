#!/usr/bin/env python3
"""Books made for measuring, in two languages; the same arguments give the same bytes.

usage: made.py KIND PAGES FOLDER      kinds: prose pictures formulas tables code
                                      pictures-indexed, pictures-rgb, pictures-rgba, pictures-jpeg, pictures-svg: of one kind only
"""
import pathlib
import random
import shutil
import sys

import pictures

LATIN = ('the of a and in to water light paper house river measure letter street winter garden number window table year hand night market '
         'colour small large between under after before never always carries holds turns writes keeps opens follows names').split()
HAN = '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经'
KINDS = ('indexed', 'rgb', 'jpeg', 'rgba', 'svg')
# How many blocks of each kind fill a page of the layout `book`, about.
PER_PAGE = {'prose': 3.6, 'pictures': 0.9, 'formulas': 5.2, 'tables': 2.2, 'code': 2.2}
CHAPTER = 12


def sentence(rng, lang, words):
    if lang == 'zh':
        return ''.join(rng.choice(HAN) for _ in range(words)) + '，' + ''.join(rng.choice(HAN) for _ in range(words)) + '。'
    return ' '.join(rng.choice(LATIN) for _ in range(words)).capitalize() + '. '


def prose(rng, lang):
    return ''.join(sentence(rng, lang, rng.randrange(9, 18)) for _ in range(6))


def formula(rng, _):
    a, b, c, n = (rng.choice('abcdxyzuvwpq') for _ in range(4))
    return f'$$\\sum_{{{n}=1}}^{{{rng.randrange(2, 99)}}} \\frac{{{a}_{n}^2 + {b}}}{{\\sqrt{{{c} + {rng.randrange(2, 99)}}}}} = \\int_0^1 {a}({b}) \\, d{b}$$'


def table(rng, lang):
    word = lambda: sentence(rng, lang, 2).strip(' .。')
    rows = [f'| {word()} | {rng.randrange(9999)} | {rng.randrange(9999)} |' for _ in range(7)]
    return '\n'.join([f'| {word()} | {word()} | {word()} |', '|---|---|---|', *rows])


def code(rng, _):
    lines = [f'    let {rng.choice(LATIN)}_{n} = {rng.choice(LATIN)}({rng.randrange(999)}, "{rng.choice(LATIN)}");' for n in range(10)]
    return '\n'.join(['```rust', f'fn {rng.choice(LATIN)}_{rng.randrange(9999)}() {{', *lines, '}', '```'])


def block(kind, number, lang, images):
    """A block of a book and the text around it. Numbers, code and pictures are those of the other language."""
    rng = random.Random(f'{kind} {number} {lang}')
    both = random.Random(f'{kind} {number}')
    if kind == 'prose':
        return prose(rng, lang)
    if kind.startswith('pictures'):
        form = kind.partition('-')[2] or KINDS[number % len(KINDS)]
        name = f'p{number:04}.{ {"jpeg": "jpg", "svg": "svg"}.get(form, "png")}'
        if not (images / name).exists():
            (images / name).write_bytes(pictures.picture(form, number)[0])
        return f'{sentence(rng, lang, 12)}\n\n:::figure\n![{sentence(rng, lang, 4).strip()}](../images/{name})\n\n{sentence(rng, lang, 6).strip()}\n:::'
    if kind == 'formulas':
        inline = f' ${both.choice("abc")}_{{{both.randrange(9)}}} \\le {both.choice("xyz")}^{both.randrange(2, 9)}$ '
        return sentence(rng, lang, 14).strip() + inline + sentence(rng, lang, 9) + '\n\n' + formula(both, lang)
    return sentence(rng, lang, 10) + '\n\n' + {'tables': table, 'code': code}[kind](both if kind == 'code' else rng, lang)


def write(kind, pages, out):
    """Writes a manuscript of about so many pages in English into `out`."""
    shutil.rmtree(out, ignore_errors=True)
    images = out / 'manuscript/images'
    images.mkdir(parents=True)
    blocks = max(1, round(pages * PER_PAGE[kind.partition('-')[0]]))
    size = max(1, round(CHAPTER * PER_PAGE[kind.partition('-')[0]]))
    for lang in ('zh', 'en'):
        (out / 'manuscript' / lang).mkdir()
        for chapter, first in enumerate(range(0, blocks, size)):
            rng = random.Random(f'{chapter} {lang}')
            text = [f'---\ntitle: "{sentence(rng, lang, 3).strip(" .。")}"\n---']
            for number in range(first, min(first + size, blocks)):
                if (number - first) % 8 == 4:
                    text.append('## ' + sentence(rng, lang, 3).strip(' .。'))
                text.append(block(kind, number, lang, images))
            (out / 'manuscript' / lang / f'{chapter:03}-c.md').write_text('\n\n'.join(text) + '\n')
    (out / 'manuscript/book.yaml').write_text(
        'title: {zh: 书, en: Book}\nslug: book\nlanguages: [zh, en]\nlayout: book\ndate: 2026-01-01\nchecks: {typography: off}\n')


if __name__ == '__main__':
    if len(sys.argv) != 4 or sys.argv[1].partition('-')[0] not in PER_PAGE:
        sys.exit(__doc__)
    write(sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]))
