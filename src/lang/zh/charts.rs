//! What is said of charts in Chinese.

use crate::lang::shape::{Form, Magnitude, Said, Says, Shape};

const fn scale(value: f64, word: &'static str, said: bool) -> Magnitude {
    Magnitude { value, word, said }
}

/// The units of large values.
pub(super) const MAGNITUDES: &[Magnitude] =
    &[scale(1e3, "千", false), scale(1e4, "万", true), scale(1e8, "亿", true), scale(1e12, "万亿", true)];

/// The same in traditional characters.
pub(super) const TRADITIONAL_MAGNITUDES: &[Magnitude] =
    &[scale(1e3, "千", false), scale(1e4, "萬", true), scale(1e8, "億", true), scale(1e12, "萬億", true)];

/// The words of a sentence: in simplified characters, and in traditional ones.
struct Words {
    forms: [&'static str; 10],
    of: [&'static str; 2],
    all: &'static str,
    items: &'static str,
    largest: &'static str,
    smallest: &'static str,
    from: &'static str,
    highest: &'static str,
    lowest: &'static str,
    steps: &'static str,
    events: &'static str,
    points: &'static str,
    boxes: &'static str,
    is: &'static str,
}

const SIMPLE: Words = Words {
    forms: ["条形图", "折线图", "占比图", "散点图", "点图", "斜率图", "瀑布图", "漏斗图", "时间线", "流程图"],
    of: ["《", "》"],
    all: "均为",
    items: "项",
    largest: "最大",
    smallest: "最小",
    from: "从",
    highest: "最高",
    lowest: "最低",
    steps: "步",
    events: "件事",
    points: "个点",
    boxes: "个环节",
    is: "为",
};

const TRADITIONAL: Words = Words {
    forms: ["條形圖", "折線圖", "占比圖", "散點圖", "點圖", "斜率圖", "瀑布圖", "漏斗圖", "時間線", "流程圖"],
    all: "均為",
    items: "項",
    from: "從",
    points: "個點",
    boxes: "個環節",
    is: "為",
    ..SIMPLE
};

/// The sentence for those who cannot see a chart.
pub(super) fn sentence(shape: &Shape<'_>, traditional: bool) -> String {
    let words = if traditional { &TRADITIONAL } else { &SIMPLE };
    let title = shape.title.map(|title| format!("{}{title}{}", words.of[0], words.of[1])).unwrap_or_default();
    let said: Vec<String> = shape.says.iter().map(|(name, says)| one(words, shape.form, *name, says)).collect();
    format!("{}{title}：{}。", words.forms[place(shape.form)], said.join("；"))
}

fn place(form: Form) -> usize {
    match form {
        Form::Bars => 0,
        Form::Lines => 1,
        Form::Shares => 2,
        Form::Points => 3,
        Form::Dots => 4,
        Form::Slopes => 5,
        Form::Steps => 6,
        Form::Funnel => 7,
        Form::Timeline => 8,
        Form::Flow => 9,
    }
}

fn one(words: &Words, form: Form, name: Option<&str>, says: &Says) -> String {
    let name = name.map(|name| format!("{name}，")).unwrap_or_default();
    let is = |said: &Said| format!("{}{}{}", said.label, words.is, said.value);
    let text = match says {
        Says::Ranks { count: 1, greatest, least: None } => is(greatest),
        Says::Ranks { count, greatest, least: None } => {
            format!("{count}{}{}{}", words.items, words.all, greatest.value)
        }
        Says::Ranks { count, greatest, least: Some(least) } => format!(
            "共{count}{}，{}{}，{}{}；{}{}，{}{}",
            words.items,
            greatest.label,
            words.largest,
            words.is,
            greatest.value,
            least.label,
            words.smallest,
            words.is,
            least.value
        ),
        Says::Course { first, last, greatest, least } => {
            let mut text = format!("{}{}到{}", words.from, is(first), is(last));
            let extremes = [(greatest, words.highest), (least, words.lowest)];
            for (said, word) in extremes.into_iter().filter_map(|(said, word)| said.as_ref().map(|said| (said, word))) {
                text += &format!("，{}{word}，{}{}", said.label, words.is, said.value);
            }
            text
        }
        Says::Reaches { count, first, last } => {
            format!("{count}{}，{}{}到{}", words.steps, words.from, is(first), is(last))
        }
        Says::Holds { count, first, last } => {
            let what = match form {
                Form::Timeline => words.events,
                Form::Points => words.points,
                _ => words.boxes,
            };
            format!("{count}{what}，{}{first}到{last}", words.from)
        }
    };
    name + &text
}
