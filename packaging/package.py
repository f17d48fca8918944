#!/usr/bin/env python3
"""Packs a finished program for those who have no Rust.

    package.py PROGRAM --target TRIPLE [--out DIR] [--version VERSION] [--licences FILE]

Into DIR (target/packages unless said otherwise) go an archive, a wheel for PyPI, packages for npm and, for Linux with glibc, one for Debian;
SHA256SUMS has the sums of all. The program is stripped if `strip` can do it, and nothing is compiled: what was tested is what is packed. The
same program gives the same bytes, dated by SOURCE_DATE_EPOCH, else by the last commit.

With --run PROGRAM completions and manual pages come from that program: for one that this machine cannot run.
"""
import argparse
import base64
import gzip
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
CARGO = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]
SHELLS = {"bash": "dama-pub.bash", "zsh": "_dama-pub", "fish": "dama-pub.fish", "powershell": "_dama-pub.ps1"}
# Where the source is, if that is known: packages say so, and say nothing else that is not.
HOMEPAGE = CARGO.get("repository") or (f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}" if "GITHUB_REPOSITORY" in os.environ else "")

# What npm and Debian call a target: os, cpu, libc, architecture of Debian.
TARGETS = {
    "x86_64-unknown-linux-gnu": ("linux", "x64", "glibc", "amd64"),
    "aarch64-unknown-linux-gnu": ("linux", "arm64", "glibc", "arm64"),
    "x86_64-unknown-linux-musl": ("linux", "x64", "musl", None),
    "aarch64-unknown-linux-musl": ("linux", "arm64", "musl", None),
    "x86_64-apple-darwin": ("darwin", "x64", None, None),
    "aarch64-apple-darwin": ("darwin", "arm64", None, None),
    "x86_64-pc-windows-msvc": ("win32", "x64", None, None),
}


def npm_name(target):
    system, cpu, libc, _ = TARGETS[target]
    return "-".join(part for part in ("@dama-pub/dama-pub", system, cpu, "musl" if libc == "musl" else "") if part)


def glibc(program):
    """The newest version of glibc that a program asks for, `None` if it asks for none."""
    found = [tuple(map(int, one)) for one in re.findall(rb"GLIBC_(\d+)\.(\d+)", program.read_bytes())]
    return max(found, default=None)


def wheel_tag(target, program):
    system, _, libc, _ = TARGETS[target]
    arch = target.split("-")[0]
    if system == "linux" and libc == "musl":
        # A static program runs beside any libc.
        return f"manylinux_2_17_{arch}.manylinux2014_{arch}.musllinux_1_1_{arch}"
    if system == "linux":
        major, minor = glibc(program) or (2, 28)
        return f"manylinux_{major}_{minor}_{arch}"
    if system == "darwin":
        return "macosx_11_0_arm64" if arch == "aarch64" else "macosx_10_12_x86_64"
    return "win_amd64"


def epoch():
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return int(asked.stdout.strip() or 315532800)


class Tree:
    """Files by their paths, with the bits of those that can be run."""

    def __init__(self, when):
        self.files, self.when = {}, when

    def add(self, path, data, mode=0o644):
        self.files[path] = (data if isinstance(data, bytes) else data.encode(), mode)

    def tar_gz(self, top=""):
        raw = io.BytesIO()
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path, (data, mode) in sorted(self.files.items()):
                entry = tarfile.TarInfo(top + path)
                entry.size, entry.mode, entry.mtime = len(data), mode, self.when
                archive.addfile(entry, io.BytesIO(data))
        return gzip.compress(raw.getvalue(), 6, mtime=self.when)

    def zip(self, top=""):
        raw = io.BytesIO()
        when = time.gmtime(max(self.when, 315532800))[:6]
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for path, (data, mode) in self.files.items():
                entry = zipfile.ZipInfo(top + path, when)
                entry.external_attr, entry.compress_type, entry.create_system = (0o100000 | mode) << 16, zipfile.ZIP_DEFLATED, 3
                archive.writestr(entry, data)
        return raw.getvalue()


