//! What reviewers said, kept in `manuscript/comments.yaml` until it is dealt with.

use std::path::Path;

use super::refusal::refused;
use super::{Desk, Wanted};
use crate::align::{Alignment, Unit};
use crate::checks::freshness::{fingerprint_of, says};
use crate::cli::args::exchange::ImportReview;
use crate::cli::terminal::Terminal;
use crate::diagnostic::any_error;
use crate::error::Error;
use crate::exchange::forms::comments::{self, Comments};
use crate::exchange::{Refusal, Remark};
use crate::manuscript::{COMMENTS_FILE, load_comments, write_comments};
use crate::message::{List, Message};
use crate::model::{Comment, Lang};
use crate::project::{Project, read_text};
use crate::source::{SourceFile, Sources, Span};

/// Characters of a block by which people know it again.
const ABOUT: usize = 60;

/// Whether a file is one of comments: no other form is JSON.
pub(super) fn is_one(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Brings the comments of a page of review in. They know their blocks by themselves, so that none is lost whatever has changed since.
pub(super) fn import(
    file: &Path,
    args: &ImportReview,
    wanted: &Wanted<'_>,
    terminal: &Terminal,
) -> Result<bool, Error> {
    let desk = match Desk::open(wanted)? {
        Ok(desk) => desk,
        Err((found, sources)) => {
            terminal.findings(&found, &sources);
            terminal.failed(msg!("imported"), msg!("nothing: the book has errors"));
            return Ok(false);
        }
    };
    let text = read_text(file)?;
    let mut sources = Sources::default();
    let id = sources.add(SourceFile::new(file.to_string_lossy().as_ref(), text.as_str()));
    let tell = |refusals: &[Refusal]| {
        let found: Vec<_> = refusals.iter().map(|refusal| refused(refusal, Some(id))).collect();
        terminal.findings(&found, &sources);
    };
    let Comments { langs: [_, lang], comments, refused } = match comments::read(&text) {
        Ok(found) => found,
        Err(refusal) => {
            tell(&[refusal]);
            terminal.failed(msg!("imported"), msg!("nothing of {file}", file));
            return Ok(false);
        }
    };
    tell(&refused);
    let target = desk.target(args.to.as_deref().or(lang.as_deref()))?;
    let Some(project) = &desk.project else {
        return Err(Error::Usage(msg!("comments are kept in a book; `--pair` has none")));
    };
    let comments = comments.into_iter().map(|(stem, _, comment)| (stem, comment)).collect();
    let (new, known) = add(project, &target, comments, args.dry_run, terminal)?;
    let parts = [
        plural!(comments = new, "{comments} new comment", "{comments} new comments"),
        if known > 0 { msg!("{comments} known already", comments = known) } else { Message::empty() },
        if refused.is_empty() { Message::empty() } else { msg!("{units} left out", units = refused.len()) },
    ];
    let word = if args.dry_run { msg!("would import") } else { msg!("imported") };
    let told = msg!("{file}: {what}", file, what = Message::list(List::Clauses, parts));
    terminal.verdict(!refused.is_empty(), word, told);
    Ok(refused.is_empty())
}

/// Keeps what was said of units, each known by the place of its source.
pub(super) fn keep(
    desk: &Desk,
    alignment: &Alignment<'_>,
    remarks: &[(Span, String, Remark)],
    terminal: &Terminal,
) -> Result<usize, Error> {
    let Some(project) = desk.project.as_ref().filter(|_| !remarks.is_empty()) else { return Ok(0) };
    let comments = remarks.iter().filter_map(|(span, _, remark)| at(alignment, *span, remark)).collect();
    Ok(add(project, &alignment.target, comments, false, terminal)?.0)
}

/// A remark as a comment on the pair in which a place stands.
fn at(alignment: &Alignment<'_>, span: Span, remark: &Remark) -> Option<(String, Comment)> {
    let holds = |units: &[Unit<'_>]| {
        let inside = units.iter().filter(|unit| unit.span.encloses(Span { end: span.start, ..span }));
        inside.map(|unit| unit.span.range().len()).min()
    };
    let pairs = alignment.chapters.iter().flat_map(|chapter| chapter.pairs.iter().map(move |pair| (chapter, pair)));
    let held = pairs.filter_map(|(chapter, pair)| Some((holds(&pair.sources)?, chapter, pair)));
    let (_, chapter, pair) = held.min_by_key(|(length, ..)| *length)?;
    let prints = |units: &[Unit<'_>]| units.iter().filter_map(fingerprint_of).collect::<Vec<_>>();
    let about = pair.sources.iter().find_map(says)?.chars().take(ABOUT).collect();
    let (sources, targets) = (prints(&pair.sources), prints(&pair.targets));
    let (by, text) = (remark.author.clone(), remark.text.clone());
    Some((chapter.source?.stem.clone(), Comment { sources, targets, about, by, text, place: None }))
}

/// Adds comments to those that are kept; how many are new, and how many were known.
fn add(
    project: &Project,
    target: &Lang,
    comments: Vec<(String, Comment)>,
    dry_run: bool,
    terminal: &Terminal,
) -> Result<(usize, usize), Error> {
    let (all, mut new) = (comments.len(), 0);
    project.update(COMMENTS_FILE, &|path, bytes| terminal.outlet().put(path, bytes), || {
        let (mut now, mut found) = (Sources::default(), Vec::new());
        let mut kept = load_comments(project, &mut now).take(&mut found);
        if any_error(&found) {
            terminal.findings(&found, &now);
            return Err(Error::Usage(msg!("{file} has errors, and nothing was added to it", file = COMMENTS_FILE)));
        }
        for (stem, comment) in comments {
            new += usize::from(kept.push(target, &stem, comment));
        }
        Ok((new > 0 && !dry_run).then(|| write_comments(&kept)))
    })?;
    Ok((new, all - new))
}
