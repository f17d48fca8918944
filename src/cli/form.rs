//! The forms of a report that are chosen by `--format` and `--message-format`.

use super::args::Form;
use crate::report::{self, Report};

/// A report as text; `None` for people at a terminal, who are shown it in colours and at their width.
pub(super) fn written(form: Form, report: &Report<'_>) -> Option<String> {
    Some(match form {
        Form::Human => return None,
        Form::Short => report::short(report),
        // Of several books each line is made where they are told of.
        Form::Json | Form::Jsonl => report::json(report.open, report.hidden(), report.sources, report.locale),
        Form::Sarif => report::sarif(report),
        Form::Github => report::github(report),
        Form::Html => report::html(report),
    })
}
