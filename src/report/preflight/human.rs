//! The facts as a table for people.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;
use textwrap::core::display_width;

use super::Looked;
use super::facts::{self, Colour, Picture, Sheet, Use};
use crate::inspect::Font;
use crate::message::{List, Locale, Message, visible_in_line};
use crate::model::Profile;
use crate::report::columns::padded;

/// Fonts, sizes and kinds of pictures that are listed; the JSON has all of them.
const LISTED: usize = 16;

/// Columns of what a line is about.
const HEAD: usize = 15;

/// What a print shop reads first: the facts of a file, a line each.
pub fn human(looked: &Looked, locale: Locale, color: bool) -> String {
    let (bold, dim) = if color { (Style::new().bold(), Style::new().dimmed()) } else { Default::default() };
    let profile = locale.say(&msg!("profile {profile}", profile = looked.profile.name()));
    let mut out = format!("{bold}{}{bold:#}  {dim}{profile}{dim:#}\n", visible_in_line(&looked.name));
    let Some(facts) = &looked.facts else { return out };
    for (head, lines) in table(&facts::of(facts), looked.profile == Profile::Print, locale) {
        for (at, line) in lines.iter().enumerate() {
            let head = padded(&if at == 0 { locale.say(&head) } else { String::new() }, HEAD);
            let _ = writeln!(out, "  {dim}{head}{dim:#}{line}");
        }
    }
    out.push('\n');
    out
}

/// What each line is about, and what it says; several where there is more to say.
type Table = Vec<(Message, Vec<String>)>;

/// For a press, the boxes that are missing are named.
fn table(sheet: &Sheet<'_>, print: bool, locale: Locale) -> Table {
    let catalogue = sheet.catalogue;
    let one = |message: Message| vec![locale.say(&message)];
    let present = |is: bool| if is { msg!("present") } else { msg!("absent") };
    let mut table = vec![
        (msg!("pages"), vec![sheet.pages.to_string()]),
        (msg!("trim size"), trim(sheet, print, locale)),
        (msg!("bleed"), one(bleed(sheet, print))),
        (msg!("PDF version"), one(version(sheet))),
        (msg!("fonts"), fonts(sheet, locale)),
        (msg!("pictures"), pictures(&sheet.images, locale)),
        (msg!("colours"), colours(sheet, locale)),
        (msg!("output intent"), one(or_none(&catalogue.output_intents))),
        (msg!("tags"), one(present(catalogue.marked && catalogue.structure))),
        (msg!("language"), one(or_none(&catalogue.language))),
        (msg!("title"), one(or_none(&catalogue.title))),
        (msg!("bookmarks"), one(present(catalogue.outline))),
        (msg!("page labels"), one(present(catalogue.page_labels))),
    ];
    if catalogue.encrypted {
        table.push((msg!("encryption"), one(present(true))));
    }
    if catalogue.scripts > 0 {
        table.push((msg!("scripts"), vec![catalogue.scripts.to_string()]));
    }
    if sheet.pages_with_external_links > 0 {
        let links = plural!(pages = sheet.pages_with_external_links, "on {pages} page", "on {pages} pages");
        table.push((msg!("external links"), one(links)));
    }
    table
}

/// What the file itself states, or that it states none.
fn or_none<'a>(texts: impl IntoIterator<Item = &'a String>) -> Message {
    let list = Message::list(List::Items, texts);
    if list.is_empty() { msg!("none") } else { list }
}

fn version(sheet: &Sheet<'_>) -> Message {
    let (version, claims) = (sheet.version, &sheet.catalogue.claims);
    if claims.is_empty() {
        return Message::data(version);
    }
    msg!("{version}, claims {claims}", version, claims = Message::list(List::And, claims))
}

/// A fact with remarks in brackets, if there are any.
fn remarked(fact: Message, remarks: impl IntoIterator<Item = Message>) -> Message {
    let remarks = Message::list(List::Phrases, remarks);
    if remarks.is_empty() { fact } else { msg!("{fact} ({remarks})", fact, remarks) }
}

/// Millimetres without a needless `.0`.
fn mm(length: f64) -> String {
    if length.fract() == 0.0 { format!("{length:.0}") } else { format!("{length:.1}") }
}

