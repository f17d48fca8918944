//! What a reader can copy out of the PDF is what the author wrote.
//!
//! pdftotext gives the text of each page in the order in which it was set. Every run of the manuscript between two
//! citations, notes or references must stand in it letter for letter after NFKC, in one piece or parted by one page end.

use std::io::Write;

use dama_pub::manuscript;
use dama_pub::model::{Inline, InlineKind, walk};
use dama_pub::project::Project;
use dama_pub::source::Sources;
use unicode_normalization::UnicodeNormalization;

use crate::command::root;
use crate::publication;

#[test]
fn pdf_text_is_the_manuscript() {
    let Some(tool) = find_on_path("pdftotext") else {
        // Past the test runner, which would swallow it.
        let _ = writeln!(std::io::stderr(), "SKIPPED pdf_text_is_the_manuscript: no pdftotext (Debian: poppler-utils)");
        return;
    };
    let project = Project::find(root()).expect("the shipped publication is a project");
    let mut sources = Sources::default();
    let config = manuscript::load_config(&project, &mut sources).value.expect("book.yaml is sound");
    let book = manuscript::load_book(&project, &mut sources, config, Some(&[])).value;
    for edition in &book.editions {
        let name = edition.name();
        let pdf = publication::artifact(&format!("{}.pdf", book.artifact_stem(edition)));
        let output = std::process::Command::new(&tool).args(["-raw", "-enc", "UTF-8"]).arg(&pdf).arg("-").output();
        let text = String::from_utf8(output.expect("pdftotext runs").stdout).expect("UTF-8 was asked for");
        let pages: Vec<String> = text.split('\u{c}').map(letters).collect();
        let mut pieces = Vec::new();
        for chapter in book.languages_of(edition).into_iter().flat_map(|lang| book.chapters(lang)) {
            walk::chapter_blocks(chapter, &mut |block| {
                walk::own_inlines(block, &mut |run| collect_pieces(run, &mut pieces));
            });
        }
        assert!(pieces.len() > 50, "{name}: the publication has text");
        let missing: Vec<&String> = pieces.iter().filter(|piece| !stands_in(&pages, piece)).collect();
        assert!(
            missing.is_empty(),
            "{name}: {} of {} runs are not in the PDF: {missing:#?}",
            missing.len(),
            pieces.len()
        );
    }
}

/// Runs of text as read, parted where the layout inserts something of its own.
fn collect_pieces(run: &[Inline], pieces: &mut Vec<String>) {
    let mut current = String::new();
    push(run, &mut current, pieces);
    finish(&mut current, pieces);
}

fn push(run: &[Inline], current: &mut String, pieces: &mut Vec<String>) {
    for inline in run {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => current.push_str(text),
            InlineKind::Emph(body)
            | InlineKind::Strong(body)
            | InlineKind::Strike(body)
            | InlineKind::Styled { body, .. }
            | InlineKind::Link { body, .. } => {
                push(body, current, pieces);
            }
            InlineKind::LineBreak => current.push(' '),
            _ => finish(current, pieces),
        }
    }
}

fn finish(current: &mut String, pieces: &mut Vec<String>) {
    let piece = letters(&std::mem::take(current));
    if !piece.is_empty() {
        pieces.push(piece);
    }
}

/// NFKC without spaces and hyphens: line ends may add or hide either.
pub(crate) fn letters(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{ad}')).collect()
}

pub(crate) fn stands_in(pages: &[String], piece: &str) -> bool {
    pages.iter().any(|page| page.contains(piece))
        || pages.windows(2).any(|pair| {
            piece
                .char_indices()
                .skip(1)
                .any(|(cut, _)| pair[0].contains(&piece[..cut]) && pair[1].contains(&piece[cut..]))
        })
}

pub(crate) fn find_on_path(name: &str) -> Option<std::path::PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|dir| dir.join(name)).find(|p| p.is_file())
}
