//! People named one after the other in a line: 周婷婷、李建国、高佩.

use std::collections::BTreeSet;

use crate::lang;
use crate::lang::person::{is_spelled_alike, likeness};
use crate::model::Lang;

/// The fewest names of a line of people.
const LEAST: usize = 3;
/// The most words of a name in Latin letters.
const WORDS: usize = 4;

/// A name of one line that the other lacks, and what stands in its place there.
#[derive(Debug, PartialEq)]
pub(super) struct Lost<'t> {
    pub(super) name: Option<&'t str>,
    pub(super) instead: Option<&'t str>,
}

/// What differs between the people of a line in characters and those of its translation in Latin letters. Nothing where fewer
/// than two of three are known again: then these are no names, or are spelled by other rules.
pub(super) fn differences<'t>(line: (&'t str, &Lang), latin: (&'t str, &Lang)) -> Vec<Lost<'t>> {
    let names = named(line);
    if names.len() < LEAST {
        return Vec::new();
    }
    let there = Spelled::of(latin);
    let is_there = |name: &str| there.has(&lang::of(line.1).romanised(name));
    let lost: Vec<&str> = names.iter().copied().filter(|name| !is_there(name)).collect();
    if 3 * (names.len() - lost.len()) < 2 * names.len() {
        return Vec::new();
    }
    let known = |other: &str| {
        let spelled = lang::of(latin.1).romanised(other);
        names.iter().any(|name| is_spelled_alike(&lang::of(line.1).romanised(name), &spelled)) || line.0.contains(other)
    };
    let mut added = listed(latin, line.1);
    added.retain(|other| !known(other));
    let mut found: Vec<Lost<'t>> = Vec::new();
    for name in lost {
        let near = |other: &&str| likeness((name, line.1), (other, latin.1)) > 0.0;
        let at = added.iter().position(near).or_else(|| (added.len() == 1).then_some(0));
        found.push(Lost { name: Some(name), instead: at.map(|at| added.remove(at)) });
    }
    found.extend(added.into_iter().map(|other| Lost { name: None, instead: Some(other) }));
    found
}

/// The names of a line that stand one after the other. What stands before a colon says who they are.
fn named<'t>((line, lang): (&'t str, &Lang)) -> Vec<&'t str> {
    const MARKS: [char; 14] = ['、', '，', ',', '；', ';', '和', '与', '及', '。', '（', '）', ' ', '\u{3000}', '\n'];
    let mut found = Vec::new();
    for said in line.split(['：', ':']) {
        let mut run: Vec<&str> = Vec::new();
        for part in said.split(MARKS).map(str::trim).filter(|part| !part.is_empty()).chain([""]) {
            let own = part.starts_with(|c| lang::of(lang).is_letter(c));
            if own && !lang::of(lang).romanised(part).is_empty() {
                run.push(part);
            } else if run.len() >= LEAST {
                found.append(&mut run);
            } else {
                run.clear();
            }
        }
    }
    found
}

/// How the names of a text in Latin letters may be spelled.
struct Spelled(BTreeSet<String>);

impl Spelled {
    fn of((text, lang): (&str, &Lang)) -> Self {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic() && !"-'’".contains(c)).collect();
        let mut found = BTreeSet::new();
        for length in 2..=WORDS {
            for name in words.windows(length) {
                found.extend(lang::of(lang).romanised(&name.join(" ")));
            }
        }
        Self(found)
    }

    fn has(&self, spellings: &[String]) -> bool {
        spellings.iter().any(|spelling| self.0.contains(spelling))
    }
}

/// The parts of a list in Latin letters that are spelled as names of the other language.
fn listed<'t>((text, lang): (&'t str, &Lang), other: &Lang) -> Vec<&'t str> {
    let parts = text.split([',', ';', ':', '.', '(', ')', '，', '、', '；']).flat_map(|part| part.split(" and "));
    let parts = parts.map(|part| part.trim().trim_start_matches("and ").trim());
    parts
        .filter(|part| (2..=WORDS).contains(&part.split(' ').count()))
        .filter(|part| lang::of(other).spells(part) && !lang::of(lang).romanised(part).is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'t>(chinese: &'t str, english: &'t str) -> Vec<(&'t str, &'t str)> {
        let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("good tag"));
        let found = differences((chinese, &zh), (english, &en));
        found.iter().map(|lost| (lost.name.unwrap_or_default(), lost.instead.unwrap_or_default())).collect()
    }

    #[test]
    fn a_label_is_no_name() {
        let line = "顾问：周婷婷、李建国、高佩";
        assert_eq!(told(line, "Advisers: Zhou Tingting and Gao Pei"), [("李建国", "")]);
    }

    #[test]
    fn whoever_is_lost_is_named() {
        let line = "编委：周婷婷、李建国、高佩、欧阳明。";
        for (english, wanted) in [
            ("Board: Zhou Tingting, Li Jianguo, Gao Pei and Ouyang Ming.", vec![]),
            ("On the board sit Tingting Zhou, Jianguo Li, Pei Gao, and Ming Ouyang joined later.", vec![]),
            ("Board: Zhou Tingting, Li Jianguo and Ouyang Ming.", vec![("高佩", "")]),
            ("Board: Zhou Tingting, Li Jianguo, Gao Bei and Ouyang Ming.", vec![("高佩", "Gao Bei")]),
            ("Board: Zhou Tingting, Wang Fei, Gao Pei and Ouyang Ming.", vec![("李建国", "Wang Fei")]),
            ("Board: Zhou Tingting, Li Jianguo, Gao Pei, Wang Fei and Ouyang Ming.", vec![("", "Wang Fei")]),
            ("The board has four members.", vec![]),
        ] {
            assert_eq!(told(line, english), wanted, "{english}");
        }
        assert_eq!(told("包括 Ada、Bea、Cleo、Dora。", "Among them Ada, Bea, and others."), []);
        assert_eq!(told("温度、高度、方向都变了。", "Heat, height and course have changed."), []);
    }
}
