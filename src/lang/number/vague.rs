//! Numbers in words that count nothing exactly.

use std::ops::Range;

use crate::lang::{self, Lang};

/// Whether a number in words counts nothing exactly: 数十, 几十, 十余, dozens, both, 三是.
pub fn is_vague(text: &str, lang: &Lang, number: &Range<usize>) -> bool {
    let lists = lang::of(lang).value_words();
    let any = |name: &str, fits: &dyn Fn(&str) -> bool| lists.words(name).iter().any(|word| fits(word));
    let (before, after) = (&text[..number.start], &text[number.end..]);
    let written = text[number.clone()].to_ascii_lowercase();
    any("vague before", &|word| before.ends_with(word))
        || any("vague inside", &|word| written.contains(word))
        || any("vague after", &|word| after.starts_with(word))
        || any("vague", &|pattern| match pattern.strip_suffix('*') {
            Some(stem) => written.starts_with(stem),
            None => pattern.strip_suffix(&written).is_some_and(|head| before.ends_with(head)),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::number::numbers;

    /// The numbers of a text that count nothing exactly.
    fn vague<'t>(tag: &str, text: &'t str) -> Vec<&'t str> {
        let lang = Lang::new(tag).unwrap();
        let found = numbers(text, &lang).into_iter().filter(|number| is_vague(text, &lang, &number.range));
        found.map(|number| &text[number.range]).collect()
    }

    #[test]
    fn what_counts_nothing_exactly_is_told() {
        assert_eq!(vague("zh", "三座桥，其二已拆，十余人"), ["二", "十余"]);
        assert_eq!(vague("en", "both of dozens of us, a second one, the second"), ["both", "dozens", "second"]);
    }
}
