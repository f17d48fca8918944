//! Reads the parts of a package: the document, its comments, its identifier.

use std::collections::BTreeMap;

use super::archive::{self, Unreadable};
use super::content::Content;
use super::document;
use super::parts::IDENTIFIER;
use crate::exchange::Remark;
use crate::foreign::archive::Archive;
use crate::foreign::xml::Doctype;
use crate::foreign::xml::stream::{self, Part, attribute};
use crate::message::Message;

/// What is read of a package.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) content: Content,
    /// Comments by their ids.
    pub(super) comments: BTreeMap<String, Remark>,
    /// The languages that the identifier names.
    pub(super) langs: [Option<String>; 2],
}

/// Reads a package.
pub(super) fn read(bytes: &[u8]) -> Result<Parts, Unreadable> {
    let mut archive = archive::open(bytes)?;
    parts(&mut archive).map_err(|message| Unreadable { message, hint: archive::save_again() })
}

fn parts(archive: &mut Archive<'_>) -> Result<Parts, Message> {
    let mut parts = Parts::default();
    let main = related(archive, "", "_rels/.rels", "officeDocument")?.unwrap_or_else(|| "word/document.xml".to_owned());
    let Some(xml) = archive.text(&main)? else {
        return Err(msg!("this is no Word document (.docx)"));
    };
    parts.content = document::read(&xml)?;
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = format!("{folder}/_rels/{name}.rels");
    let comments = related(archive, folder, relations.trim_start_matches('/'), "comments")?;
    if let Some(xml) = archive.text(comments.as_deref().unwrap_or("word/comments.xml"))? {
        parts.comments = self::comments(&xml)?;
    }
    if let Some(core) = related(archive, "", "_rels/.rels", "core-properties")?
        && let Some(xml) = archive.text(&core)?
    {
        parts.langs = langs(&identifier(&xml)?);
    }
    Ok(parts)
}

/// The part that a relation of a kind leads to: a name to look up, which may be that of no part.
fn related(archive: &mut Archive<'_>, folder: &str, relations: &str, kind: &str) -> Result<Option<String>, Message> {
    let Some(xml) = archive.text(relations)? else { return Ok(None) };
    let mut found = None;
    stream::read(&xml, Doctype::Refused, &mut |part, _| {
        if let Part::Open(tag) = part
            && found.is_none()
            && attribute(tag, "Type").is_some_and(|known| known.rsplit('/').next() == Some(kind))
        {
            found = attribute(tag, "Target");
        }
        Ok(())
    })?;
    Ok(found.map(|target| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}/{target}").trim_start_matches('/').to_owned(),
    }))
}

/// Comments with their paragraphs on lines of their own.
fn comments(xml: &str) -> Result<BTreeMap<String, Remark>, Message> {
    let mut comments = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    let mut current: Option<(String, Remark)> = None;
    stream::read(xml, Doctype::Refused, &mut |part, _| {
        match part {
            Part::Open(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                match (name.as_str(), &mut current) {
                    ("comment", _) => {
                        let author = attribute(tag, "author").filter(|author| !author.trim().is_empty());
                        let id = attribute(tag, "id").unwrap_or_default();
                        current = Some((id, Remark { author, text: String::new() }));
                    }
                    ("p", Some((_, remark))) if !remark.text.is_empty() => remark.text.push('\n'),
                    ("tab" | "br" | "cr", Some((_, remark))) => remark.text.push(' '),
                    _ => {}
                }
                open.push(name);
            }
            Part::Text(text) => {
                if let (Some("t"), Some((_, remark))) = (open.last().map(String::as_str), &mut current) {
                    remark.text.push_str(&text);
                }
            }
            Part::Close => {
                if open.pop().as_deref() == Some("comment")
                    && let Some((id, mut remark)) = current.take()
                {
                    remark.text = remark.text.trim().to_owned();
                    if !remark.text.is_empty() {
                        comments.insert(id, remark);
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(comments)
}

/// The identifier of a document.
fn identifier(xml: &str) -> Result<String, Message> {
    let (mut inside, mut found) = (false, String::new());
    stream::read(xml, Doctype::Refused, &mut |part, _| {
        match part {
            Part::Open(tag) => inside = tag.local_name().as_ref() == "identifier",
            Part::Close => inside = false,
            Part::Text(text) if inside => found.push_str(&text),
            Part::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(found)
}

fn langs(identifier: &str) -> [Option<String>; 2] {
    let Some(rest) = identifier.trim().strip_prefix(IDENTIFIER) else { return [None, None] };
    let mut words = rest.split_whitespace().map(str::to_owned);
    [words.next(), words.next()]
}
