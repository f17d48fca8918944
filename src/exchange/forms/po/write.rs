//! A package as a catalogue.

use std::fmt::Write;

use super::super::known;
use super::strings;
use crate::exchange::unit::{File, Package, Side, State, Unit};
use crate::message::Locale;
use crate::model::Lang;

/// Whoever knows how a text with codes is written as Markdown.
pub trait Wording {
    /// One side of a unit as Markdown; empty where it has none.
    fn markdown(&self, file: &File, unit: &Unit, side: Side) -> String;
}

/// The package as a catalogue, whose notes are in a language.
pub fn write(package: &Package, wording: &dyn Wording, locale: Locale) -> String {
    let mut out = String::new();
    write_head(&mut out, package);
    for file in &package.files {
        for unit in &file.units {
            write_unit(&mut out, file, unit, wording, locale);
        }
    }
    out
}

fn write_head(out: &mut String, package: &Package) {
    let [source, target] = package.langs.each_ref().map(locale_of);
    let title = if package.title.is_empty() { "dama-pub" } else { &package.title };
    let title = title.replace(char::is_control, " ");
    // The fields of gettext; nothing in the file depends on the clock.
    let head = format!(
        "Project-Id-Version: {title}\n\
         PO-Revision-Date: \n\
         Last-Translator: \n\
         Language-Team: \n\
         Language: {target}\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=UTF-8\n\
         Content-Transfer-Encoding: 8bit\n\
         X-Source-Language: {source}\n\
         X-Generator: dama-pub {}\n",
        env!("CARGO_PKG_VERSION"),
    );
    strings::write(out, "msgid", "", "");
    strings::write(out, "msgstr", &head, "");
}

/// A language as gettext names it: `zh_CN`.
fn locale_of(lang: &Lang) -> String {
    match lang.region() {
        Some(region) => format!("{}_{}", lang.primary(), region.to_ascii_uppercase()),
        None => lang.primary().to_owned(),
    }
}

fn write_unit(out: &mut String, file: &File, unit: &Unit, wording: &dyn Wording, locale: Locale) {
    out.push('\n');
    let mut notes = vec![locale.text(unit.kind).into_owned()];
    notes.extend(unit.notes.iter().map(|note| note.text.clone()));
    for line in notes.iter().flat_map(|note| note.lines()) {
        let _ = writeln!(out, "#. {}", line.replace(char::is_control, " "));
    }
    let source = file.source.replace(char::is_control, " ");
    // Gettext puts names with spaces between these marks.
    let source = if source.contains(' ') { format!("\u{2068}{source}\u{2069}") } else { source };
    let _ = writeln!(out, "#: {source}:{}", unit.line);
    let target = unit.target.as_ref().map(|_| wording.markdown(file, unit, Side::Target)).unwrap_or_default();
    if !target.is_empty() && matches!(unit.state, State::Draft | State::Stale { .. }) {
        out.push_str("#, fuzzy\n");
        if let State::Stale { was: Some(was) } = &unit.state {
            strings::write(out, "msgid", was, "#| ");
        }
    }
    strings::write(out, "msgctxt", &known::name(file, unit), "");
    strings::write(out, "msgid", &wording.markdown(file, unit, Side::Source), "");
    strings::write(out, "msgstr", &target, "");
}
