//! Content in two halves: for a paragraph that goes on over the page beside its translation, and for initials.

use typst::foundations::{Content, NativeElement, SequenceElem, StyledElem};
use typst::introspection::MetadataElem;
use typst::layout::HElem;
use typst::model::{EmphElem, ParElem, StrongElem};
use typst::text::{LinebreakElem, SpaceElem, TextElem};

use crate::lang::cjk::{is_cjk, is_han};

/// Stands in a text for what cannot be cut.
const OBJECT: char = '\u{fffc}';

/// Marks that no line ends with.
const OPENING: &str = "（《〈「『【〔［“‘(";

/// Some content, cut.
pub(super) struct Halves {
    /// So much of its text.
    pub(super) first: Content,
    /// All that is behind.
    pub(super) rest: Content,
    /// How many characters the text has.
    pub(super) length: usize,
}

/// Content cut behind so many characters of its text, or before them where a line may end, without the space that stands there;
/// what is no text counts as one character. `anywhere` cuts a word too.
pub(super) fn halves(content: Content, at: usize, anywhere: bool) -> Halves {
    let mut letters = Vec::new();
    read(&content, &mut letters);
    let end = if anywhere { at.min(letters.len()) } else { place(&letters, at) };
    // A space at the end of a line is none.
    let space = usize::from(!anywhere && end < letters.len() && letters[..end].ends_with(&[' ']));
    let (first, rest) = cut(content, &mut (end - space));
    let (_, rest) = cut(rest, &mut { space });
    Halves { first, rest, length: letters.len() }
}

/// The last place up to this one where a line may end; the beginning where there is none.
fn place(letters: &[char], at: usize) -> usize {
    if at >= letters.len() {
        return letters.len();
    }
    let ends = |at: &usize| {
        let (before, after) = (letters[at - 1], letters[*at]);
        let is_solid = |c: char| is_cjk(c) || OPENING.contains(c);
        let closes = |c: char| !is_han(c) && !OPENING.contains(c);
        let between = is_solid(before) && !OPENING.contains(before) && is_solid(after) && !closes(after);
        (before == ' ' && after != ' ') || between
    };
    (1..=at).rev().find(ends).unwrap_or(0)
}

fn read(content: &Content, letters: &mut Vec<char>) {
    if let Some(text) = content.to_packed::<TextElem>() {
        letters.extend(text.text.chars());
    } else if let Some(sequence) = content.to_packed::<SequenceElem>() {
        sequence.children.iter().for_each(|child| read(child, letters));
    } else if let Some(styled) = content.to_packed::<StyledElem>() {
        read(&styled.child, letters);
    } else if let Some(body) = body(content) {
        read(body, letters);
    } else if content.is::<SpaceElem>() {
        letters.push(' ');
    } else if !is_nothing(content) {
        letters.push(if content.is::<LinebreakElem>() { '\n' } else { OBJECT });
    }
}

/// What stands in an element that can be cut.
fn body(content: &Content) -> Option<&Content> {
    let par = content.to_packed::<ParElem>().map(|par| &par.body);
    let strong = || content.to_packed::<StrongElem>().map(|strong| &strong.body);
    par.or_else(strong).or_else(|| content.to_packed::<EmphElem>().map(|emph| &emph.body))
}

/// Marks and the space between scripts have no length.
fn is_nothing(content: &Content) -> bool {
    content.is::<MetadataElem>() || content.is::<HElem>()
}

/// Cuts content behind the characters that are left to take.
fn cut(content: Content, left: &mut usize) -> (Content, Content) {
    if *left == 0 {
        return (Content::empty(), content);
    }
    if let Some(element) = content.to_packed::<TextElem>() {
        let text = element.text.clone();
        let Some((at, _)) = text.char_indices().nth(*left) else {
            *left -= text.chars().count();
            return (content, Content::empty());
        };
        *left = 0;
        let piece = |text: &str| TextElem::packed(text).spanned(content.span());
        return (piece(&text[..at]), piece(&text[at..]));
    }
    if let Some(sequence) = content.to_packed::<SequenceElem>() {
        let halves: Vec<_> = sequence.children.iter().map(|child| cut(child.clone(), left)).collect();
        let (first, rest): (Vec<_>, Vec<_>) = halves.into_iter().unzip();
        return (Content::sequence(first), Content::sequence(rest));
    }
    if let Some(styled) = content.to_packed::<StyledElem>() {
        let (first, rest) = cut(styled.child.clone(), left);
        return (first.styled_with_map(styled.styles.clone()), rest.styled_with_map(styled.styles.clone()));
    }
    if let Some(inner) = body(&content) {
        let (first, rest) = cut(inner.clone(), left);
        return (with_body(&content, first), with_body(&content, rest));
    }
    if !is_nothing(&content) {
        *left -= 1;
    }
    (content, Content::empty())
}

/// The element with another body; none without any.
fn with_body(content: &Content, inner: Content) -> Content {
    if inner.is_empty() {
        return inner;
    }
    let span = content.span();
    if content.is::<ParElem>() {
        ParElem::new(inner).pack().spanned(span)
    } else if content.is::<StrongElem>() {
        StrongElem::new(inner).pack().spanned(span)
    } else {
        EmphElem::new(inner).pack().spanned(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(content: &Content) -> String {
        content.plain_text().into()
    }

    fn text() -> Content {
        let strong = StrongElem::new(TextElem::packed("very bright")).pack();
        ParElem::new(Content::sequence([TextElem::packed("A "), strong, TextElem::packed(" lamp.")])).pack()
    }

    #[test]
    fn nothing_is_lost_between_the_halves() {
        for at in 0..25 {
            let halves = halves(text(), at, true);
            assert_eq!(halves.length, 19);
            assert_eq!(words(&halves.first) + &words(&halves.rest), "A very bright lamp.");
            let parted = super::halves(text(), at, false);
            let shown = [words(&parted.first), words(&parted.rest)].join(" ");
            assert_eq!(shown.trim(), "A very bright lamp.");
        }
    }

    #[test]
    fn a_word_is_cut_where_a_line_may_end() {
        let cases = [(6, false, "A"), (6, true, "A very"), (7, false, "A very"), (30, false, "A very bright lamp.")];
        for (at, anywhere, wanted) in cases {
            assert_eq!(words(&halves(text(), at, anywhere).first), wanted);
        }
        let chinese = |at| words(&halves(TextElem::packed("他说：“灯，亮了。”"), at, false).first);
        assert_eq!([1, 3, 4, 6, 9].map(chinese), ["他", "他说：", "他说：", "他说：“灯，", "他说：“灯，亮"]);
    }
}
