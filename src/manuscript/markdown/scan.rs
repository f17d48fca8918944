//! A first look at the lines of a chapter: fences, containers, and what stands before the text of a line.

mod comments;
pub(super) mod foreign;
mod rows;

use std::ops::Range;

use super::attrs;
use comments::Comment;
use foreign::Indented;
pub(super) use rows::TableHead;

/// What hand-made indents are typed with.
const FULL_WIDTH_SPACE: char = '\u{3000}';

/// Fewest signs of a fence, and fewest columns that make code of a line.
const FENCE: usize = 3;
const CODE_INDENT: usize = 4;

/// The container whose lines are verses: they end where they end in the file, and keep the spaces that they begin with.
pub(super) const POEM: &str = "poem";

/// What the lines of a body hold; places are bytes of the file, in order.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Full-width spaces before the text of a line, with the blanks beside them.
    pub(super) indents: Vec<Range<usize>>,
    /// Full-width colons after the name of a footnote that is defined there.
    pub(super) colons: Vec<Range<usize>>,
    /// Quotation marks around the values of a picture's attributes that are not straight.
    pub(super) quotes: Vec<Range<usize>>,
    /// Containers in the order in which they end.
    pub(super) containers: Vec<Container>,
    /// Lines that close a container where none is open.
    pub(super) stray: Vec<Range<usize>>,
    /// Blanks that indent what a container of MkDocs holds.
    pub(super) dedents: Vec<Range<usize>>,
    /// Heads of tables that have several rows.
    pub(super) heads: Vec<TableHead>,
    /// Rows above a head that have other cells than it, and how many it has.
    pub(super) uneven: Vec<(Range<usize>, usize)>,
    /// Parts of lines that are left out, and nothing said of them.
    pub(super) unseen: Vec<Range<usize>>,
}

/// How a container is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// From `:::name` to `:::`.
    Colons,
    /// From `!!! name` on, as far as its lines are indented.
    Marks,
    /// From `<details>` to `</details>`, or between the tags of another element.
    Tags(&'static str),
}

/// A container.
#[derive(Debug)]
pub(super) struct Container {
    pub(super) form: Form,
    /// What opens it: a line from its first colon, or tags.
    pub(super) open: Range<usize>,
    /// What closes it, if anything does.
    pub(super) close: Option<Range<usize>>,
    /// The colons that its fences need to be longer than those of what it holds.
    pub(super) length: usize,
    /// How far the lines are indented that another form of it stands in.
    pub(super) indent: usize,
    name: String,
}

/// The fence of a code block that is open.
struct Code {
    sign: u8,
    length: usize,
    /// How many quotations it stands in.
    quotes: usize,
    /// What stands before it in its line.
    before: usize,
}

/// Looks at the lines of `file` from byte `body` on. `components` says whether those of web sites may be callouts.
pub(super) fn scan(file: &str, body: usize, components: bool) -> Scan {
    let mut scanner = Scanner {
        file,
        found: Scan::default(),
        open: Vec::new(),
        indented: Vec::new(),
        rows: Vec::new(),
        body: None,
        read: body,
        closes: foreign::closes(file, body, components),
        code: None,
        comment: None,
        last_close: comments::last_close(file),
        list: None,
        blank: true,
    };
    let mut at = body;
    for line in file[body..].split_inclusive(['\n', '\r']) {
        let ends_before = line == "\n" && file[body..at].ends_with('\r');
        if !ends_before {
            scanner.line(at..at + line.trim_end_matches(['\n', '\r']).len());
        }
        at += line.len();
    }
    scanner.end_indented(file.len());
    while let Some(container) = scanner.open.pop() {
        scanner.end(container, None);
    }
    scanner.found
}

/// How many colons a line begins with.
pub(super) fn colons(line: &str) -> usize {
    line.bytes().take_while(|b| *b == b':').count()
}

struct Scanner<'t> {
    file: &'t str,
    found: Scan,
    /// Containers that are open, the innermost last.
    open: Vec<Container>,
    /// Those of them whose lines are indented, the innermost last.
    indented: Vec<Indented>,
    /// The rows of a table that stand one below the other so far.
    rows: Vec<Range<usize>>,
    /// Where the last line of a table ends whose head has been read.
    body: Option<usize>,
    /// How far what opens a container was read: it may be several lines.
    read: usize,
    /// Where the last end tag of each element stands that can be a container.
    closes: Vec<(&'static str, usize)>,
    code: Option<Code>,
    comment: Option<Comment>,
    /// Where the last comment of the file is closed.
    last_close: usize,
    /// The column at which the text of the list begins that the line before belongs to.
    list: Option<usize>,
    blank: bool,
}

