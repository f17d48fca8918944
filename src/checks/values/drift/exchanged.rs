//! Two numbers of a sentence that stand in each other's place. Word order differs between languages, so only what both say
//! beside the numbers counts: “and” between them, “from” and “to” before them, the name or year that each belongs to.

use std::collections::BTreeMap;
use std::ops::Range;

use super::value::Value;
use super::words::values_in;
use crate::align::{Pair, SegmentPair, Unit};
use crate::lang;
use crate::lang::number::{Form, Kind};

/// The least certainty that two sentences belong together.
const SURE: f32 = 0.5;

/// The values of the source that are exchanged in the translation, by twos.
pub(super) fn exchanged(
    segments: &[SegmentPair],
    at: usize,
    pair: &Pair<'_>,
    theirs: &[Value],
    ours: &[Value],
) -> Vec<(Value, Value)> {
    let mut found: Vec<(Value, Value)> = Vec::new();
    if theirs.len() < 2 || ours.len() < 2 {
        return found;
    }
    for segment in segments.iter().filter(|segment| segment.pair == at && segment.score >= SURE) {
        let source = Side { units: &pair.sources, values: values_in(theirs, &segment.sources) };
        let target = Side { units: &pair.targets, values: values_in(ours, &segment.targets) };
        let twins = twins(&source, &target);
        let couple = neighbours(&source, &target, &twins)
            .or_else(|| parts(&source, &target, &twins))
            .or_else(|| owners(&source, &target, &twins, false))
            .or_else(|| owners(&source, &target, &twins, true));
        found.extend(couple.map(|(a, b)| (twins[a].0.clone(), twins[b].0.clone())));
    }
    found
}

/// The values of some sentences, with the units that these stand in.
struct Side<'u, 'a> {
    units: &'u [Unit<'a>],
    values: Vec<Value>,
}

/// Values in digits that each language has once, in the order of the source.
type Twins = Vec<(Value, Value)>;

fn twins(source: &Side<'_, '_>, target: &Side<'_, '_>) -> Twins {
    let once = |values: &[Value], value: &Value| -> Option<Value> {
        let mut same = values.iter().filter(|other| other.number.same_value(&value.number));
        same.next().filter(|_| same.next().is_none()).cloned()
    };
    let exact = |value: &&Value| value.number.form == Form::Exact && value.in_digits() && !value.labelled;
    let both = |value: &Value| Some((once(&source.values, value)?, once(&target.values, value)?));
    source.values.iter().filter(exact).filter_map(both).filter(|(_, ours)| exact(&ours)).collect()
}

impl Side<'_, '_> {
    /// What stands between two values of one unit, the first one first.
    fn between(&self, first: &Value, second: &Value) -> Option<&str> {
        let text = &self.units.get(first.unit).filter(|_| first.unit == second.unit)?.text;
        Some(text.get(first.extent.end..second.extent.start)?.trim())
    }

    fn words(&self, name: &str) -> &'static [&'static str] {
        self.units.first().map_or(&[], |unit| lang::of(unit.lang).value_words().words(name))
    }

    fn joined(&self, first: &Value, second: &Value) -> bool {
        let Some(between) = self.between(first, second) else { return false };
        ["and", "to", "dash"].iter().any(|name| self.words(name).contains(&between))
    }

    /// Whether “from” stands before the one and “to” before the other.
    fn goes_from(&self, from: &Value, to: &Value) -> bool {
        let after = |value: &Value, name: &str| {
            let before = self.units[value.unit].text[..value.extent.start].trim_end();
            self.words(name).iter().any(|word| {
                let cut = before.strip_suffix(word);
                let letter = word.starts_with(|c: char| c.is_ascii_alphabetic());
                cut.is_some_and(|rest| !letter || !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
            })
        };
        from.unit == to.unit && after(from, "from") && after(to, "to")
    }
}

/// Whether two values measure the same, so that one can be mistaken for the other.
fn same_measure(a: &Value, b: &Value) -> bool {
    a.number.kind == b.number.kind && a.number.unit == b.number.unit
}

/// Two values with only “and” between them, or “from” and “to” before them, that the translation has the other way round.
fn neighbours(source: &Side<'_, '_>, target: &Side<'_, '_>, twins: &Twins) -> Option<(usize, usize)> {
    let couples = (0..twins.len()).flat_map(|a| (a + 1..twins.len()).map(move |b| (a, b)));
    couples.filter(|(a, b)| same_measure(&twins[*a].0, &twins[*b].0)).find(|(a, b)| {
        let ((a, ours_a), (b, ours_b)) = (&twins[*a], &twins[*b]);
        let joined = source.joined(a, b) && target.joined(ours_b, ours_a);
        let moved = source.goes_from(a, b) && target.goes_from(ours_b, ours_a);
        joined || moved || (source.goes_from(b, a) && target.goes_from(ours_a, ours_b))
    })
}

/// “236 of 159”: a part that is larger than its whole.
fn parts(source: &Side<'_, '_>, target: &Side<'_, '_>, twins: &Twins) -> Option<(usize, usize)> {
    let counted = |value: &Value| value.number.kind == Kind::Cardinal && value.number.unit.is_none();
    let larger = |side: &Side<'_, '_>, part: &Value, whole: &Value| {
        let between = side.between(part, whole);
        between.is_some_and(|between| side.words("part of").contains(&between))
            && counted(part)
            && counted(whole)
            && part.number.value > whole.number.value
    };
    let couples = (0..twins.len()).flat_map(|a| (0..twins.len()).map(move |b| (a, b)));
    couples
        .filter(|(a, b)| a != b)
        .find(|(a, b)| larger(source, &twins[*a].0, &twins[*b].0) || larger(target, &twins[*a].1, &twins[*b].1))
}

