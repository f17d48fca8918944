use super::super::{Check, Context, Look};
use super::drift::differing;
use crate::align::{Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::number::numbers;
use crate::message::Message;
use crate::model::{Attr, Chart, Lang};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("figure-data"),
    group: "values",
    summary: msg!("a chart or key figure has different values in the translation"),
    default_level: Severity::Error,
    page: page!("figure_data"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (source, target) in context.translations() {
        match (source.kind, target.kind) {
            (UnitKind::Chart(theirs), UnitKind::Chart(ours)) => charts(source, theirs, target, ours, found),
            (UnitKind::Container(..), UnitKind::Container(..)) => figures_of_note(source, target, found),
            _ => {}
        }
    }
}

fn charts(source: &Unit<'_>, theirs: &Chart, target: &Unit<'_>, ours: &Chart, found: &mut Vec<Diagnostic>) {
    if theirs.data.len() != ours.data.len() {
        let message = msg!(
            "this chart has {ours}, but its source has {theirs}",
            ours = values(ours.data.len()),
            theirs = values(theirs.data.len())
        );
        found.push(finding(source, target, message));
        return;
    }
    let (their_scale, our_scale) = (scale(source, theirs), scale(target, ours));
    for (theirs, ours) in theirs.data.iter().zip(&ours.data) {
        let (wanted, got) = (theirs.value * their_scale, ours.value * our_scale);
        if (wanted - got).abs() > 1e-9 * wanted.abs().max(got.abs()) {
            let message = msg!(
                "‘{label}’ is {ours} here, but ‘{other}’ is {theirs} in {language}",
                label = &ours.label,
                ours = &ours.shown,
                other = &theirs.label,
                theirs = &theirs.shown,
                language = source.lang.name()
            );
            found.push(finding(source, target, message));
        }
    }
}

fn values(count: usize) -> Message {
    plural!(values = count, "{values} value", "{values} values")
}

/// What one unit of a chart stands for: a hundred million for 亿 and for “100 million kWh”, a thousand for “thousands”.
fn scale(unit: &Unit<'_>, chart: &Chart) -> f64 {
    let Some(text) = chart.unit.as_deref().map(str::trim) else { return 1.0 };
    let spoken = if text.starts_with(|c: char| c.is_ascii_digit()) {
        text.to_owned()
    } else if text.starts_with(['十', '百', '千', '万', '亿']) {
        format!("1{text}")
    } else {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        format!("1 {} {rest}", word.strip_suffix('s').unwrap_or(word))
    };
    numbers(&spoken, unit.lang).first().map_or(1.0, |number| number.value)
}

fn figures_of_note(source: &Unit<'_>, target: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    let (theirs, ours) = match (value(source), value(target)) {
        (None, None) => return,
        (Some(theirs), Some(ours)) => (theirs, ours),
        _ => return found.push(finding(source, target, msg!("only one language gives this figure"))),
    };
    if read(&theirs.value, source.lang) != read(&ours.value, target.lang) {
        found.push(
            Diagnostic::error(CHECK.name, differing(&ours.value, &theirs.value, source.lang))
                .at(ours.span)
                .label(theirs.span, msg!("in {language}", language = source.lang.name()))
                .hint(msg!("correct the one that is wrong")),
        );
    }
}

/// The figure of a building block.
fn value<'a>(unit: &Unit<'a>) -> Option<&'a Attr> {
    match unit.kind {
        UnitKind::Container(_, attrs) => attrs.iter().find(|attr| attr.key == "value"),
        _ => None,
    }
}

fn read(figure: &str, lang: &Lang) -> Vec<f64> {
    numbers(figure, lang).iter().map(|number| number.value).collect()
}

fn finding(source: &Unit<'_>, target: &Unit<'_>, message: Message) -> Diagnostic {
    Diagnostic::error(CHECK.name, message)
        .at(target.span)
        .label(source.span, msg!("in {language}", language = source.lang.name()))
        .hint(msg!("give the same data in both languages"))
}
