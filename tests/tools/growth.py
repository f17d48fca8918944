#!/usr/bin/env python3
"""growth.py DAMA_PUB [--sizes 2000,4000,8000] [--only PART_OF_A_NAME] [--form human]

What `dama-pub check --pair` takes for chapters, lines and lists of findings that grow: CPU seconds and memory for each size, and
by how much they grow from the first to the last. What is linear grows as the size does; more than twice that is marked."""
import argparse, os, pathlib, subprocess, tempfile

END = "\n\n"

# What stands in the two files, by how many there are of it.
SHAPES = {
    "equal paragraphs": lambda n: ("一。\n\n" * n, "a.\n\n" * n),
    "paragraphs without a word in common": lambda n: ("甲乙丙丁戊己庚辛。\n\n" * n, "Never was there one like it.\n\n" * n),
    "paragraphs with a lost number": lambda n: (END.join(f"第{i}号样品重{i + 3}克。" for i in range(n)), END.join(f"Sample {i} was weighed." for i in range(n))),
    "half of the paragraphs": lambda n: (END.join(f"样品{i}很重。" for i in range(n)), END.join(f"Sample {i} is heavy." for i in range(0, n, 2))),
    "paragraphs of one side": lambda n: ("样品很重。", END.join(f"Sample {i} is heavy." for i in range(n))),
    "items of a list": lambda n: ("".join(f"- 样品{i}很重。\n" for i in range(n)), "".join(f"- Sample {i} is heavy.\n" for i in range(n))),
    "items beside paragraphs": lambda n: ("".join(f"- 样品{i}很重。\n" for i in range(n)), END.join(f"Sample {i} is heavy." for i in range(n))),
    "headings": lambda n: ("".join(f"## 样品{i}\n\n" for i in range(n)), "".join(f"## Sample {i}\n\n" for i in range(n))),
    "rows of a table": lambda n: ("|甲|乙|\n|-|-|\n" + "".join(f"|样品|{i}|\n" for i in range(n)), "|A|B|\n|-|-|\n" + "".join(f"|Sample|{i}|\n" for i in range(n))),
    "equal rows of a table": lambda n: ("|甲|乙|\n|-|-|\n" + "|样品|重|\n" * n, "|A|B|\n|-|-|\n" + "|Sample|heavy|\n" * n),
    "notes": lambda n: ("".join(f"甲[^{i}]。\n\n[^{i}]: 注{i}。\n\n" for i in range(n)), "".join(f"A[^{i}].\n\n[^{i}]: Note {i}.\n\n" for i in range(n))),
    "links": lambda n: ("".join(f"[甲](https://a.example/{i})。" for i in range(n)), "".join(f"[A](https://a.example/{i + 1}). " for i in range(n))),
    "sentences of a paragraph": lambda n: ("".join(f"样品{i}很重。" for i in range(n)), "".join(f"Sample {i} is heavy. " for i in range(n))),
    "equal sentences": lambda n: ("一。" * n, "A. " * n),
    "sentences with a lost number": lambda n: ("".join(f"样品重{i + 3}克。" for i in range(n)), "".join("The sample was weighed. " for i in range(n))),
    "words of a sentence": lambda n: ("样品很重，" * n + "。", "the sample is heavy, " * n + "."),
    "numbers of a sentence": lambda n: ("、".join(str(i + 10) for i in range(n)) + "。", ", ".join(str(i + 11) for i in range(n)) + "."),
    "negations of a sentence": lambda n: ("不是，" * n + "。", "yes, " * n + "."),
    "marks of a line": lambda n: ("甲,乙" * n + "。", "A, b " * n + "."),
    "names of a sentence": lambda n: ("".join(f"Ab{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}、" for i in range(n)) + "。", "nobody was there."),
    "code spans": lambda n: ("".join(f"`a{i}`、" for i in range(n)) + "。", "".join(f"`a{i + 1}`, " for i in range(n)) + "."),
    "lines of code": lambda n: ("```py\n" + "".join(f"a{i} = '甲'\n" for i in range(n)) + "```\n", "```py\n" + "".join(f"b{i} = 'A'\n" for i in range(n)) + "```\n"),
    "equal lines of code": lambda n: ("```py\n" + "a = 1\nb = 2\n" * n + "```\n", "```py\n" + "b = 2\na = 1\n" * (n + 7) + "```\n"),
    "formulas": lambda n: ("".join(f"甲$a_{{{i}}}$。" for i in range(n)), "".join(f"A $a_{{{i + 1}}}$. " for i in range(n))),
}


def measured(command):
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, child.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--sizes", default="2000,4000,8000")
    parser.add_argument("--only", default="")
    parser.add_argument("--form", default="human")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder, name) for name in ("zh.md", "en.md")]
        for name, shape in SHAPES.items():
            if args.only and args.only not in name:
                continue
            row = []
            for size in sizes:
                for file, text, title in zip(files, shape(size), ("标题", "Title")):
                    file.write_text(f"# {title}\n\n{text}\n", encoding="utf8")
                row.append(measured([args.program, "check", "--pair", *map(str, files), "--format", args.form]))
            cells = "".join(f"{cpu:8.2f} s {memory:7.0f} MiB" for cpu, memory, _ in row)
            grown = [last / first for first, last in zip(row[0][:2], row[-1][:2])]
            mark = "  <<" if max(grown) > 2 * sizes[-1] / sizes[0] else ""
            fault = "" if all(code in (0, 1) for *_, code in row) else "  exit codes %s" % [code for *_, code in row]
            print(f"{name:36}{cells}  x{grown[0]:.1f} x{grown[1]:.1f}{mark}{fault}", flush=True)


main()
