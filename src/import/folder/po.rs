//! A second language out of a catalogue of mdbook-i18n-helpers: each message of a page is replaced by its translation.

use std::collections::BTreeMap;

use super::lines::{self, Line};
use crate::exchange::forms::po;
use crate::exchange::{Piece, State};

/// A catalogue.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// The translations, and whether each is doubtful, by their messages with blanks of one form.
    messages: BTreeMap<String, (String, bool)>,
}

/// What comments say of what is unfinished.
const DRAFT: &str = "<!-- dama: draft -->";

impl Catalogue {
    /// Reads a catalogue; `None` where nothing of it can be read.
    pub(super) fn read(text: &str) -> Option<Self> {
        let returned = po::read(text).ok()?;
        let mut catalogue = Self::default();
        for unit in returned.units {
            let said = |pieces: Option<Vec<Piece<_>>>| match pieces?.into_iter().next()? {
                Piece::Text(text) => Some(text),
                _ => None,
            };
            let doubtful = matches!(unit.state, Some(State::Stale { .. }));
            if let (Some(source), Some(target)) = (said(unit.source), said(unit.target)) {
                catalogue.messages.insert(key(&source), (target, doubtful));
            }
        }
        Some(catalogue)
    }

    fn get(&self, text: &str) -> Option<&(String, bool)> {
        self.messages.get(&key(text))
    }

    /// A page in the other language. What has no translation, or a doubtful one, is marked.
    pub(super) fn translate(&self, lines: &[Line]) -> Vec<Line> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let end = block(lines, at);
            let written = self.block(&lines[at..end]);
            out.extend(written);
            at = end;
        }
        lines::mark(&mut out);
        out
    }

    fn block(&self, block: &[Line]) -> Vec<Line> {
        let first = &block[0];
        if first.is_blank() || first.comment || first.text.trim_start().starts_with("<!--") {
            return block.to_vec();
        }
        let at = first.at;
        if first.code {
            let text: Vec<&str> = block.iter().map(|line| line.text.as_str()).collect();
            return match self.get(&text.join("\n")) {
                Some((target, _)) => target.lines().map(|line| Line::new(line, at)).collect(),
                None => block.to_vec(),
            };
        }
        if first.text.trim_start().starts_with('|') {
            return block.iter().map(|line| Line::new(self.row(&line.text), line.at)).collect();
        }
        let prefix = start(&first.text);
        let text: Vec<&str> =
            block.iter().map(|line| line.text[start(&line.text).len().min(line.text.len())..].trim()).collect();
        let text = text.join("\n");
        // Tags alone are no message.
        if !super::html::text_of(&text).chars().any(char::is_alphabetic) {
            return block.to_vec();
        }
        // A mark before an item of a list would end the list.
        let marks = prefix.trim().is_empty();
        let draft = || marks.then(|| Line::new(format!("{prefix}{DRAFT}"), at));
        match self.get(&text) {
            Some((target, doubtful)) => {
                let more = if prefix.trim().starts_with('>') { prefix.to_owned() } else { " ".repeat(prefix.len()) };
                let mut lines = target.lines();
                let first = Line::new(format!("{prefix}{}", lines.next().unwrap_or_default()), at);
                let rest = lines.map(|line| Line::new(format!("{more}{line}"), at));
                draft().filter(|_| *doubtful).into_iter().chain([first]).chain(rest).collect()
            }
            None => draft().into_iter().chain(block.iter().cloned()).collect(),
        }
    }

    fn row(&self, text: &str) -> String {
        let cells = text.split('|').map(|cell| match self.get(cell.trim()) {
            Some((target, _)) if !cell.trim().is_empty() => {
                format!(" {} ", target.replace('\n', " ").replace("\\|", "|").replace('|', "\\|"))
            }
            _ => cell.to_owned(),
        });
        cells.collect::<Vec<_>>().join("|")
    }
}

/// What stands before the words of a line: blanks, signs of quotations, lists and headings.
fn start(text: &str) -> &str {
    let before = lines::prefix(text);
    let rest = &text[before.len()..];
    let signs = rest.len() - rest.trim_start_matches('#').len();
    if signs > 0 && rest[signs..].starts_with(' ') { &text[..before.len() + signs + 1] } else { before }
}

/// Where the block ends that begins at a line.
fn block(lines: &[Line], at: usize) -> usize {
    let same = |line: &Line| {
        let text = line.text.trim_start();
        let begins = text.starts_with('#') || lines::prefix(&line.text).trim().ends_with(['-', '*', '+', '.', ')']);
        line.code == lines[at].code
            && line.comment == lines[at].comment
            && (line.code || !line.is_blank() && !begins && !text.starts_with(":::"))
    };
    let alone = lines[at].is_blank() || lines[at].text.trim_start().starts_with('#');
    if alone && !lines[at].code {
        return at + 1;
    }
    at + 1 + lines[at + 1..].iter().take_while(|line| same(line)).count()
}

/// A message with blanks of one form.
fn key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_replaced_and_what_is_doubtful_is_marked() {
        let catalogue = "msgid \"\"\nmsgstr \"Language: zh-CN\\n\"\n\nmsgid \"Title\"\nmsgstr \"题\"\n\nmsgid \"One two three.\"\n\
                         msgstr \"一二三。\"\n\n#, fuzzy\nmsgid \"Item\"\nmsgstr \"项\"\n\n#, fuzzy\nmsgid \"Old\"\nmsgstr \"旧\"\n\n\
                         msgid \"A\"\nmsgstr \"甲\"\n";
        let catalogue = Catalogue::read(catalogue).expect("a catalogue");
        let page = "# Title\n\nOne two\nthree.\n\n- Item\n- New\n\nOld\n\nNew\n\n| A | x |\n|---|---|\n";
        let found = catalogue.translate(&lines::of(page, 1));
        let text: Vec<&str> = found.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect();
        let wanted = ["# 题", "一二三。", "- 项", "- New", DRAFT, "旧", DRAFT, "New", "| 甲 | x |", "|---|---|"];
        assert_eq!(text, wanted);
    }
}
