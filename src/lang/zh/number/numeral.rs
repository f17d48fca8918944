//! Chinese numerals, by their grammar: 二十四, 一万三, 肆佰陸拾, 770 万, 三点五.

use crate::lang::number::{arabic, is_telling, units};

/// What a numeral is made of.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Digit(f64),
    Zero,
    Half,
    /// 十, 百, 千.
    Small(f64),
    /// 万, 亿, 兆.
    Big(f64),
    Point,
    /// 多, 余, 几: the number is an approximation.
    About,
}

/// A numeral at the start of a text.
#[derive(Debug)]
pub(super) struct Numeral {
    pub(super) value: f64,
    pub(super) len: usize,
    /// In digits, perhaps with a scale in characters.
    pub(super) arabic: bool,
    /// So exact that it can only be a number.
    pub(super) sure: bool,
    /// Two digits in a row, as in 二三十 or 九九: an approximation, or no number at all.
    pub(super) vague: bool,
    /// Nothing but scales: 百, 千万.
    pub(super) bare: bool,
    /// Nothing but this many digits.
    pub(super) digits: usize,
    pub(super) fraction: bool,
    pub(super) version: bool,
}

fn part(c: char) -> Option<Part> {
    Some(match c {
        '零' | '〇' => Part::Zero,
        '一' | '壹' => Part::Digit(1.0),
        '二' | '贰' | '两' | '俩' => Part::Digit(2.0),
        '三' | '叁' | '参' => Part::Digit(3.0),
        '四' | '肆' => Part::Digit(4.0),
        '五' | '伍' => Part::Digit(5.0),
        '六' | '陆' => Part::Digit(6.0),
        '七' | '柒' => Part::Digit(7.0),
        '八' | '捌' => Part::Digit(8.0),
        '九' | '玖' => Part::Digit(9.0),
        '半' => Part::Half,
        '十' | '拾' => Part::Small(10.0),
        '百' | '佰' => Part::Small(100.0),
        '千' | '仟' => Part::Small(1000.0),
        '万' => Part::Big(1e4),
        '亿' => Part::Big(1e8),
        '兆' => Part::Big(1e12),
        '点' => Part::Point,
        '多' | '余' | '几' | '来' => Part::About,
        _ => return None,
    })
}

/// Whether a numeral in characters may begin with this one.
pub(super) fn begins(c: char) -> bool {
    c == '数' || !matches!(part(c), None | Some(Part::Point))
}

/// Characters that mean something else unless other numerals stand beside them: 队伍, 大陆, 收拾, 放肆, 两侧.
fn needs_company(c: char) -> bool {
    matches!(c, '伍' | '陆' | '拾' | '肆' | '参' | '半' | '几' | '数' | '多' | '余' | '来' | '兆')
}

/// Scales that begin a unit are none: 千瓦, 百分点, 兆赫. `text` begins with the scale.
fn begins_unit(c: char, text: &str) -> bool {
    let percent = || text.strip_prefix("百分").is_some_and(|rest| !rest.trim_start().starts_with('之'));
    matches!(c, '千' | '百' | '兆') && (units::is_written(text) || percent())
}

/// 参 is a numeral before a scale in words of banks, 参佰, and else begins a word: 百万参数, 十万参会者. `text` begins with it.
fn begins_word(c: char, text: &str) -> bool {
    c == '参' && !text.chars().nth(1).is_some_and(|next| matches!(next, '拾' | '佰' | '仟'))
}

/// Goes through a text part by part; spaces may stand between.
struct Parts<'t> {
    text: &'t str,
    at: usize,
}

impl Parts<'_> {
    /// The next part, the spaces before it, and the place after it.
    fn peek(&self) -> Option<(Part, usize, usize)> {
        let rest = &self.text[self.at..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
        let c = rest[spaces..].chars().next()?;
        let part = part(c).filter(|_| !begins_unit(c, &rest[spaces..]) && !begins_word(c, &rest[spaces..]))?;
        Some((part, spaces, self.at + spaces + c.len_utf8()))
    }
}

/// The value as far as it is read.
#[derive(Default)]
struct Sum {
    /// Up to the last 万 or 亿, and the greatest of them.
    total: f64,
    biggest: f64,
    /// Behind it, up to the last 十, 百 or 千, and that one.
    section: f64,
    smallest: f64,
    /// The digit that the next scale multiplies.
    last: Option<f64>,
    /// The scale before `last`, if nothing stands between: 一万三 is 13000.
    shorthand: f64,
    about: bool,
    scales: usize,
    parts: usize,
}

impl Sum {
    fn value(&self) -> f64 {
        let last = self.last.unwrap_or(0.0);
        self.total + self.section + if self.shorthand > 10.0 { last * self.shorthand / 10.0 } else { last }
    }

    /// Takes up a scale; `false` when it cannot stand here.
    fn small(&mut self, scale: f64) -> bool {
        if (self.smallest > 0.0 && scale >= self.smallest) || (self.about && self.last.is_none() && self.scales > 0) {
            return false;
        }
        self.section += self.last.take().unwrap_or(1.0) * scale;
        (self.smallest, self.shorthand) = (scale, 0.0);
        self.scales += 1;
        true
    }

