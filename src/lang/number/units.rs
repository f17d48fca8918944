//! Units beside numbers, under one name in all languages.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lang::Lists;

/// The units without prefixes and how they are written.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("units.txt")));

/// Prefixes, and the units that are written with them.
pub(in crate::lang) static PREFIXED: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("prefixed.txt")));

/// What the units without prefixes measure.
pub(in crate::lang) static DIMENSIONS: LazyLock<Lists> =
    LazyLock::new(|| Lists::shipped(include_str!("dimensions.txt")));

/// What a unit measures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measure {
    pub(super) dimension: String,
    /// How many of the base unit it is.
    pub(super) factor: f64,
}

/// All units with their forms.
#[derive(Default)]
struct Table {
    /// The units in the order in which they were made.
    units: Vec<Unit>,
    /// The written forms by their first characters, the longest first, each with the place of its unit.
    forms: FxHashMap<char, Vec<(String, usize)>>,
}

struct Unit {
    name: String,
    measure: Option<Measure>,
    forms: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    fn new() -> Self {
        let mut table = Self::default();
        for name in LISTS.names() {
            table.add(name, LISTS.words(name).iter().map(|form| (*form).to_owned()));
        }
        for dimension in DIMENSIONS.names() {
            for (name, factor) in DIMENSIONS.words(dimension).iter().filter_map(|word| word.split_once(' ')) {
                table.measure(name, dimension, factor.parse().expect("invariant: a factor is a number"));
            }
        }
        for line in PREFIXED.names() {
            if let Some(sign) = line.strip_prefix("unit ") {
                table.add_prefixed(sign, PREFIXED.words(line));
            }
        }
        table.add_powers();
        table.index();
        table
    }

    /// Adds forms to a unit, which is made where it is not there yet.
    fn add(&mut self, name: &str, forms: impl Iterator<Item = String>) -> &mut Unit {
        let at = self.units.iter().position(|unit| unit.name == name).unwrap_or_else(|| {
            self.units.push(Unit { name: name.to_owned(), measure: None, forms: Vec::new() });
            self.units.len() - 1
        });
        self.units[at].forms.extend(forms);
        &mut self.units[at]
    }

    fn measure(&mut self, name: &str, dimension: &str, factor: f64) {
        self.add(name, std::iter::empty()).measure = Some(Measure { dimension: dimension.to_owned(), factor });
    }

    /// kW, 千瓦, kilowatts: a line `unit` of the file.
    fn add_prefixed(&mut self, sign: &str, words: &[&'static str]) {
        let [measure, prefixes, words @ ..] = words else { return };
        let (dimension, base) = measure.split_once(' ').expect("invariant: a dimension and how many of its unit");
        let base: f64 = base.parse().expect("invariant: a factor is a number");
        for prefix in prefixes.chars() {
            let of_prefix = PREFIXED.words(&format!("prefix {prefix}"));
            let [factor, chinese, latin] = of_prefix else { continue };
            let name = format!("{prefix}{sign}");
            let mut forms = vec![name.clone(), name.replace('μ', "µ")];
            for word in words {
                if is_latin(word) {
                    forms.extend([format!("{latin}{word}"), format!("{latin}{word}s")]);
                } else {
                    forms.push(format!("{chinese}{word}"));
                }
            }
            let factor: f64 = factor.parse().expect("invariant: a factor is a number");
            self.add(&name, forms.into_iter());
            self.measure(&name, dimension, factor * base);
        }
    }

    /// Squares and cubes of all lengths: 平方千米, square kilometres, km².
    fn add_powers(&mut self) {
        let lengths: Vec<(String, f64, Vec<String>)> = self
            .units
            .iter()
            .filter(|unit| unit.measure.as_ref().is_some_and(|measure| measure.dimension == "length"))
            .map(|unit| {
                (unit.name.clone(), unit.measure.as_ref().map_or(1.0, |measure| measure.factor), unit.forms.clone())
            })
            .collect();
        for (name, factor, forms) in lengths {
            for (raised, digit, dimension, chinese, latin) in [
                ('²', '2', "area", "平方", ["square", "sq", "sq."]),
                ('³', '3', "volume", "立方", ["cubic", "cu", "cu."]),
            ] {
                let mut all = Vec::new();
                for form in &forms {
                    if !is_latin(form) {
                        all.push(format!("{chinese}{form}"));
                        continue;
                    }
                    all.extend(latin.iter().map(|word| format!("{word} {form}")));
                    if form.len() <= 2 {
                        all.extend([format!("{form}{raised}"), format!("{form}{digit}"), format!("{form}^{digit}")]);
                    }
                }
                let name = format!("{name}{raised}");
                let power = if raised == '²' { factor * factor } else { factor * factor * factor };
                self.add(&name, all.into_iter());
                self.measure(&name, dimension, power);
            }
        }
    }

    fn index(&mut self) {
        for (at, unit) in self.units.iter().enumerate() {
            for form in &unit.forms {
                let first = form.chars().next().expect("invariant: a form has a letter");
                self.forms.entry(first).or_default().push((form.clone(), at));
            }
        }
        self.forms.values_mut().for_each(|forms| forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len())));
    }
}

