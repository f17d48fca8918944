//! Names that a book can have: of chapters, ids and pictures.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Picture;
use crate::manuscript::picture::{self, PictureFormat};

/// Most characters of a title in the name of its file.
const LONGEST: usize = 40;

/// What stands for a picture that a book cannot show: a crossed box.
const PLACEHOLDER: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"240\" viewBox=\"0 0 400 240\">\
<path d=\"M1 1h398v238H1zM1 1l398 238M399 1L1 239\" fill=\"none\" stroke=\"#888\" stroke-width=\"2\"/></svg>\n";

/// The words of a title as a part of a file's name: letters and digits of any script, joined by hyphens.
pub(in crate::import) fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().take(4 * LONGEST) {
        match c {
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            '\'' | '’' => {}
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
        if out.chars().count() >= LONGEST {
            break;
        }
    }
    out.trim_matches('-').to_owned()
}

/// An id that a manuscript can have, made of one of another program.
pub(in crate::import) fn id(written: &str) -> String {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "#{}[]<>()\"'`“”‘’\\*_~^|&!$=@%".contains(c);
    let mut out = String::new();
    for c in written.trim().chars() {
        match bad(c) {
            false => out.push(c),
            true if out.is_empty() || out.ends_with('-') => {}
            true => out.push('-'),
        }
    }
    let out = out.trim_matches(['-', '.', ':']);
    if out.is_empty() { "place".to_owned() } else { out.to_owned() }
}

/// Ids of a text, each given once.
#[derive(Debug, Default)]
pub(in crate::import) struct Ids {
    given: BTreeSet<String>,
    /// By the id in the source.
    names: BTreeMap<String, String>,
}

impl Ids {
    /// The id that a block gets for one of the source; another one for each block.
    pub(in crate::import) fn give(&mut self, written: &str) -> String {
        let name = id(written);
        let free = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
        let name = free.into_iter().find(|name| !self.given.contains(name)).unwrap_or(name);
        self.given.insert(name.clone());
        self.names.entry(written.to_owned()).or_insert_with(|| name.clone());
        name
    }

    /// The id of the block that has this one in the source.
    pub(in crate::import) fn of(&self, written: &str) -> Option<&str> {
        self.names.get(written).map(String::as_str)
    }
}

/// The pictures of a book. Those of several texts that are the same are one file.
#[derive(Debug, Default)]
pub(in crate::import) struct Pictures {
    /// By their names in the folder of pictures.
    pub(in crate::import) files: BTreeMap<String, Vec<u8>>,
    known: BTreeMap<Vec<u8>, String>,
}

/// What became of a picture.
#[derive(Debug, Clone)]
pub(in crate::import) struct Taken {
    /// Its name in the folder of pictures.
    pub(in crate::import) name: String,
    /// Whether a placeholder stands for it.
    pub(in crate::import) replaced: bool,
}

impl Pictures {
    /// Takes a picture in; one that a book cannot show is replaced by a placeholder of its own.
    pub(in crate::import) fn take(&mut self, picture: &Picture) -> Taken {
        let format = picture::inspect(&picture.bytes).ok().map(|info| info.format);
        let replaced = format.is_none();
        if let Some(name) = self.known.get(&picture.bytes) {
            return Taken { name: name.clone(), replaced };
        }
        let extension = format.map_or("svg", PictureFormat::extension);
        let name = format!("picture-{:02}.{extension}", self.known.len() + 1);
        self.known.insert(picture.bytes.clone(), name.clone());
        let bytes = if replaced { PLACEHOLDER.as_bytes().to_vec() } else { picture.bytes.clone() };
        self.files.insert(name.clone(), bytes);
        Taken { name, replaced }
    }

    /// The placeholder for a picture that is not there.
    pub(in crate::import) fn absent(&mut self, name: &str) -> Taken {
        self.take(&Picture { name: name.to_owned(), bytes: name.as_bytes().to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_title_is_its_own_name() {
        assert_eq!(slug("第一章　起点：《灯》"), "第一章-起点-灯");
        assert_eq!(slug("Don't stop -- now!"), "dont-stop-now");
        assert_eq!(slug("？！"), "");
        assert!(slug(&"长".repeat(300)).chars().count() <= LONGEST);
    }

    #[test]
    fn an_id_is_given_once() {
        let mut ids = Ids::default();
        assert_eq!(ids.give("_Ref 12(a)"), "Ref-12-a");
        assert_eq!(ids.give("_Ref 12[a]"), "Ref-12-a-2");
        assert_eq!(ids.of("_Ref 12[a]"), Some("Ref-12-a-2"));
        assert_eq!(ids.give("《》"), "《》");
        assert_eq!(ids.give("##"), "place");
    }

    #[test]
    fn a_picture_that_cannot_be_shown_leaves_a_box() {
        let mut pictures = Pictures::default();
        let taken = pictures.take(&Picture { name: "a.emf".into(), bytes: vec![1, 0, 0, 0] });
        assert_eq!((taken.name.as_str(), taken.replaced), ("picture-01.svg", true));
        assert!(picture::inspect(&pictures.files["picture-01.svg"]).is_ok());
    }
}
