//! After an edit: the chapter and its counterparts are read and checked by themselves, as if the book had no others.
//!
//! What the whole book knows of a chapter beyond that (whether its references lead into other chapters, what the baseline
//! accepts, which entry nobody cites) is what the last reading of the whole found and the chapter by itself did not: it is
//! kept, and moves with the text, until the whole is read again. What the chapter by itself gives and the whole did not is
//! likewise kept back.

use std::collections::BTreeMap;

use super::{Counterpart, Overlay, Reading, counterparts_of};
use crate::align::{self, Alignment};
use crate::checks;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::manuscript;
use crate::message::Message;
use crate::model::{Book, Chapter};
use crate::source::{FileId, Files, Span};

/// By what a finding is known again.
pub(super) type Known = (Code, Message);

/// The chapters that belong together: one of the source, with its translations.
#[derive(Default)]
pub(super) struct Groups {
    of: BTreeMap<FileId, usize>,
    files: Vec<Vec<FileId>>,
}

impl Groups {
    pub(super) fn of(book: &Book, alignments: &[Alignment<'_>]) -> Self {
        let mut groups = Self::default();
        for pair in alignments.iter().flat_map(|alignment| &alignment.chapters) {
            let both: Vec<FileId> = [pair.source, pair.target].into_iter().flatten().map(|one| one.file).collect();
            groups.join(&both);
        }
        book.chapters.values().flatten().for_each(|chapter| groups.join(&[chapter.file]));
        groups
    }

    fn join(&mut self, files: &[FileId]) {
        let known = files.iter().find_map(|file| self.of.get(file).copied());
        let group = known.unwrap_or_else(|| {
            self.files.push(Vec::new());
            self.files.len() - 1
        });
        for file in files {
            if self.of.insert(*file, group).is_none() {
                self.files[group].push(*file);
            }
        }
    }

    /// The group of a chapter's file.
    pub(super) fn group(&self, file: FileId) -> Option<usize> {
        self.of.get(&file).copied()
    }

    /// The files of a group.
    pub(super) fn files(&self, group: usize) -> &[FileId] {
        self.files.get(group).map_or(&[], Vec::as_slice)
    }
}

/// What the chapters of a group give by themselves.
pub(super) struct Alone {
    chapters: Vec<Chapter>,
    findings: Vec<Diagnostic>,
    counterparts: Vec<Counterpart>,
}

impl Alone {
    /// A book without its chapters.
    pub(super) fn frame(book: &Book) -> Book {
        Book {
            meta: book.meta.clone(),
            languages: book.languages.clone(),
            folders: book.folders.clone(),
            editions: book.editions.clone(),
            pdf: book.pdf.clone(),
            chapters: BTreeMap::new(),
            bibliography: book.bibliography.clone(),
            glossary: book.glossary.clone(),
            check_levels: book.check_levels.clone(),
            reviewed: book.reviewed.clone(),
            comments: book.comments.clone(),
        }
    }
}

/// Places of a text that became others: what stands between them is the same.
struct Change(Vec<Hunk>);

/// One such place, and how much longer it became.
struct Hunk {
    start: usize,
    end: usize,
    longer: isize,
}

impl Change {
    /// Where a change leaves the number of lines, as a name does that is changed in several places, each line is looked at by
    /// itself.
    fn between(before: &str, after: &str) -> Self {
        let lines = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
        if lines(before) != lines(after) {
            return Self(Hunk::between(before, after, 0).into_iter().collect());
        }
        let mut start = 0;
        let mut hunks = Vec::new();
        for (old, new) in before.split_inclusive('\n').zip(after.split_inclusive('\n')) {
            hunks.extend(Hunk::between(old, new, start));
            start += old.len();
        }
        Self(hunks)
    }

    /// Where a place is now; `None` for one that was changed.
    fn moved(&self, span: Span) -> Option<Span> {
        let before = self.0.iter().take_while(|hunk| hunk.end <= span.start);
        let by: isize = before.map(|hunk| hunk.longer).sum();
        let next = self.0.iter().find(|hunk| hunk.end > span.start);
        if next.is_some_and(|hunk| hunk.start < span.end) {
            return None;
        }
        Some(Span::new(span.file, span.start.checked_add_signed(by)?..span.end.checked_add_signed(by)?))
    }
}

impl Hunk {
    fn between(before: &str, after: &str, at: usize) -> Option<Self> {
        if before == after {
            return None;
        }
        let same = |(a, b): &(u8, u8)| a == b;
        let start = before.bytes().zip(after.bytes()).take_while(same).count();
        let most = before.len().min(after.len()) - start;
        let behind = before.bytes().rev().zip(after.bytes().rev()).take(most).take_while(same).count();
        let length = |text: &str| isize::try_from(text.len()).unwrap_or(isize::MAX);
        Some(Self { start: at + start, end: at + before.len() - behind, longer: length(after) - length(before) })
    }
}

type Changes = BTreeMap<FileId, Change>;

fn moved(span: Span, changes: &Changes) -> Option<Span> {
    changes.get(&span.file).map_or(Some(span), |change| change.moved(span))
}

/// A finding where its text stands now; `None` where that was changed.
fn moved_finding(mut finding: Diagnostic, changes: &Changes) -> Option<Diagnostic> {
    if let Some(label) = &mut finding.primary {
        label.span = moved(label.span, changes)?;
    }
    finding.labels.retain_mut(|label| moved(label.span, changes).map(|span| label.span = span).is_some());
    finding.also = finding.also.iter().filter_map(|span| moved(*span, changes)).collect();
    let all = finding.edits.len();
    finding.edits.retain_mut(|edit| moved(edit.span, changes).map(|span| edit.span = span).is_some());
    if finding.edits.len() < all {
        finding.edits.clear();
    }
    Some(finding)
}

impl Reading {
    /// Takes what a document says now into the reading. `false` where that is not enough and the book must be read again: the
    /// document is no chapter that is known.
    pub(crate) fn retype(&mut self, path: &str, files: &dyn Files) -> bool {
        let Some(group) = self.sources.find(path).and_then(|file| self.groups.group(file)) else { return false };
        if self.says_the_same(group, files) {
            return true;
        }
        let Some(known) = self.known_alone(group, files) else { return false };
        let before: BTreeMap<FileId, String> =
            self.groups.files(group).iter().map(|file| (*file, self.text(*file).to_owned())).collect();
        let Some(now) = self.read_alone(group, files) else { return false };
        let changes: Changes =
            before.into_iter().map(|(file, text)| (file, Change::between(&text, self.text(file)))).collect();
        self.alone.insert(group, now.findings.iter().map(known_as).collect());
        self.take_findings(known, now.findings, &changes);
        self.take_chapters(now.chapters, now.counterparts, &changes);
        true
    }