fn is_latin(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_alphabetic() || c == 'µ' || c == 'μ')
}

fn beginning(first: char) -> &'static [(String, usize)] {
    TABLE.forms.get(&first).map_or(&[], Vec::as_slice)
}

fn name(unit: usize) -> &'static str {
    &TABLE.units[unit].name
}

/// What a unit measures, by its name.
pub(super) fn measure(name: &str) -> Option<&'static Measure> {
    TABLE.units.iter().find(|unit| unit.name == name)?.measure.as_ref()
}

/// Signs and names of currencies that stand before the number.
const BEFORE: [(&str, &str); 26] = [
    ("HK$", "HKD"),
    ("US$", "USD"),
    ("NT$", "TWD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("HKD", "HKD"),
    ("USD", "USD"),
    ("TWD", "TWD"),
    ("AUD", "AUD"),
    ("CAD", "CAD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("JPY", "JPY"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("人民币", "CNY"),
    ("$", "USD"),
    ("¥", "CNY"),
    ("￥", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
];

/// The unit that begins a text, perhaps after a space or a hyphen, and how much of the text it takes.
fn at_start(text: &str) -> Option<(&'static str, usize)> {
    let rest = text.strip_prefix([' ', '\u{a0}', '\u{202f}', '-']).unwrap_or(text);
    let next = rest.chars().next().filter(|c| !c.is_whitespace() && !c.is_ascii_digit())?;
    let word = |form: &str| form.ends_with(|c: char| c.is_ascii_alphanumeric());
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let fits = |form: &str| rest.strip_prefix(form).is_some_and(|after| !word(form) || ends(after));
    let (form, unit) = beginning(next).iter().find(|(form, _)| fits(form))?;
    Some((name(*unit), text.len() - rest.len() + form.len()))
}

/// The unit that begins a text, perhaps after a space or a hyphen.
pub(in crate::lang) fn after(text: &str) -> Option<&'static str> {
    at_start(text).map(|(name, _)| name)
}

/// The currency that ends a text.
pub(in crate::lang) fn before(text: &str) -> Option<&'static str> {
    let text = text.strip_suffix([' ', '\u{a0}']).unwrap_or(text);
    BEFORE.iter().find(|(form, _)| text.ends_with(form)).map(|(_, name)| *name)
}

/// Whether letters right after digits are a unit or nothing: 180ml, but not 5G.
pub(in crate::lang) fn may_follow(text: &str) -> bool {
    let letters = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let Some(first) = text[..letters].chars().next() else { return true };
    beginning(first).iter().any(|(form, _)| form == &text[..letters])
}

/// Whether a unit is written here, so that what begins it is no numeral: 千瓦, 兆赫, 百帕.
pub(in crate::lang) fn is_written(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    beginning(first).iter().any(|(form, _)| text.starts_with(form.as_str()))
}

/// The units that a text names, with their places, of those that `begins` lets begin between two characters.
pub(in crate::lang) fn named(text: &str, begins: fn(char, char) -> bool) -> Vec<(&'static str, Range<usize>)> {
    let mut found = Vec::new();
    let (mut before, mut end) = (' ', 0);
    for (at, c) in text.char_indices() {
        if at >= end
            && begins(before, c)
            && let Some((name, len)) = at_start(&text[at..])
        {
            found.push((name, at..at + c.len_utf8()));
            end = at + len;
        }
        before = c;
    }
    found
}
