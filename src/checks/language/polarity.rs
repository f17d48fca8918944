use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: "polarity",
    summary: "one language says the opposite of the other",
    default_level: Severity::Info,
    docs: include_str!("polarity.md"),
    run,
};

/// Least certainty that two sentences belong together.
const SURE: f32 = 0.5;

/// One side of an opposition: what both languages say for it. English cues are beginnings of words.
struct Side {
    zh: &'static [&'static str],
    en: &'static [&'static str],
}

/// Oppositions in which a language seldom says one by denying the other.
const OPPOSITES: &[[Side; 2]] = &[
    [
        Side { zh: &["大于", "多于", "高于", "超过", "超出"], en: &["greater", "larger", "more than", "bigger", "above", "over ", "exceed", "beyond", "higher", "past ", "longer"] },
        Side { zh: &["小于", "少于", "低于", "不足", "不到"], en: &["less than", "smaller", "below", "under", "fewer", "lower", "within", "short", "insufficient", "not enough"] },
    ],
    [
        Side { zh: &["增加", "增长", "提高", "上升", "提升", "加大", "扩大"], en: &["increas", "grow", "grew", "rais", "rise", "rising", "rose", "add", "more", "improv", "up", "gain", "higher", "expand", "boost", "enhanc", "larger"] },
        Side { zh: &["减少", "下降", "降低", "缩小", "减小", "降至"], en: &["reduc", "decreas", "declin", "drop", "fall", "fell", "lower", "less", "fewer", "shrink", "cut", "down", "minimi", "save", "smaller", "mitigat"] },
    ],
    [
        Side { zh: &["最大", "最多", "最高", "至多", "最长"], en: &["max", "largest", "biggest", "greatest", "most", "highest", "longest", "up to", "upper"] },
        Side { zh: &["最小", "最少", "最低", "至少", "最短"], en: &["min", "smallest", "least", "lowest", "fewest", "shortest", "lower", "at least", "any", "one or more"] },
    ],
    [
        Side { zh: &["更快", "加快", "较快"], en: &["fast", "quick", "speed", "sooner", "accelerat"] },
        Side { zh: &["更慢", "减慢", "较慢"], en: &["slow", "later"] },
    ],
    [
        Side { zh: &["更高", "较高"], en: &["high", "great", "more", "better", "improv", "increas"] },
        Side { zh: &["更低", "较低"], en: &["low", "less", "cheap", "reduc", "fewer"] },
    ],
    [
        Side { zh: &["之前", "以前", "先前"], en: &["before", "previous", "earlier", "prior", "ago", "preced", "until", "already", "last", "so far", "first", "yet", "past", "pre", "old", "above", "former"] },
        Side { zh: &["之后", "以后", "随后", "然后"], en: &["after", "then", "later", "once", "next", "follow", "since", "when", "subsequent", "behind", "now", "eventual", "finish", "future", "post", "until"] },
    ],
    [
        Side { zh: &["总是", "始终", "一直", "总"], en: &["always", "every", "all", "consistent", "constant", "whenever", "each", "any", "total", "ever", "still"] },
        Side { zh: &["从不", "从未", "绝不", "永不", "决不"], en: &["never", "no ", "not ", "n't", "n’t", "none", "ever"] },
    ],
    [
        Side { zh: &["所有", "全部", "一切", "任何", "每", "整个", "都", "全"], en: &["all", "every", "any", "each", "whole", "entire", "complete", "full"] },
        Side { zh: &["部分", "一些", "某些", "有些", "有的"], en: &["some", "part", "several", "few", "certain", "portion", "section", "piece"] },
    ],
    [
        Side { zh: &["必须", "务必", "必需", "需", "得", "应", "要"], en: &["must", "have to", "has to", "need", "requir", "had to", "should", "mandat", "essential"] },
        Side { zh: &["可以", "可能", "能够", "或许"], en: &["can", "could", "may", "might", "able", "allow", "possib", "let", "option", "will", "would", "perhaps", "free", "permit", "enable"] },
    ],
    [
        Side { zh: &["优点", "优势", "好处"], en: &["advantage", "benefit", "pro ", "pros", "strength", "merit", "good", "upside", "nice", "edge"] },
        Side { zh: &["缺点", "劣势", "坏处", "弊端"], en: &["disadvantage", "drawback", "con ", "cons", "downside", "weakness", "shortcoming", "flaw", "bad", "cost", "demerit", "tradeoff", "trade-off"] },
    ],
    [
        Side { zh: &["左侧", "左边", "左"], en: &["left"] },
        Side { zh: &["右侧", "右边", "右"], en: &["right"] },
    ],
    [
        Side { zh: &["输入"], en: &["input", "enter", "type", "typing", "stdin", "in"] },
        Side { zh: &["输出"], en: &["output", "print", "emit", "stdout", "produc", "display", "out", "written", "write", "result", "export"] },
    ],
    [
        Side { zh: &["成功"], en: &["succe", "work", "pass", "ok", "well", "manage"] },
        Side { zh: &["失败"], en: &["fail", "error", "unsuccess", "not", "err", "lost", "lose"] },
    ],
    [
        Side { zh: &["第一", "首先", "首个"], en: &["first", "one", "1", "initial", "begin"] },
        Side { zh: &["最后", "末"], en: &["last", "final", "end", "eventual", "at length", "tail", "latter"] },
    ],
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let target_chinese = match (source, target) {
        (a, b) if a.is_chinese() && b.primary() == "en" => false,
        (a, b) if a.primary() == "en" && b.is_chinese() => true,
        _ => return,
    };
    for pair in context.segments.iter().flatten().filter(|pair| pair.score >= SURE) {
        if pair.sources.is_empty() || pair.targets.is_empty() {
            continue;
        }
        let (source, target) = (text(&pair.sources), text(&pair.targets).to_lowercase());
        let (zh, en) = if target_chinese { (target, source.to_lowercase()) } else { (source, target) };
        found.extend(opposed(&zh, &en).map(|(zh, en)| finding(pair, zh, en, &context.alignment.target)));
    }
}

