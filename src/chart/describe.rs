//! What a chart shows, as a sentence made from its data.

use std::borrow::Cow;

use crate::lang::shape::{Form, Said, Says, Shape};
use crate::lang::{self, Lang};
use crate::model::{Amount, Chart, ChartKind, Datum};

/// The most series that a sentence tells of.
const SERIES: usize = 4;

/// The alternative text of a chart: that of its author, or one made from the data.
pub fn describe<'a>(chart: &'a Chart, lang: &Lang) -> Cow<'a, str> {
    if let Some(alt) = chart.alt.as_deref().filter(|alt| !alt.trim().is_empty()) {
        return alt.into();
    }
    let title = chart.headline.as_deref().or(chart.title.as_deref()).filter(|title| !title.trim().is_empty());
    lang::of(lang).chart_sentence(lang.tag(), &Shape { form: form(chart.kind), title, says: says(chart, lang) }).into()
}

fn form(kind: ChartKind) -> Form {
    match kind {
        ChartKind::Bar | ChartKind::Column => Form::Bars,
        ChartKind::Line | ChartKind::Area => Form::Lines,
        ChartKind::Share | ChartKind::Pie | ChartKind::Donut => Form::Shares,
        ChartKind::Scatter => Form::Points,
        ChartKind::Dot => Form::Dots,
        ChartKind::Slope => Form::Slopes,
        ChartKind::Waterfall => Form::Steps,
        ChartKind::Funnel => Form::Funnel,
        ChartKind::Timeline => Form::Timeline,
        ChartKind::Flow => Form::Flow,
    }
}

fn says<'a>(chart: &'a Chart, lang: &Lang) -> Vec<(Option<&'a str>, Says)> {
    let (Some(first), Some(last)) = (chart.data.first(), chart.data.last()) else { return Vec::new() };
    let count = chart.data.len();
    match chart.kind {
        ChartKind::Timeline => {
            let dated = |row: &Datum| format!("{} ({})", row.label, row.shown());
            vec![(None, Says::Holds { count, first: dated(first), last: dated(last) })]
        }
        ChartKind::Flow | ChartKind::Scatter => {
            vec![(None, Says::Holds { count, first: first.label.clone(), last: last.label.clone() })]
        }
        ChartKind::Funnel | ChartKind::Waterfall => {
            let said = |row: &Datum| row.at(0).map(|amount| said(chart, lang, &row.label, amount));
            match (said(first), said(last)) {
                (Some(first), Some(last)) => vec![(None, Says::Reaches { count, first, last })],
                _ => Vec::new(),
            }
        }
        _ => (0..chart.width())
            .take(SERIES)
            .filter_map(|at| Some((chart.series.get(at).map(String::as_str), of_series(chart, lang, at)?)))
            .collect(),
    }
}

/// A label and its value, with the unit as the language writes it.
fn said(chart: &Chart, lang: &Lang, label: &str, amount: &Amount) -> Said {
    let unit = chart.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
    let value = match unit {
        Some(unit) if amount.shown.ends_with(unit) => amount.shown.clone(),
        Some(unit) if unit.starts_with(['%', '‰', '°']) => format!("{}{unit}", amount.shown),
        // A unit that is a number itself is multiplied.
        Some(unit) if unit.starts_with(|c: char| c.is_ascii_digit()) => format!("{} × {unit}", amount.shown),
        Some(unit) => format!("{}{}{unit}", amount.shown, lang::of(lang).magnitude_gap()),
        None => amount.shown.clone(),
    };
    Said { label: label.to_owned(), value }
}

fn of_series(chart: &Chart, lang: &Lang, series: usize) -> Option<Says> {
    let rows: Vec<(&Datum, &Amount)> = chart.data.iter().filter_map(|row| Some((row, row.at(series)?))).collect();
    let by_value = |a: &&(&Datum, &Amount), b: &&(&Datum, &Amount)| a.1.value.total_cmp(&b.1.value);
    let (first, last) = (rows.first()?, rows.last()?);
    // The first of those that are equal.
    let greatest = rows.iter().rev().max_by(by_value)?;
    let least = rows.iter().min_by(by_value)?;
    let tell = |row: &(&Datum, &Amount)| said(chart, lang, &row.0.label, row.1);
    let course = matches!(chart.kind, ChartKind::Line | ChartKind::Area) && rows.len() > 1;
    Some(if course {
        let inner = |row: &(&Datum, &Amount)| {
            let value = row.1.value;
            (value != first.1.value && value != last.1.value).then(|| tell(row))
        };
        Says::Course { first: tell(first), last: tell(last), greatest: inner(greatest), least: inner(least) }
    } else {
        let differs = greatest.1.value != least.1.value;
        Says::Ranks { count: rows.len(), greatest: tell(greatest), least: differs.then(|| tell(least)) }
    })
}
