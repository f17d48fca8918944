//! Two files, or two folders of files, outside a book.

use std::fs;
use std::path::Path;

use super::new;
use crate::diagnostic::Reported;
use crate::error::Error;
use crate::lang::en::English;
use crate::lang::zh::{Chinese, is_han};
use crate::lang::{self, Language};
use crate::manuscript::{self, Named, Text};
use crate::model::{Book, Lang};
use crate::project::read_text;
use crate::source::Sources;

/// A text and its translation, or a folder of texts and one of their translations, in the languages that are named or else
/// in those that their characters show; and the termbase for them if one is named.
pub(super) fn load(
    [source, target]: [&Path; 2],
    tags: &[String],
    glossary: Option<&Path>,
    sources: &mut Sources,
) -> Result<Reported<Book>, Error> {
    let texts = match (source.is_dir(), target.is_dir()) {
        (true, true) => [folder(source)?, folder(target)?],
        (false, false) => [alone(source)?, alone(target)?],
        _ => {
            return Err(Error::Usage(msg!(
                "{source} and {target} are a file and a folder; give two files or two folders",
                source,
                target
            )));
        }
    };
    let langs = match new::languages(tags)?.as_slice() {
        [first, second] if first != second => Some([first.clone(), second.clone()]),
        [] => languages(&texts),
        [named] => {
            languages(&texts).map(|found| found.map(|lang| if lang.is_form_of(named) { named.clone() } else { lang }))
        }
        _ => None,
    };
    let langs = langs.ok_or_else(|| {
        Error::Usage(msg!(
            "{source} and {target} are in the same language; give a text and its translation",
            source,
            target
        ))
    })?;
    let terms = glossary.map(named).transpose()?;
    Ok(manuscript::load_texts(sources, texts, langs, terms))
}

/// A file by itself: it goes with the other one whatever they are called.
fn alone(path: &Path) -> Result<Vec<Text>, Error> {
    Ok(vec![Text { file: named(path)?, stem: String::new() }])
}

/// The Markdown files in a folder and in those inside it, in the order of their paths; each goes with the one of its path
/// in the other folder.
fn folder(path: &Path) -> Result<Vec<Text>, Error> {
    let mut texts = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |source| Error::Read { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?.path();
            if entry.is_dir() {
                folders.push(entry);
            } else if is_markdown(&entry) {
                let stem = entry.strip_prefix(path).unwrap_or(&entry).with_extension("");
                texts.push(Text { file: named(&entry)?, stem: stem.to_string_lossy().replace('\\', "/") });
            }
        }
    }
    if texts.is_empty() {
        return Err(Error::Usage(msg!("there is no Markdown file (.md) in {folder}", folder = path)));
    }
    texts.sort_by(|a, b| a.stem.cmp(&b.stem));
    Ok(texts)
}

fn is_markdown(file: &Path) -> bool {
    file.file_name().and_then(|name| name.to_str()).and_then(manuscript::chapter_name).is_some()
}

/// The languages of two texts; none when they are in the same.
fn languages(texts: &[Vec<Text>; 2]) -> Option<[Lang; 2]> {
    let texts = texts.each_ref().map(|texts| texts.iter().map(|text| text.file.1.as_str()).collect::<Vec<&str>>());
    let form = |lang: &Lang, texts: &[&str]| lang::of(lang).form_of(&mut texts.iter().copied());
    let langs = texts.each_ref().map(|texts| form(&lang::of_text(texts.iter().copied()), texts));
    if langs[0] != langs[1] {
        return Some(langs);
    }
    // A short text full of names and code can look English; beside its source it does not.
    let han = texts.each_ref().map(|texts| texts.iter().flat_map(|text| text.chars()).filter(|c| is_han(*c)).count());
    if 3 * han[0].min(han[1]) >= han[0].max(han[1]) {
        return None;
    }
    let english = English.lang();
    Some(if han[0] < han[1] {
        [english, form(&Chinese.lang(), &texts[1])]
    } else {
        [form(&Chinese.lang(), &texts[0]), english]
    })
}

fn named(path: &Path) -> Result<Named, Error> {
    Ok((path.to_string_lossy().into_owned(), read_text(path)?))
}
