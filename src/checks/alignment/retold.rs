//! Whether the text of a block without a counterpart is part of the block beside it, whose counterpart is longer by just
//! that much: as where the items of a list are lines of one paragraph.

use crate::align::{Basis, ChapterPair, Pair, Unit, UnitKind};
use crate::maths;

/// How much longer than its counterpart, as a logarithm, a block is that says more.
const LONGER: f32 = 0.6;
/// The most blocks without a counterpart in a row that may be lines of one that has one.
const MOST: usize = 50;
/// How near, as a logarithm, both lengths come with what stands alone added.
const EVEN: f32 = 0.35;

/// The block that probably contains the text of the one without a counterpart in a pair of a chapter.
pub(super) fn place<'c>(chapter: &'c ChapterPair<'_>, at: usize) -> Option<&'c Unit<'c>> {
    let pairs = &chapter.pairs;
    let lost = pairs[at].targets.is_empty();
    let alone = |pair: &&Pair<'_>| if lost { pair.targets.is_empty() } else { pair.sources.is_empty() };
    let before = pairs[..at].iter().rev().take(MOST).take_while(alone).count();
    let after = pairs[at + 1..].iter().take(MOST).take_while(alone).count();
    if before + after >= MOST {
        return None;
    }
    let spare = letters(&pairs[at - before..=at + after], lost);
    // A list stands before its items, and has no text of its own.
    let text = |pair: &&Pair<'_>| pair.source().or(pair.target()).is_some_and(|unit| !unit.text.trim().is_empty());
    let beside = [pairs[..at - before].iter().rev().find(text), pairs[at + after + 1..].iter().find(text)];
    beside.into_iter().flatten().find_map(|pair| {
        let other = if lost { pair.target() } else { pair.source() }?;
        let [long, short] = [!lost, lost].map(|source| letters(std::slice::from_ref(pair), source));
        let is_text = !matches!(other.kind, UnitKind::Meta(_));
        (is_text && short > 0.0 && maths::ln(long / short) > LONGER && maths::ln(long / (short + spare)).abs() < EVEN)
            .then_some(other)
    })
}

/// The letters of one side of some pairs.
fn letters(pairs: &[Pair<'_>], source: bool) -> f32 {
    let text = |pair: &Pair<'_>, unit: &Unit<'_>| match pair.basis {
        Basis::Parts => unit.text.clone(),
        _ => unit.full_text(),
    };
    let of_pair = |pair: &Pair<'_>| {
        let units = if source { &pair.sources } else { &pair.targets };
        units.iter().map(|unit| super::duplicated_block::letters(&text(pair, unit)) as f32).sum::<f32>()
    };
    pairs.iter().map(of_pair).sum()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Severity};
    use crate::manuscript;
    use crate::model::Lang;
    use crate::source::Sources;

    fn levels(zh: &str, en: &str) -> Vec<(Code, Severity)> {
        let mut sources = Sources::default();
        let langs = ["en", "zh"].map(|tag| Lang::new(tag).expect("a good tag"));
        let files = [("en.md", en), ("zh.md", zh)].map(|(path, text)| (path.to_owned(), text.to_owned()));
        let book = manuscript::load_pair(&mut sources, files, langs, None);
        let open = crate::checks::check(&book.value, &sources).open;
        open.iter().filter(|found| found.check == "extra-block").map(|found| (found.check, found.severity)).collect()
    }

    const ZH: &str = "如何选择适合您的静态应用安全测试工具？\n\n* 查看许可证：有些工具对开源项目免费，例如 CodeQL。\n* 优先选择能轻松与您使用的其他工具和现有流程集成的工具。\n";

    #[test]
    fn an_item_whose_source_is_a_line_of_the_paragraph_before_is_no_error() {
        let lost = "How to choose your static application security testing tool?\nCheck the license: some tools are free for open source projects, for example CodeQL.\n\n* Select one that easily integrates with the other tools and the existing process that you use.\n";
        assert_eq!(levels(ZH, lost), [("extra-block".into(), Severity::Warning)]);
    }

    #[test]
    fn an_item_that_nothing_has_room_for_is_an_error() {
        let none = "How to choose your static application security testing tool?\n\n* Select one that easily integrates with the other tools and the existing process that you use.\n";
        assert_eq!(levels(ZH, none), [("extra-block".into(), Severity::Error)]);
    }
}
