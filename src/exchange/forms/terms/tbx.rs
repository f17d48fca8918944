//! TBX, the exchange form of termbases: the one of 2008, which most programs read (`martif`), and TBX-Basic of 2019.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::foreign::xml::legal;
use crate::lang::Lang;
use crate::manuscript::{TermEntry, part_of_speech};

/// How ids begin that are made up here: an id of XML cannot be any word.
pub(super) const MADE_UP: &str = "dama-";

/// A dialect of TBX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// ISO 30042:2008, whose root is `martif`.
    Martif,
    /// ISO 30042:2019, TBX-Basic with categories as attributes.
    Basic,
}

/// The names of the elements of a dialect.
struct Names {
    entry: &'static str,
    lang: &'static str,
    term: &'static str,
}

impl Dialect {
    fn names(self) -> Names {
        match self {
            Dialect::Martif => Names { entry: "termEntry", lang: "langSet", term: "tig" },
            Dialect::Basic => Names { entry: "conceptEntry", lang: "langSec", term: "termSec" },
        }
    }

    /// What stands before the terms, and behind them.
    fn frame(self, title: &str, lang: &str) -> [String; 2] {
        let file = format!(
            "<fileDesc><titleStmt><title>{}</title></titleStmt>\
             <sourceDesc><p>Written by dama-pub from glossary.yaml.</p></sourceDesc></fileDesc>",
            escape(legal(title))
        );
        let [root, head] = match self {
            Dialect::Martif => [
                format!("<!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\">\n<martif type=\"TBX\" xml:lang=\"{lang}\">"),
                format!(
                    "<martifHeader>{file}<encodingDesc><p type=\"XCSURI\">TBXXCS.xcs</p></encodingDesc></martifHeader>"
                ),
            ],
            Dialect::Basic => [
                format!(
                    "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"{lang}\" xmlns=\"urn:iso:std:iso:30042:ed-2\">"
                ),
                format!("<tbxHeader>{file}</tbxHeader>"),
            ],
        };
        let end = if self == Dialect::Martif { "martif" } else { "tbx" };
        [
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n{head}\n<text><body>\n"),
            format!("</body></text>\n</{end}>\n"),
        ]
    }
}

/// The terms as TBX. A variant is an admitted term, a forbidden rendering a deprecated one.
pub fn write(terms: &[TermEntry], langs: &[Lang], title: &str, dialect: Dialect) -> String {
    let [head, end] = dialect.frame(title, langs[0].bcp47());
    let names = dialect.names();
    let mut out = head;
    for (at, term) in terms.iter().map(TermEntry::tidy).enumerate() {
        let _ = writeln!(out, "<{} id=\"{}\">", names.entry, id(&term, at + 1));
        if let Some(note) = &term.note {
            let _ = writeln!(out, "<note>{}</note>", escape(legal(note)));
        }
        for lang in langs {
            language(&mut out, &term, lang, (*lang == langs[0], dialect));
        }
        let _ = writeln!(out, "</{}>", names.entry);
    }
    out + &end
}

/// The words of a term in a language.
fn language(out: &mut String, term: &TermEntry, lang: &Lang, (is_source, dialect): (bool, Dialect)) {
    let names = dialect.names();
    let lists = [&term.variants, &term.forbidden].map(|lists| lists.get(lang).map_or(&[][..], Vec::as_slice));
    let status = ["admittedTerm-admn-sts", "deprecatedTerm-admn-sts"];
    let word = term.words.get(lang).map(|word| (word, "preferredTerm-admn-sts"));
    let others = lists.iter().zip(status).flat_map(|(list, status)| list.iter().map(move |word| (word, status)));
    let words: Vec<(&String, &str)> = word.into_iter().chain(others).collect();
    if words.is_empty() {
        return;
    }
    let _ = writeln!(out, "<{} xml:lang=\"{}\">", names.lang, lang.bcp47());
    if let Some(definition) = term.definitions.get(lang) {
        let _ = writeln!(out, "<descrip type=\"definition\">{}</descrip>", escape(legal(definition)));
    }
    for (at, (word, status)) in words.iter().enumerate() {
        let _ = write!(out, "<{}><term>{}</term>", names.term, escape(legal(word)));
        if let Some(pos) = term.pos.as_deref().filter(|_| is_source && at == 0) {
            // TBX-Basic has a list of them.
            let pos = if dialect == Dialect::Basic { part_of_speech(pos).unwrap_or("other") } else { pos };
            let _ = write!(out, "<termNote type=\"partOfSpeech\">{}</termNote>", escape(legal(pos)));
        }
        let _ = writeln!(out, "<termNote type=\"administrativeStatus\">{status}</termNote></{}>", names.term);
    }
    let _ = writeln!(out, "</{}>", names.lang);
}

/// The id of a term if it can be one in XML, else a number.
fn id(term: &TermEntry, number: usize) -> String {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || ('\u{4e00}'..='\u{9fff}').contains(&c);
    let goes_on = |c: char| starts(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    match &term.id {
        Some(id) if id.starts_with(starts) && id.chars().all(goes_on) && !id.starts_with(MADE_UP) => id.clone(),
        _ => format!("{MADE_UP}{number}"),
    }
}
