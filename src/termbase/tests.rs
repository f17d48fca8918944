//! What is a term and what is not.

use super::*;
use crate::manuscript;
use crate::model::{Glossary, Lang};
use crate::source::Sources;

fn lang(tag: &str) -> Lang {
    Lang::new(tag).expect("a language")
}

fn glossary(yaml: &str) -> Glossary {
    let files = [("zh".to_owned(), "# 一\n".to_owned()), ("en".to_owned(), "# One\n".to_owned())];
    let langs = ["zh", "en"].map(lang);
    let terms = Some(("terms".into(), yaml.into()));
    let book = manuscript::load_pair(&mut Sources::default(), files, langs, terms);
    assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
    book.value.glossary
}

/// What is found: the number of the term and the words, joined by `|`; a forbidden form has a `!`.
fn found(matcher: &Matcher, text: &str) -> String {
    let mark = |hit: &Hit| if hit.forbidden { "!" } else { "" };
    let hits = matcher.hits(text);
    let shown: Vec<String> =
        hits.iter().map(|hit| format!("{}{}{}", mark(hit), hit.term, &text[hit.range.clone()])).collect();
    shown.join("|")
}

/// Finds the terms of a language, one form for each.
fn check(forms: &[&str], cases: &[(&str, &str)]) {
    let matcher = Matcher::of_forms(forms.iter().copied().enumerate());
    for (text, expected) in cases {
        assert_eq!(found(&matcher, text), *expected, "{text}");
    }
}

#[test]
fn the_longest_term_wins() {
    check(
        &["网络", "神经网络", "光", "硅光芯片", "芯片"],
        &[("神经网络与网络", "1神经网络|0网络"), ("用硅光芯片，芯片，光。", "3硅光芯片|4芯片|2光"), ("硅光", "2光")],
    );
    check(
        &["network", "neural network", "AI", "AI chip"],
        &[("Neural networks, networks", "1Neural networks|0networks"), ("AI chips, an AI chipset", "3AI chips|2AI")],
    );
}

#[test]
fn words_are_found_in_the_plural() {
    check(
        &[
            "dependency",
            "box",
            "half",
            "knife",
            "analysis",
            "index",
            "matrix",
            "mouse",
            "workman",
            "hero",
            "cache",
            "GPU",
        ],
        &[
            ("Dependencies, boxes", "0Dependencies|1boxes"),
            ("halves and knives", "2halves|3knives"),
            ("analyses of indices, indexes, matrices", "4analyses|5indices|5indexes|6matrices"),
            ("mice, workmen, heroes, caches, GPUs", "7mice|8workmen|9heroes|10caches|11GPUs"),
            ("boxer, dependent, halving, indexed", ""),
        ],
    );
}

#[test]
fn a_term_in_the_plural_is_found_in_the_singular_unless_that_means_something_else() {
    check(
        &["large models", "semiconductors", "news", "economics", "iOS"],
        &[
            ("a large model, a semiconductor", "0large model|1semiconductor"),
            ("large models, semiconductors", "0large models|1semiconductors"),
            ("a new economic IO; news on economics of iOS", "2news|3economics|4iOS"),
        ],
    );
}

#[test]
fn words_may_be_parted_by_a_space_a_hyphen_or_nothing() {
    check(
        &["data set", "data-driven", "workflow", "Moore's law"],
        &[
            ("Datasets, data-sets, data sets, data\u{a0}set", "0Datasets|0data-sets|0data sets|0data\u{a0}set"),
            ("data. Set, data, set, data  set, a data\u{fffc}set", ""),
            ("data driven, datadriven", "1data driven|1datadriven"),
            ("a workflow; to work flow by flow", "2workflow"),
            ("Moore’s law, Moore's Laws", "3Moore’s law|3Moore's Laws"),
        ],
    );
}

#[test]
fn a_possessive_ending_belongs_to_no_term() {
    check(&["network", "AI"], &[("the network’s nodes, AI's", "0network|1AI"), ("the networks’ nodes", "0networks")]);
}

#[test]
fn an_abbreviation_counts_as_it_is_written() {
    check(
        &["IT", "C", "AI", "5G"],
        &[
            ("it is IT, its ITs", "0IT|0ITs"),
            ("c is not C", "1C"),
            ("ai用ＡＩ，OpenAI，AIs", "2ＡＩ|2AIs"),
            ("5g, 5G", "35G"),
        ],
    );
}

#[test]
fn marks_belong_to_a_term_that_has_them() {
    check(
        &["C++", "C", "TCP/IP", ".NET", "GPT-3.5"],
        &[
            ("C++, C and C#", "0C++|1C|1C"),
            ("TCP/IP, TCP, IP", "2TCP/IP"),
            ("on .NET. Net of all", "3.NET"),
            ("GPT-3.5, GPT 3.5, GPT-35", "4GPT-3.5|4GPT 3.5"),
        ],
    );
}

#[test]
fn chinese_is_one_in_every_script_and_width() {
    check(
        &["数据集", "trait 对象", "史蒂夫·乔布斯"],
        &[
            ("數據集，数据 集，数据。集", "0數據集|0数据 集"),
            ("用trait对象和 subtrait 对象，Ｔｒａｉｔ　对象", "1trait对象|1Ｔｒａｉｔ　对象"),
            ("史蒂夫·乔布斯", "2史蒂夫·乔布斯"),
        ],
    );
}

#[test]
fn a_forbidden_form_hides_no_term_and_a_term_hides_forbidden_forms() {
    let terms = glossary(
        "- {zh: 芯片, en: chip}\n- {zh: 硅光芯片, en: silicon photonic chip, forbidden: {en: [silicon chip, photonic]}}\n",
    );
    let strict = Matcher::strict(&terms, &lang("en"));
    assert_eq!(found(&strict, "Silicon chips, photonic"), "!1Silicon chips|0chips|!1photonic");
    assert_eq!(found(&strict, "silicon photonic chips"), "1silicon photonic chips");
}

#[test]
fn one_form_of_two_terms_is_both_and_two_forms_of_one_term_are_one() {
    let terms = glossary("- {zh: 波导, en: waveguide, variants: {en: [waveguides]}}\n- {zh: 光波导, en: waveguide}\n");
    assert_eq!(found(&Matcher::strict(&terms, &lang("en")), "waveguides"), "0waveguides|1waveguides");
}

#[test]
fn every_form_of_a_word_is_found_where_it_may_excuse_a_sentence() {
    let terms = glossary(
        "- {zh: 编译, en: compile}\n- {zh: 编译器, en: compiler}\n- {zh: 神经网络, en: neural network}\n- {zh: 网络, en: network}\n",
    );
    let loose = Matcher::loose(&terms, &lang("en"));
    assert_eq!(found(&loose, "compiled, networking"), "0compiled|1compiled|3networking");
    assert_eq!(found(&Matcher::loose(&terms, &lang("zh")), "神经网络"), "2神经网络|3网络");
    assert_eq!(found(&Matcher::strict(&terms, &lang("en")), "compiled, networking"), "");
}

#[test]
fn a_text_without_terms_has_none() {
    check(&[], &[("text", "")]);
    check(&["-", "term"], &[("", ""), ("-", "0-"), ("\u{1}\u{fffc}", "")]);
}