impl Scanner<'_> {
    fn line(&mut self, line: Range<usize>) {
        self.end_indented(line.start);
        if line.start < self.read && line.end <= self.read {
            return;
        }
        let line = self.dedented(line.start.max(self.read)..line.end);
        if let Some(code) = &self.code {
            let written = &self.file[line.clone()];
            let inside = code.quotes == 0 || Prefix::of(written).quotes >= code.quotes;
            if inside && !code.is_closed_by(written) {
                return;
            }
            self.code = None;
            if inside {
                let text = written.trim_start_matches([' ', '\t', '>']);
                let start = line.end - text.len();
                self.indent(start..line.end);
                return;
            }
        }
        if self.in_comment(&line) {
            return;
        }
        let prefix = Prefix::of(&self.file[line.clone()]);
        let mut text = line.start + prefix.length..line.end;
        let was_blank = std::mem::replace(&mut self.blank, text.is_empty());
        if text.is_empty() {
            return;
        }
        if prefix.is_list {
            self.list = Some(prefix.columns);
        } else if was_blank && prefix.indent == 0 {
            self.list = None;
        }
        if !prefix.is_list && prefix.indent >= self.list.unwrap_or_default() + CODE_INDENT {
            return;
        }
        let poem = self.open.iter().any(|container| container.name == POEM);
        while !poem && let Some(start) = self.indent(text.clone()) {
            let inner = Prefix::of(&self.file[start..text.end]);
            if inner.is_list {
                self.list = Some(prefix.columns + inner.columns);
            }
            text.start = start + inner.length;
        }
        if self.opens_comment(&text, &prefix) {
            return;
        }
        let before = text.start - line.start;
        self.text(text, prefix.quotes, before);
    }

    /// Takes the full-width spaces off the beginning of a text, if there are any, and says where the rest begins.
    fn indent(&mut self, text: Range<usize>) -> Option<usize> {
        let rest = self.file[text.clone()].strip_prefix(FULL_WIDTH_SPACE)?.trim_start();
        let start = text.end - rest.len();
        self.found.indents.push(text.start..start);
        Some(start)
    }

    /// A line without what stands before its text.
    fn text(&mut self, place: Range<usize>, quotes: usize, before: usize) {
        let text = &self.file[place.clone()];
        self.row(&place, before);
        if let Some((sign, length)) = code_fence(text) {
            self.code = Some(Code { sign, length, quotes, before });
            return;
        }
        if quotes == 0 && (self.opens_indented(&place, before) || self.tags(&place, before)) {
            return;
        }
        self.found.quotes.extend(value_quotes(text).into_iter().map(|at| place.start + at.start..place.start + at.end));
        if let Some(colon) = note_colon(text) {
            let colon = place.start + colon.start..place.start + colon.end;
            self.indent(colon.end..place.end);
            if colon.len() > 1 {
                self.found.colons.push(colon);
            }
        } else if colons(text) >= FENCE {
            self.fence(place);
        }
    }

    /// A line of colons: it opens a container if it goes on with a name.
    fn fence(&mut self, place: Range<usize>) {
        let text = &self.file[place.clone()];
        let length = colons(text);
        let name = text[length..].trim();
        if !name.is_empty() {
            let name = name.split([' ', '\t', '{']).next().unwrap_or_default().to_owned();
            self.open.push(Container { form: Form::Colons, open: place, close: None, length, indent: 0, name });
            return;
        }
        let place = place.start..place.start + length;
        // What is indented or stands between tags is closed by nothing else.
        let inner = self.open.iter().rposition(|open| open.form != Form::Colons).map_or(0, |at| at + 1);
        let fence = |open: &Container| colons(&self.file[open.open.clone()]);
        let as_long = self.open[inner..].iter().rposition(|open| fence(open) == length);
        let shorter = || self.open[inner..].iter().rposition(|open| fence(open) < length);
        let Some(at) = as_long.or_else(shorter).map(|at| inner + at) else {
            self.found.stray.push(place);
            return;
        };
        self.close(at, length, place);
    }

    /// Closes the container at a place among those that are open, and all inside of it.
    fn close(&mut self, at: usize, length: usize, place: Range<usize>) {
        while self.open.len() > at + 1 {
            let Some(inner) = self.open.pop() else { break };
            self.end(inner, None);
        }
        if let Some(mut closed) = self.open.pop() {
            closed.length = closed.length.max(length);
            self.end(closed, Some(place));
        }
    }

    fn end(&mut self, container: Container, close: Option<Range<usize>>) {
        if let Some(outer) = self.open.last_mut() {
            outer.length = outer.length.max(container.length + 1);
        }
        self.found.containers.push(Container { close, ..container });
    }
}

