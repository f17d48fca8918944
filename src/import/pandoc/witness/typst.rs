//! Words of Typst: what stands in markup, and not in its code.

/// How deep brackets may lie in each other.
const DEPTH: usize = 200;

/// Words with which a line of code begins that goes to the end of the line.
const STATEMENTS: [&str; 9] = ["let", "set", "show", "import", "include", "if", "for", "while", "context"];

/// What is read: text, or code. With it goes the sign that ends it; `\n` ends a statement.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Markup(char),
    Code(char),
}

/// The words of a text by its lines.
pub(super) fn words(text: &str) -> Vec<(usize, Vec<String>)> {
    read(text).found
}

/// How many formulas a text shows; those of its definitions may be shown or not.
pub(super) fn formulas(text: &str) -> usize {
    read(text).formulas
}

fn read(text: &str) -> Reader<'_> {
    let mut reader = Reader {
        rest: text,
        line: 1,
        open: vec![Mode::Markup('\0')],
        words: String::new(),
        found: Vec::new(),
        formulas: 0,
        term: None,
        defining: None,
    };
    while let Some(c) = reader.rest.chars().next() {
        match reader.mode() {
            Mode::Markup(end) => reader.markup(c, end),
            Mode::Code(end) => reader.code(c, end),
        }
    }
    reader.part();
    reader
}

struct Reader<'t> {
    rest: &'t str,
    line: usize,
    open: Vec<Mode>,
    words: String,
    found: Vec<(usize, Vec<String>)>,
    formulas: usize,
    /// The line of the term that is read.
    term: Option<usize>,
    /// How much is open where a definition begins that is read now.
    defining: Option<usize>,
}

impl<'t> Reader<'t> {
    fn mode(&self) -> Mode {
        self.open.last().copied().unwrap_or(Mode::Markup('\0'))
    }

    /// Passes over some of the text.
    fn skip(&mut self, length: usize) -> &'t str {
        let (skipped, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        let lines = skipped.matches('\n').count();
        if lines > 0 {
            self.part();
            self.line += lines;
        }
        skipped
    }

    /// Passes over what ends with a sign.
    fn skip_behind(&mut self, from: usize, end: &str) {
        let length =
            self.rest.get(from..).and_then(|rest| rest.find(end)).map_or(self.rest.len(), |at| from + at + end.len());
        self.skip(length);
    }

    /// What is gathered ends here.
    fn part(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.trim().is_empty() {
            match self.found.last_mut().filter(|(line, _)| *line == self.line) {
                Some((_, all)) => all.push(words),
                None => self.found.push((self.line, vec![words])),
            }
        }
    }

    fn push(&mut self, mode: Mode) {
        self.part();
        if self.open.len() < DEPTH {
            self.open.push(mode);
        }
    }

    fn pop(&mut self) {
        self.part();
        if self.open.len() > 1 {
            self.open.pop();
        }
        self.defining = self.defining.filter(|open| self.open.len() > *open);
    }

    fn formula(&mut self) {
        self.part();
        self.formulas += usize::from(self.defining.is_none());
        self.skip_behind(1, "$");
    }

    fn markup(&mut self, c: char, end: char) {
        // The two strokes of an address are no comment.
        if self.rest.starts_with("//") && !self.words.ends_with(':') {
            return self.skip_line();
        }
        match c {
            '\\' => {
                let next = self.rest.chars().nth(1).map_or(0, char::len_utf8);
                self.skip(1 + next);
            }
            '#' => self.expression(),
            '`' => self.raw(),
            '$' => self.formula(),
            '<' | '@' => {
                let name = |c: char| c.is_alphanumeric() || "-_:.<>@".contains(c);
                let length = self.rest.find(|c| !name(c)).unwrap_or(self.rest.len());
                self.part();
                self.skip(length.max(1));
            }
            '[' => {
                self.skip(1);
                self.push(Mode::Markup(']'));
            }
            _ if c == end => {
                self.skip(1);
                self.pop();
                self.behind();
            }
            _ if self.rest.starts_with("/*") => self.skip_behind(2, "*/"),
            // A term ends with a colon.
            '/' if self.words.trim().is_empty() => {
                self.term = Some(self.line);
                self.skip(1);
            }
            ':' if self.term == Some(self.line) => {
                self.term = None;
                self.part();
                self.skip(1);
            }
            '*' | '_' | '~' | '=' | '-' => {
                self.part();
                self.skip(1);
            }
            _ => {
                if c != '\n' {
                    self.words.push(c);
                }
                self.skip(c.len_utf8());
            }
        }
    }

    fn skip_line(&mut self) {
        let length = self.rest.find('\n').unwrap_or(self.rest.len());
        self.skip(length);
    }

