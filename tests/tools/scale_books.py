"""Books for scale.py: small ones of seeded sizes, a few with planted errors, and a long one."""
import pathlib, random, shutil, struct, zlib

NOUNS = [("灯", "lamp"), ("纸", "page"), ("河", "river"), ("桥", "bridge"), ("门", "door"), ("船", "boat"), ("山", "hill"), ("镇", "town")]
VERBS = [("等待", "waits for"), ("看见", "sees"), ("记得", "remembers"), ("穿过", "crosses"), ("离开", "leaves")]
TERMS = ["computing power", "compute", "computational capacity"]


def picture(rng, width=64, height=64):
    """A PNG of one colour."""
    line = b"\0" + bytes(rng.randrange(256) for _ in range(3)) * width
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(line * height)) + chunk(b"IEND", b"")


def sentences(rng, count):
    zh, en = [], []
    for _ in range(count):
        (a, x), (b, y), (v, w) = rng.choice(NOUNS), rng.choice(NOUNS), rng.choice(VERBS)
        number = rng.randrange(12, 990)
        zh.append(f"第{number}天，{a}{v}{b}。")
        en.append(f"On day {number} the {x} {w} the {y}.")
    return "".join(zh), " ".join(en)


def chapter(rng, at, paragraphs):
    zh, en = [f"# 第{at}个故事\n"], [f"# Story {at}\n"]
    for _ in range(paragraphs):
        a, b = sentences(rng, rng.randrange(3, 7))
        zh.append(a + "\n")
        en.append(b + "\n")
    return "\n".join(zh), "\n".join(en)


def book(folder, seed, layout=None, chapters=None, paragraphs=None, broken=False):
    """Writes a book; `layout` is a folder that is copied into it as the house's."""
    rng = random.Random(seed)
    manuscript = folder / "manuscript"
    for name in ("zh", "en", "images"):
        (manuscript / name).mkdir(parents=True)
    name = "house" if layout else "book"
    (manuscript / "book.yaml").write_text(
        f"title: {{zh: 第{seed}本书, en: Book {seed}}}\nslug: b{seed:05}\nlanguages: [zh, en]\neditions: [zh, en]\n"
        f"date: 2026-01-{seed % 28 + 1:02}\nlayout: {name}\n"
    )
    (manuscript / "images/picture.png").write_bytes(picture(rng))
    # As books of a back list have one. To draw covers would cost more than all the rest of such small books.
    (manuscript / "images/cover.png").write_bytes(picture(rng, 640, 960))
    (manuscript / "glossary.yaml").write_text(f"- zh: 算力\n  en: {TERMS[seed % len(TERMS)]}\n")
    for at in range(1, (chapters or rng.randrange(2, 6)) + 1):
        zh, en = chapter(rng, at, paragraphs or rng.randrange(4, 16))
        if at == 1:
            zh += "\n算力在增长。\n\n![灯光](../images/picture.png)\n"
            en += f"\nThe {TERMS[seed % len(TERMS)]} is growing.\n\n![Light](../images/picture.png)\n"
        if at == 2 and broken:
            en += "\n![Nothing](../images/not-there.png)\n"
        (manuscript / f"zh/{at:02}.md").write_text(zh)
        (manuscript / f"en/{at:02}.md").write_text(en)
    if layout:
        shutil.copytree(layout, folder / "layouts/house")


def catalogue(root, count, layout, broken):
    """Writes so many books below a folder; gives the names of those with errors."""
    bad = sorted(random.Random(count).sample(range(1, count + 1), broken))
    for seed in range(1, count + 1):
        book(root / f"books/b{seed:05}", seed, layout, broken=seed in bad)
    return [f"b{seed:05}" for seed in bad]


def copy_sources(books, to):
    """A fresh copy of books, as a clone has them: without what was made, and with other times."""
    shutil.copytree(books, to, ignore=shutil.ignore_patterns("out"), copy_function=shutil.copyfile)
    return pathlib.Path(to)
