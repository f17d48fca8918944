#!/usr/bin/env python3
"""What `dama-pub check --format json` found, in the forms of code hosts.

    report.py summary FILE       Markdown: counts by code, and the worst findings with their places
    report.py codequality FILE   the JSON of GitLab's code quality report
"""
import collections
import hashlib
import json
import sys

MOST = 20
RANK = {"error": 0, "warning": 1, "info": 2}
SEVERITY = {"error": "major", "warning": "minor", "info": "info"}


def findings(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    return report["findings"]


def cell(text):
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("`", "ˋ")


def summary(found):
    if not found:
        return "### dama-pub\n\nNothing was found.\n"
    by_level = collections.Counter(one["severity"] for one in found)
    counts = ", ".join(f"{by_level[level]} {level}{'' if by_level[level] == 1 or level == 'info' else 's'}" for level in RANK if by_level[level])
    lines = ["### dama-pub", "", counts, "", "| code | level | findings |", "|---|---|---|"]
    by_code = collections.Counter((one["check"], one["severity"]) for one in found)
    for (code, level), count in sorted(by_code.items(), key=lambda item: (RANK[item[0][1]], -item[1], item[0][0])):
        lines.append(f"| `{code}` | {level} | {count} |")
    worst = sorted((one for one in found if one["severity"] != "info"), key=lambda one: RANK[one["severity"]])
    if worst:
        lines += ["", "| place | finding |", "|---|---|"]
        for one in worst[:MOST]:
            place = f"{one['file']}:{one['line']}" if one.get("file") else "the book"
            lines.append(f"| `{place}` | {one['severity']}: {cell(one['message'])} |")
        if len(worst) > MOST:
            lines.append(f"| … | {len(worst) - MOST} more |")
    return "\n".join(lines) + "\n"


def codequality(found):
    seen, out = collections.Counter(), []
    for one in found:
        place = (one.get("file") or "manuscript/book.yaml", one.get("line") or 1)
        # A finding moves with its text: the line is no part of what it is known by.
        key = f"{one['check']}\0{place[0]}\0{one['message']}"
        seen[key] += 1
        out.append({
            "description": one["message"], "check_name": one["check"], "severity": SEVERITY[one["severity"]],
            "fingerprint": hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest(),
            "location": {"path": place[0], "lines": {"begin": place[1]}},
        })
    return json.dumps(out, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    forms = {"summary": summary, "codequality": codequality}
    if len(sys.argv) != 3 or sys.argv[1] not in forms:
        sys.exit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(forms[sys.argv[1]](findings(sys.argv[2])))
