"""An EPUB in memory: read, changed in one place, written again."""

import re
import zipfile

CONTENT = "OEBPS/"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


class NotPlanted(Exception):
    """What a defect would change is not in the book, so the defect would not be there."""


class Package:
    """The files of an EPUB by name, in the order of the archive. Names of its content are without `OEBPS/`."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.files = {name.removeprefix(CONTENT): archive.read(name) for name in archive.namelist()}

    def text(self, name):
        return self.files[name].decode()

    def pages(self):
        """Names of the content documents."""
        return [name for name in self.files if name.endswith(".xhtml")]

    def change(self, name, old, new, count=-1):
        """Replaces a text in a file; all of its places unless said otherwise."""
        text = self.text(name)
        if old not in text:
            raise NotPlanted(f"{name} has no `{old}`")
        self.files[name] = text.replace(old, new, count).encode()

    def match(self, name, pattern, new, count=0):
        """As `change`, with a regular expression over all of the file."""
        text, times = re.subn(pattern, new, self.text(name), count=count, flags=re.DOTALL)
        if not times:
            raise NotPlanted(f"{name} has no match of `{pattern}`")
        self.files[name] = text.encode()

    def everywhere(self, old, new):
        """Replaces a text in every content document that has it."""
        holders = [name for name in self.pages() if old in self.text(name)]
        if not holders:
            raise NotPlanted(f"no page has `{old}`")
        for name in holders:
            self.change(name, old, new)

    def holder(self, wanted):
        """The first content document with a text in it."""
        for name in self.pages():
            if wanted in self.text(name) and name != "nav.xhtml":
                return name
        raise NotPlanted(f"no page has `{wanted}`")

    def drop_meta(self, kind):
        """Takes the `meta` elements of a property, or with a value, out of the package document."""
        self.match("content.opf", rf"<meta [^>]*property=\"{kind}\"[^>]*>[^<]*</meta>\n", "")

    def add_item(self, href, media_type, content):
        """Adds a file with its entry in the manifest."""
        self.files[href] = content
        item = f'<item id="planted" href="{href}" media-type="{media_type}"/>\n'
        self.change("content.opf", "</manifest>", f"{item}</manifest>")

    def write(self, path):
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in self.files.items():
                outside = name == "mimetype" or name.startswith("META-INF/")
                entry = zipfile.ZipInfo(name if outside else CONTENT + name, LONG_AGO)
                entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