def plain(path):
    """A text of the source, with the line ends that it has in the repository."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def stripped(program, folder):
    copy = folder / program.name
    shutil.copy(program, copy)
    # A debugger's table is no use to those who run it. What `strip` does not know it leaves as it is.
    subprocess.run(["strip", str(copy)], stderr=subprocess.DEVNULL, check=False) if shutil.which("strip") else None
    return copy


def extras(run, folder):
    """Completions and manual pages, as the program writes them."""
    completions = {}
    for shell, name in SHELLS.items():
        completions[name] = subprocess.run([run, "completions", shell], check=True, stdout=subprocess.PIPE).stdout
    man = folder / "man"
    subprocess.run([run, "--quiet", "man", "--out", str(man)], check=True, stdout=subprocess.DEVNULL)
    return completions, {path.name: path.read_bytes() for path in sorted(man.iterdir())}


def archive(kit):
    tree = Tree(kit.when)
    tree.add(kit.exe, kit.program, 0o755)
    for name, text in kit.completions.items():
        tree.add(f"completions/{name}", text)
    for name, text in kit.man.items():
        tree.add(f"man/{name}", text)
    tree.add("LICENSE", kit.license)
    tree.add("THIRD-PARTY-LICENCES.txt", kit.notices)
    for name in ("README.md", "README.zh.md", "CHANGELOG.md"):
        if (ROOT / name).is_file():
            tree.add(name, plain(ROOT / name))
    top = f"dama-pub-{kit.version}-{kit.target}"
    if kit.system == "win32":
        yield f"{top}.zip", tree.zip(top + "/")
    else:
        yield f"{top}.tar.gz", tree.tar_gz(top + "/")


def wheel(kit):
    """A wheel whose only content is the program (PEP 427, `bindings = "bin"` in maturin's words)."""
    name, tag = f"dama_pub-{kit.version}", wheel_tag(kit.target, kit.path)
    info = f"{name}.dist-info"
    tree = Tree(kit.when)
    tree.add(f"{name}.data/scripts/{kit.exe}", kit.program, 0o755)
    tree.add(f"{info}/METADATA",
             f"Metadata-Version: 2.4\nName: dama-pub\nVersion: {kit.version}\nSummary: {CARGO['description']}\nLicense-Expression: {CARGO['license']}\n"
             f"License-File: LICENSE\nLicense-File: THIRD-PARTY-LICENCES.txt\nRequires-Python: >=3.8\n"
             + (f"Project-URL: Source, {HOMEPAGE}\n" if HOMEPAGE else "")
             + "Keywords: typesetting,bilingual,epub,pdf,translation,typst\nDescription-Content-Type: text/markdown; charset=UTF-8; variant=GFM\n\n"
             + plain(HERE / "pypi.md").decode())
    tags = "".join(f"Tag: py3-none-{one}\n" for one in tag.split("."))
    tree.add(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: dama-pub packaging\nRoot-Is-Purelib: false\n{tags}")
    tree.add(f"{info}/licenses/LICENSE", kit.license)
    tree.add(f"{info}/licenses/THIRD-PARTY-LICENCES.txt", kit.notices)
    digest = lambda data: base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    record = "".join(f"{path},sha256={digest(data)},{len(data)}\n" for path, (data, _) in tree.files.items())
    tree.add(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    yield f"{name}-py3-none-{tag}.whl", tree.zip()


def npm(kit):
    """A package with the program for one platform, and the one that chooses among them. No script runs at installation."""
    system, cpu, libc, _ = TARGETS[kit.target]
    about = {"version": kit.version, "license": CARGO["license"]}
    if HOMEPAGE:
        about["repository"] = {"type": "git", "url": f"git+{HOMEPAGE}.git"}
    own = {"name": npm_name(kit.target), "description": f"dama-pub for {system} {cpu}", **about, "os": [system], "cpu": [cpu]}
    if libc:
        own["libc"] = [libc]
    tree = Tree(kit.when)
    tree.add("package.json", json.dumps(own, indent=2) + "\n")
    tree.add(f"bin/{kit.exe}", kit.program, 0o755)
    tree.add("LICENSE", kit.license)
    tree.add("THIRD-PARTY-LICENCES.txt", kit.notices)
    yield f"npm-{own['name'].split('/')[1]}-{kit.version}.tgz", tree.tar_gz("package/")
    main = {"name": "dama-pub", "description": CARGO["description"], **about, "bin": {"dama-pub": "bin/dama-pub.js"},
            "engines": {"node": ">=18"}, "optionalDependencies": {npm_name(one): kit.version for one in TARGETS}}
    tree = Tree(kit.when)
    tree.add("package.json", json.dumps(main, indent=2) + "\n")
    tree.add("bin/dama-pub.js", plain(HERE / "npm.js"), 0o755)
    tree.add("LICENSE", kit.license)
    tree.add("README.md", plain(HERE / "pypi.md"))
    yield f"npm-dama-pub-{kit.version}.tgz", tree.tar_gz("package/")


def debian(kit):
    arch = TARGETS[kit.target][3]
    if arch is None or not shutil.which("dpkg-deb"):
        return
    major, minor = glibc(kit.path) or (2, 28)
    tree = Tree(kit.when)
    tree.add("usr/bin/dama-pub", kit.program, 0o755)
    places = {"dama-pub.bash": "usr/share/bash-completion/completions/dama-pub", "_dama-pub": "usr/share/zsh/vendor-completions/_dama-pub",
              "dama-pub.fish": "usr/share/fish/vendor_completions.d/dama-pub.fish"}
    for name, place in places.items():
        tree.add(place, kit.completions[name])
    for name, text in kit.man.items():
        tree.add(f"usr/share/man/man1/{name}.gz", gzip.compress(text, 9, mtime=kit.when))
    tree.add("usr/share/doc/dama-pub/copyright", kit.license + b"\n\n" + kit.notices)
    maintainer = f"{os.environ.get('DEBFULLNAME', 'dama-pub')} <{os.environ.get('DEBEMAIL', 'root@localhost')}>"
    control = (f"Package: dama-pub\nVersion: {kit.version}\nArchitecture: {arch}\nMaintainer: {maintainer}\n"
               f"Installed-Size: {sum(len(data) for data, _ in tree.files.values()) // 1024}\nDepends: libc6 (>= {major}.{minor}), libgcc-s1\nSection: text\n"
               "Priority: optional\n" + (f"Homepage: {HOMEPAGE}\n" if HOMEPAGE else "") +
               f"Description: publishing toolchain for bilingual books\n {CARGO['description']}.\n"
               " Typst and the fonts are in the program; nothing else is needed.\n")
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "root"
        for path, (data, mode) in {**tree.files, "DEBIAN/control": (control.encode(), 0o644)}.items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            place.chmod(mode)
        for place in root.rglob("*"):
            os.utime(place, (kit.when, kit.when))
            if place.is_dir():
                place.chmod(0o755)
        root.chmod(0o755)
        made = pathlib.Path(folder) / "made.deb"
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(kit.when)}
        subprocess.run(["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z6", str(root), str(made)], check=True,
                       stdout=subprocess.DEVNULL, env=environment)
        yield f"dama-pub_{kit.version}_{arch}.deb", made.read_bytes()


class Kit:
    """What is packed."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--target", choices=sorted(TARGETS), required=True)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "target" / "packages")
    parser.add_argument("--version", default=CARGO["version"])
    parser.add_argument("--licences", type=pathlib.Path, help="notices made before by licences.py")
    parser.add_argument("--run", type=pathlib.Path, help="a program of the same version that this machine can run")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        kit = Kit()
        kit.target, kit.version, kit.when = args.target, args.version, epoch()
        kit.system = TARGETS[args.target][0]
        kit.exe = "dama-pub.exe" if kit.system == "win32" else "dama-pub"
        kit.path = stripped(args.program.resolve(), folder)
        kit.program = kit.path.read_bytes()
        kit.completions, kit.man = extras(str((args.run or args.program).resolve()), folder)
        kit.license = plain(ROOT / "LICENSE")
        notices = args.licences
        if notices is None:
            notices = folder / "notices.txt"
            subprocess.run(["python3", str(HERE / "licences.py"), str(notices)], check=True)
        kit.notices = plain(notices)
        sums = {}
        for maker in (archive, wheel, npm, debian):
            for name, data in maker(kit):
                (args.out / name).write_bytes(data)
                sums[name] = hashlib.sha256(data).hexdigest()
                print(f"{len(data) / 1e6:7.1f} MB  {name}")
    if not HOMEPAGE:
        print("note: Cargo.toml has no `repository`: the packages do not say where the source is, nor where faults are told", file=sys.stderr)
    if "DEBEMAIL" not in os.environ and any(name.endswith(".deb") for name in sums):
        print("note: DEBEMAIL is not set: the Debian package names root@localhost as its maintainer", file=sys.stderr)
    # Packages of other targets, made before, keep their lines.
    listing = args.out / "SHA256SUMS"
    old = dict(reversed(line.split("  ", 1)) for line in listing.read_text().splitlines()) if listing.exists() else {}
    lines = {**{name: value for name, value in old.items() if (args.out / name).is_file()}, **sums}
    listing.write_text("".join(f"{value}  {name}\n" for name, value in sorted(lines.items())))


if __name__ == "__main__":
    main()
