//! Paragraphs of which there is more than Typst takes at once.

use super::*;

#[test]
fn a_pattern_of_the_layout_may_be_found_as_often_as_there_are_words() {
    let layout = format!("#show regex(\"[A-Z]+\"): set text(fill: blue)\n#show regex(\"[.·]\"): strong\n{LAYOUT}");
    for text in ["WORD ", "WORD. ", "`WORD` ", "*WORD* WORD ", "·A", "A."] {
        let made = make(&layout, &format!("---\ntitle: One\n---\n{}\n", text.repeat(1_500)));
        let errors: Vec<_> = made.found.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.iter().all(|finding| finding.check.as_str() == "overflow"), "{text}: {:?}", made.lines());
    }
}
