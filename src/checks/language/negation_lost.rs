use super::english::words;
use crate::align::lang::zh::is_han;
use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("negation-lost"),
    group: "language",
    summary: msg!("one language has a negation that the other lacks"),
    default_level: Severity::Info,
    page: page!("negation_lost"),
    look: Look::Text(run),
};

/// The least certainty that two sentences belong together.
const SURE: f32 = 0.5;

const NOT: [&str; 13] = [
    "not", "no", "never", "cannot", "without", "none", "nor", "neither", "nobody", "nothing", "nowhere", "non",
    "unable",
];
/// Beginnings of words that may stand for a negation.
const HIDDEN: [&str; 54] = [
    "un",
    "in",
    "im",
    "ir",
    "il",
    "dis",
    "non",
    "fail",
    "lack",
    "avoid",
    "prevent",
    "refus",
    "reject",
    "hardly",
    "rare",
    "seldom",
    "few",
    "little",
    "less",
    "rather",
    "only",
    "until",
    "stop",
    "free",
    "den",
    "absen",
    "miss",
    "wrong",
    "exclu",
    "otherwise",
    "differ",
    "instead",
    "beyond",
    "too",
    "omit",
    "ignor",
    "skip",
    "bare",
    "forbid",
    "ban",
    "mis",
    "empty",
    "rid",
    "hard",
    "difficult",
    "but",
    "except",
    "invalid",
    "anti",
    "whether",
    "hid",
    "out",
    "cut",
    "stay",
];
/// Chinese words with a negative character that negate nothing.
const NEUTRAL: [&str; 14] = [
    "不过",
    "不断",
    "不管",
    "不论",
    "不久",
    "不妨",
    "非常",
    "未来",
    "无论",
    "差不多",
    "了不起",
    "对不起",
    "莫过于",
    "是不是",
];
/// Words that may render a negation, but need not.
const PLAIN: [&str; 38] = [
    "不同",
    "不仅",
    "不但",
    "不止",
    "不只",
    "不少",
    "不得不",
    "不错",
    "不禁",
    "不停",
    "不外乎",
    "不光",
    "不一样",
    "不太",
    "不再",
    "能不能",
    "会不会",
    "要不要",
    "有没有",
    "没关系",
    "无疑",
    "是否",
    "能否",
    "可否",
    "否则",
    "不对劲",
    "并非易事",
    "无非",
    "除非",
    "无数",
    "无障碍",
    "无处不在",
    "不可避免",
    "不可或缺",
    "毫不",
    "不知不觉",
    "不变",
    "不足",
];
const NEIN: [char; 8] = ['不', '没', '无', '未', '非', '勿', '否', '莫'];
const VEILED: [&str; 21] = [
    "免", "缺", "失", "拒", "禁", "防", "避", "难", "别", "少", "仅", "只", "除", "忽略", "停", "空", "而是", "错",
    "误", "阻", "假",
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let known = |lang: &Lang| lang.is_chinese() || lang.primary() == "en";
    if !known(source) || !known(target) || source.is_chinese() == target.is_chinese() {
        return;
    }
    for pair in context.segments.iter().copied().flatten().filter(|pair| pair.score >= SURE) {
        let (theirs, ours) = (denials(&pair.sources, source), denials(&pair.targets, target));
        if theirs.said > ours.said.saturating_add(ours.perhaps) {
            found.extend(finding(pair, msg!("the source has a negation here, the translation has none")));
        } else if ours.said > theirs.said.saturating_add(theirs.perhaps) {
            found.extend(finding(pair, msg!("the translation has a negation here, the source has none")));
        }
    }
}

/// How many negations sentences have, and how many more they may have.
#[derive(Default)]
struct Denials {
    said: usize,
    perhaps: usize,
}

fn denials(segments: &[Segment], lang: &Lang) -> Denials {
    let text: String = segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ");
    if segments.is_empty() {
        // A missing sentence is the finding of another check.
        Denials { said: 0, perhaps: usize::MAX }
    } else if lang.is_chinese() {
        chinese(&text)
    } else {
        english(&text)
    }
}

fn english(text: &str) -> Denials {
    let mut denials = Denials::default();
    for (at, word) in words(text) {
        // The head of a column of numbers, or ‘No. 5’.
        if word == "No" && text[at + word.len()..].starts_with('.') {
            continue;
        }
        let word = word.to_lowercase().replace('’', "'");
        let hides = |begin: &&str| word.starts_with(*begin) && (begin.len() > 2 || word.len() > 5);
        if NOT.contains(&word.as_str()) || word.ends_with("n't") {
            denials.said += 1;
        } else if HIDDEN.iter().any(hides) || word.ends_with("less") {
            denials.perhaps += 1;
        }
    }
    denials
}

fn chinese(text: &str) -> Denials {
    let without = |text: &str, words: &[&str]| words.iter().fold(text.to_owned(), |text, word| text.replace(word, "□"));
    // 看不过来 denies, 不过 does not.
    let text = without(&text.replace("不过来", "不来").replace("不过去", "不去"), &NEUTRAL);
    let said = without(&text, &PLAIN).matches(NEIN).count();
    let said = said - said.min(questions(&text));
    let veiled = VEILED.iter().map(|word| text.matches(word).count()).sum::<usize>();
    Denials { said, perhaps: veiled + text.matches(NEIN).count() - said }
}

/// How many questions have both alternatives: 滑没有滑, 是不是, 偏离了没有.
fn questions(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let asks = |at: usize| {
        let behind = if chars[at] == '没' && chars.get(at + 1) == Some(&'有') { at + 2 } else { at + 1 };
        let before = at.checked_sub(1).map(|before| chars[before]);
        let open = behind == at + 2 && before == Some('了');
        matches!(chars[at], '不' | '没') && (open || before.is_some_and(is_han) && before == chars.get(behind).copied())
    };
    (0..chars.len()).filter(|at| asks(*at)).count()
}

fn finding(pair: &SegmentPair, message: Message) -> Option<Diagnostic> {
    let (source, target) = (pair.sources.first()?, pair.targets.first()?);
    let whole = |segments: &[Segment]| segments.iter().skip(1).fold(segments[0].span, |span, next| span.to(next.span));
    debug_assert!(!source.text.is_empty() || !target.text.is_empty());
    Some(
        Diagnostic::new(Severity::Info, CHECK.name, message)
            .at(whole(&pair.targets))
            .label(whole(&pair.sources), msg!("its source"))
            .hint(msg!("check whether both say the same")),
    )
}
