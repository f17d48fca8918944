//! `manuscript/comments.yaml`: what reviewers said, until it is dealt with.

use super::ledger::{self, Ledger, Line};
use super::yaml::quoted;
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::model::{Comment, Comments, Fingerprint, Lang};
use crate::source::{FileId, Files, Sources};

/// Where comments are kept.
pub const COMMENTS_FILE: &str = "manuscript/comments.yaml";

/// Longest file accepted, in bytes: some 20,000 comments.
const MAX_BYTES: usize = 16 << 20;

const HEADER: &str = "\
# What reviewers said, written by `dama-pub import-review`: a line for each comment, at the block that `source` and
# `target` stand for; `of` is what the block said. `check` reports each until its block is signed off with
# `dama-pub accept`, or its line is removed. See docs/review.md. In a merge keep the lines of both sides.
";

const LEDGER: Ledger = Ledger {
    code: codes::COMMENTS,
    entry: msg!("a reviewer's comment"),
    odd: msg!("this line does not have the form that `dama-pub import-review` writes"),
    newer: msg!("use the version that wrote it"),
    mend: msg!("restore the line from version control, or remove it if the comment is dealt with"),
};

/// Reads the comments as they are now, if there are any. Lines that cannot be used are reported and left out.
pub fn load_comments(files: &dyn Files, sources: &mut Sources) -> Reported<Comments> {
    let mut found = Vec::new();
    let comments = load(files, sources, &mut found);
    Reported::new(comments, found)
}

/// Reads the comments, if there are any. Lines that cannot be used are reported and left out.
pub(super) fn load(files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) -> Comments {
    if !files.list("manuscript").iter().any(|name| name == "comments.yaml") {
        return Comments::default();
    }
    let Some(file) = super::read_text(files, sources, COMMENTS_FILE, MAX_BYTES, sink) else {
        return Comments::default();
    };
    read(file, sources.get(file).text(), sink)
}

fn read(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Comments {
    let mut found = Comments::default();
    LEDGER.read(file, text, sink, &mut |lang, stem, line| comment(lang, stem, line, &mut found));
    found
}

fn comment(lang: &Lang, stem: &str, mut line: Line<'_>, found: &mut Comments) {
    let before = line.sink.len();
    let Some(mut fields) = line.fields() else { return };
    let place = line.area.whole();
    let sources = line.fingerprints(&mut fields, "source");
    let targets = line.fingerprints(&mut fields, "target");
    let mut text = |key| fields.text(key, line.sink).map(|text| text.value);
    let (about, by, said) = (text("of").unwrap_or_default(), text("by"), text("text"));
    line.finish(fields);
    let prints = |prints: Option<Vec<Fingerprint>>| prints.unwrap_or_default();
    match said {
        // A misspelt key is already reported.
        _ if line.sink.len() > before => {}
        Some(_) if sources.is_none() && targets.is_none() => line.error(msg!("a comment needs `source` or `target`")),
        Some(said) => {
            let (sources, targets) = (prints(sources), prints(targets));
            found.push(lang, stem, Comment { sources, targets, about, by, text: said, place: Some(place) });
        }
        None => line.error(msg!("a comment needs a `text`")),
    }
}

/// The comments as a file. The same comments give the same bytes.
pub fn write(comments: &Comments) -> String {
    ledger::write(HEADER, comments.chapters(), written)
}

fn written(comment: &Comment) -> String {
    let prints = |key: &str, prints: &[Fingerprint]| match prints {
        [] => String::new(),
        prints => format!("{key}: {}, ", ledger::joined(prints.iter())),
    };
    let by = comment.by.as_ref().map_or(String::new(), |by| format!("by: {}, ", quoted(by)));
    format!(
        "{}{}of: {}, {by}text: {}",
        prints("source", &comment.sources),
        prints("target", &comment.targets),
        quoted(&comment.about),
        quoted(&comment.text),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn parse(text: &str) -> (Comments, Vec<String>) {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new(COMMENTS_FILE, text));
        let mut sink = Vec::new();
        let found = read(file, text, &mut sink);
        (found, sink.iter().map(|finding| finding.message.to_string()).collect())
    }

    fn sample() -> Comments {
        let (en, print) = (Lang::new("en").unwrap(), |text: &str| vec![Fingerprint::of(text)]);
        let mut all = Comments::default();
        let both = Comment {
            sources: print("一"),
            targets: print("one"),
            about: "“引号” \\ 反斜杠".to_owned(),
            by: Some("李: #1".to_owned()),
            text: "Two lines\nof it: [x]".to_owned(),
            place: None,
        };
        all.push(&en, "02-b", both.clone());
        all.push(&en, "01 a", Comment { sources: Vec::new(), by: None, ..both });
        all
    }

    #[test]
    fn what_was_written_is_read_again() {
        let text = write(&sample());
        let (mut found, said) = parse(&text);
        assert_eq!(said, [""; 0], "{text}");
        found.forget_places();
        assert_eq!(found, sample(), "{text}");
        assert!(serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok(), "the whole is YAML:\n{text}");
    }

    #[test]
    fn a_spoilt_line_costs_no_other() {
        let text = write(&sample()).replacen("target: ", "targte: ", 1);
        let (found, said) = parse(&text);
        assert_eq!(said, ["a reviewer's comment has no key `targte`"]);
        assert_eq!(found.chapters().count(), 1);
        for (entry, expected) in [
            ("{text: x}", "a comment needs `source` or `target`"),
            ("{source: abcdefghij, of: x}", "a comment needs a `text`"),
            ("{source: 1, text: x}", "`source` must be a fingerprint of ten letters, or several joined by `+`"),
        ] {
            let (found, said) = parse(&format!("form: 1\nen:\n  a:\n    - {entry}\n"));
            assert!(found.is_empty(), "{entry}");
            assert_eq!(said, [expected], "{entry}");
        }
    }
}