fn text(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The first opposition of which the languages say different sides, and only those: the words.
fn opposed(zh: &str, en: &str) -> Option<(&'static str, &'static str)> {
    OPPOSITES.iter().find_map(|sides| {
        let [zh_a, zh_b] = sides.each_ref().map(|side| side.zh.iter().copied().find(|cue| zh.contains(cue)));
        let [en_a, en_b] = sides.each_ref().map(|side| side.en.iter().copied().find(|cue| begins_word(en, cue)));
        match (zh_a, zh_b, en_a, en_b) {
            (Some(zh), None, None, Some(en)) | (None, Some(zh), Some(en), None) => Some((zh, en)),
            _ => None,
        }
    })
}

fn begins_word(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric()))
}

fn finding(pair: &SegmentPair, zh: &str, en: &str, target: &Lang) -> Diagnostic {
    let whole = |segments: &[Segment]| segments.iter().skip(1).fold(segments[0].span, |span, next| span.to(next.span));
    let en = en.trim();
    let message = if target.is_chinese() {
        format!("‘{zh}’ here, but ‘{en}’ in the source")
    } else {
        format!("‘{en}’ here, but ‘{zh}’ in the source")
    };
    Diagnostic::new(Severity::Info, CHECK.name, message)
        .at(whole(&pair.targets))
        .label(whole(&pair.sources), "its source")
        .hint("see whether the two say the same")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denied_opposite_is_none() {
        assert_eq!(opposed("值大于三", "the value is smaller than three"), Some(("大于", "smaller")));
        assert_eq!(opposed("值大于三", "the value is greater than three"), None);
        assert_eq!(opposed("从左到右", "from left to right"), None);
    }
}