fn trim(sheet: &Sheet<'_>, print: bool, locale: Locale) -> Vec<String> {
    let several = sheet.trim.len() > 1;
    let listed = sheet.trim.iter().take(LISTED).enumerate().map(|(at, size)| {
        let area = msg!("{width} × {height} mm", width = mm(size.width_mm), height = mm(size.height_mm));
        let pages = several.then(|| plural!(pages = size.pages, "{pages} page", "{pages} pages"));
        let no_box = (at == 0 && print && !sheet.has_trim_box).then(|| msg!("no TrimBox"));
        locale.say(&remarked(area, pages.into_iter().chain(no_box)))
    });
    listed.chain(more(sheet.trim.len(), locale)).collect()
}

fn bleed(sheet: &Sheet<'_>, print: bool) -> Message {
    let [left, lower, right, upper] = sheet.bleed_mm;
    let width = if sheet.bleed_mm == [0.0; 4] {
        msg!("none")
    } else if sheet.bleed_mm.iter().all(|side| *side == left) {
        msg!("{width} mm", width = mm(left))
    } else {
        let [left, lower, right, upper] = [left, lower, right, upper].map(mm);
        msg!("left {left}, right {right}, top {upper}, bottom {lower} mm", left, right, upper, lower)
    };
    remarked(width, (print && !sheet.has_bleed_box).then(|| msg!("no BleedBox")))
}

fn fonts(sheet: &Sheet<'_>, locale: Locale) -> Vec<String> {
    let width = sheet.fonts.iter().map(|font| display_width(&plain(&font.name))).max().unwrap_or(0);
    let listed = sheet.fonts.iter().take(LISTED).map(|font| {
        let facts = Message::list(List::Phrases, [Message::data(&font.kind)].into_iter().chain(embedding(font)));
        format!("{}  {}", padded(&plain(&font.name), width), locale.say(&facts))
    });
    or_nothing(listed.chain(more(sheet.fonts.len(), locale)).collect(), locale)
}

/// How a font is in the file.
fn embedding(font: &Font) -> Vec<Message> {
    let mut facts = match (font.embedded, font.name.contains('+')) {
        (false, _) => vec![msg!("NOT EMBEDDED")],
        (true, true) => vec![msg!("embedded"), msg!("subset")],
        (true, false) => vec![msg!("embedded")],
    };
    if !font.unicode {
        facts.push(msg!("no ToUnicode"));
    }
    facts
}

/// A font's name without the tag of its subset and the name of its encoding.
fn plain(name: &str) -> Cow<'_, str> {
    let name = name.strip_suffix("-Identity-H").unwrap_or(name);
    match name.split_once('+') {
        Some((tag, plain)) if tag.len() == 6 => visible_in_line(plain),
        _ => visible_in_line(name),
    }
}

fn pictures(images: &[Picture<'_>], locale: Locale) -> Vec<String> {
    let mut spaces: BTreeMap<String, Vec<&Picture<'_>>> = BTreeMap::new();
    for image in images {
        spaces.entry(image.colour_space.name()).or_default().push(image);
    }
    let resolution = |image: &Picture<'_>| image.ppi[0].min(image.ppi[1]);
    let kinds = spaces.values().take(LISTED).filter_map(|images| {
        let lowest = images.iter().min_by(|a, b| resolution(a).total_cmp(&resolution(b)))?;
        Some(locale.say(&msg!(
            "{count} in {space}, lowest resolution {ppi} ppi (page {page})",
            count = images.len(),
            space = lowest.colour_space.word(),
            ppi = format!("{:.0}", resolution(lowest)),
            page = lowest.page,
        )))
    });
    or_nothing(kinds.collect(), locale)
}

fn colours(sheet: &Sheet<'_>, locale: Locale) -> Vec<String> {
    let name = |colour: &Colour<'_>| locale.say(&colour.space.word());
    let width = sheet.colours.iter().map(|colour| display_width(&name(colour))).max().unwrap_or(0);
    let listed = sheet.colours.iter().take(LISTED).map(|colour| {
        let used = Message::list(List::Items, colour.used_for.iter().copied().map(Use::word));
        let pages = match colour.pages {
            1 => msg!("page {page}", page = colour.first_page),
            pages => msg!("{pages} pages, the first is page {page}", pages, page = colour.first_page),
        };
        format!("{}  {}", padded(&name(colour), width), locale.say(&Message::list(List::Clauses, [used, pages])))
    });
    or_nothing(listed.chain(more(sheet.colours.len(), locale)).collect(), locale)
}

fn or_nothing(lines: Vec<String>, locale: Locale) -> Vec<String> {
    if lines.is_empty() { vec![locale.say(&msg!("none"))] } else { lines }
}

/// How many are not listed, if not all are.
fn more(all: usize, locale: Locale) -> Option<String> {
    (all > LISTED).then(|| locale.say(&msg!("and {count} more", count = all - LISTED)))
}
