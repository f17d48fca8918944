//! The figures as a table for a terminal.

use textwrap::core::display_width;

use super::{Progress, Statistics, Translation};
use crate::lang::Script;
use crate::message::{Locale, Message};
use crate::model::Lang;
use crate::report::columns::aligned;
use crate::report::language;

/// Cells of a progress bar.
const BAR: usize = 10;

/// A table for each translation; with `bars`, how much is reviewed (█), translated (▒) and to do (░) is drawn.
pub fn table(statistics: &Statistics, locale: Locale, bars: bool) -> String {
    let tables: Vec<String> =
        statistics.translations.iter().map(|one| of(&statistics.source, one, locale, bars)).collect();
    tables.join("\n")
}

fn of(source: &str, translation: &Translation, locale: Locale, bars: bool) -> String {
    let langs: Vec<&str> = std::iter::once(source).chain(translation.language.as_deref()).collect();
    let progress = langs.len() > 1;
    let drafts = translation.total.draft > 0;
    let mut heads = vec![msg!("chapter"), msg!("blocks")];
    if progress {
        heads.push(msg!("translated"));
        heads.extend(drafts.then(|| msg!("draft")));
        heads.extend([msg!("reviewed"), msg!("changed"), msg!("stale")]);
    }
    for lang in &langs {
        heads.extend([length(lang), msg!("reading")]);
    }
    let mut rows: Vec<Vec<String>> = vec![heads.iter().map(|head| locale.say(head)).collect()];
    let total = (locale.say(&msg!("total")), &translation.total);
    for (name, of) in translation.chapters.iter().map(|one| (one.chapter.clone(), one)).chain([total]) {
        let mut row = vec![name, of.blocks.to_string()];
        if progress {
            row.extend(steps(of, drafts));
        }
        for (_, volume) in langs.iter().zip([&of.source, &of.target]) {
            row.extend([grouped(volume.usual()), locale.say(&time(volume.minutes))]);
        }
        if progress && bars {
            row.push(bar(of));
        }
        rows.push(row);
    }
    laid_out(&rows)
}

/// How much is translated and reviewed, and how many blocks are to be looked at again.
fn steps(of: &Progress, drafts: bool) -> Vec<String> {
    let mut steps = vec![percent(of.translated, of.blocks)];
    steps.extend(drafts.then(|| dot_for_none(of.draft)));
    steps.extend([percent(of.reviewed, of.blocks), dot_for_none(of.changed), dot_for_none(of.stale)]);
    steps
}

fn dot_for_none(count: usize) -> String {
    if count == 0 { "·".to_owned() } else { count.to_string() }
}

/// The head over the length of the texts in a language.
fn length(tag: &str) -> Message {
    let language = language(tag);
    if Lang::new(tag).is_some_and(|lang| lang.script() == Script::Han) {
        msg!("{language} characters", language)
    } else {
        msg!("{language} words", language)
    }
}

/// A whole percentage; 100 only when nothing is left.
fn percent(part: usize, whole: usize) -> String {
    match (part * 100).checked_div(whole) {
        Some(percent) => format!("{percent} %"),
        None => "–".to_owned(),
    }
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn time(minutes: f64) -> Message {
    let whole = minutes.ceil() as u64;
    if minutes < 0.5 {
        msg!("< 1 min")
    } else if whole < 60 {
        msg!("{minutes} min", minutes = whole)
    } else {
        msg!("{hours} h {minutes} min", hours = whole / 60, minutes = format!("{:02}", whole % 60))
    }
}

fn bar(of: &Progress) -> String {
    let cells = |count: usize| (count * BAR).checked_div(of.blocks).unwrap_or(0);
    let (reviewed, translated) = (cells(of.reviewed), cells(of.translated).max(cells(of.reviewed)));
    "█".repeat(reviewed) + &"▒".repeat(translated - reviewed) + &"░".repeat(BAR - translated)
}

/// Columns under each other: names and bars to the left, figures to the right. A rule stands under the heads and above the
/// last row.
fn laid_out(rows: &[Vec<String>]) -> String {
    let lines = aligned(rows, |at| at == 0 || at >= rows[0].len());
    let width = lines.iter().map(|line| display_width(line)).max().unwrap_or(0);
    let rule = "─".repeat(width);
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at == 1 || at + 1 == lines.len() {
            out += &format!("{rule}\n");
        }
        out += &format!("{line}\n");
    }
    out
}
