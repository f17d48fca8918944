//! What the standards of PDF ask of finished pages, which Typst leaves out: a character that no font has shows a box that the
//! file says the character of, and a formula without a description says what it reads. What stands in a part of the book is
//! put below its title.

use typst::foundations::{Content, NativeElement, Packed, Selector, StyleChain};
use typst::introspection::{Introspector, Tag};
use typst::layout::{Frame, FrameItem};
use typst::math::EquationElem;
use typst::model::Document;
use typst::text::{Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

use super::divisions::Levels;

/// What shows in the place of a character without a glyph: the first of these that the font has.
const BOXES: [char; 3] = ['□', '☐', '?'];

/// The document as it can be exported.
pub(super) fn mended(document: PagedDocument, levels: &Levels) -> PagedDocument {
    let formulas = Selector::Elem(EquationElem::ELEM, None);
    let dumb = document.introspector().query(&formulas).iter().any(|formula| description(formula).is_some());
    if !dumb && levels.is_empty() && !document.pages().iter().any(|page| lacks_glyph(&page.frame)) {
        return document;
    }
    let mend = |page: &Page| {
        let mut page = page.clone();
        frame(&mut page.frame, levels);
        page
    };
    PagedDocument::new(document.pages().iter().map(mend).collect(), document.info().clone())
}

/// The document as it can be seen: with boxes, and without what only a file needs.
pub(super) fn visibly(document: PagedDocument) -> PagedDocument {
    if !document.pages().iter().any(|page| lacks_glyph(&page.frame)) {
        return document;
    }
    mended(document, &Levels::default())
}

fn lacks_glyph(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => lacks_glyph(&group.frame),
        FrameItem::Text(text) => text.glyphs.iter().any(|glyph| glyph.id == 0),
        _ => false,
    })
}

fn frame(frame_: &mut Frame, levels: &Levels) {
    frame_.retain(|item| {
        match item {
            FrameItem::Group(group) => frame(&mut group.frame, levels),
            FrameItem::Text(text) => boxes(text),
            FrameItem::Tag(Tag::Start(element, _)) => {
                describe(element);
                levels.set(element);
            }
            _ => {}
        }
        true
    });
}

fn boxes(text: &mut TextItem) {
    if text.glyphs.iter().all(|glyph| glyph.id != 0) {
        return;
    }
    let shown = BOXES.iter().find_map(|sign| text.font.ttf().glyph_index(*sign)).map(|glyph| glyph.0);
    let own: Vec<Option<u16>> = text.glyphs.iter().map(|glyph| own_glyph(text, glyph)).collect();
    for (glyph, own) in text.glyphs.iter_mut().zip(own).filter(|(glyph, _)| glyph.id == 0) {
        glyph.id = own.or(shown).unwrap_or(0);
    }
}

/// The glyph of a character that has none only because no font has both it and the mark beside it: they are tried as one.
pub(super) fn own_glyph(text: &TextItem, glyph: &Glyph) -> Option<u16> {
    let character = text.text.get(glyph.range())?.chars().next()?;
    text.font.ttf().glyph_index(character).map(|glyph| glyph.0)
}

/// What a formula that says nothing of itself reads.
fn description(element: &Content) -> Option<String> {
    let formula = element.to_packed::<EquationElem>()?;
    if formula.alt.get_ref(StyleChain::default()).is_some() {
        return None;
    }
    let text = formula.body.plain_text();
    Some(if text.is_empty() { "?".to_owned() } else { text.into() })
}

fn describe(element: &mut Content) {
    let Some(text) = description(element) else { return };
    if let Some(formula) = element.to_packed_mut::<EquationElem>() {
        let formula: &mut Packed<EquationElem> = formula;
        formula.alt.set(Some(text.into()));
    }
}
