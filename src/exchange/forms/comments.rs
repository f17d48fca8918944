//! The comments of a page of review, as its readers download them: one JSON object.
//!
//! ```json
//! {"form": "dama-pub/comments/1", "title": "灯", "source": "zh", "target": "en", "by": "Li", "comments": [
//!   {"chapter": "06-method", "unit": "isvlezecqk", "source": "isvlezecqk", "target": "qiuirjaale",
//!    "of": "记录当天送到各组。", "text": "the same evening?"}]}
//! ```
//!
//! `unit` is the id of the block in its chapter. `source` and `target` are the fingerprints of what both sides said, joined by `+`, and
//! empty where a side says nothing; `of` is the beginning of the block. The number at the end of `form` changes when older versions of
//! this program would misread the file.

use serde::Deserialize;
use serde_json::Value;

use super::super::returned::{Refusal, Remark, Returned, ReturnedUnit};
use crate::message::Message;
use crate::model::{Comment, Fingerprint};

/// What the files of this version say of themselves.
const FORM: &str = "dama-pub/comments/1";
const FAMILY: &str = "dama-pub/comments/";

/// What a file of comments says.
#[derive(Debug, Default)]
pub struct Comments {
    /// The languages that it names, source and target.
    pub langs: [Option<String>; 2],
    /// Each with the stem of its chapter and the id of its unit.
    pub comments: Vec<(String, String, Comment)>,
    /// What could not be read of it: each costs only its place.
    pub refused: Vec<Refusal>,
}

#[derive(Deserialize)]
struct Head {
    form: String,
    source: Option<String>,
    target: Option<String>,
    by: Option<String>,
    comments: Vec<Value>,
}

#[derive(Deserialize)]
struct Entry {
    chapter: String,
    unit: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    of: String,
    by: Option<String>,
    text: String,
}

/// Reads a file.
///
/// # Errors
/// What is wrong with a file of which nothing can be read.
pub fn read(text: &str) -> Result<Comments, Refusal> {
    let refuse = |message: Message, hint: Message, at| Refusal { message, hint: Some(hint), at };
    let again = || msg!("download the comments again from the page of review");
    let value: Value = serde_json::from_str(text).map_err(|why| {
        let start = place(text, why.line(), why.column());
        refuse(msg!("this is no whole JSON file"), again(), Some(start..start))
    })?;
    let form = value.get("form").and_then(Value::as_str).unwrap_or_default();
    if form != FORM {
        return Err(match form.strip_prefix(FAMILY) {
            Some(_) => refuse(
                msg!("these comments have a format that this version cannot read"),
                msg!("use the version that made the page of review"),
                None,
            ),
            None => refuse(msg!("these are no comments of a page of review"), again(), None),
        });
    }
    let head: Head = serde_json::from_value(value)
        .map_err(|_| refuse(msg!("these are no comments of a page of review"), again(), None))?;
    debug_assert_eq!(head.form, FORM);
    let mut found = Comments { langs: [head.source, head.target], ..Comments::default() };
    for (at, entry) in head.comments.into_iter().enumerate() {
        match serde_json::from_value::<Entry>(entry).ok().and_then(|entry| comment(entry, head.by.as_deref())) {
            Some(comment) => found.comments.push(comment),
            None => found.refused.push(Refusal {
                message: msg!("comment {number} cannot be read", number = at + 1),
                hint: Some(again()),
                at: None,
            }),
        }
    }
    Ok(found)
}

