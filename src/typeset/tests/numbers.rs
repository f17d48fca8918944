//! Figures bear the numbers of the outline, whatever order a layout draws them in.

use typst::foundations::NativeElement;
use typst::math::EquationElem;
use typst::model::TableElem;
use typst::text::RawElem;
use typst::visualize::ImageElem;

use super::*;
use crate::outline::{Series, words};

const TEXT: &str = "---
title: One
---

:::opener

```chart {#fig:a}
type: bar
title: First
data:
  - {label: One, value: 1}
```

:::

```chart {#fig:b}
type: bar
title: Second
data:
  - {label: One, value: 1}
```

See [](#fig:a) and [](#fig:b).
";

/// What the pages say when the opener comes last, after some lines of a layout.
fn said(lines: &str) -> String {
    let body = "#dama.chapter(chapter.path, blocks: blocks)";
    let turned =
        "#dama.rest(chapter.path, (\"opener\",), blocks: blocks)\n#dama.part(chapter.path, \"opener\", blocks: blocks)";
    assert!(LAYOUT.contains(body), "the layout draws whole chapters");
    on_pages(&memory(&format!("{lines}{}", LAYOUT.replace(body, turned)), TEXT))
}

fn on_pages(files: &Memory) -> String {
    let (made, ..) = set(files, document);
    let document = made.value.expect("the layout is good");
    let mut text = String::new();
    document.pages().iter().for_each(|page| letters(&page.frame, &mut text));
    text.replace('\u{a0}', " ")
}

#[test]
fn a_figure_has_the_number_of_the_outline() {
    let text = said("");
    for wanted in ["Figure 2: Second", "Figure 1: First", "See Figure 1 and Figure 2."] {
        assert!(text.contains(wanted), "‘{wanted}’ is not in {text}");
    }
}

#[test]
fn a_formula_may_give_itself_a_number_and_counts_for_no_other() {
    let text = "# One\n\n$$ \\alpha \\tag{A} $$ {#eq:a}\n\n$$ \\beta $$ {#eq:b}\n\nSee @eq:a and @eq:b.\n";
    let text = on_pages(&memory(LAYOUT, text));
    assert!(text.contains("See Equation (A) and Equation (1)."), "{text}");
    assert_eq!((text.matches("(A)").count(), text.matches("(1)").count()), (2, 2), "{text}");
}

#[test]
fn a_layout_may_count_by_itself() {
    let text = said("#set figure(numbering: \"I\")\n");
    for wanted in ["Figure I: Second", "Figure II: First", "See Figure II and Figure I."] {
        assert!(text.contains(wanted), "‘{wanted}’ is not in {text}");
    }
}

#[test]
fn a_layout_may_write_the_number_its_own_way() {
    let text = said("#set figure(numbering: n => \"No. \" + dama.number(n))\n");
    for wanted in ["Figure No. 2: Second", "Figure No. 1: First", "See Figure No. 1 and Figure No. 2."] {
        assert!(text.contains(wanted), "‘{wanted}’ is not in {text}");
    }
}

#[test]
fn typst_has_the_words_of_the_outline() {
    for tag in ["zh", "zh-Hans", "zh-Hant", "zh-TW", "en", "en-GB"] {
        let lang = Lang::new(tag).expect("a tag");
        let primary: typst::text::Lang = lang.primary().parse().expect("a language that Typst knows");
        let region: Option<typst::text::Region> = lang.region().map(|region| region.parse().expect("a region"));
        let own = words(&lang);
        let elements = [
            (Series::Figure, ImageElem::ELEM),
            (Series::Table, TableElem::ELEM),
            (Series::Listing, RawElem::ELEM),
            (Series::Formula, EquationElem::ELEM),
        ];
        for (series, element) in elements {
            assert_eq!(Some(series.word(own)), element.local_name(primary, region), "{tag}");
        }
    }
}
