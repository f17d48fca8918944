//! No text makes the reader panic, and what it reads has good places.

use super::*;

#[test]
fn hostile_input_is_read_with_good_places() {
    let n = 100_000;
    for body in [
        ">".repeat(n),
        "[".repeat(n),
        "![".repeat(n),
        "*a ".repeat(n),
        "**".repeat(n) + "a" + &"**".repeat(n),
        ":::aside\n".repeat(n),
        "- ".repeat(n),
        "`".repeat(n),
        "$".repeat(n),
        "[^a]: ".repeat(n),
        "&amp;".repeat(n),
        "\\*".repeat(n),
        "~".repeat(n),
        "a~b ".repeat(n),
        "~~a ".repeat(n),
        "~~a ".repeat(n) + &"b~~ ".repeat(n),
        "~~a~~\\~".repeat(n),
        "&amp;~~".repeat(n),
        "[@".repeat(n),
        "@fig:a ".repeat(n),
        "<!-- ".repeat(n),
        "<a ".repeat(n),
        "<details>".repeat(n) + "</details>",
        "<details>\n<summary>".repeat(n) + "</details>",
        "</details>\n".repeat(n),
        "!!! note\n".repeat(n),
        (0..200).map(|i| " ".repeat(4 * i) + "!!! note\n").collect::<String>() + &" ".repeat(800),
        "[a]{.sub}".repeat(n),
        "[".repeat(n) + &"]{.sub}".repeat(n),
        "a\\ ".repeat(n),
        "> [!NOTE]\n".repeat(n),
        "- [ ] ".repeat(n),
        "a\n\n: ".repeat(n),
        "| a ".repeat(n) + "\n" + &"|--".repeat(n),
        (0..n).map(|i| format!("[^{i}]: a\n\n")).collect(),
        "&copy;&nosuch;".repeat(n),
        (0..2000).map(|i| "> ".repeat(i % 150) + "a\n").collect(),
    ] {
        let whole = format!("# T\n\n{body}");
        let (chapter, _) = parse_in("zh", &whole);
        prove(&chapter, &whole);
    }
}

proptest::proptest! {
    // A fixed seed: a test that fails must fail again. PROPTEST_RNG_SEED and PROPTEST_CASES look further.
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, rng_seed: seed(), ..Default::default() })]

    #[test]
    fn any_text_parses_with_good_places(parts in proptest::collection::vec(proptest::sample::select(vec![
        "甲", "a", " ", "\n", "\n\n", "*", "**", "_", "~~", "~", "\\~", "`", "$", "$$", "[", "]", "(", ")", "](#x)", "](https://e.org)",
        "![", "](a.png \"t\")", "{#i}", "{.c w=1}", "[^n]", "[^n]: ", "> ", "- ", "1. ", ":::aside\n", ":::\n", ":::figure {#f}\n",
        "|", "|-|-|\n", "# ", "## ", "```\n", "```chart\n", "type: bar\n", "\\", "&amp;", "&", "<b>", "<!--", "-->", "@fig:x", "[@k]",
        "\r\n", "\r", "\t", "\0", "\u{feff}", ": ", "---\n", "  \n", "“", "。", "{", "}", "\"", "    ", "!!! note\n    ", "<details>", "<summary>", "</summary>", "</details>", "> [!NOTE]\n",
        ":::tip[", "]{.sub}", "[ ] ", "\\ ", "<!-- dama: pagebreak -->",
    ]), 0..40)) {
        let whole = parts.concat();
        let (chapter, _) = parse_in("zh", &whole);
        prove(&chapter, &whole);
    }
}

#[test]
fn a_chapter_as_long_as_may_be_is_read() {
    let plain = "大模型**参数量**正在\n增长，与 *脚注*；English words too.\n\n";
    let part = format!("## 标题\n\n见 [@key]、@fig:x。\n\n- 一\n- 二\n\n{}", plain.repeat(8));
    let whole = format!("# T\n\n{}", part.repeat(1_800_000 / part.len()));
    let (chapter, found) = parse_in("zh", &whole);
    assert!(found.is_empty() && chapter.blocks.len() > 25_000);
}

/// The seed of the environment, else one that never changes.
fn seed() -> proptest::test_runner::RngSeed {
    use proptest::test_runner::{Config, RngSeed};
    match Config::default().rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_220_110),
        given => given,
    }
}
