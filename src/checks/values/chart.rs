//! The data of a chart beside those of its translation, row by row. Rows pair by what their labels share, else by order.

use std::collections::BTreeSet;

use super::drift::kinds::Class;
use crate::align::Unit;
use crate::diagnostic::Severity;
use crate::lang::cjk;
use crate::lang::number::{Kind, Number, numbers};
use crate::message::Message;
use crate::model::{Amount, Chart, Datum, Lang};

/// A chart with its language.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) chart: &'a Chart,
    pub(super) lang: &'a Lang,
}

impl<'a> Drawn<'a> {
    pub(super) fn of(unit: &Unit<'a>, chart: &'a Chart) -> Self {
        Self { chart, lang: unit.lang }
    }

    /// What one unit of the chart stands for: a hundred million for 亿 and for “100 million kWh”, a thousand for “thousands”.
    fn one(self) -> Option<Number> {
        let text = self.chart.unit.as_deref().map(str::trim)?;
        let read = |spoken: &str| numbers(spoken, self.lang).into_iter().next();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return read(text);
        }
        // A unit that is a number in words, such as 百万参数 and “ten thousand people”; 一 alone is none.
        let one = if text.starts_with(cjk::is_han) { "一" } else { "" };
        let spoken = read(&format!("{one}{text}"));
        let words =
            spoken.filter(|number| number.range.start == 0 && number.range.end > one.len() && number.value > 1.0);
        let larger = |one: Option<Number>| match (one, words.clone()) {
            (Some(one), Some(words)) if words.value <= one.value => Some(one),
            (one, words) => words.or(one),
        };
        if text.starts_with(|c: char| cjk::is_han(c) || !c.is_alphabetic()) {
            return larger(read(&format!("1{text}")));
        }
        let one = read(&format!("1 {text}"));
        if words.is_some()
            || one.as_ref().is_some_and(|one| one.value != 1.0 || one.unit.is_some() || one.kind != Kind::Cardinal)
        {
            return larger(one);
        }
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        read(&format!("1 {} {rest}", word.strip_suffix('s').unwrap_or(word)))
    }

    fn scale(self) -> f64 {
        self.one().map_or(1.0, |one| one.value)
    }

    fn unit(self) -> &'a str {
        self.chart.unit.as_deref().unwrap_or("1")
    }
}

/// What a chart says otherwise than its source, one finding for each cause.
pub(super) fn differences(source: Drawn<'_>, target: Drawn<'_>) -> Vec<(Severity, Message)> {
    let (theirs, ours) = (&source.chart.data, &target.chart.data);
    let [their_count, our_count] = [source, target].map(|drawn| drawn.chart.data.len() * drawn.chart.width());
    if theirs.len() != ours.len() || their_count != our_count {
        let message = msg!(
            "this chart has {ours}, but its source has {theirs}",
            ours = values(our_count),
            theirs = values(their_count)
        );
        return vec![(Severity::Error, message)];
    }
    if source.chart.links.len() != target.chart.links.len() || !same_arrows(source.chart, target.chart) {
        let message =
            msg!("the arrows of this diagram lead elsewhere than in {language}", language = source.lang.name());
        return vec![(Severity::Error, message)];
    }
    if let Some(message) = unit(source, target) {
        return vec![(Severity::Error, message)];
    }
    let order = order(theirs, ours);
    let rows: Vec<(&Datum, &Datum)> = order.iter().zip(theirs).map(|(at, row)| (row, &ours[*at])).collect();
    let differing: Vec<(&Datum, &Datum)> =
        rows.iter().copied().filter(|row| !same_value(source, target, *row)).collect();
    let mut found = Vec::new();
    match differing[..] {
        [a, b] if same_value(source, target, (a.0, b.1)) && same_value(source, target, (b.0, a.1)) => {
            let message = msg!(
                "the values of ‘{one}’ and ‘{other}’ have changed places, compared with {language}",
                one = &a.1.label,
                other = &b.1.label,
                language = source.lang.name()
            );
            return vec![(Severity::Error, message)];
        }
        _ => found.extend(differing.iter().map(|row| (Severity::Error, value(source, target, *row)))),
    }
    if order.windows(2).any(|two| two[0] > two[1]) {
        let message =
            msg!("the rows of this chart stand in another order than in {language}", language = source.lang.name());
        found.push((Severity::Warning, message));
    }
    let labels = rows.iter().filter(|row| other_label(source, target, **row));
    found.extend(
        labels.map(|row| (Severity::Warning, super::drift::differing(&row.1.label, &row.0.label, source.lang))),
    );
    found
}

