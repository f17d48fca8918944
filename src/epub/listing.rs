//! Listings as XHTML: kinds of token are classes, so that a stylesheet gives them colours for light and dark screens.

use super::page::Writer;
use crate::model::{Block, Fence};
use crate::typeset::{Token, tokens};

/// How many characters of code stand in a line of a phone. In a listing with a longer one every line has an element of its own,
/// so that what is turned over can be told from a new line.
const NARROW: usize = 36;

impl<'a> Writer<'_, 'a> {
    /// Writes a listing, with its title before it.
    pub(super) fn listing(&mut self, block: &'a Block, lang: Option<&str>, text: &str, fence: &'a Fence) {
        let titled = !fence.title.is_empty();
        if titled {
            self.open("div", block, &[("class", "listing")]);
            self.xml.raw("\n");
            self.xml.open("p", &[("class", "listing-title")]);
            self.inlines(&fence.title);
            self.xml.close_line();
            self.xml.open("pre", &[("class", "code")]);
        } else {
            self.open("pre", block, &[("class", "code")]);
        }
        let class = lang.map(|lang| format!("language-{}", lang.split_whitespace().next().unwrap_or("text")));
        let attrs: Vec<_> = class.iter().map(|class| ("class", class.as_str())).collect();
        self.xml.open("code", &attrs);
        self.lines(lang, text, fence);
        self.xml.close();
        self.xml.close_line();
        if titled {
            self.xml.close_line();
        }
    }

    fn lines(&mut self, lang: Option<&str>, text: &str, fence: &Fence) {
        let code = fence.lines(text).join("\n");
        let wraps = code.lines().any(|line| line.chars().count() > NARROW);
        for (line, number) in by_line(tokens(lang.unwrap_or_default(), &code)).into_iter().zip(1..) {
            if number > 1 {
                self.xml.text("\n");
            }
            let class = class(&line, fence, number).or(wraps.then_some("line"));
            if let Some(class) = class {
                self.xml.open("span", &[("class", class)]);
            }
            if let Some(first) = fence.first {
                let shown = format!("{} ", first + number - 1);
                self.xml.open("span", &[("class", "line-number"), ("aria-hidden", "true")]);
                self.xml.text(&shown);
                self.xml.close();
            }
            line.iter().for_each(|token| self.token(token));
            for callout in fence.callouts.iter().filter(|callout| callout.line == number) {
                self.xml.text(" ");
                self.xml.open("span", &[("class", "callout-number")]);
                self.xml.text(&circled(callout.number));
                self.xml.close();
            }
            if class.is_some() {
                self.xml.close();
            }
        }
    }

    fn token(&mut self, token: &Token) {
        let Some(kind) = token.kind.filter(|_| !token.text.trim().is_empty()) else {
            return self.xml.text(&token.text);
        };
        self.xml.open("span", &[("class", &format!("hl-{kind}"))]);
        self.xml.text(&token.text);
        self.xml.close();
    }
}

/// The classes of a line that has an element of its own.
fn class(line: &[Token], fence: &Fence, number: usize) -> Option<&'static str> {
    let is = |kind: &str| line.first().is_some_and(|token| token.kind == Some(kind));
    if fence.marked.contains(&number) {
        Some("line marked")
    } else if is("inserted") {
        Some("line inserted")
    } else if is("deleted") {
        Some("line deleted")
    } else {
        fence.first.map(|_| "line")
    }
}

/// The tokens of each line.
fn by_line(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut lines = vec![Vec::new()];
    for token in tokens {
        for (index, part) in token.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(line)) = (part.is_empty(), lines.last_mut()) {
                line.push(Token { text: part.to_owned(), ..token });
            }
        }
    }
    lines
}

/// A number in a circle, as far as there are such signs.
fn circled(number: usize) -> String {
    let sign = u32::try_from(number).ok().filter(|number| (1..=20).contains(number));
    let sign = sign.and_then(|number| char::from_u32(u32::from('①') + number - 1));
    sign.map_or_else(|| format!("({number})"), String::from)
}