/// What a sentence has in its order: what numbers can belong to, and numbers.
#[derive(Clone, Copy, PartialEq)]
enum Item {
    Owner(usize),
    Number(usize),
}

/// Values that belong to names or years which both languages have, each to another one in the translation.
fn owners(source: &Side<'_, '_>, target: &Side<'_, '_>, twins: &Twins, of_years: bool) -> Option<(usize, usize)> {
    let names = shared_names(source, target);
    let is_year = |at: &usize| twins[*at].0.number.kind == Kind::Year || twins[*at].1.number.kind == Kind::Year;
    let items = |side: &Side<'_, '_>, of: fn(&(Value, Value)) -> &Value| -> Vec<Item> {
        let mut items: Vec<((usize, usize), Item)> = Vec::new();
        for (name, number) in names.iter().zip(0..) {
            items.extend(place_of(side, name).map(|place| (place, Item::Owner(number))));
        }
        for (at, twin) in twins.iter().enumerate() {
            let owner = is_year(&at) && !of_years;
            let item = if owner { Item::Owner(names.len() + at) } else { Item::Number(at) };
            if owner || is_year(&at) == of_years {
                items.push(((of(twin).unit, of(twin).extent.start), item));
            }
        }
        items.sort_by_key(|(place, _)| *place);
        items.into_iter().map(|(_, item)| item).collect()
    };
    let theirs = belongings(&items(source, |twin| &twin.0))?;
    let ours = belongings(&items(target, |twin| &twin.1))?;
    theirs.iter().find_map(|(owner, number)| {
        let other = *ours.get(owner)?;
        // Both numbers must have changed places, not the names of one language be read wrongly.
        let back = theirs.iter().find(|(_, theirs)| **theirs == other).and_then(|(owner, _)| ours.get(owner));
        let alike = same_measure(&twins[*number].0, &twins[other].0);
        (other != *number && back == Some(number) && alike).then_some((*number, other))
    })
}

/// Which number belongs to which owner, where the order says so: each after or each before its own.
fn belongings(items: &[Item]) -> Option<BTreeMap<usize, usize>> {
    let (owners, numbers): (Vec<Item>, Vec<Item>) =
        items.iter().copied().partition(|item| matches!(item, Item::Owner(_)));
    if owners.len() < 2 || owners.len() != numbers.len() {
        return None;
    }
    let kinds: Vec<bool> = items.iter().map(|item| matches!(item, Item::Owner(_))).collect();
    let in_turn = kinds.chunks(2).all(|two| *two == [true, false]) || kinds.chunks(2).all(|two| *two == [false, true]);
    let couple = |(owner, number): (&Item, &Item)| match (owner, number) {
        (Item::Owner(owner), Item::Number(number)) => Some((*owner, *number)),
        _ => None,
    };
    in_turn.then(|| owners.iter().zip(&numbers).filter_map(couple).collect())
}

/// The names in Latin letters that the sentences of both languages have, each once.
fn shared_names(source: &Side<'_, '_>, target: &Side<'_, '_>) -> Vec<String> {
    let [theirs, ours] = [source, target].map(|side| {
        let mut names: Vec<String> = Vec::new();
        for (unit, range) in side.sentences() {
            names.extend(latin_names(&side.units[unit].text[range]).map(str::to_owned));
        }
        names
    });
    let once = |names: &[String], name: &String| names.iter().filter(|other| *other == name).count() == 1;
    theirs.iter().filter(|name| once(&theirs, name) && once(&ours, name)).cloned().collect()
}

impl Side<'_, '_> {
    /// The stretches of text around the values, up to the marks that end a sentence.
    fn sentences(&self) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for value in &self.values {
            let unit = &self.units[value.unit];
            let sentences = lang::of(unit.lang).sentences(&unit.text);
            let around = sentences.into_iter().find(|range| range.contains(&value.extent.start));
            let around = (value.unit, around.unwrap_or(0..unit.text.len()));
            if !found.contains(&around) {
                found.push(around);
            }
        }
        found
    }
}

/// Words in Latin letters with a capital: M6, GPT-3, Berlin.
fn latin_names(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.');
    let words = words.map(|word| word.trim_matches(['-', '.']));
    words.filter(|word| word.len() > 1 && word.contains(|c: char| c.is_ascii_uppercase()))
}

/// Where a name stands as a word.
fn place_of(side: &Side<'_, '_>, name: &str) -> Option<(usize, usize)> {
    side.sentences().into_iter().find_map(|(unit, range)| {
        let sentence = &side.units[unit].text[range.clone()];
        let is_word = |at: &usize| {
            let (before, after) = (&sentence[..*at], &sentence[at + name.len()..]);
            let part = |c: char| c.is_ascii_alphanumeric();
            !before.ends_with(part) && !after.starts_with(part)
        };
        let at = sentence.match_indices(name).map(|(at, _)| at).find(is_word)?;
        Some((unit, range.start + at))
    })
}
