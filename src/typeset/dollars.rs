//! Formulas in the list of references: Hayagriva takes what stands between two dollar signs for one, and what Typst cannot
//! make of them is printed as it is written, without a word. Those of exports have been brought into Typst's notation
//! where they were read.

use std::ops::Range;

use super::{Job, mathml_in_line};
use crate::bibliography::{ListedWork, Worded};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::has_braces;
use crate::message::Message;
use crate::source::Span;

/// Keys whose values are not text.
const VERBATIM: [&str; 5] = ["url", "doi", "value", "serial-number", "date"];

/// What is wrong with the formulas of the list, each at its place.
pub(super) fn faults(job: &Job<'_>, worded: &Worded) -> Vec<Diagnostic> {
    let Some(file) = job.book.bibliography.file else { return Vec::new() };
    let source = job.sources.get(file);
    if !source.path().ends_with(".yaml") {
        return in_words(job, worded);
    }
    let diagnostic = |fault: Fault| {
        Diagnostic::error(codes::REFERENCES_YAML, fault.reason).at(Span::new(file, fault.range)).hint(msg!(
            "a dollar sign begins and ends a formula in Typst's math notation; write `\\$` for the sign itself"
        ))
    };
    faults_of(source.text()).into_iter().map(diagnostic).collect()
}

/// What is wrong with the formulas of works that come from an export.
fn in_words(job: &Job<'_>, worded: &Worded) -> Vec<Diagnostic> {
    let fault = |work: &ListedWork| {
        let formulas = work.text.iter().filter(|piece| piece.look.formula);
        let reason = formulas.filter_map(|piece| mathml_in_line(&piece.text).err()).next()?;
        let span = job.book.bibliography.work(&work.key)?.span;
        Some(Diagnostic::error(codes::REFERENCES_YAML, msg!("this formula cannot be set: {reason}", reason)).at(span))
    };
    worded.list.iter().filter_map(fault).collect()
}

/// What is wrong with a formula, and its place.
#[derive(Debug)]
struct Fault {
    range: Range<usize>,
    reason: Message,
}

fn faults_of(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !is_verbatim(line) {
            of_line(line, start, &mut faults);
        }
        start += line.len();
    }
    faults
}

fn is_verbatim(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    line.starts_with('#') || line.split_once(':').is_some_and(|(key, _)| VERBATIM.contains(&key.trim()))
}

fn of_line(line: &str, start: usize, faults: &mut Vec<Fault>) {
    let dollars = dollars(line);
    // In double quotation marks YAML itself reads the backslash.
    let quoted = line.split_once(':').is_some_and(|(_, value)| value.trim_start().starts_with('"'));
    for pair in dollars.chunks(2) {
        let fault = match *pair {
            [open, close] => {
                let written = &line[open + 1..close];
                let formula = if quoted { written.replace("\\\\", "\\") } else { written.to_owned() };
                reason(&formula, &line[close + 1..]).map(|reason| (open..close + 1, reason))
            }
            [open] => Some((open..open + 1, msg!("the formula that this dollar sign begins has no end"))),
            _ => None,
        };
        let Some((range, reason)) = fault else { continue };
        faults.push(Fault { range: start + range.start..start + range.end, reason });
    }
}

/// Where dollar signs stand that no backslash makes mere characters of.
fn dollars(line: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        if c == '$' && !escaped {
            found.push(at);
        }
        escaped = c == '\\';
    }
    found
}

/// Why a formula cannot be set, if it cannot. Prices are told from formulas as Pandoc does it.
fn reason(formula: &str, after: &str) -> Option<Message> {
    let price = formula.starts_with(' ') || formula.ends_with(' ') || after.starts_with(|c: char| c.is_ascii_digit());
    if price {
        return Some(msg!("these dollar signs would make a formula of the text between them"));
    }
    if has_braces(formula) {
        return Some(msg!("Typst prints these braces: what it sets lower or higher stands in `( )`, as in `x_(10)`"));
    }
    mathml_in_line(formula).err().map(|reason| msg!("this formula cannot be set: {reason}", reason))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hayagriva::types::ChunkKind;

    use super::{faults_of, mathml_in_line};
    use crate::manuscript::load_references;
    use crate::source::Sources;

    #[test]
    fn what_is_no_formula_is_found_in_its_place() {
        let text = "a:\n  title: On $k$-SAT\n  note: from $5 to $10\nb:\n  title: \"At $\\alpha$\"\n  url: https://e.org/$a$b\nc:\n  \
                    title: Pay $5\n  note: \\$9\nd: {title: $x_{10}$}\n";
        let found: Vec<String> =
            faults_of(text).into_iter().map(|fault| format!("{} {}", &text[fault.range], fault.reason)).collect();
        assert_eq!(
            found,
            [
                "$5 to $ these dollar signs would make a formula of the text between them",
                "$\\alpha$ this formula cannot be set: unknown variable: lpha",
                "$ the formula that this dollar sign begins has no end",
                "$x_{10}$ Typst prints these braces: what it sets lower or higher stands in `( )`, as in `x_(10)`",
            ]
        );
    }

    #[test]
    fn formulas_of_exports_can_be_set() {
        const TEX: &str = r"k | \alpha_{\max} | 10^{-3} | _2 | {}^{14}C | O(n \log n) | [0, 1) | (0, 1] | \frac{a}{b} | \sqrt{x+1}
            | \mathbf{A} | \boldsymbol{A} | \mathbb{R}^d | \mathcal{O}(1) | \mathscr{L} | \mathfrak{g} | \mathsf{P} | \mathtt{x}
            | \mathit{ab} | \hat{x} | \tilde{x} | \bar{x} | \vec{v} | \mathrm{CO}_2 | a/b | f'(x)
            | \left(x\right) | \{a, b\} | a \leq b | x_{[0,1)} | \text{as } n \to \infty | \sin x | \det A | \|x\| | 5\% | a^{b_{c}}";
        let titles: String = TEX.split(" | ").map(|tex| format!("${}$; ", tex.trim())).collect();
        let files = BTreeMap::from([(
            "manuscript/references.bib",
            format!("@book{{k, title = {{{titles}}}, year = {{2020}}}}\n"),
        )]);
        let mut found = Vec::new();
        let bibliography = load_references(&files, &mut Sources::default(), &mut found);
        assert_eq!(found, []);
        let title = bibliography.work("k").and_then(|work| work.entry.title()).expect("a title");
        let formulas: Vec<_> = title.value.0.iter().filter(|chunk| chunk.kind == ChunkKind::Math).collect();
        assert_eq!(formulas.len(), TEX.split(" | ").count());
        for formula in formulas {
            assert!(mathml_in_line(&formula.value).is_ok(), "{}: {:?}", formula.value, mathml_in_line(&formula.value));
        }
    }
}
