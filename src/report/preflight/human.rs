//! The facts as a table for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::Style;

use super::Looked;
use super::facts::{self, Picture, Sheet};
use crate::model::Profile;
use crate::report::padded;
use crate::words::Tongue;

/// Fonts, sizes and kinds of pictures that are listed; the JSON has all of them.
const LISTED: usize = 16;

/// Columns of what a line is about.
const HEAD: usize = 15;

/// What a print shop reads first: the facts of a file, a line each.
pub fn human(looked: &Looked, tongue: Tongue, color: bool) -> String {
    let (bold, dim) = if color { (Style::new().bold(), Style::new().dimmed()) } else { Default::default() };
    let mut out = format!("{bold}{}{bold:#}  {dim}profile {}{dim:#}\n", looked.name, looked.profile.name());
    let Some(facts) = &looked.facts else { return out };
    for (head, lines) in table(&facts::of(facts), looked.profile == Profile::Print) {
        for (at, line) in lines.iter().enumerate() {
            let head = padded(&tongue.say(if at == 0 { head } else { "" }), HEAD);
            let _ = writeln!(out, "  {dim}{head}{dim:#}{}", tongue.say(line));
        }
    }
    out.push('\n');
    out
}

/// What each line is about, and what it says; several where there is more to say.
type Table = Vec<(&'static str, Vec<String>)>;

/// Boxes that are not there are told of where a press would miss them.
fn table(sheet: &Sheet<'_>, print: bool) -> Table {
    let catalogue = sheet.catalogue;
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let list = |all: &[String]| if all.is_empty() { "none".to_owned() } else { all.join(", ") };
    let claims =
        if catalogue.claims.is_empty() { String::new() } else { format!(", claims {}", list(&catalogue.claims)) };
    let mut table = vec![
        ("pages", vec![sheet.pages.to_string()]),
        ("trim", trim(sheet, print)),
        ("bleed", vec![bleed(sheet, print)]),
        ("PDF version", vec![format!("{}{claims}", sheet.version)]),
        ("fonts", fonts(sheet)),
        ("pictures", pictures(&sheet.images)),
        ("colours", colours(sheet)),
        ("output intent", vec![list(&catalogue.output_intents)]),
        ("tags", vec![yes(catalogue.marked && catalogue.structure).into()]),
        ("language", vec![or_none(&catalogue.language)]),
        ("title", vec![or_none(&catalogue.title)]),
        ("bookmarks", vec![format!("{}; page labels: {}", yes(catalogue.outline), yes(catalogue.page_labels))]),
    ];
    if catalogue.encrypted {
        table.push(("encrypted", vec!["yes".into()]));
    }
    if catalogue.scripts > 0 {
        table.push(("scripts", vec![catalogue.scripts.to_string()]));
    }
    if sheet.pages_with_external_links > 0 {
        let pages = sheet.pages_with_external_links;
        table.push(("links outside", vec![format!("on {pages} page{}", if pages == 1 { "" } else { "s" })]));
    }
    table
}

/// Millimetres without a needless `.0`.
fn mm(length: f64) -> String {
    if length.fract() == 0.0 { format!("{length:.0}") } else { format!("{length:.1}") }
}

fn trim(sheet: &Sheet<'_>, print: bool) -> Vec<String> {
    let several = sheet.trim.len() > 1;
    let mut lines: Vec<String> = sheet
        .trim
        .iter()
        .take(LISTED)
        .map(|size| {
            let pages = if several { format!(" ({} pages)", size.pages) } else { String::new() };
            format!("{} × {} mm{pages}", mm(size.width_mm), mm(size.height_mm))
        })
        .collect();
    if let Some(first) = lines.first_mut().filter(|_| print && !sheet.has_trim_box) {
        first.push_str(" (no TrimBox)");
    }
    more(&mut lines, sheet.trim.len());
    lines
}

fn bleed(sheet: &Sheet<'_>, print: bool) -> String {
    let [left, lower, right, upper] = sheet.bleed_mm;
    let no_box = if sheet.has_bleed_box || !print { "" } else { " (no BleedBox)" };
    if sheet.bleed_mm == [0.0; 4] {
        return format!("none{no_box}");
    }
    if sheet.bleed_mm.iter().all(|side| *side == left) {
        return format!("{} mm{no_box}", mm(left));
    }
    format!("left {}, right {}, upper {}, lower {} mm{no_box}", mm(left), mm(right), mm(upper), mm(lower))
}

fn fonts(sheet: &Sheet<'_>) -> Vec<String> {
    let width = sheet.fonts.iter().map(|font| plain(&font.name).chars().count()).max().unwrap_or(0);
    let mut lines: Vec<String> = sheet
        .fonts
        .iter()
        .take(LISTED)
        .map(|font| {
            let embedded = match (font.embedded, font.name.contains('+')) {
                (false, _) => "NOT EMBEDDED",
                (true, true) => "embedded, subset",
                (true, false) => "embedded",
            };
            let unicode = if font.unicode { "" } else { ", no ToUnicode" };
            format!("{:<width$}  {}, {embedded}{unicode}", plain(&font.name), font.kind)
        })
        .collect();
    more(&mut lines, sheet.fonts.len());
    if lines.is_empty() {
        lines.push("none".into());
    }
    lines
}

/// A font's name without the tag of its subset and the name of its encoding.
fn plain(name: &str) -> &str {
    let name = name.strip_suffix("-Identity-H").unwrap_or(name);
    match name.split_once('+') {
        Some((tag, plain)) if tag.len() == 6 => plain,
        _ => name,
    }
}

fn pictures(images: &[Picture]) -> Vec<String> {
    let mut kinds: BTreeMap<&str, Vec<&Picture>> = BTreeMap::new();
    images.iter().for_each(|image| kinds.entry(&image.colour_space).or_default().push(image));
    let resolution = |image: &Picture| image.ppi[0].min(image.ppi[1]);
    let mut lines: Vec<String> = kinds
        .iter()
        .take(LISTED)
        .map(|(space, images)| {
            let lowest = images.iter().min_by(|a, b| resolution(a).total_cmp(&resolution(b)));
            let lowest = lowest.map_or(String::new(), |image| {
                format!(", the lowest has {:.0} ppi (page {})", resolution(image), image.page)
            });
            format!("{} in {space}{lowest}", images.len())
        })
        .collect();
    if lines.is_empty() {
        lines.push("none".into());
    }
    lines
}

fn colours(sheet: &Sheet<'_>) -> Vec<String> {
    let width = sheet.colours.iter().map(|colour| colour.space.chars().count()).max().unwrap_or(0);
    let mut lines: Vec<String> = sheet
        .colours
        .iter()
        .take(LISTED)
        .map(|colour| {
            let used: Vec<&str> = colour.used_for.iter().copied().collect();
            let pages = match colour.pages {
                1 => format!("page {}", colour.first_page),
                n => format!("{n} pages, first page {}", colour.first_page),
            };
            format!("{:<width$}  {}; {pages}", colour.space, used.join(", "))
        })
        .collect();
    more(&mut lines, sheet.colours.len());
    if lines.is_empty() {
        lines.push("none".into());
    }
    lines
}

fn more(lines: &mut Vec<String>, all: usize) {
    if all > LISTED {
        lines.push(format!("and {} more", all - LISTED));
    }
}
