//! What is written on the fence of a listing behind its language, in the forms of the tools that authors come from.
//!
//! ```text
//! rust {#lst:a title="src/main.rs" lines=10 hl=3,5-7}      js title="a.js" {1,3-5} showLineNumbers
//! {.python .numberLines startFrom=5}                       ts:line-numbers=2 {4} [a.ts]
//! py title="a.py" linenums="1" hl_lines="2-3"              js src/App.js
//! ```

use std::ops::{Range, RangeInclusive};

use super::attrs::{self, Attrs, BadAttrs};

/// A text that an author gave, and its place.
pub(super) type Value = (String, Range<usize>);

/// What a fence says; places are bytes of what was read.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The language, without what tools put behind a comma.
    pub(super) lang: Option<String>,
    pub(super) id: Option<String>,
    pub(super) title: Option<Value>,
    pub(super) caption: Option<Value>,
    /// Whether a figure made of it is held in its place.
    pub(super) here: bool,
    /// The number of the first line, where lines are numbered.
    pub(super) first: Option<usize>,
    /// The marked lines, and where they are written.
    pub(super) marked: Vec<(RangeInclusive<usize>, Range<usize>)>,
    /// What nothing is made of.
    pub(super) unknown: Vec<Range<usize>>,
    /// An attribute in braces that code does not have.
    pub(super) foreign: Option<Value>,
    pub(super) bad: Option<BadAttrs>,
}

/// Reads what stands on a fence behind its backticks or tildes.
pub(super) fn read(info: &str) -> Written {
    let mut written = Written::default();
    let blanks = |at: usize| at + info[at..].len() - info[at..].trim_start().len();
    let mut at = written.language(info, blanks(0));
    loop {
        at = blanks(at);
        at = match info[at..].chars().next() {
            None => return written,
            Some('{') => written.group(info, at),
            Some('[') => written.bracket(info, at),
            Some(_) => written.item(info, at),
        };
    }
}

/// Whether a word names a file: `src/main.rs`, `main.rs`, `.env`.
pub(super) fn is_file_name(word: &str) -> bool {
    let plain = !word.contains(|c: char| c.is_whitespace() || "\"'`()[]{}<>=|,;*?".contains(c) || c > '\u{2e80}');
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let typed = ending.is_some_and(|ending| {
        (1..=10).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && ending.contains(|c: char| c.is_ascii_alphabetic())
    });
    plain && !name.is_empty() && !word.contains("://") && (typed || word.contains('/') && word != "/")
}

impl Written {
    /// The language, which is the first word, and where it ends.
    fn language(&mut self, info: &str, at: usize) -> usize {
        let rest = &info[at..];
        let length = rest.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(rest.len());
        let word = &rest[..length];
        if word.is_empty() || word.starts_with('[') || word.contains('=') && !word.contains([':', ',']) {
            return at;
        }
        // Tools for tests of code put their wishes behind a comma.
        let (tag, _) = word.split_once(',').unwrap_or((word, ""));
        let (tag, more) = tag.split_once(':').filter(|(tag, _)| !tag.is_empty()).unwrap_or((tag, ""));
        self.lang = Some(tag.to_owned());
        let place = at + length - more.len()..at + length;
        let numbers = more.strip_prefix("line-numbers").map(|rest| rest.trim_start_matches('='));
        match numbers {
            Some(first) => self.number(first, place),
            None if is_file_name(more) => self.title = Some((more.to_owned(), place)),
            None if more.is_empty() => {}
            None => self.lang = Some(tag.to_owned() + ":" + more),
        }
        at + length
    }