    fn big(&mut self, scale: f64) {
        let before = self.section + self.last.take().unwrap_or(0.0);
        if self.biggest > 0.0 && scale >= self.biggest {
            // 四万万, 一万五千亿: it multiplies all that stands before.
            self.total = (self.total + before) * scale;
        } else if before > 0.0 {
            self.total += before * scale;
        } else {
            self.total += scale;
        }
        (self.section, self.smallest, self.shorthand, self.biggest) = (0.0, 0.0, 0.0, self.biggest.max(scale));
        self.scales += 1;
    }
}

/// A numeral at the start of a text; `before` is the character before it.
pub(super) fn read(text: &str, before: Option<char>) -> Option<Numeral> {
    let first = text.chars().next()?;
    if arabic::begins(first) {
        return in_digits(text, before);
    }
    if let Some(row) = row(text) {
        return Some(row);
    }
    let skipped = if first == '数' { first.len_utf8() } else { 0 };
    let mut sum = Sum { about: skipped > 0, ..Sum::default() };
    let mut parts = Parts { text, at: skipped };
    let (decimals, vague) = sum_up(&mut sum, &mut parts);
    if sum.parts == 0 || (sum.parts == 1 && needs_company(first)) || (skipped > 0 && sum.scales == 0) {
        return None;
    }
    let value = sum.value() + decimals;
    let bare = sum.parts == sum.scales && !sum.about;
    if bare && sum.parts == 1 && matches!(part(first), Some(Part::Big(_))) {
        return None;
    }
    let shorthand = sum.shorthand > 10.0 && sum.last.is_some();
    let sure = !vague && !sum.about && !bare && !shorthand && is_telling(value);
    Some(Numeral { sure, vague, bare, ..plain(value, parts.at) })
}

fn plain(value: f64, len: usize) -> Numeral {
    Numeral {
        value,
        len,
        arabic: false,
        sure: false,
        vague: false,
        bare: false,
        digits: 0,
        fraction: false,
        version: false,
    }
}

/// Takes up part after part. Gives the decimals, and whether it is an approximation such as 二三十.
fn sum_up(sum: &mut Sum, parts: &mut Parts<'_>) -> (f64, bool) {
    let (mut decimals, mut vague, mut spoken_zero) = (0.0, false, false);
    while let Some((part, spaces, end)) = parts.peek() {
        let scale = matches!(part, Part::Small(_) | Part::Big(_));
        // A space parts two numbers, unless a scale joins them.
        let joined = spaces == 0 || scale || (sum.last.is_none() && sum.parts > 0) || part == Part::Point;
        if !joined {
            break;
        }
        match part {
            Part::Digit(digit) => {
                vague |= sum.last.is_some();
                let direct = sum.last.is_none() && !spoken_zero && !sum.about && sum.scales > 0;
                sum.shorthand =
                    if direct { sum.smallest.max(if sum.smallest == 0.0 { sum.biggest } else { 0.0 }) } else { 0.0 };
                sum.last = Some(digit);
                spoken_zero = false;
            }
            Part::Half if sum.parts == 0 => sum.last = Some(0.5),
            Part::Zero if sum.last.is_none() => spoken_zero = true,
            Part::Small(scale) => {
                if !sum.small(scale) {
                    break;
                }
            }
            Part::Big(scale) => {
                sum.big(scale);
                spoken_zero = false;
            }
            Part::About if sum.about_fits(parts.text, end) => sum.about = true,
            Part::Point if sum.parts > 0 && !vague => {
                let Some((digits, after)) = decimals_at(parts.text, end) else { break };
                decimals = digits;
                parts.at = after;
                sum.parts += 1;
                if let Some((Part::Big(scale), _, end)) = parts.peek() {
                    // 三点五亿.
                    *sum = Sum { total: (sum.value() + decimals) * scale, parts: sum.parts, ..Sum::default() };
                    (decimals, parts.at) = (0.0, end);
                }
                break;
            }
            Part::Zero | Part::About | Part::Point | Part::Half => break,
        }
        sum.parts += 1;
        parts.at = end;
    }
    (decimals, vague)
}

impl Sum {
    /// 十多万, 五百余万, 四百多, 几千: after a scale, or before one.
    fn about_fits(&self, text: &str, end: usize) -> bool {
        let next = text[end..].trim_start_matches(' ').chars().next().and_then(part);
        let scaled = matches!(next, Some(Part::Big(_) | Part::Small(_)));
        (self.parts == 0 && scaled) || (self.scales > 0 && self.last.is_none() && !self.about)
    }
}

/// Digits after a point: 点三三, 点零八. 三点五十 is a time.
fn decimals_at(text: &str, from: usize) -> Option<(f64, usize)> {
    let (mut value, mut step, mut at) = (0.0, 0.1, from);
    let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
    at += spaces;
    for c in text[at..].chars() {
        let digit = match part(c) {
            Some(Part::Digit(digit)) if !matches!(c, '两' | '俩') => digit,
            Some(Part::Zero) => 0.0,
            Some(Part::Small(_)) => return None,
            _ => break,
        };
        value += digit * step;
        step /= 10.0;
        at += c.len_utf8();
    }
    // 八点五分 and 六点一刻 are times.
    if text[at..].starts_with('刻') || text[at..].strip_prefix('分').is_some_and(|rest| !rest.starts_with('之')) {
        return None;
    }
    // The sum of tenths and hundredths is rounded to what was written.
    let places = 1.0 / (step * 10.0);
    (at > from + spaces).then(|| ((value * places).round() / places, at))
}

