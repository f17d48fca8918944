//! What a build read, as a rule for Make and Ninja.

use std::path::{Path, PathBuf};

use super::here;
use super::terminal::Terminal;
use crate::error::Error;
use crate::inputs::{Inputs, Seen};
use crate::project::Project;

/// How the name of such a file ends.
const ENDING: &str = ".d";

/// The target of the rule: the file's name without its ending.
///
/// # Errors
/// [`Error::Usage`] when it has no such ending.
pub(super) fn target(depfile: &Path) -> Result<String, Error> {
    let name = depfile.to_string_lossy();
    match name.strip_suffix(ENDING) {
        Some(target) if !target.is_empty() => Ok(target.to_owned()),
        _ => Err(Error::Usage(msg!("the name of a depfile ends in `.d`; `{name}` does not", name))),
    }
}

/// Writes which files of a project were read or looked for.
///
/// # Errors
/// [`Error::Write`]; [`Error::Usage`] for a name without the ending.
pub(super) fn write(depfile: &Path, project: &Project, inputs: &Inputs, terminal: &Terminal) -> Result<(), Error> {
    let root = project.root();
    let prefix = here::prefix(root);
    let is_there = |path: &str| root.join(path).exists();
    let text = rule(&target(depfile)?, &prefix, inputs, &is_there);
    let path = PathBuf::from(depfile);
    terminal.outlet().put(&path, text.as_bytes()).map_err(|source| Error::Write { path, source })
}

/// The rule: the target depends on files, and on folders where their names matter. For a file that was not there stands the nearest folder
/// that is: it changes when the file appears. Each has an empty rule, so that it is no error when it goes.
fn rule(target: &str, prefix: &str, inputs: &Inputs, is_there: &dyn Fn(&str) -> bool) -> String {
    let mut places: Vec<&str> = inputs.places().map(|(path, seen)| place(path, seen, is_there)).collect();
    places.sort_unstable();
    places.dedup();
    let places = places.into_iter().filter_map(|place| escaped(&named(prefix, place)));
    let places: Vec<String> = places.collect();
    let mut out = format!("{}:", escaped(target).unwrap_or_default());
    for place in &places {
        out.push_str(" \\\n  ");
        out.push_str(place);
    }
    out.push('\n');
    for place in &places {
        out.push_str(&format!("\n{place}:\n"));
    }
    out
}

fn place<'p>(path: &'p str, seen: Seen, is_there: &dyn Fn(&str) -> bool) -> &'p str {
    let mut place = path.trim_end_matches('/');
    if matches!(seen, Seen::Content(_)) && !path.ends_with('/') {
        return place;
    }
    while !place.is_empty() && !is_there(place) {
        place = place.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
    place
}

/// A path of the project as someone in the current folder would type it.
fn named(prefix: &str, place: &str) -> String {
    match (prefix.is_empty(), place.is_empty()) {
        (true, true) => ".".to_owned(),
        (false, true) => prefix.trim_end_matches('/').to_owned(),
        _ => format!("{prefix}{place}"),
    }
}

/// A name as Make and Ninja read it; `None` for one that neither can.
fn escaped(name: &str) -> Option<String> {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '\n' | '\r' | '\t' | '\\' => return None,
            ' ' | '#' | ':' | '[' | ']' | '%' => out.push('\\'),
            '$' => out.push('$'),
            _ => {}
        }
        out.push(c);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_names_files_and_folders_and_stands_for_what_was_not_there() {
        let mut inputs = Inputs::default();
        inputs.note("manuscript/book.yaml", Seen::of(b"x"));
        inputs.note("manuscript/zh/第一章 山 #1.md", Seen::of(b"x"));
        inputs.note("manuscript/zh/", Seen::of(b"x"));
        inputs.note("manuscript/images/图.png", Seen::Missing);
        inputs.note("layouts/book/layout.typ", Seen::Missing);
        let there = |path: &str| ["manuscript", "manuscript/zh", "manuscript/images"].contains(&path);
        let text = rule("b1.stamp", "books/b1/", &inputs, &there);
        let expected = "b1.stamp: \\\n  books/b1 \\\n  books/b1/manuscript/book.yaml \\\n  books/b1/manuscript/images \\\n  \
                        books/b1/manuscript/zh \\\n  books/b1/manuscript/zh/第一章\\ 山\\ \\#1.md\n";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.ends_with("\nbooks/b1/manuscript/zh/第一章\\ 山\\ \\#1.md:\n"), "{text}");
        assert!(rule("t", "", &inputs, &there).starts_with("t: \\\n  . \\\n  manuscript/book.yaml"));
    }

    #[test]
    fn the_target_is_the_name_without_its_ending() {
        assert_eq!(target(Path::new("b/书.stamp.d")).unwrap(), "b/书.stamp");
        assert!(target(Path::new("deps")).is_err() && target(Path::new(".d")).is_err());
    }
}