fn values(count: usize) -> Message {
    plural!(values = count, "{values} value", "{values} values")
}

/// Whether both diagrams join the boxes at the same places.
fn same_arrows(theirs: &Chart, ours: &Chart) -> bool {
    theirs.links.iter().zip(&ours.links).all(|(a, b)| (a.from, a.to) == (b.from, b.to))
}

/// The first value of a row that differs.
fn value(source: Drawn<'_>, target: Drawn<'_>, (theirs, ours): (&Datum, &Datum)) -> Message {
    let at = (0..ours.values.len()).find(|at| !same_amount(source, target, (theirs, ours), *at)).unwrap_or_default();
    let label = |drawn: Drawn<'_>, row: &Datum| match drawn.chart.series.get(at).filter(|_| drawn.chart.width() > 1) {
        Some(series) => format!("{}, {series}", row.label),
        None => row.label.clone(),
    };
    let shown = |row: &Datum| row.at(at).map_or("–", |amount| amount.shown.as_str()).to_owned();
    msg!(
        "‘{label}’ is {ours} here, but ‘{other}’ is {theirs} in {language}",
        label = label(target, ours),
        ours = shown(ours),
        other = label(source, theirs),
        theirs = shown(theirs),
        language = source.lang.name()
    )
}

fn same_value(source: Drawn<'_>, target: Drawn<'_>, rows: (&Datum, &Datum)) -> bool {
    (0..rows.0.values.len().max(rows.1.values.len())).all(|at| same_amount(source, target, rows, at))
}

/// Whether the values of one series are the same, or both rows have none.
fn same_amount(source: Drawn<'_>, target: Drawn<'_>, (theirs, ours): (&Datum, &Datum), at: usize) -> bool {
    match (theirs.at(at), ours.at(at)) {
        (Some(theirs), Some(ours)) => equal(theirs.value * source.scale(), ours.value * target.scale()),
        (theirs, ours) => theirs.is_none() && ours.is_none(),
    }
}

fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// What is wrong where the figures are the same and their units are not: 亿 beside “billion”, % beside “times”, km beside
/// miles.
fn unit<'a>(source: Drawn<'a>, target: Drawn<'a>) -> Option<Message> {
    let amounts = |drawn: Drawn<'a>| drawn.chart.data.iter().flat_map(|row| row.values.iter().flatten());
    let ratio = |(theirs, ours): (&Amount, &Amount)| theirs.value * source.scale() / (ours.value * target.scale());
    let mut ratios = amounts(source).zip(amounts(target)).map(ratio);
    let first = ratios.next()?;
    let scaled = !equal(first, 1.0) && first.is_finite() && ratios.all(|ratio| equal(ratio, first));
    let many = source.chart.data.len() > 1 && !equal(source.scale(), target.scale());
    let other = match (source.one(), target.one()) {
        (Some(theirs), Some(ours)) => {
            let units = (theirs.unit, ours.unit);
            Class::of(&theirs).contradicts(Class::of(&ours)) || matches!(units, (Some(a), Some(b)) if a != b)
        }
        _ => false,
    };
    ((scaled && many) || other).then(|| {
        msg!(
            "the unit of this chart is ‘{ours}’ here, but ‘{theirs}’ in {language}",
            ours = target.unit(),
            theirs = source.unit(),
            language = source.lang.name()
        )
    })
}

/// The row of the translation for each row of the source.
fn order(theirs: &[Datum], ours: &[Datum]) -> Vec<usize> {
    let [their_marks, our_marks] =
        [theirs, ours].map(|rows| rows.iter().map(|row| marks(&row.label)).collect::<Vec<_>>());
    let best = |own: &BTreeSet<String>, others: &[BTreeSet<String>]| -> Option<usize> {
        let shared: Vec<usize> = others.iter().map(|other| own.intersection(other).count()).collect();
        let most = shared.iter().copied().max().filter(|most| *most > 0)?;
        let mut all = (0..shared.len()).filter(|at| shared[*at] == most);
        all.next().filter(|_| all.next().is_none())
    };
    let sure: Vec<Option<usize>> = (0..theirs.len())
        .map(|at| best(&their_marks[at], &our_marks).filter(|other| best(&our_marks[*other], &their_marks) == Some(at)))
        .collect();
    let mut rest = (0..ours.len()).filter(|at| !sure.contains(&Some(*at))).collect::<Vec<_>>().into_iter();
    sure.into_iter().map(|at| at.or_else(|| rest.next()).expect("invariant: both have as many rows")).collect()
}

