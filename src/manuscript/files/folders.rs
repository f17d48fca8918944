//! Which folder holds the text of which language: that of its tag, or of another tag that means the same.

use std::collections::BTreeMap;

use super::ROOT;
use super::gather::holds_chapters;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang;
use crate::manuscript::config::Config;
use crate::message::{List, Message};
use crate::model::{Lang, Spanned};
use crate::source::Files;

/// The folder of each language in `manuscript/`; of one that has none yet the one that it should have.
pub(super) fn of_languages(files: &dyn Files, config: &Config, sink: &mut Vec<Diagnostic>) -> BTreeMap<Lang, String> {
    let names: Vec<String> = files.folders(ROOT).into_iter().filter(|name| !name.starts_with('.')).collect();
    let mut of_langs: BTreeMap<&Lang, Vec<&str>> = config.languages().map(|lang| (lang, Vec::new())).collect();
    let mut others = Vec::new();
    for name in names.iter().filter(|name| holds_chapters(files, &format!("{ROOT}/{name}"))) {
        match owner(name, &names, config).and_then(|lang| of_langs.get_mut(lang)) {
            Some(known) => known.push(name),
            None => others.push(name.as_str()),
        }
    }
    let homeless = config.languages.iter().find(|lang| of_langs[&lang.value].is_empty());
    // What was refused as a language has been told.
    others.retain(|name| !config.refused.iter().any(|tag| tag == name));
    sink.extend(others.iter().filter_map(|name| stray(name, homeless, config)));
    let mut folders = BTreeMap::new();
    for lang in &config.languages {
        let known = &of_langs[&lang.value];
        if known.len() > 1 {
            sink.push(several(lang, known));
        }
        let own = known.iter().find(|name| **name == lang.value.tag()).or(known.first());
        let empty = || names.iter().find(|name| owner(name, &names, config) == Some(&lang.value)).map(String::as_str);
        let name = own.copied().or_else(empty).unwrap_or(lang.value.tag());
        folders.insert(lang.value.clone(), name.to_owned());
    }
    folders
}

/// The language that a folder is meant for.
fn owner<'c>(name: &str, names: &[String], config: &'c Config) -> Option<&'c Lang> {
    if let Some(lang) = config.languages().find(|lang| lang.tag() == name) {
        return Some(lang);
    }
    let meant = lang::loosely(name)?;
    let has_own = |lang: &Lang| names.iter().any(|name| name == lang.tag());
    let only = |fits: &dyn Fn(&Lang) -> bool| {
        let all: Vec<&Lang> = config.languages().filter(|lang| fits(lang)).collect();
        let free: Vec<&Lang> = all.iter().copied().filter(|lang| !has_own(lang)).collect();
        match (&all[..], &free[..]) {
            ([one], _) | (_, [one]) => Some(*one),
            _ => None,
        }
    };
    // The plain tag may be the folder of any form of the language.
    only(&|lang| lang.agrees_with(&meant))
        .or_else(|| only(&|lang| meant.tag() == meant.primary() && lang.is_form_of(&meant)))
}

fn several(lang: &Spanned<Lang>, folders: &[&str]) -> Diagnostic {
    let paths = folders.iter().map(|name| Message::data(format!("{ROOT}/{name}")));
    let message = msg!(
        "{language} has more than one folder: {folders}",
        language = lang.value.name(),
        folders = Message::list(List::And, paths)
    );
    let hint =
        msg!("keep the text of a language in one folder, such as {folder}", folder = format!("{ROOT}/{}", lang.value));
    Diagnostic::error(codes::LANGUAGE_FOLDER, message).at(lang.span).hint(hint)
}

/// Names a folder with Markdown that is no language of the book, where it is called like a language or one has none.
fn stray(name: &str, homeless: Option<&Spanned<Lang>>, config: &Config) -> Option<Diagnostic> {
    let is_language = lang::loosely(name).is_some() || lang::is_tag(&name.replace('_', "-").to_ascii_lowercase());
    if !is_language && homeless.is_none() {
        return None;
    }
    let folder = format!("{ROOT}/{name}");
    let message = msg!("the folder {folder} is not read: it is not called like a language of the book", folder);
    let hint = match homeless {
        Some(lang) => {
            let wanted = format!("{ROOT}/{}", lang.value);
            msg!("if it holds the text in {language}, call it {wanted}", language = lang.value.name(), wanted)
        }
        None => msg!("add its language to `languages`, or move it out of {root}", root = ROOT),
    };
    let at = homeless.unwrap_or(&config.languages[0]).span;
    Some(Diagnostic::warning(codes::LANGUAGE_FOLDER, message).at(at).hint(hint))
}
