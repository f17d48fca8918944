//! Addresses of links that lead to a place of the book, as tools for one folder of Markdown files write them.

use super::paths::percent_decoded;
use crate::model::LinkTarget;

/// What ends the name of a chapter's file, here or in what another tool makes of it.
const ENDINGS: [&str; 4] = [".md", ".markdown", ".html", ".htm"];

/// The place that an address leads to; `None` for one that leads out of the book, or to a file that is no chapter. Folders
/// are kept as written: the outline knows which of them are the book's, and a link stays in its language.
pub(super) fn read(url: &str) -> Option<LinkTarget> {
    if let Some(id) = url.strip_prefix('#') {
        return Some(LinkTarget::Id(percent_decoded(id)));
    }
    let (path, id) = url.split_once('#').unwrap_or((url, ""));
    let path = percent_decoded(path.split('?').next().unwrap_or(path));
    if path.starts_with("//") || path.contains([':', '\\']) || path.chars().any(char::is_control) {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let file = parts.pop()?;
    parts.retain(|part| !matches!(*part, "." | ".."));
    parts.push(ENDINGS.into_iter().find_map(|ending| without(file, ending)).or_else(|| bare(file))?);
    let target = format!("{}#{}", parts.join("/"), percent_decoded(id));
    Some(LinkTarget::File { written: url.to_owned(), target })
}

/// A name without its ending, in capitals or not.
fn without<'f>(file: &'f str, ending: &str) -> Option<&'f str> {
    let at = file.len().checked_sub(ending.len()).filter(|at| *at > 0)?;
    let tail = file.get(at..)?;
    tail.eq_ignore_ascii_case(ending).then(|| &file[..at])
}

/// A name without an ending. After its last point a file of another kind has letters, and a number has digits: `4.2`.
fn bare(file: &str) -> Option<&str> {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = !ending.is_empty() && ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    let other = matches!(file, "." | "..") || (kind && ending.bytes().any(|b| b.is_ascii_alphabetic()));
    (!other).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::model::LinkTarget;

    #[test]
    fn chapters_are_known_by_their_files() {
        let target = |url: &str| read(url).and_then(|target| target.place().map(str::to_owned));
        for (url, wanted) in [
            ("#%E4%B8%80%E8%8A%82", "一节"),
            ("other.md", "other#"),
            ("other.md#id", "other#id"),
            ("../en/other.md#id", "en/other#id"),
            ("./x.MD", "x#"),
            ("/a/b#id", "a/b#id"),
            ("/a/b/#id", "a/b#id"),
            ("b#id", "b#id"),
            ("ch01-00.html#x", "ch01-00#x"),
            ("%E5%BA%8F.md", "序#"),
            ("4.2", "4.2#"),
            ("a.md?plain=1#b", "a#b"),
        ] {
            assert_eq!(target(url).as_deref(), Some(wanted), "{url}");
        }
        for url in
            ["", "https://e.org/a", "//e.org/a", "main.rs", "www.example.org", "..", "a/../", "C:\\x.md", "mailto:a"]
        {
            assert_eq!(read(url), None::<LinkTarget>, "{url}");
        }
    }
}