    /// Looks at chapters by themselves before they are changed, so that the first change need not wait for that.
    pub(crate) fn expect_changes<'a>(&mut self, paths: impl Iterator<Item = &'a String>, files: &dyn Files) {
        for path in paths {
            let Some(group) = self.sources.find(path).and_then(|file| self.groups.group(file)) else { continue };
            if let Some(known) = self.known_alone(group, files) {
                self.alone.insert(group, known);
            }
        }
    }

    fn says_the_same(&self, group: usize, files: &dyn Files) -> bool {
        self.groups.files(group).iter().all(|file| {
            let source = self.sources.get(*file);
            files.read(source.path()).is_ok_and(|bytes| bytes == source.written().unwrap_or(source.text()).as_bytes())
        })
    }

    /// What the chapters of a group gave by themselves as they are known.
    fn known_alone(&mut self, group: usize, files: &dyn Files) -> Option<Vec<Known>> {
        if let Some(known) = self.alone.remove(&group) {
            return Some(known);
        }
        let source = |file: &FileId| self.sources.get(*file);
        let text = |file: &FileId| source(file).written().unwrap_or(source(file).text()).to_owned();
        let open = self.groups.files(group).iter().map(|file| (source(file).path().to_owned(), text(file))).collect();
        let alone = self.read_alone(group, &Overlay { files, open: &open })?;
        Some(alone.findings.iter().map(known_as).collect())
    }

    /// Reads and checks the chapters of a group by themselves.
    fn read_alone(&mut self, group: usize, files: &dyn Files) -> Option<Alone> {
        let Self { book, frame, sources, groups, words, .. } = self;
        let (book, frame) = (book.as_ref()?, frame.as_mut()?);
        let (mut findings, mut chapters) = (Vec::new(), BTreeMap::new());
        for lang in &book.languages {
            let own = book.chapters(lang).iter().filter(|chapter| groups.group(chapter.file) == Some(group));
            let read = own.map(|chapter| {
                let blocks = words.blocks.as_deref();
                manuscript::reread(files, sources, chapter, blocks, &book.meta.math).take(&mut findings)
            });
            chapters.insert(lang.clone(), read.collect::<Option<Vec<Chapter>>>()?);
        }
        frame.chapters = chapters;
        frame.settle(&mut findings);
        let alignments = align::align_book(frame);
        findings.extend(checks::run(frame, &alignments, sources).open);
        let counterparts = alignments.iter().flat_map(|alignment| counterparts_of(frame, alignment)).collect();
        drop(alignments);
        let own = |finding: &Diagnostic| finding.primary.as_ref().and_then(|label| groups.group(label.span.file));
        findings.retain(|finding| own(finding) == Some(group));
        let chapters = std::mem::take(&mut frame.chapters).into_values().flatten().collect();
        Some(Alone { chapters, findings, counterparts })
    }

    /// Puts what is found now in the place of what was found before in these files.
    fn take_findings(&mut self, mut known: Vec<Known>, now: Vec<Diagnostic>, changes: &Changes) {
        let own =
            |finding: &Diagnostic| finding.primary.as_ref().is_some_and(|label| changes.contains_key(&label.span.file));
        let (before, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.findings).into_iter().partition(own);
        let mut kept = Vec::new();
        for finding in before {
            match known.iter().position(|one| *one == known_as(&finding)) {
                Some(at) => drop(known.swap_remove(at)),
                None => kept.extend(moved_finding(finding, changes)),
            }
        }
        // What is left of `known` the chapters say by themselves, and the whole book does not.
        let fresh = now.into_iter().filter(|finding| !known.contains(&known_as(finding)));
        let others = others.into_iter().filter_map(|finding| moved_finding(finding, changes));
        self.findings = others.chain(kept).chain(fresh).collect();
        diagnostic::sort(&mut self.findings);
    }

    fn take_chapters(&mut self, chapters: Vec<Chapter>, counterparts: Vec<Counterpart>, changes: &Changes) {
        let Some(book) = &mut self.book else { return };
        for chapter in chapters {
            let list = book.chapters.get_mut(&chapter.lang).into_iter().flatten();
            for place in list.filter(|known| known.file == chapter.file) {
                *place = chapter.clone();
            }
        }
        let own = |pair: &Counterpart| pair.sides.iter().flatten().any(|span| changes.contains_key(&span.file));
        self.counterparts.retain(|pair| !own(pair));
        self.counterparts.extend(counterparts);
    }
}

fn known_as(finding: &Diagnostic) -> Known {
    (finding.check, finding.message.clone())
}
