//! The finished pages looked over: characters without a glyph, text that leaves its page or box.

use std::collections::BTreeMap;

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Size, Transform};
use typst::syntax::SpanKind;
use typst::text::{FontFlags, Glyph, TextItem};
use typst_layout::PagedDocument;

use super::collisions::{self, UprightText};
use super::origins::{Origins, Piece};
use super::{Job, diagnostics, mend, scripts};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::model::Book;
use crate::printed;
use crate::source::{FileId, Sources, Span};

/// How many more places a finding about a character shows.
const MORE_PLACES: usize = 4;

/// How far text may stand out before it counts, in points: rounding and side bearings.
const TOLERANCE: f64 = 1.0;

/// How far a line may stand out of its box, in multiples of its size: hanging punctuation is meant to.
const HANGING: f64 = 1.5;

/// Height of a letter above its baseline, in multiples of its size.
const RISE: f64 = 0.7;

/// What the pages show.
pub(super) struct Pages {
    /// What is wrong with them.
    pub(super) findings: Vec<Diagnostic>,
    /// Every piece of a line of the manuscript's text.
    pub(super) runs: Vec<printed::TextRun>,
    /// Every picture of the manuscript.
    pub(super) pictures: Vec<printed::Picture>,
    /// Every wide word space.
    pub(super) gaps: Vec<printed::Gap>,
}

/// Looks over every page.
pub(super) fn look(job: &Job<'_>, document: &PagedDocument) -> Pages {
    let chapters = job.book.chapters.values().flatten();
    let mut look = Look {
        book: job.book,
        printed: Vec::new(),
        pictures: Vec::new(),
        gaps: Vec::new(),
        sources: job.sources,
        origins: Origins::new(chapters, job.sources),
        missing: BTreeMap::new(),
        overflows: BTreeMap::new(),
        runs: Vec::new(),
    };
    for (index, page) in document.pages().iter().enumerate() {
        let place =
            Placement { page: index + 1, edge: page.frame.size(), bounds: None, transform: Transform::identity() };
        look.frame(&page.frame, &place, &mut Vec::new());
        look.collisions(index + 1);
    }
    let (runs, pictures) = (std::mem::take(&mut look.printed), std::mem::take(&mut look.pictures));
    let gaps = std::mem::take(&mut look.gaps);
    Pages { findings: look.findings(), runs, pictures, gaps }
}

/// Where a frame stands on its page.
#[derive(Clone, Copy)]
struct Placement {
    /// Page from 1.
    page: usize,
    /// Trimmed size of the page.
    edge: Size,
    /// Size of the nearest clipping frame and the transform from it to here; outside of it nothing is seen.
    bounds: Option<(Size, Transform)>,
    /// From here to the page.
    transform: Transform,
}

/// A frame around the current one, not turned or scaled against it: its size, and where its corner is from here.
type Room = (Size, Point);

struct Look<'a> {
    book: &'a Book,
    sources: &'a Sources,
    origins: Origins<'a>,
    missing: BTreeMap<(Option<FileId>, char), Vec<Option<Span>>>,
    overflows: BTreeMap<Span, Overflow>,
    printed: Vec<printed::TextRun>,
    pictures: Vec<printed::Picture>,
    gaps: Vec<printed::Gap>,
    /// Upright text of the page at hand.
    runs: Vec<UprightText>,
}

/// What is wrong with a piece of text.
struct Overflow {
    /// The first line of it.
    place: Span,
    message: Message,
    /// The text that it overlaps.
    other: Option<Span>,
}

impl Overflow {
    /// Whether the line that runs out runs out here already: its pieces are laid out one by one.
    fn continues(&self, first: &Overflow, sources: &Sources) -> bool {
        let (from, to) = (first.place, self.place);
        let one_line = || !sources.get(from.file).slice(from.start..to.start.max(from.start)).contains('\n');
        from.file == to.file && first.message == self.message && one_line()
    }
}