    /// Attributes or lines in braces.
    fn group(&mut self, info: &str, at: usize) -> usize {
        let found = match attrs::read(info, at) {
            Ok(found) => found,
            Err(bad) if info[at..].starts_with("{#") => {
                self.bad = Some(bad);
                return info.len();
            }
            Err(_) => {
                let end = closing(info, at, '{', '}');
                self.unknown.push(at..end);
                return end;
            }
        };
        let end = found.end;
        self.id = found.id.map(|(id, _)| id).or_else(|| self.id.take());
        // What is not written as attributes are is another tool's.
        let ours = found.pairs.iter().all(|(key, ..)| {
            lines(key).is_some() || key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(&b))
        });
        for (index, (key, value, place)) in found.pairs.into_iter().enumerate() {
            let bare = value.is_empty() && info.get(place.clone()) == Some(key.as_str());
            if index == 0 && bare && self.lang.is_none() && lines(&key).is_none() && !is_known(&key) {
                self.lang = Some(key.trim_end_matches(',').to_owned());
            } else if let Err((key, place)) = self.attribute(key, value, place) {
                if ours {
                    self.foreign.get_or_insert((key, place));
                } else {
                    self.unknown.push(place);
                }
            }
        }
        end
    }

    /// A title in brackets.
    fn bracket(&mut self, info: &str, at: usize) -> usize {
        let end = closing(info, at, '[', ']');
        let closed = info[at..end].ends_with(']');
        let inner = at + 1..if closed { end - 1 } else { end };
        let text = info[inner.clone()].trim();
        if text.is_empty() || text.contains(['[', ']']) || self.title.is_some() || !closed {
            self.unknown.push(at..end);
        } else {
            self.title = Some((text.to_owned(), inner));
        }
        end
    }

    /// A word or an attribute outside of braces.
    fn item(&mut self, info: &str, at: usize) -> usize {
        let rest = &info[at..];
        let word = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let mut found = Attrs::default();
        let read = attrs::pair(info, at, &mut found);
        match (read, found.pairs.pop()) {
            (Ok(end), Some((key, value, place))) if rest[key.len()..].starts_with('=') || is_known(&key) => {
                if self.attribute(key, value, place).is_err() {
                    self.unknown.push(at..end);
                }
                end
            }
            _ => {
                let place = at..at + word.len();
                if is_file_name(word) && self.title.is_none() {
                    self.title = Some((word.to_owned(), place));
                } else {
                    self.unknown.push(place);
                }
                at + word.len()
            }
        }
    }

    /// One attribute; given back if code does not have it.
    fn attribute(&mut self, key: String, value: String, place: Range<usize>) -> Result<(), (String, Range<usize>)> {
        match key.as_str() {
            "title" | "filename" | "file" | "name" => self.title = Some((value, place)),
            "caption" | "lst-cap" => self.caption = Some((value, place)),
            "class" => match value.as_str() {
                "here" => self.here = true,
                class if NUMBERED.contains(&class) => self.number("", place),
                class if self.lang.is_none() => self.lang = Some(class.to_owned()),
                _ => return Err((value, place)),
            },
            key if NUMBERED.contains(&key) || STARTS.contains(&key) => self.number(&value, place),
            key if MARKED.contains(&key) => self.mark(&value, place),
            key if value.is_empty() && lines(key).is_some() => self.mark(key, place),
            _ => return Err((key, place)),
        }
        Ok(())
    }

    fn number(&mut self, first: &str, place: Range<usize>) {
        match (first, first.parse()) {
            ("false", _) => self.first = None,
            ("" | "true", _) => self.first = self.first.or(Some(1)),
            (_, Ok(first)) => self.first = Some(first),
            _ => self.unknown.push(place),
        }
    }

    fn mark(&mut self, value: &str, place: Range<usize>) {
        match lines(value) {
            Some(ranges) => self.marked.extend(ranges.into_iter().map(|range| (range, place.clone()))),
            None => self.unknown.push(place),
        }
    }
}

/// Keys and classes that have lines numbered, from the number that they may give.
const NUMBERED: [&str; 7] =
    ["lines", "numberLines", "number-lines", "line-numbers", "showLineNumbers", "linenums", "linenos"];

/// Keys that give the number of the first line.
const STARTS: [&str; 3] = ["startFrom", "linenostart", "lineno-start"];

/// Keys that name lines to be marked.
const MARKED: [&str; 6] = ["hl", "hl_lines", "hl-lines", "highlight", "mark", "emphasize-lines"];

fn is_known(key: &str) -> bool {
    NUMBERED.contains(&key)
}

/// Lines as `3,5-7`; `None` for what is something else.
fn lines(text: &str) -> Option<Vec<RangeInclusive<usize>>> {
    let parts = text.split([',', '，', ' ', ';']).filter(|part| !part.is_empty());
    let ranges: Option<Vec<_>> = parts
        .map(|part| {
            let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (from, to) = (from.parse::<usize>().ok()?, to.parse::<usize>().ok()?);
            (from >= 1 && from <= to).then_some(from..=to)
        })
        .collect();
    ranges.filter(|ranges| !ranges.is_empty())
}