/// Digits one after the other: 二〇二一, 一九九八, 九九.
fn row(text: &str) -> Option<Numeral> {
    let digit = |c: char| match part(c) {
        Some(Part::Digit(digit)) => Some(digit),
        Some(Part::Zero) => Some(0.0),
        _ => None,
    };
    let digits: Vec<f64> = text.chars().map_while(digit).collect();
    let len: usize = text.chars().take(digits.len()).map(char::len_utf8).sum();
    let scaled = text[len..].chars().next().and_then(part).is_some_and(|part| !matches!(part, Part::About));
    // 二三十 and 三五万 are summed up elsewhere.
    if digits.len() < 2 || digits[0] == 0.0 && digits.len() == 2 || (scaled && digits.len() < 3) {
        return None;
    }
    let value = digits.iter().fold(0.0, |sum, digit| sum * 10.0 + digit);
    let (sure, vague) = (digits.len() > 2, digits.len() == 2);
    Some(Numeral { sure, vague, digits: digits.len(), ..plain(value, len) })
}

/// Digits with what multiplies them: 770 万, 7 万 5 千 4 百, 40k.
fn in_digits(text: &str, before: Option<char>) -> Option<Numeral> {
    let digits = arabic::read(text, before)?;
    let whole = if digits.plain { digits.whole } else { 0 };
    let (fraction, version) = (digits.shape == arabic::Shape::Fraction, digits.shape == arabic::Shape::Version);
    let found =
        Numeral { arabic: true, sure: true, digits: whole, fraction, version, ..plain(digits.value, digits.len) };
    if fraction || version {
        return Some(found);
    }
    if let Some((scale, used)) = arabic::magnitude(&text[digits.len..], &digits, before) {
        return Some(Numeral { value: digits.value * scale, len: digits.len + used, digits: 0, ..found });
    }
    let mut sum = Sum { last: Some(digits.value), parts: 1, ..Sum::default() };
    let mut parts = Parts { text, at: digits.len };
    loop {
        match parts.peek() {
            Some((Part::Small(scale), spaces, end)) if sum.last.is_some() => {
                // In “2022 十大趋势” nothing is multiplied.
                let counted = scale > 10.0 && (spaces == 0 || sum.last.is_some_and(|last| last < 10.0));
                if !counted || !sum.small(scale) {
                    break;
                }
                parts.at = end;
            }
            Some((Part::Big(scale), _, end)) if sum.last.is_some() || sum.section > 0.0 || sum.biggest > 0.0 => {
                sum.big(scale);
                parts.at = end;
            }
            Some((Part::About | Part::Zero, 0, end)) if sum.last.is_none() || scaled(text, end) => parts.at = end,
            // 300 多万.
            Some((Part::About, _, end)) if scaled(text, end) => parts.at = end,
            _ => match next_group(&mut sum, text, parts.at) {
                Some(end) => parts.at = end,
                None => break,
            },
        }
    }
    if sum.scales == 0 {
        return Some(found);
    }
    // What was passed over in search of more belongs to what follows.
    let read = text[..parts.at].trim_end_matches(['零', '〇']).len();
    Some(Numeral { value: sum.value(), len: read, digits: 0, ..found })
}

/// Whether a 万 or 亿 stands there: 500余万.
fn scaled(text: &str, at: usize) -> bool {
    text[at..].chars().next().and_then(part).is_some_and(|part| matches!(part, Part::Big(_)))
}

/// Takes up digits or a character after a scale: 3万4000, 5亿1万, 1千零1, 2万五.
fn next_group(sum: &mut Sum, text: &str, at: usize) -> Option<usize> {
    if sum.last.is_some() || sum.scales == 0 || text[at..].chars().next().is_some_and(|c| begins_word(c, &text[at..])) {
        return None;
    }
    let zero = text[..at].ends_with(['零', '〇']);
    let limit = if sum.smallest > 0.0 { sum.smallest } else { sum.biggest };
    let (value, single, end) = match text[at..].chars().next().and_then(part) {
        Some(Part::Digit(digit)) => (digit, true, at + '一'.len_utf8()),
        Some(_) => return None,
        None => {
            let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
            let next = arabic::read(&text[at + spaces..], None)?;
            // Behind a space, only what a scale follows.
            let end = at + spaces + next.len;
            let followed = text[end..].trim_start_matches(' ').chars().next().and_then(part);
            if !next.plain || next.value >= limit || (spaces > 0 && !matches!(followed, Some(Part::Small(_)))) {
                return None;
            }
            (next.value, next.whole == 1, end)
        }
    };
    sum.last = Some(value);
    sum.shorthand = if single && !zero { limit } else { 0.0 };
    Some(end)
}
