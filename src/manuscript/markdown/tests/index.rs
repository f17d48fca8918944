//! Marks of the index, and references with pages.

use super::{check, finds, trouble};

#[test]
fn a_mark_stands_before_its_words() {
    check(
        "城里的[油灯]{.index}，[灯芯]{.index key=“灯” sub=\"灯芯\" sort=dengxin also=\"甲；乙; 丙\"}。",
        &[
            ("text 城里的", "城里的"),
            ("index 油灯", "["),
            ("text 油灯", "油灯"),
            ("text ，", "，"),
            ("index 灯/灯芯/dengxin/甲/乙/丙", "["),
            ("text 灯芯", "灯芯"),
            ("text 。", "。"),
        ],
    );
    check(
        "*强[调]{.index}*[H[2]{.sub}O]{.index}[]{.index key=\"a\" see=\"b\"}",
        &[
            ("emph", "*强[调]{.index}*"),
            ("text 强", "强"),
            ("index 调", "["),
            ("text 调", "调"),
            ("index H2O", "["),
            ("text H", "H"),
            ("Subscript", "[2]{.sub}"),
            ("text 2", "2"),
            ("text O", "O"),
            ("index a/b", "[]{.index key=\"a\" see=\"b\"}"),
        ],
    );
    check("\\[子]{.index-x}", &[("text [子]{.index-x}", "[子]{.index-x}")]);
}

#[test]
fn terms_of_a_definition_list_may_be_marked() {
    check(
        "[准*确*]{.index}\n[精密度]{.index}\n: 两个词。",
        &[
            ("index 准确", "["),
            ("text 准", "准"),
            ("emph", "*确*"),
            ("text 确", "确"),
            ("index 精密度", "["),
            ("text 精密度", "精密度"),
            ("text 两个词。", "两个词。"),
        ],
    );
}

#[test]
fn a_mark_that_says_nothing_is_told() {
    finds("[灯]{.index foo=\"x\"}", "has no attribute `foo`", "x");
    finds("灯[]{.index}", "has no words", "[]{.index}");
    finds("[灯]{.index key=\"a}", "cannot be read", "]{.index");
}

#[test]
fn a_reference_may_show_its_page() {
    check(
        "@fig:a{.page}，@fig:a{.with-page}，[](#b){.page}[](#b){.with-page}[甲](c.md#b){.page}",
        &[
            ("Page of fig:a", "@fig:a{.page}"),
            ("text ，", "，"),
            ("ref fig:a", "@fig:a"),
            ("PageInBrackets of fig:a", "{.with-page}"),
            ("text ，", "，"),
            ("Page of b", "[](#b){.page}"),
            ("ref b", "[](#b){.with-page}"),
            ("PageInBrackets of b", ""),
            ("place c#b", "[甲](c.md#b){.page}"),
            ("text 甲", "甲"),
            ("PageInBrackets of c#b", ""),
        ],
    );
    finds("[甲](https://e.org/){.page}", "only a place of the book has a page", "[甲](https://e.org/){.page}");
    assert_eq!(trouble("![一盏](../images/a.png \"[灯]{.index}\")"), []);
}