impl Code {
    fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim_start_matches([' ', '\t', '>', FULL_WIDTH_SPACE]);
        let length = text.bytes().take_while(|b| *b == self.sign).count();
        let blanks = line[..line.len() - text.len()].matches([' ', '\t', '>']).count();
        let too_deep = blanks > self.before + CODE_INDENT - 1;
        length >= self.length && text[length..].trim().is_empty() && !too_deep
    }
}

/// The sign and length of the fence that a line begins with.
fn code_fence(text: &str) -> Option<(u8, usize)> {
    let sign = text.bytes().next().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = text.bytes().take_while(|b| *b == sign).count();
    let info = &text[length..];
    (length >= FENCE && !(sign == b'`' && info.contains('`'))).then_some((sign, length))
}

/// The quotation marks, other than straight ones, around the values in `![](file){key=“value”}`.
fn value_quotes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut read, mut in_code, mut done) = (0, false, 0);
    for (brace, _) in text.match_indices("){") {
        in_code ^= text[read..brace].matches('`').count() % 2 == 1;
        read = brace;
        if in_code || brace < done {
            continue;
        }
        let end = text[brace..].find('}').map_or(text.len(), |n| brace + n);
        done = end;
        let mut at = brace;
        while let Some(equals) = text[at..end].find('=').map(|n| at + n) {
            at = equals + 1;
            let Some((mark, closing)) = attrs::quotes(&text[at..end]).filter(|(mark, _)| *mark != '"') else {
                continue;
            };
            let inner = at + mark.len_utf8();
            let Some(close) = text[inner..end].find(closing).map(|n| inner + n) else { continue };
            let after = close + text[close..].chars().next().map_or(0, char::len_utf8);
            found.extend([at..inner, close..after]);
            at = after;
        }
    }
    found
}

/// The colon after the name of a footnote, if a line begins with both; it may be a full-width one.
fn note_colon(text: &str) -> Option<Range<usize>> {
    let name = text.strip_prefix("[^")?;
    let end = name.find(']').filter(|end| *end > 0 && !name[..*end].contains(char::is_whitespace))?;
    let colon = name[end + 1..].chars().next().filter(|c| matches!(c, ':' | '：'))?;
    let start = "[^".len() + end + 1;
    Some(start..start + colon.len_utf8())
}

/// What stands before the text of a line: blanks, signs of quotations and of lists.
struct Prefix {
    length: usize,
    /// How many quotations the line stands in.
    quotes: usize,
    /// The columns of the blanks at the beginning of the line.
    indent: usize,
    /// All its columns.
    columns: usize,
    is_list: bool,
}

impl Prefix {
    fn of(line: &str) -> Self {
        let mut prefix = Self { length: 0, quotes: 0, indent: 0, columns: 0, is_list: false };
        loop {
            let rest = &line[prefix.length..];
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let width: usize = rest[..blanks].bytes().map(|b| if b == b'\t' { CODE_INDENT } else { 1 }).sum();
            if prefix.length == 0 {
                prefix.indent = width;
            }
            let rest = &rest[blanks..];
            let marker = if rest.starts_with('>') { 1 } else { list_marker(rest) };
            prefix.length += blanks + marker;
            prefix.columns += width + marker;
            if marker == 0 {
                return prefix;
            }
            if rest.starts_with('>') {
                prefix.quotes += 1;
            } else {
                prefix.is_list = true;
            }
        }
    }
}

/// The length of the list marker at the beginning of a text, if a blank or the end of the line follows it.
fn list_marker(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let signs: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    let marker = text[digits..].starts_with(signs) && text[digits + 1..].starts_with([' ', '\t']);
    if marker { digits + 1 } else { 0 }
}
