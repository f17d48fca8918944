//! Captions: `图 1-2　words` becomes the words of a figure, and what refers to the caption a reference to the figure.

use super::assemble::Item;
use super::looks;
use super::reader::{Para, Reader};
use super::styles::Role;
use crate::diagnostic::Severity;
use crate::import::write::{each_inline_mut, plain};
use crate::import::{Block, Inline, Kind};

/// Most characters of a label with its number.
const LONGEST: usize = 16;

/// Words that labels begin with, and what they are about.
const LABELS: [(&str, &str); 10] = [
    ("图", "fig"),
    ("圖", "fig"),
    ("Figure", "fig"),
    ("Fig.", "fig"),
    ("Fig", "fig"),
    ("图片", "fig"),
    ("表", "tab"),
    ("表格", "tab"),
    ("Table", "tab"),
    ("Tab.", "tab"),
];

fn kind_of(text: &str) -> Option<&'static str> {
    let text = text.trim();
    LABELS
        .iter()
        .find(|(word, _)| text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word)))
        .map(|(_, kind)| *kind)
}

/// How many bytes at the beginning of a text are a label with its number.
fn label(text: &str) -> Option<usize> {
    let begin = text.len() - text.trim_start().len();
    let (word, _) = LABELS
        .iter()
        .filter(|(word, _)| text[begin..].get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
        .max_by_key(|(word, _)| word.len())?;
    let rest = text[begin + word.len()..].trim_start_matches([' ', '\u{a0}', '　']);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() == rest.len() {
        return None;
    }
    let mut end = after;
    while let Some(more) = end.strip_prefix(['-', '.', '–', '—', '－']) {
        let next = more.trim_start_matches(|c: char| c.is_ascii_digit());
        if next.len() == more.len() {
            break;
        }
        end = next;
    }
    Some(text.len() - end.len())
}

const BEHIND: [char; 12] = [' ', '　', '\t', '\u{a0}', ':', '：', '.', '．', '、', '—', '–', '-'];

/// Reads a caption; gives the paragraph back where it is none.
pub(super) fn read(reader: &mut Reader<'_>, para: Para, role: Role) -> Result<Item, Para> {
    let whole = looks::run(&para.items);
    let count = para.sequence.as_ref().map_or(0, |(count, _)| *count);
    let before = plain(&looks::run(&para.items[..count.min(para.items.len())]));
    let (kind, head, mut rest) = match &para.sequence {
        Some((_, word)) if before.chars().count() <= LONGEST => {
            let kind = kind_of(&before).or_else(|| kind_of(word));
            (kind, before, para.items.get(count..).unwrap_or_default().to_vec())
        }
        _ => {
            let text = plain(&whole);
            let Some(length) = label(&text).filter(|_| role == Role::Caption) else { return Err(para) };
            let mut items = para.items.clone();
            if !cut(&mut items, length) {
                return Err(para);
            }
            (kind_of(&text), text[..length].to_owned(), items)
        }
    };
    let Some(kind) = kind else { return Err(para) };
    if let Some((Inline::Text(text), _)) = rest.first_mut() {
        *text = text.trim_start_matches(BEHIND).to_owned();
    }
    let number = reader.captions.entry(kind).or_default();
    *number += 1;
    let id = format!("{kind}:{number}");
    for name in &para.bookmarks {
        reader.places.insert(name.clone(), id.clone());
    }
    Ok(Item::Caption { kind, id, label: head, run: looks::run(&rest), whole, at: reader.at() })
}

/// Cuts bytes off the beginning of the texts of a run.
pub(super) fn cut(items: &mut Vec<(Inline, u8)>, mut length: usize) -> bool {
    while length > 0 {
        match items.first_mut() {
            Some((Inline::Text(text), _)) if text.len() > length && text.is_char_boundary(length) => {
                text.drain(..length);
                return true;
            }
            Some((Inline::Text(text), _)) if text.len() <= length => {
                length -= text.len();
                items.remove(0);
            }
            _ => return false,
        }
    }
    true
}

/// Makes references of what refers to captions by their numbers. Gives the text of the numbers that the book makes anew.
pub(super) fn refer(reader: &mut Reader<'_>, blocks: &mut [Block]) {
    let places = reader.places.clone();
    let counts = reader.captions.clone();
    let mut numbers = String::new();
    let mut guessed = Vec::new();
    each_inline_mut(blocks, &mut |inline| {
        let Inline::Place(name, words) = inline else { return };
        let text = plain(words);
        let is_number = label(&text) == Some(text.len());
        let by_number = || {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let kind = kind_of(&text)?;
            let number: usize = digits.parse().ok()?;
            (number > 0 && number <= counts.get(kind).copied().unwrap_or(0)).then(|| format!("{kind}:{number}"))
        };
        match places.get(name) {
            Some(id) if is_number && id.contains(':') && kind_of(&text).is_some_and(|kind| id.starts_with(kind)) => {
                numbers.push_str(&text);
                *inline = Inline::Reference(id.clone());
            }
            Some(id) => *name = id.clone(),
            None if is_number => {
                if let Some(id) = by_number() {
                    guessed.push((text.clone(), id.clone()));
                    *inline = Inline::Reference(id);
                }
            }
            None => {}
        }
    });
    reader.gone.numbers.push_str(&numbers);
    for (text, id) in guessed {
        let message = msg!("the bookmark that ‘{text}’ refers to is not there; it is taken for {id}", text = &text, id);
        reader.tell_at(String::new(), (Kind::Guessed, Severity::Warning), message, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_end_behind_their_number() {
        for (text, rest) in
            [("图1　灯", "　灯"), ("图 1-2 灯", " 灯"), ("Table 3: Lamps", ": Lamps"), ("表3.1灯", "灯")]
        {
            assert_eq!(label(text).map(|length| &text[length..]), Some(rest));
        }
        assert_eq!(label("图示如下"), None);
        assert_eq!(label("灯 1"), None);
    }
}
