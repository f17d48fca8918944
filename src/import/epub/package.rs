//! What an e-book says of itself: its metadata, its files and their order.

use std::collections::BTreeMap;

use super::super::Unreadable;
use super::super::inlines::percent_decoded;
use super::xhtml::Xhtml as _;
use crate::foreign::archive::Archive;
use crate::foreign::xml::{Element, page};
use crate::message::Message;

/// What an e-book says of itself.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) title: String,
    pub(super) creators: Vec<String>,
    pub(super) language: Option<String>,
    /// The words of other metadata, which have no place in a book that is begun.
    pub(super) other: Vec<String>,
    /// The files in reading order, then those that are text and stand nowhere in it.
    pub(super) spine: Vec<Item>,
    pub(super) loose: Vec<Item>,
    /// The style sheets, by their paths.
    pub(super) sheets: Vec<String>,
    /// Kinds of files of which nothing is made: fonts, sounds, scripts.
    pub(super) unused: Vec<String>,
    /// The paths of the navigation, of the contents and the cover as the guide or the files say.
    pub(super) nav: Option<String>,
    pub(super) ncx: Option<String>,
    pub(super) contents: Vec<String>,
    pub(super) covers: Vec<String>,
}

/// A file of text or a picture in the reading order.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its path in the archive.
    pub(super) path: String,
    /// Whether it is a picture by itself.
    pub(super) is_picture: bool,
}

/// Reads it.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Package, Unreadable> {
    let fault = |message: Message| Unreadable { message, hint: None };
    refuse_locked(archive)?;
    let path = root_file(archive).map_err(fault)?;
    let bytes = archive.bytes(&path).map_err(fault)?;
    let missing = || fault(msg!("its part {name} is missing", name = path.as_str()));
    let tree = page::read(&super::decoded(&bytes.ok_or_else(missing)?));
    Ok(Package::of(&tree.root, &path))
}

/// Refuses what a shop has locked. Fonts that are only disguised do not matter.
fn refuse_locked(archive: &mut Archive<'_>) -> Result<(), Unreadable> {
    let bytes = archive.bytes("META-INF/encryption.xml").ok().flatten().unwrap_or_default();
    let tree = page::read(&super::decoded(&bytes));
    let mut methods = Vec::new();
    tree.root.all("encryptionmethod", &mut methods);
    let disguise = |element: &&Element| {
        let algorithm = element.attribute("Algorithm").unwrap_or_default();
        algorithm.contains("idpf.org") || algorithm.contains("ns.adobe.com")
    };
    if methods.iter().all(disguise) {
        return Ok(());
    }
    let hint = Some(msg!("ask the publisher for the text; what a shop has locked is not opened here"));
    Err(Unreadable { message: msg!("the e-book is encrypted"), hint })
}

/// The path of the package file.
fn root_file(archive: &mut Archive<'_>) -> Result<String, Message> {
    let container = archive.bytes("META-INF/container.xml")?.unwrap_or_default();
    let tree = page::read(&super::decoded(&container));
    let named = tree.root.find("rootfile").and_then(|file| file.attribute("full-path")).map(str::to_owned);
    let mut names = archive.names();
    names.sort();
    let known = named.filter(|path| names.contains(path));
    let found = known.or_else(|| names.into_iter().find(|name| name.ends_with(".opf")));
    found.ok_or_else(|| msg!("this is no e-book in the form EPUB: it has no package file (.opf)"))
}

