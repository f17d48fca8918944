//! The keys of a chart that say how it is drawn.

use super::rows::number;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::manuscript::yaml::{Fields, Kind, Node};
use crate::manuscript::{choices, typed};
use crate::model::{Annotation, Chart, Reference, Shown, Spanned, Stack};

/// A letter of a label in print, in points: heights are said in what it measures.
const LETTER: f64 = 8.0;
/// The least and the greatest height of a field, in letters.
const HEIGHTS: std::ops::RangeInclusive<f64> = 4.0..=70.0;

/// The texts of a chart.
pub(super) fn heads(chart: &mut Chart, fields: &mut Fields, sink: &mut Vec<Diagnostic>) {
    let mut text = |key| fields.text(key, sink).map(|text| text.value).filter(|text| !text.trim().is_empty());
    chart.title = text("title");
    chart.headline = text("headline");
    chart.unit = text("unit");
    chart.source = text("source");
    chart.alt = text("alt");
}

/// How it is drawn.
pub(super) fn look(chart: &mut Chart, fields: &mut Fields, sink: &mut Vec<Diagnostic>) {
    let look = &mut chart.look;
    let stacks = [("grouped", Stack::Grouped), ("stacked", Stack::Stacked), ("percent", Stack::Percent)];
    look.stack = one_of(fields, "stack", &stacks, sink).unwrap_or_default();
    let shows = [("labels", Shown::Labels), ("axis", Shown::Axis), ("both", Shown::Both)];
    look.show = one_of(fields, "show", &shows, sink).unwrap_or_default();
    look.log = one_of(fields, "axis", &[("linear", false), ("log", true)], sink).unwrap_or_default();
    look.scaled = one_of(fields, "scale", &[("auto", true), ("none", false)], sink).unwrap_or_default();
    look.table = one_of(fields, "table", &[("shown", true), ("hidden", false)], sink).unwrap_or_default();
    look.multiples = one_of(fields, "multiples", &[("true", true), ("false", false)], sink).unwrap_or_default();
    look.height = fields.text("height", sink).and_then(|text| height(&text, sink));
    [look.min, look.max] = ["min", "max"].map(|key| fields.text(key, sink).and_then(|text| number_of(&text, sink)));
    look.lines = lines(fields, sink);
    look.notes = notes(fields, sink);
    look.highlight = fields.take("highlight").map(|entry| texts(entry.node, sink)).unwrap_or_default();
}

/// One of some words.
pub(super) fn one_of<T: Copy>(
    fields: &mut Fields,
    key: &'static str,
    words: &[(&'static str, T)],
    sink: &mut Vec<Diagnostic>,
) -> Option<T> {
    let written = fields.text(key, sink)?;
    if let Some((_, found)) = words.iter().find(|(word, _)| *word == written.value) {
        return Some(*found);
    }
    let names = || words.iter().map(|(word, _)| *word);
    let message = msg!("`{key}` cannot be `{value}`", key, value = &written.value);
    let hint = match nearest(&written.value, names()) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("use {choices}", choices = choices(names())),
    };
    sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(written.span).hint(hint));
    None
}

fn number_of(text: &Spanned<String>, sink: &mut Vec<Diagnostic>) -> Option<f64> {
    let value = number(&text.value);
    if value.is_none() {
        let message = msg!("`{value}` is not a number that a chart can show", value = &text.value);
        let hint = msg!("write a number, such as `12.5`; put the unit in `unit:`");
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(text.span).hint(hint));
    }
    value
}

/// A height in letters of the labels.
fn height(text: &Spanned<String>, sink: &mut Vec<Diagnostic>) -> Option<f64> {
    let units = [("mm", 72.0 / 25.4 / LETTER), ("cm", 720.0 / 25.4 / LETTER), ("pt", 1.0 / LETTER), ("em", 1.0)];
    let written = text.value.trim();
    let read = units.into_iter().find_map(|(unit, letters)| {
        let value: f64 = written.strip_suffix(unit)?.trim().parse().ok()?;
        Some(value * letters)
    });
    let fits = read.filter(|letters| HEIGHTS.contains(letters));
    if fits.is_none() {
        let message = msg!("`{value}` is no height of a chart", value = &text.value);
        let hint = msg!("write a height from 12mm to 190mm, such as `60mm`");
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(text.span).hint(hint));
    }
    fits
}

fn lines(fields: &mut Fields, sink: &mut Vec<Diagnostic>) -> Vec<Reference> {
    let mut found = Vec::new();
    for node in fields.take("lines").map(|entry| entry.node.list(typed("lines"), sink)).unwrap_or_default() {
        let Some(mut fields) = Fields::open(node, msg!("a line"), sink) else { continue };
        let (value, label) = (fields.text("value", sink), fields.text("label", sink));
        let span = fields.span();
        fields.finish(&msg!("a line"), sink);
        match (value, label) {
            (Some(value), Some(label)) => {
                found.extend(number_of(&value, sink).map(|value| Reference { value, label: label.value }));
            }
            _ => sink.push(
                Diagnostic::error(codes::DATA_BLOCK, msg!("this entry needs a label and a value"))
                    .at(span)
                    .hint(msg!("write it as `{form}`", form = "{label: A, value: 3}")),
            ),
        }
    }
    found
}

fn notes(fields: &mut Fields, sink: &mut Vec<Diagnostic>) -> Vec<Annotation> {
    let mut found = Vec::new();
    for node in fields.take("notes").map(|entry| entry.node.list(typed("notes"), sink)).unwrap_or_default() {
        let Some(mut fields) = Fields::open(node, msg!("a note"), sink) else { continue };
        let (at, text) = (fields.text("at", sink), fields.text("text", sink));
        let span = fields.span();
        fields.finish(&msg!("a note"), sink);
        match (at, text) {
            (Some(at), Some(text)) => found.push(Annotation { at: at.value, text: text.value }),
            _ => sink.push(
                Diagnostic::error(codes::DATA_BLOCK, msg!("this note needs `at`, a label of the data, and `text`"))
                    .at(span)
                    .hint(msg!("write it as `{form}`", form = "{at: A, text: why}")),
            ),
        }
    }
    found
}

/// One text, or a list of them.
pub(super) fn texts(node: Node, sink: &mut Vec<Diagnostic>) -> Vec<String> {
    match node.kind {
        Kind::Scalar(text) => vec![text],
        _ => {
            let nodes = node.list(typed("highlight"), sink);
            nodes.into_iter().filter_map(|node| Some(node.text(typed("highlight"), sink)?.value)).collect()
        }
    }
}
