//! Changes before they are made: a unified diff.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::TextDiff;

use crate::checks::fix::Fixes;
use crate::message::visible;
use crate::source::Sources;

/// The changes of files by their paths, in the same form; a file that is not among the sources is new.
pub fn changes(changed: &BTreeMap<String, String>, sources: &Sources, color: bool) -> String {
    let mut out = String::new();
    for (path, text) in changed {
        let before = sources.find(path).map_or("", |file| sources.get(file).text());
        out.push_str(&of_file(path, before, text));
    }
    finished(&out, color)
}

/// The changes of every file, in the form that `patch -p1` and `git apply` read.
pub fn diff(fixes: &Fixes, sources: &Sources, color: bool) -> String {
    let mut out = String::new();
    for changed in &fixes.files {
        let file = sources.get(changed.file);
        out.push_str(&of_file(file.path(), file.text(), &changed.text));
    }
    finished(&out, color)
}

fn of_file(path: &str, before: &str, after: &str) -> String {
    let header = (format!("a/{path}"), format!("b/{path}"));
    TextDiff::from_lines(before, after).unified_diff().header(&header.0, &header.1).to_string()
}

fn finished(diff: &str, color: bool) -> String {
    let out = visible(diff);
    if color { coloured(&out) } else { out.into_owned() }
}

fn coloured(diff: &str) -> String {
    let mut out = String::new();
    for line in diff.lines() {
        let style = match line.as_bytes().first() {
            _ if line.starts_with("+++") || line.starts_with("---") => Style::new().bold(),
            Some(b'+') => AnsiColor::Green.on_default(),
            Some(b'-') => AnsiColor::Red.on_default(),
            Some(b'@') => AnsiColor::Cyan.on_default(),
            _ => Style::new(),
        };
        let _ = writeln!(out, "{style}{line}{style:#}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fix;
    use crate::diagnostic::Diagnostic;
    use crate::message::Message;
    use crate::source::{SourceFile, Span};

    #[test]
    fn shows_the_lines_that_change() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("manuscript/zh/a.md", "甲\n一,二\n末\n"));
        let finding = Diagnostic::warning("punctuation".into(), Message::data("m")).edit(Span::new(file, 7..8), "，");
        let fixes = fix::apply(&[finding], &sources);
        insta::assert_snapshot!(diff(&fixes, &sources, false), @r"
        --- a/manuscript/zh/a.md
        +++ b/manuscript/zh/a.md
        @@ -1,3 +1,3 @@
         甲
        -一,二
        +一，二
         末
        ");
    }
}