impl Look<'_> {
    fn frame(&mut self, frame: &Frame, place: &Placement, rooms: &mut Vec<Room>) {
        rooms.push((frame.size(), Point::zero()));
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.group(group, *at, place, rooms),
                FrameItem::Text(text) => {
                    let pieces = self.origins.pieces(text);
                    self.glyphs(text, &pieces);
                    self.fit(text, &pieces, *at, place, rooms);
                }
                FrameItem::Image(_, size, span) => self.picture(*size, *span, *at, place),
                _ => {}
            }
        }
        rooms.pop();
    }

    fn group(&mut self, group: &GroupItem, at: Point, place: &Placement, rooms: &[Room]) {
        let step = Transform::translate(at.x, at.y).pre_concat(group.transform);
        let bounds = match (&group.clip, place.bounds) {
            (Some(_), _) => Some((group.frame.size(), Transform::identity())),
            (None, Some((size, transform))) => Some((size, transform.pre_concat(step))),
            (None, None) => None,
        };
        let inner = Placement { bounds, transform: place.transform.pre_concat(step), ..*place };
        let mut rooms: Vec<Room> = if group.transform == Transform::identity() {
            rooms.iter().map(|(size, corner)| (*size, *corner - at)).collect()
        } else {
            Vec::new()
        };
        self.frame(&group.frame, &inner, &mut rooms);
    }

    fn picture(&mut self, size: Size, span: typst::syntax::Span, at: Point, place: &Placement) {
        let SpanKind::Range { id, range } = span.get() else { return };
        let Some(span) = diagnostics::at(self.sources, id, range) else { return };
        let corners = [Point::zero(), Point::with_x(size.x), Point::with_y(size.y), size.to_point()]
            .map(|corner| (at + corner).transform(place.transform));
        let (x, y) = (corners.map(|corner| corner.x.to_pt()), corners.map(|corner| corner.y.to_pt()));
        let (least, most) = (
            |all: [f64; 4]| all.into_iter().fold(f64::MAX, f64::min),
            |all: [f64; 4]| all.into_iter().fold(f64::MIN, f64::max),
        );
        self.pictures.push(printed::Picture { page: place.page, span, area: [least(x), least(y), most(x), most(y)] });
    }

    fn glyphs(&mut self, text: &TextItem, pieces: &[Piece]) {
        let lacks = |glyph: &Glyph| glyph.id == 0 && mend::own_glyph(text, glyph).is_none();
        for (index, glyph) in text.glyphs.iter().enumerate().filter(|(_, glyph)| lacks(glyph)) {
            let Some(character) = text.text.get(glyph.range()).and_then(|s| s.chars().next()) else { continue };
            let span = self.origins.letter(pieces, text, index, character);
            let span = span.or_else(|| written(self.book, self.sources, character));
            if span.is_some_and(|span| self.is_waived(span)) {
                continue;
            }
            let places = self.missing.entry((span.map(|s| s.file), character)).or_default();
            if !places.contains(&span) {
                places.push(span);
            }
        }
    }

    /// Whether a missing glyph at this place is waived.
    fn is_waived(&self, place: Span) -> bool {
        self.book.waives(&Diagnostic::error(codes::MISSING_GLYPH, Message::empty()).at(place))
    }

    /// Text of the manuscript must stay on its page and in its box; a layout's own art may bleed.
    fn fit(&mut self, text: &TextItem, pieces: &[Piece], at: Point, place: &Placement, rooms: &[Room]) {
        let (Some(first), Some(span)) = (pieces.first(), Origins::hull(pieces)) else { return };
        let corners = [at - Point::with_y(text.size * RISE), at + Point::with_x(text.width())];
        self.printed.push(run(text, at, place, span));
        self.note_run(text, at, place, first.whole);
        if is_upright(place) {
            self.gaps.extend(gaps(text, at.transform(place.transform), place.page, span));
        }
        let leaves = |size: Size, transform: Transform| {
            let slack = Abs::pt(TOLERANCE);
            let outside = |c: Point| c.x < -slack || c.y < -slack || c.x > size.x + slack || c.y > size.y + slack;
            corners.iter().any(|corner| outside(corner.transform(transform)))
        };
        let page = place.page;
        let message = if leaves(place.edge, place.transform) {
            msg!("text runs off page {page}", page)
        } else if place.bounds.is_some_and(|(size, transform)| leaves(size, transform)) {
            msg!("text is cut off by its box on page {page}", page)
        } else if rooms.last().is_some_and(|room| too_wide(text, at, room)) {
            msg!("text runs out of its column on page {page}", page)
        } else if rooms.iter().any(|room| too_deep(text, at, room)) {
            msg!("text runs out of the bottom of its box on page {page}", page)
        } else {
            return;
        };
        self.overflows.entry(first.whole).or_insert(Overflow { place: span, message, other: None });
    }

    fn note_run(&mut self, text: &TextItem, at: Point, place: &Placement, span: Span) {
        // Accents and braces of a formula lie over their bodies on purpose.
        let formula = text.font.info().flags.contains(FontFlags::MATH);
        if is_upright(place) && !formula && !text.text.trim().is_empty() {
            let at = at.transform(place.transform);
            self.runs.push(UprightText { at, width: text.width(), size: text.size, span });
        }
    }

    fn collisions(&mut self, page: usize) {
        for (span, other) in collisions::find(std::mem::take(&mut self.runs)) {
            let message = msg!("text overlaps other text on page {page}", page);
            self.overflows.entry(span).or_insert(Overflow { place: span, message, other: Some(other) });
        }
    }

    fn findings(self) -> Vec<Diagnostic> {
        let missing = self.missing.into_iter().map(|((_, character), places)| missing_glyph(character, &places));
        let sources = self.sources;
        let mut overflows: Vec<Overflow> = self.overflows.into_values().collect();
        overflows.dedup_by(|next, first| next.continues(first, sources));
        let overflows = overflows.into_iter().map(|overflow| {
            let finding = Diagnostic::error(codes::OVERFLOW, overflow.message)
                .at(overflow.place)
                .hint(msg!("shorten it, or let a long word or address break"));
            match overflow.other {
                Some(other) => finding.label(other, msg!("the text that it overlaps")),
                None => finding,
            }
        });
        missing.chain(overflows).collect()
    }
}