    /// Raw text, which is shown as it stands.
    fn raw(&mut self) {
        let ticks = self.rest.len() - self.rest.trim_start_matches('`').len();
        self.part();
        match ticks {
            2 => {
                self.skip(2);
            }
            _ if self.defining.is_some() => self.skip_behind(ticks, &"`".repeat(ticks)),
            _ => {
                self.skip(ticks);
                let length = self.rest.find(&"`".repeat(ticks)).unwrap_or(self.rest.len());
                let code = &self.rest[..length];
                // A language stands before the code, which begins behind the first space.
                let language = code.find(char::is_whitespace).filter(|_| ticks > 2).unwrap_or(0);
                self.skip(language);
                for line in code[language..].split_inclusive('\n') {
                    self.words.push_str(line.trim_end());
                    self.skip(line.len());
                }
                self.part();
                self.skip(ticks);
            }
        }
    }

    /// Code in a text: a name with what it is given, or a statement.
    fn expression(&mut self) {
        self.part();
        self.skip(1);
        let name = |c: char| c.is_alphanumeric() || "_-.".contains(c);
        let length = self.rest.find(|c| !name(c)).unwrap_or(self.rest.len());
        let word = self.skip(length);
        if STATEMENTS.contains(&word) {
            if matches!(word, "let" | "set" | "show" | "import") {
                self.defining.get_or_insert(self.open.len());
            }
            return self.push(Mode::Code('\n'));
        }
        self.behind();
    }

    /// What may follow a name or an argument at once.
    fn behind(&mut self) {
        if self.mode_is_code() {
            return;
        }
        match self.rest.chars().next() {
            Some('(') => {
                self.skip(1);
                self.push(Mode::Code(')'));
            }
            Some('{') => {
                self.skip(1);
                self.push(Mode::Code('}'));
            }
            Some('[') => {
                self.skip(1);
                self.push(Mode::Markup(']'));
            }
            _ => {}
        }
    }

    fn mode_is_code(&self) -> bool {
        matches!(self.mode(), Mode::Code(_))
    }

    fn code(&mut self, c: char, end: char) {
        if self.rest.starts_with("//") {
            return self.skip_line();
        }
        match c {
            '"' => self.string(),
            '`' => self.raw(),
            '$' => self.formula(),
            '[' => {
                self.skip(1);
                self.push(Mode::Markup(']'));
            }
            '(' => {
                self.skip(1);
                self.push(Mode::Code(')'));
            }
            '{' => {
                self.skip(1);
                self.push(Mode::Code('}'));
            }
            _ if c == end => {
                self.skip(c.len_utf8());
                self.pop();
                if c != '\n' {
                    self.behind();
                }
            }
            // A bracket of a text around ends a statement that stands in it.
            ']' if end == '\n' => self.pop(),
            _ => {
                self.skip(c.len_utf8());
            }
        }
    }

    fn string(&mut self) {
        self.skip(1);
        while let Some(c) = self.rest.chars().next() {
            let escaped = if c == '\\' { self.rest.chars().nth(1).map_or(0, char::len_utf8) } else { 0 };
            self.skip(c.len_utf8() + escaped);
            if c == '"' {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{formulas, words};

    #[test]
    fn text_is_told_from_code() {
        let text = "#import \"a.typ\": x\n= Head <a>\nSome *bold* text #emph[inside] @ref // no\n#figure(\n  image(\"a b c.png\", width: 80%),\n  caption: [A caption],\n)\n#let f(x) = [Hello #x]\n`code` $x + y$ \\#end\n#show: doc => article(title: [Title], doc)\n#if true [ yes ] else [ no ]\nlast";
        let said: Vec<String> = words(text)
            .into_iter()
            .map(|(line, words)| {
                format!(
                    "{line}:{}",
                    words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("|")
                )
            })
            .collect();
        let wanted = [
            "2:Head",
            "3:Some|bold|text|inside",
            "6:A caption",
            "8:Hello",
            "9:code|end",
            "10:Title",
            "11:yes|no",
            "12:last",
        ];
        assert_eq!(said, wanted);
    }

    #[test]
    fn code_is_said_line_by_line_and_formulas_are_counted() {
        let text = "/ T: a$y$ b `b c` $x$\n```rust\nlet y = 1;\nlast\n``` #let f = $z$\n#figure($ w $)\n#show: doc => [$v$]\n$u$";
        let said: Vec<String> =
            words(text).into_iter().map(|(line, words)| format!("{line}:{}", words.join("|"))).collect();
        assert_eq!(said, ["1: T| a| b |b c", "3:let y = 1;", "4:last"]);
        assert_eq!(formulas(text), 4);
    }

    #[test]
    fn what_is_never_closed_ends_with_the_text() {
        for text in ["#f(", "#[", "\"", "#\"", "`", "```", "$", "\\", "/*", "#let x = [", &"#[".repeat(1000), "]"] {
            let _words = words(text);
        }
    }
}
