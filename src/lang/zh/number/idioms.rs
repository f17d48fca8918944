//! Words that contain a numeral and are no number.

/// By what they begin with.
const WORDS: [&str; 63] = [
    "一些",
    "一定",
    "一切",
    "一般",
    "一样",
    "一樣",
    "一直",
    "一起",
    "一旦",
    "一致",
    "一律",
    "一向",
    "一贯",
    "一再",
    "一旁",
    "一味",
    "一同",
    "一共",
    "一瞬",
    "一举",
    "一流",
    "一心",
    "一方面",
    "一系列",
    "一边",
    "一面",
    "一时",
    "一带一路",
    "一看",
    "一经",
    "一并",
    "十足",
    "十分",
    "百姓",
    "百货",
    "百科",
    "百合",
    "百般",
    "百分比",
    "百分制",
    "百分位",
    "百度",
    "千方百计",
    "千变万化",
    "千差万别",
    "万一",
    "万物",
    "万能",
    "万维",
    "万岁",
    "万事",
    "萬一",
    "三明治",
    "四川",
    "四周",
    "四处",
    "四面",
    "四肢",
    "七上八下",
    "七嘴八舌",
    "零售",
    "零件",
    "零食",
];

/// Characters before 一 that make a word of it: 统一, 唯一.
const BEFORE_ONE: &str = "统統唯逐单單专專同任均划劃归歸";

/// The length of such a word at the start of a text; `before` is the character before it.
pub(super) fn at(text: &str, before: Option<char>) -> Option<usize> {
    if text.starts_with('一') && before.is_some_and(|c| BEFORE_ONE.contains(c)) {
        return Some('一'.len_utf8());
    }
    if let Some(rest) = text.strip_prefix("千万").or_else(|| text.strip_prefix("千萬")) {
        return rest.starts_with(['别', '別', '不', '要', '记', '記', '莫', '小', '注']).then_some("千万".len());
    }
    // 十分钟 and 十分之一 are numbers, 零零 begins a row of digits.
    if let Some(rest) = text.strip_prefix("十分") {
        return (!rest.trim_start().starts_with(['钟', '鐘', '之'])).then_some("十分".len());
    }
    WORDS.iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}