/// One past the bracket that closes the one at byte `at`; the end of the text where none does.
fn closing(text: &str, at: usize, open: char, close: char) -> usize {
    let mut depth = 0_usize;
    for (place, c) in text[at..].char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + place + c.len_utf8();
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a fence says, in one line.
    fn told(info: &str) -> String {
        let written = read(info);
        let mut parts = vec![written.lang.unwrap_or_default()];
        parts.extend(written.id.map(|id| format!("#{id}")));
        parts.extend(written.title.map(|(title, place)| {
            assert!(info[place].contains(&title));
            format!("title {title}")
        }));
        parts.extend(written.caption.map(|(caption, _)| format!("caption {caption}")));
        parts.extend(written.here.then(|| "here".to_owned()));
        parts.extend(written.first.map(|first| format!("from {first}")));
        parts.extend(written.marked.iter().map(|(lines, _)| format!("{}-{}", lines.start(), lines.end())));
        parts.extend(written.unknown.iter().map(|place| format!("unknown {}", &info[place.clone()])));
        parts.extend(written.foreign.map(|(key, _)| format!("foreign {key}")));
        parts.extend(written.bad.map(|_| "bad".to_owned()));
        parts.join(" | ")
    }

    #[test]
    fn fences_are_read_as_several_tools_write_them() {
        let cases = [
            ("rust", "rust"),
            (" rust,ignore,does_not_compile ", "rust"),
            ("rust,ignore {3}", "rust | 3-3"),
            ("rust [一题……", "rust | unknown [一题……"),
            ("rust [", "rust | unknown ["),
            ("rust []", "rust | unknown []"),
            ("rust [一题]", "rust | title 一题"),
            ("rust {#lst:a title=\"main\" lines=10 hl=3,5-7}", "rust | #lst:a | title main | from 10 | 3-3 | 5-7"),
            ("rust {#lst:甲 caption=“主 函数” .here}", "rust | #lst:甲 | caption 主 函数 | here"),
            ("js title=\"a b.js\" {1,3-5} showLineNumbers", "js | title a b.js | from 1 | 1-1 | 3-5"),
            ("js {1, 3} showLineNumbers=5", "js | from 5 | 1-1 | 3-3"),
            ("js{2}", "js | 2-2"),
            ("ts:line-numbers=2 {4} [a.ts]", "ts | title a.ts | from 2 | 4-4"),
            ("ts:line-numbers", "ts | from 1"),
            ("ruby:lib/a.rb", "ruby | title lib/a.rb"),
            ("py title='a.py' linenums=\"3\" hl_lines=\"2 4-5\"", "py | title a.py | from 3 | 2-2 | 4-5"),
            ("{.python .numberLines startFrom=5 #x}", "python | #x | from 5"),
            ("{python}", "python"),
            ("{3-4}", " | 3-4"),
            ("js src/App.js", "js | title src/App.js"),
            ("js src/App.js active", "js | title src/App.js | unknown active"),
            ("js [[1, 4, \"age\"], [2]]", "js | unknown [[1, 4, \"age\"], [2]]"),
            ("js {a: {'b': [1]}} src/A.js", "js | title src/A.js | unknown {a: {'b': [1]}}"),
            ("c++", "c++"),
            ("title=\"x\"", " | title x"),
            ("", ""),
        ];
        for (info, wanted) in cases {
            assert_eq!(told(info), wanted, "{info}");
        }
    }

    #[test]
    fn what_is_not_of_code_is_told() {
        let cases = [
            ("rust {#a width=3}", "rust | #a | foreign width"),
            ("rust {.wide}", "rust | foreign wide"),
            ("rust {#a", "rust | bad"),
            ("rust {hl=x}", "rust | unknown x"),
            ("rust {0}", "rust | foreign 0"),
            ("rust {7-3}", "rust | foreign 7-3"),
            ("rust lines=many", "rust | unknown many"),
            ("r {r, echo=FALSE}", "r | unknown r, | unknown FALSE"),
            ("rust \"quoted words\"", "rust | unknown \"quoted | unknown words\""),
            ("rust [", "rust | unknown ["),
            ("灯 一盏｛灯｝", "灯 | unknown 一盏｛灯｝"),
        ];
        for (info, wanted) in cases {
            assert_eq!(told(info), wanted, "{info}");
        }
    }
}
