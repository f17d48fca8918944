//! What readers may look into: the front matter, the first chapters, and a last page that says what the whole is.
//!
//! A sample is a book of its own. Its files are those of the project without the chapters that it leaves out; what leads into those says in
//! words where it led, as it does in the whole book.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::align;
use crate::manuscript;
use crate::message::Locale;
use crate::model::{Book, Chapter, EditionKind, InlineKind, Lang, LinkTarget, Role, Shows, text, walk};
use crate::outline::{self, Outline};
use crate::source::{FileId, Files, ReadError, SourceFile, Sources, Span};

/// What the name of the last page's file begins with; it lies in the folder of each language and in no folder of the project.
const LAST: &str = "zz-end-of-sample";

/// What the slug of a sample ends in, so that none of its numbers is that of the whole book.
const SUFFIX: &str = "-sample";

/// The files of a sample.
pub struct SampleFiles<'a> {
    files: &'a dyn Files,
    /// Texts that are others than in the project, or are not there at all.
    texts: BTreeMap<String, String>,
    left_out: BTreeSet<String>,
    /// The last page of each language.
    last: BTreeMap<Lang, String>,
}

impl Files for SampleFiles<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None if self.left_out.contains(path) => Err(ReadError::NotFound),
            None => self.files.read(path),
        }
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let mut names = self.files.list(dir);
        names.retain(|name| !self.left_out.contains(&format!("{dir}/{name}")));
        names
    }

    fn folders(&self, dir: &str) -> Vec<String> {
        self.files.folders(dir)
    }

    fn closed(&self, dir: &str) -> Option<ReadError> {
        self.files.closed(dir)
    }

    fn used(&self, path: &str) {
        self.files.used(path);
    }

    fn shared(&self, name: &str) -> Option<String> {
        self.files.shared(name)
    }
}

/// The files of a sample of an edition with so many chapters of the body; `None` where that would be all of them.
pub fn files<'a>(
    (book, sources): (&Book, &Sources),
    files: &'a dyn Files,
    edition: &EditionKind,
    chapters: usize,
) -> Option<SampleFiles<'a>> {
    let kept = kept(book.chapters(book.source_language()), chapters)?;
    let mut sample = SampleFiles { files, texts: BTreeMap::new(), left_out: BTreeSet::new(), last: BTreeMap::new() };
    for lang in &book.languages {
        let single = EditionKind::Single(lang.clone());
        let outline = align::outline(book, &single, &[]);
        let gone = |chapter: &&Chapter| !kept.contains(chapter.stem.as_str());
        let left_out: BTreeSet<FileId> = book.chapters(lang).iter().filter(gone).map(|chapter| chapter.file).collect();
        for chapter in book.chapters(lang) {
            if left_out.contains(&chapter.file) {
                sample.left_out.insert(chapter.path.clone());
                continue;
            }
            let text = sources.get(chapter.file).text();
            if let Some(text) = without_ways_out(chapter, text, &outline, &left_out) {
                sample.texts.insert(chapter.path.clone(), text);
            }
        }
        let path = last_page_of(book, lang);
        sample.texts.insert(path.clone(), last_page(book, edition, lang));
        sample.last.insert(lang.clone(), path);
    }
    Some(sample)
}

/// Makes a book that was read from the files of a sample the book of that sample: with its last page, and no number of the whole.
pub fn complete(book: &mut Book, files: &SampleFiles<'_>, sources: &mut Sources) {
    for (lang, path) in &files.last {
        let (Some(text), Some(chapters)) = (files.texts.get(path), book.chapters.get_mut(lang)) else { continue };
        let file = sources.add(SourceFile::new(path.as_str(), text.as_str()));
        chapters.push(manuscript::parse_chapter(file, path, lang, text, None).value);
    }
    let left: BTreeSet<String> = book.chapters.values().flatten().map(|chapter| chapter.stem.clone()).collect();
    book.meta.divisions.retain(|division| division.chapters.iter().any(|stem| left.contains(stem)));
    book.meta.slug.push_str(SUFFIX);
    book.meta.identifier.clear();
    book.meta.cip.clear();
}