fn is_upright(place: &Placement) -> bool {
    Transform { tx: Abs::zero(), ty: Abs::zero(), ..place.transform } == Transform::identity()
}

/// Text with its place, for whoever needs to find it.
fn run(text: &TextItem, at: Point, place: &Placement, span: Span) -> printed::TextRun {
    let at = at.transform(place.transform);
    printed::TextRun {
        page: place.page,
        span,
        at: [at.x.to_pt(), at.y.to_pt()],
        width: text.width().to_pt(),
        size: text.size.to_pt(),
        letters: text.text.chars().filter(|c| c.is_alphanumeric()).count(),
        upright: is_upright(place),
    }
}

/// The wide word spaces of a piece of text that begins `at` a place of the page.
fn gaps(text: &TextItem, at: Point, page: usize, span: Span) -> Vec<printed::Gap> {
    let set = FontFlags::MATH | FontFlags::MONOSPACE;
    if text.font.info().flags.intersects(set) {
        return Vec::new();
    }
    let mut x = at.x;
    let mut found = Vec::new();
    for glyph in &text.glyphs {
        let width = glyph.x_advance.at(text.size);
        let wide = glyph.x_advance.get() >= printed::WIDE;
        if wide && text.text.get(glyph.range()) == Some(" ") {
            let at = [x.to_pt(), at.y.to_pt()];
            found.push(printed::Gap { page, span, at, width: width.to_pt(), size: text.size.to_pt() });
        }
        x += width;
    }
    // What hangs at the end of a line is not a space between words.
    if text.text.ends_with(' ') && found.last().is_some_and(|gap| gap.at[0] + gap.width >= x.to_pt() - 0.01) {
        found.pop();
    }
    found
}

/// Whether text stands out of its own frame to the right. A frame narrower than a letter is a layout's trick.
fn too_wide(text: &TextItem, at: Point, (size, corner): &Room) -> bool {
    size.x > text.size && at.x + text.width() > corner.x + size.x + text.size * HANGING
}

/// Whether text stands below a frame around it, within that frame's width: the frame's height was fixed too small.
fn too_deep(text: &TextItem, at: Point, (size, corner): &Room) -> bool {
    let within = at.x >= corner.x - Abs::pt(TOLERANCE) && at.x <= corner.x + size.x;
    within && size.y > text.size && at.y > corner.y + size.y + text.size * HANGING
}

/// Where a character is written that the pages do not tell the place of: it comes from the list of references, a title or a
/// name. What prints from a chapter has its place on the pages as a rule, so the chapters come last.
fn written(book: &Book, sources: &Sources, character: char) -> Option<Span> {
    let yaml = ["manuscript/book.yaml", "manuscript/glossary.yaml"].into_iter().filter_map(|path| sources.find(path));
    let chapters = book.chapters.values().flatten().map(|chapter| chapter.file);
    book.bibliography.file.into_iter().chain(yaml).chain(chapters).find_map(|file| {
        let start = sources.get(file).text().find(character)?;
        Some(Span::new(file, start..start + character.len_utf8()))
    })
}

fn missing_glyph(character: char, places: &[Option<Span>]) -> Diagnostic {
    let number = format!("U+{:04X}", u32::from(character));
    let face = scripts::face(character);
    let character = character.escape_debug().to_string();
    let message = msg!("no font has a glyph for ‘{character}’ ({number})", character, number);
    let mut finding = Diagnostic::error(codes::MISSING_GLYPH, message).hint(match face {
        Some(face) => msg!(
            "write it another way, or put a font that has it, such as {face}, into fonts/ and the line `- file: NAME.otf` into fonts/fonts.yaml",
            face
        ),
        None => msg!(
            "write it another way, or put a font that has it into fonts/ and the line `- file: NAME.otf` into fonts/fonts.yaml"
        ),
    });
    let mut known = places.iter().flatten();
    if let Some(first) = known.next() {
        finding = finding.at(*first);
    }
    for span in known.take(MORE_PLACES) {
        finding = finding.label(*span, msg!("here too"));
    }
    finding
}
