//! What was signed off when: the way to the end of the work.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Statistics;
use crate::message::Locale;
use crate::report::columns::aligned;
use crate::report::language;
use crate::report::programs::{cell, pretty};

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/history/1";

/// What was signed off when, and by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Days on which the record changed, in order.
    pub days: Vec<Day>,
    /// Who wrote it, those that signed most first.
    pub people: Vec<Signer>,
}

/// The record at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The day in UTC, `YYYY-MM-DD`.
    pub date: String,
    /// How many pairs were signed off, by language.
    pub signed: BTreeMap<String, usize>,
}

/// Someone who signed pairs off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The name under which version control knows them.
    pub name: String,
    /// How many pairs they signed off, by language; signed off anew after a change counts again.
    pub signed: BTreeMap<String, usize>,
}

/// How many blocks each translation has to have today, by language.
fn blocks(statistics: &Statistics) -> Vec<(&str, usize)> {
    let translations = statistics.translations.iter();
    translations.filter_map(|one| Some((one.language.as_deref()?, one.total.blocks))).collect()
}

/// One JSON object, indented, with a final line break.
pub fn history_json(history: &History, statistics: &Statistics) -> String {
    #[derive(Serialize)]
    struct Report<'a> {
        schema: &'a str,
        blocks: BTreeMap<&'a str, usize>,
        #[serde(flatten)]
        history: &'a History,
    }
    pretty(&Report { schema: SCHEMA, blocks: blocks(statistics).into_iter().collect(), history })
}

/// A line for each day and language, with a header.
pub fn history_tsv(history: &History, statistics: &Statistics) -> String {
    let mut out = String::from("date\tlanguage\tsigned\tleft\n");
    for day in &history.days {
        for (lang, all) in blocks(statistics) {
            let signed = day.signed.get(lang).copied().unwrap_or(0);
            out += &format!("{}\t{}\t{signed}\t{}\n", cell(&day.date), cell(lang), all.saturating_sub(signed));
        }
    }
    out
}

/// A table of days and one of people for each translation.
pub fn history_table(history: &History, statistics: &Statistics, locale: Locale) -> String {
    if history.days.is_empty() {
        return locale.say(&msg!("no version of manuscript/reviewed.yaml is in git yet")) + "\n";
    }
    let tables = blocks(statistics).into_iter().map(|(lang, all)| {
        let signed = |of: &BTreeMap<String, usize>| of.get(lang).copied().unwrap_or(0);
        let heads = [language(lang), msg!("signed off"), msg!("still to do")].map(|head| locale.say(&head));
        let mut rows = vec![heads.to_vec()];
        rows.extend(history.days.iter().map(|day| {
            let signed = signed(&day.signed);
            vec![day.date.clone(), signed.to_string(), all.saturating_sub(signed).to_string()]
        }));
        let people: Vec<&Signer> = history.people.iter().filter(|signer| signed(&signer.signed) > 0).collect();
        if !people.is_empty() {
            rows.push(vec![String::new(); 3]);
            rows.extend(
                people.iter().map(|one| vec![one.name.clone(), signed(&one.signed).to_string(), String::new()]),
            );
        }
        aligned(&rows, |at| at == 0).iter().map(|line| format!("{}\n", line.trim_end())).collect::<String>()
    });
    tables.collect::<Vec<_>>().join("\n")
}
