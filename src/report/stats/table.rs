//! The figures as a table for a terminal.

use unicode_width::UnicodeWidthStr;

use super::{Progress, Statistics, Translation};
use crate::model::Lang;
use crate::words::Tongue;

/// Cells of a progress bar.
const BAR: usize = 10;

/// A table for each translation; with `bars`, how much is reviewed (█), translated (▒) and to do (░) is drawn.
pub fn table(statistics: &Statistics, tongue: Tongue, bars: bool) -> String {
    let tables: Vec<String> =
        statistics.translations.iter().map(|one| of(&statistics.source, one, tongue, bars)).collect();
    tables.join("\n")
}

fn of(source: &str, translation: &Translation, tongue: Tongue, bars: bool) -> String {
    let say = |word: &str| tongue.say(word).into_owned();
    let langs: Vec<&str> = std::iter::once(source).chain(translation.language.as_deref()).collect();
    let progress = langs.len() > 1;
    let mut header = vec![say("chapter"), say("blocks")];
    if progress {
        header.extend(["translated", "reviewed", "changed", "stale"].map(say));
    }
    for lang in &langs {
        header.push(format!("{lang} {}", say(if is_chinese(lang) { "characters" } else { "words" })));
        header.push(say("reading"));
    }
    let row = |name: &str, of: &Progress| {
        let mut cells = vec![name.to_owned(), of.blocks.to_string()];
        if progress {
            cells.extend([percent(of.translated, of.blocks), percent(of.reviewed, of.blocks)]);
            cells.extend(
                [of.changed, of.stale].map(|count| if count == 0 { "·".to_owned() } else { count.to_string() }),
            );
        }
        for (_, volume) in langs.iter().zip([&of.source, &of.target]) {
            cells.extend([grouped(volume.usual()), say(&time(volume.minutes))]);
        }
        if progress && bars {
            cells.push(bar(of));
        }
        cells
    };
    let mut rows = vec![header];
    rows.extend(translation.chapters.iter().map(|one| row(&one.chapter, one)));
    rows.push(row(&say("total"), &translation.total));
    laid_out(&rows)
}

fn is_chinese(lang: &str) -> bool {
    Lang::new(lang).is_some_and(|lang| lang.is_chinese())
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

fn time(minutes: f64) -> String {
    let whole = minutes.ceil() as u64;
    if minutes < 0.5 {
        "< 1 min".to_owned()
    } else if whole < 60 {
        format!("{whole} min")
    } else {
        format!("{} h {:02} min", whole / 60, whole % 60)
    }
}

fn bar(of: &Progress) -> String {
    let cells = |count: usize| (count * BAR).checked_div(of.blocks).unwrap_or(0);
    let (reviewed, translated) = (cells(of.reviewed), cells(of.translated).max(cells(of.reviewed)));
    "█".repeat(reviewed) + &"▒".repeat(translated - reviewed) + &"░".repeat(BAR - translated)
}

/// Columns under each other: names to the left, figures to the right. A rule stands under the header and above the last
/// row.
fn laid_out(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let rule = "─".repeat(widths.iter().sum::<usize>() + 2 * (columns - 1)) + "\n";
    let mut out = String::new();
    for (line, row) in rows.iter().enumerate() {
        if line == 1 || line + 1 == rows.len() {
            out += &rule;
        }
        let mut text = String::new();
        for (at, cell) in row.iter().enumerate() {
            let space = " ".repeat(widths[at] - cell.width());
            let left = at == 0 || at >= rows[0].len();
            let cell = if left { format!("{cell}{space}") } else { format!("{space}{cell}") };
            text += &format!("{}{cell}", if at == 0 { "" } else { "  " });
        }
        out += text.trim_end();
        out.push('\n');
    }
    out
}
