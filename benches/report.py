"""The synthetic report of the peers' benchmark, written as a manuscript of dama-pub: the same text, pictures, tables, notes
and references; charts as data, because that is how a manuscript of ours has them."""
import pathlib
import re
import shutil


def chart(svg, key):
    texts = re.findall(r'<text[^>]*>([^<]*)</text>', svg.read_text())
    title, pairs = texts[0], list(zip(texts[1::2], texts[2::2]))
    rows = ''.join(f'  - {{label: "{label}", value: {value}}}\n' for label, value in pairs)
    told = '; '.join(f'{label} {value}' for label, value in pairs)
    return f'```chart {{#fig:{key}}}\ntype: bar\ntitle: "{title}"\nalt: "{told}"\ndata:\n{rows}```'


def body(text, source, lang):
    """Pandoc's Markdown of a chapter as ours."""
    text = re.sub(r'\[\[(\d+)\]\]\(#ref-\d+\)', r'[@ref\1]', text)
    text = re.sub(r'::: \{\.category\}\n.*?\n:::\n', '', text, flags=re.S)
    text = re.sub(r'::: \{\.bignum\}\n\[(.*?)\]\{\.num\}\n\n(.*?)\n\n\[(.*?) \[(\d+)\]\(#ref-\d+\)\]\{\.src\}\n:::',
                  r':::bignum {value="\1"}\n\2 [@ref\4]\n:::', text, flags=re.S)
    text = text.replace('::: {.twocol}', '::::columns').replace('\n:::\n\n|', '\n::::\n\n|')
    text = re.sub(r'::: \{\.byline\}\n(.*?)\n:::', r'\1', text, flags=re.S)
    # A chart stands before the columns, over their whole width, as the layout `report` has it.
    text = re.sub(r'(::::columns\n)(.*?)(!\[\]\(img/chart.*?\n)', r'\3\n\1\2', text, flags=re.S)
    text = re.sub(r'!\[\]\(img/(chart\d+)\.\w+\.svg\)\{width=100%\}\\ ?',
                  lambda m: chart(source / f'img/{m[1]}.{lang}.svg', m[1]), text)
    text = re.sub(r'!\[(.*?)\]\(img/(.*?)\)\{width=100%\}', r':::figure\n![\1](../images/\2)\n\n\1\n:::', text)
    text = re.sub(r'(\n\|.*?\|\n)\n: (.*?)\n', r'\n:::figure\n\1\n\2\n:::\n', text, flags=re.S)
    return re.sub(r'^(#{2,}) (.*?) \{#\w+\}$', r'\1 \2', text, flags=re.M)


def write(source, out):
    """Writes the manuscript from the generator's folder `source` (with `report.zh.md` and `img/`) into `out`."""
    shutil.rmtree(out, ignore_errors=True)
    images = out / 'manuscript/images'
    images.mkdir(parents=True)
    for photo in source.glob('img/*.jpg'):
        shutil.copy(photo, images)
    for lang in ('zh', 'en'):
        text = (source / f'report.{lang}.md').read_text().split('\n---\n', 1)[1]
        notes = dict(re.findall(r'^\[\^(n\d+)\]: (.*)$', text, re.M))
        text = re.sub(r'^\[\^n\d+\]: .*$', '', text, flags=re.M)
        folder = out / 'manuscript' / lang
        folder.mkdir()
        for at, part in enumerate(re.split(r'^# ', text, flags=re.M)[1:]):
            head, rest = part.split('\n', 1)
            title, name = re.match(r'(.*?) \{#(\w+)\}', head).groups()
            tagline = re.search(r'::: \{\.tagline\}\n(.*?)\n:::\n', rest, re.S)
            rest = body(rest.replace(tagline[0], '') if tagline else rest, source, lang)
            rest = re.sub(r'::: \{\.ref .*', '', rest, flags=re.S) if name == 'references' else rest
            used = [f'[^{key}]: {notes[key]}' for key in dict.fromkeys(re.findall(r'\[\^(n\d+)\]', rest))]
            role = 'references' if name.startswith('ref') else 'chapter' if name.startswith('trend') else 'frontmatter'
            subtitle = f'subtitle: "{tagline[1]}"\n' if tagline else ''
            front = f'---\ntitle: "{title}"\n{subtitle}role: {role}\n---\n\n'
            (folder / f'{at:02}-{name}.md').write_text(front + rest.strip() + '\n\n' + '\n\n'.join(used) + '\n')
    refs = re.findall(r'::: \{[^}]*#ref-(\d+)[^}]*\}\n(.*?)\n:::', (source / 'report.en.md').read_text(), re.S)
    entry = '{0}:\n  type: misc\n  title: "{1}"\n'
    known = ''.join(entry.format(f'ref{n}', ' '.join(text.split()).replace('"', '')) for n, text in refs)
    (out / 'manuscript/references.yaml').write_text(known)
    (out / 'manuscript/book.yaml').write_text(
        'title: {zh: 十大技术趋势 2030, en: Ten Technology Trends 2030}\nslug: trends\nlanguages: [zh, en]\n'
        'date: 2029-12-01\nlayout: report\n')
