//! The table: columns by tabs, a header, lists joined by `|`.

use std::collections::BTreeMap;

use super::{TermFile, language, refusal};
use crate::exchange::Refusal;
use crate::lang::Lang;
use crate::manuscript::TermEntry;
use crate::message::{List, Message, is_formula};

/// Most rows that are read.
const MAX_ROWS: usize = 200_000;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Id,
    Word(Lang),
    Variants(Lang),
    Forbidden(Lang),
    Pos,
    Note,
    Definition(Lang),
}

impl Column {
    fn name(&self) -> String {
        match self {
            Column::Id => "id".to_owned(),
            Column::Word(lang) => lang.tag().to_owned(),
            Column::Variants(lang) => format!("{lang}-variants"),
            Column::Forbidden(lang) => format!("{lang}-forbidden"),
            Column::Pos => "pos".to_owned(),
            Column::Note => "note".to_owned(),
            Column::Definition(lang) => format!("{lang}-definition"),
        }
    }

    /// The column of a name, however its letters are.
    fn of(name: &str, langs: &[Lang]) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let of_lang = |end: &str| name.strip_suffix(end).and_then(|tag| language(tag, langs)).cloned();
        match name.as_str() {
            "id" => Some(Column::Id),
            "pos" => Some(Column::Pos),
            "note" => Some(Column::Note),
            _ => of_lang("-variants")
                .map(Column::Variants)
                .or_else(|| of_lang("-forbidden").map(Column::Forbidden))
                .or_else(|| of_lang("-definition").map(Column::Definition))
                .or_else(|| language(&name, langs).cloned().map(Column::Word)),
        }
    }

    /// All columns of a termbase; those that it does not use for a language are left out but for what is usual.
    fn all(terms: &[TermEntry], langs: &[Lang]) -> Vec<Self> {
        let forbids = |lang: &Lang| *lang != langs[0] || terms.iter().any(|term| term.forbidden.contains_key(lang));
        let defines = |lang: &Lang| terms.iter().any(|term| term.definitions.contains_key(lang));
        let each = |make: fn(Lang) -> Self| langs.iter().cloned().map(make);
        let forbidden = langs.iter().filter(|lang| forbids(lang)).cloned().map(Column::Forbidden);
        let defined = langs.iter().filter(|lang| defines(lang)).cloned().map(Column::Definition);
        let words = each(Column::Word).chain(each(Column::Variants)).chain(forbidden);
        [Column::Id].into_iter().chain(words).chain([Column::Pos, Column::Note]).chain(defined).collect()
    }

    fn written(&self, term: &TermEntry) -> String {
        let word = |words: &BTreeMap<Lang, String>, lang: &Lang| words.get(lang).cloned().unwrap_or_default();
        let list = |lists: &BTreeMap<Lang, Vec<String>>, lang: &Lang| {
            let escaped = |word: &String| word.replace('\\', "\\\\").replace('|', "\\|");
            lists.get(lang).map_or(String::new(), |list| list.iter().map(escaped).collect::<Vec<_>>().join("|"))
        };
        match self {
            Column::Id => term.id.clone().unwrap_or_default(),
            Column::Word(lang) => word(&term.words, lang),
            Column::Variants(lang) => list(&term.variants, lang),
            Column::Forbidden(lang) => list(&term.forbidden, lang),
            Column::Pos => term.pos.clone().unwrap_or_default(),
            Column::Note => term.note.clone().unwrap_or_default(),
            Column::Definition(lang) => word(&term.definitions, lang),
        }
    }

    fn read(&self, cell: &str, term: &mut TermEntry) {
        let cell = unguarded(cell.trim());
        if cell.trim().is_empty() {
            return;
        }
        let text = || cell.to_owned();
        match self {
            Column::Id => term.id = Some(text()),
            Column::Pos => term.pos = Some(text()),
            Column::Note => term.note = Some(text()),
            Column::Word(lang) => drop(term.words.insert(lang.clone(), text())),
            Column::Definition(lang) => drop(term.definitions.insert(lang.clone(), text())),
            Column::Variants(lang) => drop(term.variants.insert(lang.clone(), listed(cell))),
            Column::Forbidden(lang) => drop(term.forbidden.insert(lang.clone(), listed(cell))),
        }
    }
}

/// The terms as a table, with a mark of UTF-8 for Excel.
pub fn write(terms: &[TermEntry], langs: &[Lang]) -> String {
    let columns = Column::all(terms, langs);
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    let in_memory = "writing into memory does not fail";
    writer.write_record(columns.iter().map(Column::name)).expect(in_memory);
    for term in terms.iter().map(TermEntry::tidy) {
        writer.write_record(columns.iter().map(|column| guarded(&column.written(&term)))).expect(in_memory);
    }
    let bytes = writer.into_inner().expect(in_memory);
    format!("\u{feff}{}", String::from_utf8(bytes).expect("it was text"))
}

/// A cell that no spreadsheet takes for a formula: an apostrophe, which it does not show, says that it is text.
fn guarded(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell without the apostrophe of [`guarded`].
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\''))).unwrap_or(cell)
}

/// The words of a list. A bar that belongs to a word has a backslash before it.
fn listed(cell: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = (c == '\\').then(|| chars.next_if(|next| matches!(next, '\\' | '|'))).flatten();
        match (escaped, words.last_mut()) {
            (Some(escaped), Some(word)) => word.push(escaped),
            (None, Some(word)) if c != '|' => word.push(c),
            _ => words.push(String::new()),
        }
    }
    words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// Reads a table by tabs, commas or semicolons, as its header shows.
pub(super) fn read(text: &str, langs: &[Lang]) -> Result<TermFile, Refusal> {
    let header = text.lines().next().unwrap_or_default();
    let times = |mark: char| header.matches(mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|mark| (times(char::from(*mark)), *mark == b'\t'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b'\t'))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = records.next().and_then(Result::ok).unwrap_or_default();
    let columns: Vec<Option<Column>> = header.iter().map(|name| Column::of(name, langs)).collect();
    let usual = || {
        let names = Column::all(&[], langs).into_iter().map(|column| column.name());
        msg!("the columns are {columns}", columns = Message::list(List::And, names))
    };
    if !columns.contains(&Some(Column::Word(langs[0].clone()))) {
        let message = msg!("the first line names no column `{tag}`", tag = langs[0].tag());
        return Err(refusal(message, usual()));
    }
    let mut file = TermFile::default();
    for (name, _) in header.iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.trim().is_empty()) {
        let message = msg!("the column ‘{name}’ is not taken: {hint}", name, hint = usual());
        file.left.push(message);
    }
    for (at, record) in records.enumerate().take(MAX_ROWS) {
        let place = at + 2;
        let Ok(record) = record else {
            file.left.push(msg!("line {place} cannot be read", place));
            continue;
        };
        let mut term = TermEntry { place, ..TermEntry::default() };
        for (cell, column) in record.iter().zip(&columns) {
            column.iter().for_each(|column| column.read(cell, &mut term));
        }
        if term != (TermEntry { place, ..TermEntry::default() }) {
            file.entries.push(term);
        }
    }
    Ok(file)
}