/// The names of the chapters that a sample has, with the list of references for what is cited in them; `None` where it would leave out no
/// chapter of the body.
fn kept(chapters: &[Chapter], count: usize) -> Option<BTreeSet<&str>> {
    let mut kept = BTreeSet::new();
    let mut body = 0;
    for chapter in chapters {
        let keep = match chapter.meta.role {
            Role::Chapter => {
                body += 1;
                body <= count
            }
            Role::Cover | Role::Colophon | Role::Contents | Role::Frontmatter | Role::Preface => body <= count,
            Role::References => true,
            _ => false,
        };
        if keep {
            kept.insert(chapter.stem.as_str());
        }
    }
    (body > count).then_some(kept)
}

fn last_page_of(book: &Book, lang: &Lang) -> String {
    let folder = book.folder(lang);
    let mut path = format!("{folder}/{LAST}.md");
    while book.chapters(lang).iter().any(|chapter| chapter.path == path) {
        path.insert(path.len() - ".md".len(), '-');
    }
    path
}

/// The text of a chapter in which nothing leads into a chapter that is left out; `None` where nothing did.
fn without_ways_out(chapter: &Chapter, text: &str, outline: &Outline<'_>, gone: &BTreeSet<FileId>) -> Option<String> {
    let leads_out = |target: &str| {
        let entry = outline.named(target, chapter.file)?;
        gone.contains(&entry.span.file).then(|| outline.reference(entry).text(outline::words(&chapter.lang)))
    };
    let mut edits: Vec<(Span, String)> = Vec::new();
    walk::chapter_blocks(chapter, &mut |block| {
        walk::own_inlines(block, &mut |run| {
            walk::inlines(run, &mut |inline| {
                let words = match &inline.kind {
                    InlineKind::Ref { target, shows } => leads_out(target).map(|words| match shows {
                        Shows::PageInBrackets => String::new(),
                        Shows::Number | Shows::Page => words,
                    }),
                    InlineKind::Link { target, body } if !matches!(target, LinkTarget::Url(_)) => {
                        target.place().and_then(leads_out).map(|_| text::plain(body))
                    }
                    _ => None,
                };
                let inside = edits.last().is_some_and(|(before, _)| before.encloses(inline.span));
                edits.extend(words.filter(|_| !inside).map(|words| (inline.span, escape(&words))));
            });
        });
    });
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|(span, _)| span.start);
    edits.dedup_by_key(|(span, _)| *span);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, words) in edits {
        out.push_str(text.get(from..span.start)?);
        out.push_str(&words);
        from = span.end;
    }
    out.push_str(text.get(from..)?);
    Some(out)
}

/// A text of which no sign is markup, also where it begins a line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let begins = match c {
            '-' | '+' | '=' | ':' => at == 0,
            '.' | ')' => text[..at].bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if begins || "\\`*_{}[]<>#|~$^@!&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What the last page says: that this is a sample, of what, and where the whole is to be had.
