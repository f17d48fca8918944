//! The glossary as XHTML: the terms of the edition's languages with what they mean.

use super::xml::Xml;
use crate::index::IndexOrder;
use crate::model::{Glossary, Lang, Term};

/// A term as a glossary lists it: in each language that it has a word in, the word and what it means.
pub(super) struct Explained {
    langs: Vec<(Lang, String, Option<String>)>,
}

/// The terms that the glossary of an edition lists, in the order of its leading language. An edition of one language gives the
/// words of the others too, without what they mean.
pub(super) fn explained(glossary: &Glossary, shown: &[&Lang], all: &[Lang]) -> Vec<Explained> {
    let Some(leading) = shown.first() else { return Vec::new() };
    let order = IndexOrder::new(leading);
    let mut terms: Vec<(&str, &Term)> = glossary
        .listed(shown)
        .filter_map(|term| Some((shown.iter().find_map(|lang| term.word(lang))?, term)))
        .collect();
    terms.sort_by(|(a, _), (b, _)| order.compare(a, b));
    let others = all.iter().filter(|lang| !shown.contains(lang));
    let langs: Vec<&Lang> = shown.iter().copied().chain(others).collect();
    let explain = |term: &Term| {
        let meaning = |lang: &Lang| term.definition(lang).filter(|_| shown.contains(&lang)).map(str::to_owned);
        let words = langs.iter().filter_map(|lang| Some(((*lang).clone(), term.word(lang)?.to_owned(), meaning(lang))));
        Explained { langs: words.collect() }
    };
    terms.into_iter().map(|(_, term)| explain(term)).collect()
}

/// Writes the list; `around` is the language of the page.
pub(super) fn list(xml: &mut Xml, terms: &[Explained], around: &Lang) {
    if terms.is_empty() {
        return;
    }
    xml.open("dl", &[("class", "glossary")]);
    xml.raw("\n");
    for term in terms {
        xml.open("dt", &[("epub:type", "glossterm")]);
        for (index, (lang, word, _)) in term.langs.iter().enumerate() {
            let class = if index == 0 { "term" } else { "term-elsewhere" };
            if index > 0 {
                xml.text(" ");
            }
            in_language(xml, if index == 0 { "dfn" } else { "span" }, class, (lang, around), word);
        }
        xml.close_line();
        let meanings: Vec<_> = term.langs.iter().filter_map(|(lang, _, text)| Some((lang, text.as_deref()?))).collect();
        for (lang, text) in &meanings {
            let mut attrs = vec![("epub:type", "glossdef")];
            if *lang != around {
                attrs.extend([("lang", lang.bcp47()), ("xml:lang", lang.bcp47())]);
            }
            xml.element("dd", &attrs, text);
        }
        if meanings.is_empty() {
            // A term of a list has a description.
            xml.element("dd", &[("class", "no-definition"), ("epub:type", "glossdef")], "—");
        }
    }
    xml.close_line();
}

fn in_language(xml: &mut Xml, tag: &str, class: &str, (lang, around): (&Lang, &Lang), text: &str) {
    let mut attrs = vec![("class", class)];
    if lang != around {
        attrs.extend([("lang", lang.bcp47()), ("xml:lang", lang.bcp47())]);
    }
    xml.open(tag, &attrs);
    xml.text(text);
    xml.close();
}