/// A comment with its chapter and unit; `None` for one that says nothing, or nothing of what it is about.
fn comment(entry: Entry, by: Option<&str>) -> Option<(String, String, Comment)> {
    let prints = |joined: &str| match joined {
        "" => Some(Vec::new()),
        joined => joined.split('+').map(Fingerprint::parse).collect::<Option<Vec<_>>>(),
    };
    let (sources, targets) = (prints(&entry.source)?, prints(&entry.target)?);
    let text = entry.text.trim().to_owned();
    if text.is_empty() || sources.is_empty() && targets.is_empty() || entry.chapter.contains(['\n', '\r']) {
        return None;
    }
    let by = entry.by.as_deref().or(by).map(str::trim).filter(|by| !by.is_empty()).map(str::to_owned);
    let about = entry.of.split_whitespace().collect::<Vec<_>>().join(" ");
    Some((entry.chapter, entry.unit, Comment { sources, targets, about, by, text, place: None }))
}

/// The byte of a line and column, both counted from 1, that a reader of JSON names.
fn place(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((before + column.saturating_sub(1)).min(text.len()))
}

impl From<Comments> for Returned {
    /// The comments as remarks on units that came back without a translation.
    fn from(comments: Comments) -> Self {
        let unit = |(at, (stem, id, comment)): (usize, (String, String, Comment))| ReturnedUnit {
            stem: Some(stem),
            id: Some(id),
            remarks: vec![Remark { author: comment.by, text: comment.text }],
            place: Some((at + 1).to_string()),
            ..ReturnedUnit::default()
        };
        let units = comments.comments.into_iter().enumerate().map(unit).collect();
        Self { langs: comments.langs, units, refused: comments.refused }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(comments: &str) -> String {
        format!("{{\"form\":\"{FORM}\",\"source\":\"zh\",\"target\":\"en\",\"by\":\" Li \",\"comments\":[{comments}]}}")
    }

    const GOOD: &str = r#"{"chapter":"a","unit":"isvlezecqk","source":"isvlezecqk","target":"qiuirjaale+isvlezecqk","of":"甲\n乙","text":" once?\n"}"#;

    #[test]
    fn what_was_said_is_read_with_what_it_is_about() {
        let found = read(&file(GOOD)).expect("a good file");
        let [(stem, unit, comment)] = &found.comments[..] else { panic!("{found:?}") };
        assert_eq!((stem.as_str(), unit.as_str(), comment.text.as_str()), ("a", "isvlezecqk", "once?"));
        assert_eq!((comment.by.as_deref(), comment.about.as_str(), comment.targets.len()), (Some("Li"), "甲 乙", 2));
        let returned = Returned::from(found);
        assert_eq!(returned.units[0].remarks, [Remark { author: Some("Li".to_owned()), text: "once?".to_owned() }]);
    }

    #[test]
    fn a_spoilt_comment_costs_no_other() {
        for spoilt in [
            "1",
            "{}",
            r#"{"chapter":"a","unit":"x","source":"x","text":"no fingerprint"}"#,
            r#"{"chapter":"a","unit":"x","text":"about nothing"}"#,
            r#"{"chapter":"a","unit":"x","source":"isvlezecqk","text":"  "}"#,
        ] {
            let found = read(&file(&format!("{spoilt},{GOOD}"))).expect("a good file");
            assert_eq!((found.comments.len(), found.refused.len()), (1, 1), "{spoilt}");
        }
    }

    #[test]
    fn another_form_is_not_guessed_at() {
        let said = |text: &str| read(text).expect_err("no comments").message.to_string();
        assert!(said("{\"form\":\"dama-pub/comments/2\"}").contains("format"));
        for other in ["{}", "[]", "3", "{\"form\":\"dama-pub/stats/1\"}", &format!("{{\"form\":\"{FORM}\"}}")] {
            assert_eq!(said(other), "these are no comments of a page of review", "{other}");
        }
        let cut = read("{\n  \"form\": ").expect_err("cut off");
        assert!(cut.at.is_some_and(|at| at.start > 2));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_answered(text in ".{0,200}", cut in 0_usize..400) {
            let whole = file(&GOOD.replace("once?", &text.replace(['"', '\\'], "")));
            let _ = read(&text);
            let _ = read(&whole[..whole.floor_char_boundary(cut.min(whole.len()))]);
        }
    }
}