/// A path from the folder of a file, without what goes up; `None` where it leads outside or to another server.
pub(super) fn path_from(file: &str, href: &str) -> Option<String> {
    if href.contains("://") || href.starts_with("data:") {
        return None;
    }
    let decoded = percent_decoded(href);
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> =
        if href.starts_with('/') { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl Package {
    fn of(root: &Element, path: &str) -> Self {
        let mut package = Self::default();
        if let Some(metadata) = root.find("metadata") {
            package.take_metadata(metadata);
        }
        let files = package.take_manifest(root, path);
        package.take_spine(root, &files);
        package.take_guide(root, path);
        package
    }

    fn take_metadata(&mut self, metadata: &Element) {
        // Older packages have them in folders of their own.
        let mut all: Vec<&Element> = Vec::new();
        for element in metadata.elements() {
            if matches!(element.name.as_str(), "dc-metadata" | "x-metadata") {
                all.extend(element.elements());
            } else {
                all.push(element);
            }
        }
        for element in all {
            let text = element.text().split_whitespace().collect::<Vec<_>>().join(" ");
            match element.name.as_str() {
                _ if text.is_empty() => {}
                "title" if self.title.is_empty() => self.title = text,
                "creator" => self.creators.push(text),
                "language" if self.language.is_none() => self.language = Some(text),
                "title" | "contributor" | "publisher" | "description" | "rights" | "subject" => self.other.push(text),
                _ => {}
            }
        }
    }

    /// The files by their ids.
    fn take_manifest(&mut self, root: &Element, path: &str) -> BTreeMap<String, Item> {
        let mut files = BTreeMap::new();
        let Some(manifest) = root.find("manifest") else { return files };
        for item in manifest.elements() {
            let Some(path) = item.attribute("href").and_then(|href| path_from(path, href)) else { continue };
            let kind = item.attribute("media-type").unwrap_or_default();
            let is_picture = kind.starts_with("image/");
            match kind {
                _ if item.says("properties", &["nav"]) => self.nav = Some(path.clone()),
                "application/x-dtbncx+xml" => self.ncx = Some(path.clone()),
                "text/css" => self.sheets.push(path.clone()),
                "application/xhtml+xml" | "text/html" | "text/x-oeb1-document" => {
                    self.loose.push(Item { path: path.clone(), is_picture });
                }
                _ if is_picture => {}
                other => self.unused.push(other.to_owned()),
            }
            if item.says("properties", &["cover-image"]) {
                self.covers.push(path.clone());
            }
            if let Some(id) = item.attribute("id") {
                files.insert(id.to_owned(), Item { path, is_picture });
            }
        }
        files
    }

    fn take_spine(&mut self, root: &Element, files: &BTreeMap<String, Item>) {
        if let Some(spine) = root.find("spine") {
            let named = spine.elements().filter_map(|element| files.get(element.attribute("idref")?));
            for item in named {
                if !self.spine.iter().any(|known| known.path == item.path) {
                    self.spine.push(item.clone());
                }
            }
        }
        let spine = &self.spine;
        self.loose.retain(|item| !spine.iter().any(|known| known.path == item.path));
        let nav = &self.nav;
        self.loose.retain(|item| Some(&item.path) != nav.as_ref());
        if self.spine.is_empty() {
            self.spine = std::mem::take(&mut self.loose);
        }
    }

    fn take_guide(&mut self, root: &Element, path: &str) {
        let Some(guide) = root.find("guide") else { return };
        for reference in guide.elements() {
            let href = reference.attribute("href").unwrap_or_default();
            let href = href.split_once('#').map_or(href, |(file, _)| file);
            let Some(path) = path_from(path, href) else { continue };
            match reference.attribute("type") {
                Some("toc") => self.contents.push(path),
                Some("cover") => self.covers.push(path),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_archive() {
        for (file, href, path) in [
            ("OEBPS/a.xhtml", "../images/a%20b.png", Some("images/a b.png")),
            ("a.xhtml", "b.xhtml", Some("b.xhtml")),
            ("a.xhtml", "../../etc/passwd", None),
            ("a/b.xhtml", "https://example.org/x.png", None),
            ("a/b.xhtml", "./c/./d.png", Some("a/c/d.png")),
        ] {
            assert_eq!(path_from(file, href).as_deref(), path, "{href}");
        }
        assert_eq!(percent_decoded("%e4%b9%a6%zz%"), "书%zz%");
    }
}
