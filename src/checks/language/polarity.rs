use crate::align::{Segment, SegmentPair};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("polarity"),
    group: "language",
    summary: msg!("one language says the opposite of the other"),
    default_level: Severity::Info,
    page: page!("polarity"),
    look: Look::Text(run),
};

/// The least certainty that two sentences belong together.
const SURE: f32 = 0.5;

/// One side of an opposition. Bars separate the cues of a list; English cues are beginnings of words, or whole words where
/// they end with a space.
struct Side {
    /// What says it in Chinese.
    zh: &'static str,
    /// What may say it in Chinese.
    zh_perhaps: &'static str,
    /// What says it in English.
    en: &'static str,
    /// What may say it in English.
    en_perhaps: &'static str,
}

const fn side(zh: &'static str, zh_perhaps: &'static str, en: &'static str, en_perhaps: &'static str) -> Side {
    Side { zh, zh_perhaps, en, en_perhaps }
}

/// Oppositions in which a language seldom says one by denying the other.
const OPPOSITES: &[[Side; 2]] = &[
    [
        side(
            "大于|多于|高于|超过|超出",
            "以上|更高|更多|更大",
            "greater|larger|more than|bigger|above |exceed",
            "over |beyond|higher|past |longer|more ",
        ),
        side(
            "小于|少于|低于|不足|不到",
            "以下|不够|缺",
            "less than|smaller|below |fewer",
            "under|lower|within|short|insufficient|not enough|less |lack",
        ),
    ],
    [
        side(
            "增加|增长|提高|上升|提升|加大",
            "扩大|添加|加上|加入|上涨|更多",
            "increas|add |adds |added |adding |grow |grows |grew |grown |growth|rise |rises|rising|rose ",
            "rais|more |improv|up |gain|higher|expand|boost|enhanc|larger|better|promot",
        ),
        side(
            "减少|下降|降低|缩小|减小|降至",
            "降|缩|省",
            "reduc|decreas|declin|drop |drops |fall |falls |fell ",
            "lower|less|fewer|shrink|cut |down|minimi|save|smaller|mitigat|ease",
        ),
    ],
    [
        side(
            "最大|最多|最高|至多|最长",
            "",
            "maxim|largest|biggest|greatest|highest|longest|at most|up to",
            "max|most|upper|top|best",
        ),
        side(
            "最小|最少|最低|至少|最短",
            "",
            "minim|smallest|lowest|fewest|shortest|at least",
            "min|least|lower|any |one or more|worst",
        ),
    ],
    [
        side("更快|加快|较快", "快", "faster|quicker|sooner|speed", "fast|quick|accelerat"),
        side("更慢|减慢|较慢", "慢", "slower|slow ", "slow|later|delay"),
    ],
    [
        side("更高|较高", "高", "higher|greater", "high|great|more |better|improv|increas|deeper"),
        side("更低|较低", "低", "lower|cheaper", "low|less |cheap|reduc|fewer|worse"),
    ],
    [
        side(
            "之前|以前|先前",
            "前|先|早|过去",
            "before |previous|earlier |prior ",
            "ago|preced|until|already|last|so far|first|yet|past |pre|old|above|former|back",
        ),
        side(
            "之后|以后|随后",
            "后|再|接着",
            "after |afterward|later |then ",
            "once|next|follow|since|when|subsequent|behind|now|eventual|finish|future|post|until|end",
        ),
    ],
    [
        side(
            "总是|始终",
            "一直|总|都|全",
            "always",
            "every|all |consistent|constant|whenever|each|any|total|ever |still",
        ),
        side("从不|从未|绝不|永不|决不", "不|没|未", "never", "no |not |none|nor |without"),
    ],
    [
        side(
            "所有的|所有|全部|一切",
            "任何|每个|每一|整个|各种|任意",
            "all |every |entire",
            "any|each|whole|complete|full|every|always",
        ),
        side(
            "部分|某些",
            "一些|有些|有的|几|大多|多数|之一|份",
            "some |several |part |partial",
            "few|certain|portion|section|piece|part|most|many|one |some",
        ),
    ],
    [
        side(
            "必须|务必",
            "必需|需要|应该|应当|不得不|必|只能|不能|不可",
            "must |have to |has to |required |mandatory",
            "need|requir|had to|should|essential|necess|only|always",
        ),
        side(
            "可以|或许",
            "可能|能|可|会|许|让|将",
            "can |could |may |might ",
            "able|allow|possib|let|option|will|would|perhaps|free|permit|enable|want",
        ),
    ],
    [
        side(
            "优点|优势|好处",
            "优|利|好",
            "advantage|benefit|strength|merit",
            "pros |good|upside|nice|edge|plus|better",
        ),
        side(
            "缺点|劣势|坏处|弊端",
            "缺|劣|弊|代价|不足|坏",
            "disadvantage|drawback|downside|weakness|shortcoming",
            "cons |flaw|bad|cost|demerit|trade|limit|problem|danger",
        ),
    ],
    [side("左侧|左边|左", "", "left ", "left|leav"), side("右侧|右边|右", "", "right ", "right|correct")],
    [
        side("输入", "", "input", "enter|typ|stdin|in |into|keyboard|read|argument|prompt"),
        side("输出", "", "output|print", "emit|stdout|produc|display|out|writ|result|export|return|show|log|report"),
    ],
    [
        side("成功", "", "success|succeed", "work|pass|ok |well|manage|achiev|can "),
        side("失败", "", "fail|unsuccess", "error|not |err |lost|lose|wrong|panic|reject"),
    ],
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let target_chinese = match (source, target) {
        (a, b) if a.is_chinese() && b.primary() == "en" => false,
        (a, b) if a.primary() == "en" && b.is_chinese() => true,
        _ => return,
    };
    for pair in context.segments.iter().copied().flatten().filter(|pair| pair.score >= SURE) {
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

/// The words of the first opposition of which the two languages say different sides.
fn opposed(zh: &str, en: &str) -> Option<(&'static str, &'static str)> {
    // These words contain a cue without expressing the opposition.
    let zh = ["所有权", "所有者", "左右"].iter().fold(zh.to_owned(), |zh, word| zh.replace(word, "□"));
    let chinese = |cues: &'static str| cues.split('|').find(|cue| !cue.is_empty() && zh.contains(cue));
    let english = |cues: &'static str| cues.split('|').find(|cue| has_word(en, cue));
    let differs = |a: &Side, b: &Side| {
        let zh = chinese(a.zh)?;
        let en = english(b.en)?;
        let excused = chinese(b.zh).or_else(|| chinese(b.zh_perhaps)).is_some()
            || english(a.en).or_else(|| english(a.en_perhaps)).is_some();
        (!excused).then_some((zh, en))
    };
    OPPOSITES.iter().find_map(|[a, b]| differs(a, b).or_else(|| differs(b, a)))
}

/// Whether a text has a word that begins with a cue, or is it where the cue ends with a space.
fn has_word(text: &str, cue: &str) -> bool {
    let whole = cue.ends_with(' ');
    let cue = cue.trim_end();
    !cue.is_empty()
        && text.match_indices(cue).any(|(at, _)| {
            let letter = |c: char| c.is_alphanumeric();
            let goes_on = whole && text[at + cue.len()..].starts_with(letter);
            !goes_on && !text[..at].ends_with(letter)
        })
}

fn finding(pair: &SegmentPair, zh: &str, en: &str, target: &Lang) -> Diagnostic {
    let whole = |segments: &[Segment]| segments.iter().skip(1).fold(segments[0].span, |span, next| span.to(next.span));
    let en = en.trim();
    let (here, there) = if target.is_chinese() { (zh, en) } else { (en, zh) };
    let message = msg!("‘{here}’ here, but ‘{there}’ in the source", here, there);
    Diagnostic::new(Severity::Info, CHECK.name, message)
        .at(whole(&pair.targets))
        .label(whole(&pair.sources), msg!("its source"))
        .hint(msg!("check whether both say the same"))
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
