//! Where the glossary's terms occur in prose, for a layout that prints an index.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use typst::Library;
use typst::foundations::{Dict, Str, Value};

use crate::lang::Script;
use crate::model::{Inline, InlineKind, Lang};
/// The name in the module `dama` under which the terms are kept.
pub(super) const NAME: &str = "glossary";

/// What stands in the text that is searched for everything that is not text: no term runs across it.
const GAP: char = '\u{fffc}';

/// Letters and digits from here on are written without spaces between words.
const FIRST_CJK: char = '\u{2e80}';

/// The terms' forms in one language, ready to be looked for.
pub(super) struct Terms {
    automaton: AhoCorasick,
    forms: Vec<Form>,
    english: bool,
}

struct Form {
    text: String,
    id: Str,
    /// Abbreviations count only as they are written: ‘IT’ is not ‘it’.
    as_written: bool,
}

/// The marks of a paragraph: for each run of text (by identity, for two runs may share a place), at which of its
/// bytes which terms begin.
pub(super) type Marks = BTreeMap<*const Inline, Vec<(usize, Str)>>;

impl Terms {
    /// The terms of a language as the module `dama` holds them; `None` when there are none.
    pub(super) fn of(library: &Library, lang: &Lang) -> Option<Self> {
        let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
        let Value::Array(terms) = dama.scope().get(NAME)?.read() else { return None };
        let terms = terms.iter().filter_map(|term| if let Value::Dict(term) = term { Some(term) } else { None });
        Self::new(terms.flat_map(|term| forms(term, lang)).collect(), lang)
    }

    fn new(pairs: Vec<(String, Str)>, lang: &Lang) -> Option<Self> {
        if pairs.is_empty() {
            return None;
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(pairs.iter().map(|(text, _)| text))
            .expect("invariant: a glossary of 256 KiB is not a large automaton");
        let forms = pairs.into_iter().map(|(text, id)| Form { as_written: is_abbreviation(&text), text, id }).collect();
        Some(Self { automaton, forms, english: lang.script() == Script::Latin })
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

    /// Longest first from the left, no two over each other; of each term the first.
    fn first_occurrences(&self, text: &str) -> Vec<(usize, Str)> {
        let mut hits: Vec<_> = self
            .automaton
            .find_overlapping_iter(text)
            .filter(|hit| self.stands_alone(text, hit.start(), hit.end(), &self.forms[hit.pattern()]))
            .map(|hit| (hit.start(), std::cmp::Reverse(hit.end()), hit.pattern()))
            .collect();
        hits.sort_unstable();
        let (mut free, mut seen, mut found) = (0, Vec::new(), Vec::new());
        for (start, end, pattern) in hits {
            let id = &self.forms[pattern].id;
            if start >= free {
                free = end.0;
                if !seen.contains(id) {
                    seen.push(id.clone());
                    found.push((start, id.clone()));
                }
            }
        }
        found
    }

    fn stands_alone(&self, text: &str, start: usize, end: usize, form: &Form) -> bool {
        if form.as_written && text[start..end] != form.text {
            return false;
        }
        let joined = |a: Option<char>, b: Option<char>| a.is_some_and(spelled) && b.is_some_and(spelled);
        if joined(text[..start].chars().next_back(), text[start..].chars().next()) {
            return false;
        }
        let last = text[..end].chars().next_back();
        let open = |rest: &str| !joined(last, rest.chars().next());
        let plural = |ending| text[end..].strip_prefix(ending).is_some_and(open);
        open(&text[end..]) || (self.english && (plural("s") || plural("es")))
    }
}

/// Forms of a term in a language, each with the term's id.
fn forms(term: &Dict, lang: &Lang) -> Vec<(String, Str)> {
    let (Ok(Value::Str(id)), Ok(Value::Dict(forms))) = (term.get("id"), term.get("forms")) else { return Vec::new() };
    let Ok(Value::Array(forms)) = forms.get(lang.tag()) else { return Vec::new() };
    let texts = forms.iter().filter_map(|form| if let Value::Str(form) = form { Some(form) } else { None });
    texts.map(|form| (form.to_string(), id.clone())).collect()
}

fn is_abbreviation(form: &str) -> bool {
    form.contains(|c: char| c.is_uppercase()) && !form.contains(|c: char| c.is_lowercase())
}

/// Whether a character belongs to a script that parts its words.
fn spelled(c: char) -> bool {
    c.is_alphanumeric() && c < FIRST_CJK
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
                | InlineKind::Ruby { body, .. }
                | InlineKind::Link { body, .. } => self.push(body),
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
        let pairs = terms.iter().map(|t| ((*t).to_owned(), Str::from(*t))).collect();
        let terms = Terms::new(pairs, &lang).unwrap();
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
        assert_eq!(found("en", &terms, "`chip` and data[^1]centre\n\n[^1]: x"), [""; 0]);
    }

    #[test]
    fn chinese_terms_need_no_boundary_but_the_longest_wins() {
        let terms = ["光", "硅光芯片", "芯片", "AI"];
        assert_eq!(
            found("zh", &terms, "用硅光芯片，AI芯片，芯片，光。"),
            ["硅光芯片@硅光芯片，", "AI@AI芯片，", "芯片@芯片，芯片", "光@光。"]
        );
        assert_eq!(found("zh", &terms, "**硅光**芯片，OpenAI"), ["硅光芯片@硅光**芯"]);
    }
}