/// The words in Latin letters and the figures of a label.
fn marks(label: &str) -> BTreeSet<String> {
    let words = label.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| !word.is_empty());
    words.map(|word| word.trim_matches('.').to_ascii_lowercase()).filter(|word| !word.is_empty()).collect()
}

/// Whether the labels of a row differ where they should not: in a figure, or by a slip in a name.
fn other_label(source: Drawn<'_>, target: Drawn<'_>, (theirs, ours): (&Datum, &Datum)) -> bool {
    let (a, b) = (figures(&theirs.label), figures(&ours.label));
    if a.len() == b.len() && a != b {
        let [theirs, ours] = [(source, theirs), (target, ours)].map(|(drawn, row)| {
            numbers(&row.label, drawn.lang).iter().map(|number| number.value).collect::<Vec<f64>>()
        });
        // The figures of names such as GPT-3 are not read.
        return theirs != ours || theirs.is_empty();
    }
    !theirs.label.contains(cjk::is_han) && is_slip(&theirs.label, &ours.label)
}

/// The runs of digits of a label.
fn figures(label: &str) -> BTreeSet<&str> {
    label
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|run| run.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

/// Whether two names differ by a letter or two.
fn is_slip(a: &str, b: &str) -> bool {
    let letters = |name: &str| -> Vec<char> { name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (a, b) = (letters(a), letters(b));
    let before = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    a != b && short >= 5 && long - short <= 2 && before + after + 2 >= long
}

#[cfg(test)]
mod tests {
    use super::{Drawn, differences};
    use crate::model::{Amount, Chart, Datum, Lang, Link};

    /// A chart with a unit and rows of values; NaN is a gap.
    fn chart(unit: &str, rows: &[&[f64]]) -> Chart {
        let amount = |value: &f64| (!value.is_nan()).then(|| Amount { value: *value, shown: value.to_string() });
        let data = rows.iter().enumerate().map(|(at, values)| {
            let values = values.iter().map(amount).collect();
            Datum { label: format!("R{at}"), values, total: false }
        });
        let series = (0..rows[0].len()).map(|at| format!("S{at}")).collect();
        Chart { unit: Some(unit.to_owned()), series, data: data.collect(), ..Chart::default() }
    }

    fn said(zh: &Chart, en: &Chart) -> Vec<String> {
        let [chinese, english] = ["zh", "en"].map(|tag| Lang::new(tag).expect("a known language"));
        let found = differences(Drawn { chart: zh, lang: &chinese }, Drawn { chart: en, lang: &english });
        found.into_iter().map(|(_, message)| message.to_string()).collect()
    }

    #[test]
    fn every_series_is_compared_and_gaps_are() {
        let gap = f64::NAN;
        let zh = chart("亿", &[&[10.0, 20.0], &[30.0, gap]]);
        assert!(said(&zh, &chart("billion", &[&[1.0, 2.0], &[3.0, gap]])).is_empty());
        for (rows, says) in [
            ([[10.0, 21.0], [30.0, gap]], "‘R0, S1’ is 21 here, but ‘R0, S1’ is 20 in Chinese"),
            ([[10.0, 20.0], [30.0, 4.0]], "‘R1, S1’ is 4 here, but ‘R1, S1’ is – in Chinese"),
        ] {
            let en = chart("hundred million", &[&rows[0], &rows[1]]);
            assert_eq!(said(&zh, &en), [says]);
        }
    }

    #[test]
    fn units_in_words_are_what_they_come_to() {
        for (ours, theirs) in [
            ("百万参数", "million parameters"),
            ("万篇", "ten thousand"),
            ("万人", "ten thousand people"),
            ("万元", "ten thousand yuan"),
            ("千颗", "thousands"),
            ("亿千瓦时", "100 million kWh"),
        ] {
            let rows: &[&[f64]] = &[&[3.0], &[5.0]];
            assert_eq!(said(&chart(ours, rows), &chart(theirs, rows)), Vec::<String>::new(), "{ours} {theirs}");
        }
    }

    #[test]
    fn arrows_lead_to_the_same_boxes() {
        let leads = |to: usize| Chart {
            data: (0..3).map(|_| Datum::default()).collect(),
            links: vec![Link { from: 0, to, label: None }],
            ..Chart::default()
        };
        assert!(said(&leads(1), &leads(1)).is_empty());
        assert_eq!(said(&leads(1), &leads(2)), ["the arrows of this diagram lead elsewhere than in Chinese"]);
    }
}
