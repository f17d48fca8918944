//! Where the glossary's terms occur in prose, for a layout that prints an index.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use typst::Library;
use typst::foundations::{Array, Dict, Str, Value};

use crate::model::{Inline, InlineKind, Lang};
use crate::termbase::Matcher;

/// The name in the module `dama` under which the terms are kept.
pub(super) const NAME: &str = "glossary";

/// What stands in the text that is searched for everything that is not text: no term runs across it.
const GAP: char = '\u{fffc}';

/// The terms' forms in one language, ready to be looked for.
pub(super) struct Terms {
    matcher: Matcher,
    /// The ids of the terms by their numbers.
    ids: Vec<Str>,
}

/// The marks of a paragraph: for each run of text (by identity, for two runs may share a place), at which of its
/// bytes which terms begin.
pub(super) type Marks = BTreeMap<*const Inline, Vec<(usize, Str)>>;

impl Terms {
    /// The terms of a language as the module `dama` holds them; `None` when there are none.
    pub(super) fn of(library: &Library, lang: &Lang) -> Option<Arc<Self>> {
        let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
        let Value::Array(terms) = dama.scope().get(NAME)?.read() else { return None };
        read(terms, lang.tag())
    }

    fn new(terms: &[(Str, Vec<Str>)]) -> Self {
        let forms = terms.iter().enumerate();
        let forms = forms.flat_map(|(at, (_, forms))| forms.iter().map(move |form| (at, form.as_str())));
        Self { matcher: Matcher::of_forms(forms), ids: terms.iter().map(|(id, _)| id.clone()).collect() }
    }

    /// The first occurrence of each term in a paragraph.
    pub(super) fn marks(&self, run: &[Inline]) -> Marks {
        let mut flat = Flat::default();
        flat.push(run);
        let mut marks = Marks::new();
        for (at, id) in self.first_occurrences(&flat.text) {
            let (start, piece) = flat.pieces[flat.pieces.partition_point(|(start, _)| *start <= at) - 1];
            marks.entry(std::ptr::from_ref(piece)).or_default().push((at - start, id));
        }
        marks
    }

    /// Where each term begins first. Of several with the same form the first in the index has it.
    fn first_occurrences(&self, text: &str) -> Vec<(usize, Str)> {
        let (mut seen, mut found, mut free) = (BTreeSet::new(), Vec::new(), 0);
        for hit in self.matcher.hits(text) {
            if hit.range.start >= free && seen.insert(hit.term) {
                found.push((hit.range.start, self.ids[hit.term].clone()));
            }
            free = hit.range.end;
        }
        found
    }
}

/// Makes the terms ready once for each termbase and language.
#[comemo::memoize]
fn read(terms: &Array, tag: &str) -> Option<Arc<Terms>> {
    let terms = terms.iter().filter_map(|term| if let Value::Dict(term) = term { Some(term) } else { None });
    let terms: Vec<(Str, Vec<Str>)> = terms.filter_map(|term| forms(term, tag)).collect();
    (!terms.is_empty()).then(|| Arc::new(Terms::new(&terms)))
}

/// The id of a term and its forms in a language.
fn forms(term: &Dict, tag: &str) -> Option<(Str, Vec<Str>)> {
    let (Ok(Value::Str(id)), Ok(Value::Dict(forms))) = (term.get("id"), term.get("forms")) else { return None };
    let Ok(Value::Array(forms)) = forms.get(tag) else { return None };
    let texts = forms.iter().filter_map(|form| if let Value::Str(form) = form { Some(form.clone()) } else { None });
    Some((id.clone(), texts.collect()))
}

/// A paragraph's text and where each of its runs begins in it.
#[derive(Default)]
struct Flat<'a> {
    text: String,
    pieces: Vec<(usize, &'a Inline)>,
}

impl<'a> Flat<'a> {
    fn push(&mut self, run: &'a [Inline]) {
        for inline in run {
            match &inline.kind {
                InlineKind::Text(text) => {
                    self.pieces.push((self.text.len(), inline));
                    self.text.push_str(text);
                }
                InlineKind::Emph(body)
                | InlineKind::Strong(body)
                | InlineKind::Styled { body, .. }
                | InlineKind::Ruby { body, .. }
                | InlineKind::Link { body, .. } => self.push(body),
                InlineKind::Index(_) => {}
                // A term may run across them as across a space.
                InlineKind::LineBreak | InlineKind::Note { .. } => self.text.push(' '),
                _ => self.text.push(GAP),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript;
    use crate::model::{BlockKind, walk};
    use crate::source::{SourceFile, Sources};

    /// The terms found in a paragraph, each with the text from there on.
    fn found(tag: &str, terms: &[&str], markdown: &str) -> Vec<String> {
        let lang = Lang::new(tag).unwrap();
        let pairs: Vec<_> = terms.iter().map(|term| (Str::from(*term), vec![Str::from(*term)])).collect();
        let terms = Terms::new(&pairs);
        let text = format!("---\ntitle: T\n---\n\n{markdown}\n");
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("manuscript/x/a.md", text.as_str()));
        let chapter = manuscript::parse_chapter(file, "manuscript/x/a.md", &lang, &text, None).value;
        let BlockKind::Paragraph(run) = &chapter.blocks[0].kind else { panic!("a paragraph") };
        let marks = terms.marks(run);
        let mut found = Vec::new();
        walk::inlines(run, &mut |inline| {
            for (at, id) in marks.get(&std::ptr::from_ref(inline)).into_iter().flatten() {
                let there: String = text[inline.span.start + at..].chars().take(5).collect();
                found.push(format!("{id}@{}", there.trim_end()));
            }
        });
        found
    }

    #[test]
    fn english_terms_are_whole_words_in_any_case() {
        let terms = ["AI", "IT", "chip", "AI chip", "data centre", "box"];
        assert_eq!(found("en", &terms, "Chips fit it. IT"), ["chip@Chips", "IT@IT"]);
        assert_eq!(found("en", &terms, "AI chips, an AI, a chip"), ["AI chip@AI ch", "AI@AI, a", "chip@chip"]);
        assert_eq!(found("en", &terms, "AI chipset"), ["AI@AI ch"]);
        assert_eq!(found("en", &terms, "*data* centres, xdata centre, boxes"), ["data centre@data*", "box@boxes"]);
        assert_eq!(found("en", &terms, "`chip` and data`x`centre, $chip$"), [""; 0]);
        assert_eq!(found("en", &terms, "Data[^1]\\\ncentre and ‘chip’.\n\n[^1]: x"), ["chip@chip’"]);
        assert_eq!(found("en", &terms, "data\\\ncentres"), ["data centre@data\\"]);
    }

    #[test]
    fn chinese_terms_need_no_boundary_but_the_longest_wins() {
        let terms = ["光", "硅光芯片", "芯片", "AI"];
        assert_eq!(
            found("zh", &terms, "用硅光芯片，AI芯片，芯片，光。"),
            ["硅光芯片@硅光芯片，", "AI@AI芯片，", "芯片@芯片，芯片", "光@光。"]
        );
        assert_eq!(found("zh", &terms, "**硅光**芯片，OpenAI"), ["硅光芯片@硅光**芯"]);
        assert_eq!(found("zh", &terms, "用硅光\n芯片"), ["硅光芯片@硅光\n芯片"]);
        assert_eq!(found("zh", &terms, "用矽光晶片與硅光[^1]芯片\n\n[^1]: 注"), ["光@光晶片與硅", "硅光芯片@硅光[^1"]);
    }
}