fn last_page(book: &Book, edition: &EditionKind, lang: &Lang) -> String {
    let meta = &book.meta;
    let say = |message| Locale::of(lang.tag()).say(&message);
    let title = serde_json::to_string(&say(msg!("End of the sample"))).expect("a text");
    let mut out = format!("---\ntitle: {title}\nrole: {}\n---\n", Role::Backmatter.name());
    let of = escape(meta.title_in(lang));
    let _ = write!(out, "\n{}\n", say(msg!("This is a sample of “{title}”.", title = of)));
    let body = |chapter: &&Chapter| matches!(chapter.meta.role, Role::Chapter | Role::Appendix);
    let chapters: Vec<&Chapter> = book.chapters(lang).iter().filter(body).collect();
    let count = plural!(
        chapters = chapters.len(),
        "The whole book has {chapters} chapter:",
        "The whole book has {chapters} chapters:"
    );
    let _ = write!(out, "\n{}\n\n", say(count));
    for chapter in chapters {
        let _ = writeln!(out, "- {}", escape(&chapter.meta.title.value));
    }
    let numbers = meta.identifier.get(edition.name());
    let mut isbns: Vec<&str> = numbers.into_iter().flat_map(|numbers| numbers.all()).collect();
    isbns.sort_unstable();
    isbns.dedup();
    if !isbns.is_empty() {
        let _ = write!(out, "\n{}\n", say(msg!("Its number: {number}", number = escape(&isbns.join(" · ")))));
    }
    if let Some(publisher) = meta.publisher.get(lang) {
        let _ = write!(out, "\n{}\n", say(msg!("Publisher: {publisher}", publisher = escape(publisher))));
    }
    let website = meta.release.as_ref().and_then(|release| release.shop.website.get(lang));
    if let Some(address) = website {
        let _ = write!(out, "\n{}\n", say(msg!("It is to be had at {address}", address = format!("<{address}>"))));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> BTreeMap<&'static str, &'static str> {
        BTreeMap::from([
            (
                "manuscript/book.yaml",
                "title: Lamps\nslug: lamps\nlanguages: [en]\ndate: 2026-01-01\nlayout: book\n\
                 identifier: {en: 978-0-306-40615-7}\nrelease: {sample: {chapters: 1}, website: {en: 'https://lamps.example/'}}\n",
            ),
            (
                "manuscript/en/00-preface.md",
                "---\ntitle: Preface\nrole: preface\n---\n\nSee [](#dark) and [below](02-dark.md).\n",
            ),
            (
                "manuscript/en/01-light.md",
                "# Light\n\nOf oil*s*; see [the end](#dark), [](#oil).\n\n## Oil {#oil}\n\nOil.\n",
            ),
            ("manuscript/en/02-dark.md", "# Dark *night*\n\n## The dark {#dark}\n\nNone.\n"),
        ])
    }

    #[test]
    fn a_sample_leads_nowhere_but_into_itself() {
        let files = book();
        let (mut sources, mut found) = (Sources::default(), Vec::new());
        let (whole, _) = crate::load(&files, &mut sources).take(&mut found).expect("a book");
        let edition = EditionKind::Single(whole.source_language().clone());
        let sample = super::files((&whole, &sources), &files, &edition, 1).expect("a part of it");
        let (mut sources, mut found) = (Sources::default(), Vec::new());
        let (mut part, _) = crate::load(&sample, &mut sources).take(&mut found).expect("a book");
        complete(&mut part, &sample, &mut sources);
        assert!(!crate::diagnostic::any_error(&found), "{found:?}");
        let texts: Vec<&str> =
            part.chapters[part.source_language()].iter().map(|c| sources.get(c.file).text()).collect();
        assert_eq!(texts.len(), 3);
        assert!(texts[0].contains("See “The dark” and below."), "{}", texts[0]);
        assert!(texts[1].contains("see the end, [](#oil)."), "{}", texts[1]);
        for told in ["“Lamps”", "2 chapters", "Dark night", "978-0-306-40615-7", "<https://lamps.example/>"] {
            assert!(texts[2].contains(told), "{told}: {}", texts[2]);
        }
        assert_eq!((part.meta.slug.as_str(), part.meta.identifier.len()), ("lamps-sample", 0));
    }

    #[test]
    fn what_would_be_the_whole_book_is_no_sample() {
        let files = book();
        let mut sources = Sources::default();
        let (whole, _) = crate::load(&files, &mut sources).take(&mut Vec::new()).expect("a book");
        let edition = EditionKind::Single(whole.source_language().clone());
        assert!(super::files((&whole, &sources), &files, &edition, 2).is_none());
    }
}
