"""Real books as manuscripts: Markdown of other tools brought to what a manuscript of ours may hold."""
import re
import shutil
import unicodedata

FENCE = re.compile(r'[ >]*(```+|~~~+)')


def prose(text):
    """Text outside of listings, without HTML, pictures, and links that lead into other files."""
    code = []
    text = re.sub(r'<!--.*?-->', '', text, flags=re.S)
    text = re.sub(r'`+[^`]+`+', lambda m: code.append(m[0]) or f'\0{len(code) - 1}\0', text)
    text = re.sub(r'([$@])', r'\\\1', text)
    text = re.sub(r'</?[A-Za-z][^>]*>', '', text)
    text = re.sub(r'!\[[^\]]*\]\([^)]*\)', '', text)
    text = re.sub(r'\[([^\]]*)\]\((?!https?:)[^)]*\)', r'\1', text)
    text = re.sub(r'\[([^\]]*)\]\[[^\]]*\]', r'\1', text)
    text = re.sub(r'^\[(?!\^)[^\]]+\]:\s*(?!https?:)\S.*$', '', text, flags=re.M)
    text = re.sub(r'^\[\^[^\]]*\]:|\[\^[^\]]*\]', '', text, flags=re.M)
    return re.sub('\0(\\d+)\0', lambda m: code[int(m[1])], text)


def chapter(text):
    """Title and body of a chapter. Characters that the fonts do not have become x."""
    strange = lambda c: ord(c) > 0x1F000 or 0x900 <= ord(c) < 0x980 or unicodedata.category(c) in ('So', 'Co')
    title, out, piece, fence = None, [], [], None
    for line in ''.join('x' if strange(c) else c for c in text).split('\n'):
        mark = FENCE.match(line)
        if mark and fence is None:
            fence = mark[1]
            out += [prose('\n'.join(piece)), line[:mark.end()] + re.sub(r'[,{ ].*', '', line[mark.end():].strip())]
            piece = []
        elif fence is not None:
            out.append(line)
            if mark and line.strip(' >').startswith(fence):
                fence = None
        else:
            head = re.match(r'(#+)\s+(.*)', line)
            if head and title is None:
                title, line = re.sub(r'[*\\]', '', head[2]).strip(), ''
            elif head:
                line = '#' * max(2, len(head[1])) + ' ' + head[2]
            piece.append(line)
    return title or 'x', '\n'.join([*out, prose('\n'.join(piece))])


def write(source, out, chapters=None, times=1):
    """The first chapters of a book (a folder with `zh/` and `en/`), so many times, as a manuscript."""
    shutil.rmtree(out, ignore_errors=True)
    names = [path.name for path in sorted((source / 'en').glob('ch*.md')) if (source / 'zh' / path.name).exists()]
    for lang in ('zh', 'en'):
        (out / 'manuscript' / lang).mkdir(parents=True)
        for name in names[:chapters]:
            title, body = chapter((source / lang / name).read_text())
            body = re.sub(r'\n{3,}', '\n\n', body).strip()
            for time in range(times):
                head = f'---\ntitle: "{title.replace(chr(34), chr(39))}"\n---\n\n'
                (out / 'manuscript' / lang / f'{time:02}-{name}').write_text(head + body + '\n')
    (out / 'manuscript/book.yaml').write_text(
        'title: {zh: 书, en: Book}\nslug: book\nlanguages: [zh, en]\nlayout: book\ndate: 2026-01-01\nchecks: {typography: off}\n')
