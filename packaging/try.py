#!/usr/bin/env python3
"""Installs each package of this platform in a clean place and builds a new book with it.

    try.py DIR [--target TRIPLE]

DIR is what package.py wrote. TRIPLE is that of this machine unless said otherwise: the packages for musl hold a static program, which runs beside any C
library, and are tried as archive, as wheel and in an empty root that holds the program and nothing else (as root alone). The archive is unpacked into an empty folder, the wheel goes into a fresh virtual environment without an index, the
npm packages come from a registry on the loopback interface into a fresh prefix, the Debian package into an empty root (`dpkg --root`, else `dpkg-deb -x`). Each then makes
the starter book, in an environment that has nothing but a PATH. Prints a table: size, commands, seconds of installation and to the first PDF. Exit code 1 if one fails.
"""
import functools
import hashlib
import base64
import http.server
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import venv


def run(args, **more):
    done = subprocess.run([str(one) for one in args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, args))}: {done.returncode}\n{done.stdout}")
    return done.stdout


def is_musl(target):
    return target.endswith("-musl")


def this_target():
    arch = {"AMD64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return {"Linux": f"{arch}-unknown-linux-gnu", "Darwin": f"{arch}-apple-darwin", "Windows": f"{arch}-pc-windows-msvc"}[platform.system()]


class Registry(http.server.BaseHTTPRequestHandler):
    """As much of npm's registry as an installation asks for."""

    def __init__(self, folder, *args):
        self.folder = folder
        super().__init__(*args)

    def log_message(self, *_):
        pass

    def do_GET(self):
        name = self.path.lstrip("/").replace("%2f", "/").replace("%2F", "/")
        if name.startswith("-/"):
            return self.answer((self.folder / name[2:]).read_bytes(), "application/octet-stream")
        for path in sorted(self.folder.glob("npm-*.tgz")):
            with tarfile.open(path) as archive:
                about = json.load(archive.extractfile("package/package.json"))
            if about["name"] == name:
                digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
                host = self.headers["Host"]
                about["dist"] = {"tarball": f"http://{host}/-/{path.name}", "integrity": f"sha512-{digest}"}
                text = {"name": name, "dist-tags": {"latest": about["version"]}, "versions": {about["version"]: about}}
                return self.answer(json.dumps(text).encode(), "application/json")
        self.send_error(404)

    def answer(self, data, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def of_archive(packages, place, target):
    path = next(packages.glob(f"dama-pub-*-{target}.*"))
    shutil.unpack_archive(path, place)
    program = next(place.glob("*/dama-pub*"))
    for name in ("LICENSE", "THIRD-PARTY-LICENCES.txt", "completions/dama-pub.bash", "man/dama-pub-build.1"):
        assert (program.parent / name).stat().st_size > 100, name
    return [path], f"tar -xzf {path.name}", program


def of_wheel(packages, place, target):
    mine = [path for path in packages.glob("*.whl") if re.search(platform.machine().lower(), path.name)]
    path = next(path for path in mine if ("musl" in path.name) == is_musl(target))
    venv.create(place, with_pip=True)
    folder = place / ("Scripts" if os.name == "nt" else "bin")
    run([folder / "pip", "install", "--no-index", "--quiet", path])
    return [path], "pipx install dama-pub", next(folder.glob("dama-pub*"))


def of_npm(packages, place, target):
    npm = shutil.which("npm")
    # npm chooses by the libc of the machine, and has no name for “any”.
    if not npm or is_musl(target):
        return None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Registry, packages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        run([npm, "install", "--global", "--prefix", place, "--cache", place / "cache", "--no-audit", "--no-fund", "--ignore-scripts",
             "--registry", f"http://127.0.0.1:{server.server_port}/", "dama-pub"])
    finally:
        server.shutdown()
    mine = [path for path in packages.glob("npm-*.tgz") if "musl" not in path.name]
    return mine, "npm install --global dama-pub", place / "bin" / "dama-pub"


def of_debian(packages, place, target):
    path = next(packages.glob("*.deb"), None)
    if path is None or not shutil.which("dpkg-deb") or is_musl(target):
        return None
    for folder in ("var/lib/dpkg/info", "var/lib/dpkg/updates"):
        (place / folder).mkdir(parents=True)
    for name in ("status", "available"):
        (place / "var/lib/dpkg" / name).touch()
    if os.geteuid() == 0:
        run(["dpkg", f"--root={place}", "--force-depends", "--install", path])
    else:
        run(["dpkg-deb", "--extract", path, place])
    for name in ("usr/share/doc/dama-pub/copyright", "usr/share/man/man1/dama-pub.1.gz"):
        assert (place / name).stat().st_size > 100, name
    return [path], f"sudo apt install ./{path.name}", place / "usr/bin/dama-pub"


def in_empty_root(packages, place, target):
    """A root with the program, /proc and folders to write into: no shell, no library, no fonts; without network and as nobody."""
    if not is_musl(target) or os.geteuid() != 0 or not shutil.which("unshare"):
        return None
    program = of_archive(packages, place / "archive", target)[2]
    root = place / "root"
    for folder in ("bin", "proc", "tmp", "book"):
        (root / folder).mkdir(parents=True)
    for folder in ("tmp", "book"):
        os.chown(root / folder, 65532, 65532)
    shutil.copy(program, root / "bin/dama-pub")
    shutil.rmtree(place / "archive")
    script = place / "in-root"
    script.write_text(f'#!/bin/sh\nexec unshare --mount --pid --fork --net sh -c \'mount -t proc proc "$0/proc" && root=$0 && cd "$root/book" && '
                      f'exec chroot --userspec=65532:65532 "$root" /bin/dama-pub "$@"\' "{root}" "$@"\n')
    script.chmod(0o755)
    return [root / "bin/dama-pub"], "the program alone, in an empty root", script


def first_book(program, place):
    """Seconds until the first PDF of a new book stands there, and until all of it does."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(place), "LANG": "C.UTF-8"}
    for name in ("SYSTEMROOT", "TEMP"):
        clean.update({name: os.environ[name]} if name in os.environ else {})
    # In a root of its own a book lies where that root has it.
    root = program.parent / "root"
    name, place_of_book = ("/book/starter", root / "book") if root.is_dir() else ("starter", place)
    started = time.monotonic()
    run([program, "new", name], cwd=place, env=clean)
    run([program, "build", name, "--edition", "zh", "--format", "pdf"], cwd=place, env=clean)
    first = time.monotonic() - started
    run([program, "build", name], cwd=place, env=clean)
    made = sorted(path.name for path in (place_of_book / "starter" / "out").iterdir() if not path.name.startswith("."))
    assert {path.rsplit(".", 1)[1] for path in made} == {"pdf", "epub"}, made
    return first, len(made)


def main(packages, target):
    listing = (packages / "SHA256SUMS").read_text()
    for line in listing.splitlines():
        value, name = line.split("  ", 1)
        assert hashlib.sha256((packages / name).read_bytes()).hexdigest() == value, f"{name} is not what SHA256SUMS says"
    bad = 0
    print("| package | size | installed by | to install | then to the first PDF |\n|---|---|---|---|---|")
    ways = [("archive", of_archive), ("PyPI wheel", of_wheel), ("npm", of_npm), ("Debian", of_debian), ("program", in_empty_root)]
    for kind, install in ways:
        with tempfile.TemporaryDirectory() as folder:
            place, work = pathlib.Path(folder) / "clean", pathlib.Path(folder) / "work"
            place.mkdir(), work.mkdir()
            try:
                started = time.monotonic()
                done = install(packages, place, target)
                if done is None:
                    print(f"| {kind} | – | none for {target}, or its tool is not here | – | – |")
                    continue
                files, command, program = done
                took = time.monotonic() - started
                first, made = first_book(program, work)
                size = sum(path.stat().st_size for path in files) / 1e6
                print(f"| {kind} | {size:.1f} MB | `{command}` | {took:.1f} s | {first:.1f} s ({made} files in the end) |", flush=True)
            except Exception as why:  # each package is tried, whatever becomes of the others
                bad += 1
                print(f"| {kind} | – | failed: {why} | – | – |", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4) or len(sys.argv) == 4 and sys.argv[2] != "--target":
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[3] if len(sys.argv) == 4 else this_target()))
