//! Names of people beside their spelling in another language: whether they can be one, and how alike they sound.

use super::{Lang, of};

/// The least likeness of two names that are one.
pub const ALIKE: f32 = 0.6;

/// How alike names are that differ in one letter, and the most that sound alone can say.
const NEAR: f32 = 0.8;
const SOUND: f32 = 0.9;

/// How alike two names of people are: 1 where one is surely spelled as the other is, 0 where nothing speaks for it.
pub fn likeness(one: (&str, &Lang), other: (&str, &Lang)) -> f32 {
    let spellings = |(name, lang): (&str, &Lang)| of(lang).romanised(name);
    let (some, others) = (spellings(one), spellings(other));
    if is_spelled_alike(&some, &others) {
        return 1.0;
    }
    if is_spelled(one, other) || is_spelled(other, one) {
        let near = some.iter().any(|a| others.iter().any(|b| strsim::osa_distance(a, b) == 1));
        return if near { NEAR } else { 0.0 };
    }
    let [a, b] = [one, other].map(|(name, lang)| sounds(&of(lang).sounded(name)));
    if a.len() < 2 || b.len() < 2 {
        return 0.0;
    }
    let heard = common(&a, &b);
    SOUND * (2 * heard) as f32 / (a.len() + b.len()) as f32
}

/// Whether the spelling of a name in another language's letters is nearly the right one: at most two letters are wrong, and
/// none of the first two. Somebody may spell a name by other rules, as Lee and Kao; then its beginning differs.
pub fn is_misspelt(one: (&str, &Lang), other: (&str, &Lang)) -> bool {
    const LEAST: usize = 6;
    let spellings = |(name, lang): (&str, &Lang)| of(lang).romanised(name);
    let (some, others) = (spellings(one), spellings(other));
    some.iter().any(|a| {
        others.iter().any(|b| {
            let wrong = strsim::osa_distance(a, b);
            let begins = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
            (1..=2).contains(&wrong) && begins >= 2 && a.len() >= LEAST
        })
    })
}

/// Whether two names are surely those of two people: one is written by its sound, or spelled by its own rules, and they
/// do not sound alike. Somebody may have names in two languages that have little in common.
pub fn are_two(one: (&str, &Lang), other: (&str, &Lang)) -> bool {
    let heard = |(name, lang): (&str, &Lang)| of(lang).is_transliterated(name);
    let told = heard(one) || heard(other) || is_spelled(one, other) || is_spelled(other, one);
    told && likeness(one, other) < ALIKE
}

/// How many people a text names that says nothing else. A single word is no name in languages that put spaces between them.
pub fn count(text: &str, lang: &Lang) -> Option<usize> {
    let parts = text.split(['、', '，', ',', '；', ';', '&', '／', '/']).flat_map(|part| part.split(" and "));
    let mut people = 0;
    for part in parts.map(|part| part.trim().trim_start_matches("and ")).filter(|part| !part.is_empty()) {
        let own = !part.is_ascii() || part.contains(' ');
        let named = own && !of(lang).romanised(part).is_empty();
        if !named && !of(lang).is_transliterated(part) {
            return None;
        }
        people += 1;
    }
    (people > 0).then_some(people)
}

/// Whether a name is one of its language's own, and the other is spelled as such names are.
fn is_spelled((name, lang): (&str, &Lang), (other, _): (&str, &Lang)) -> bool {
    of(lang).spells(other) && !of(lang).romanised(name).is_empty()
}

/// Whether one of the spellings of a name is one of another.
pub fn is_spelled_alike(some: &[String], others: &[String]) -> bool {
    some.iter().any(|spelling| others.contains(spelling))
}

/// The consonants of a text in Latin letters, one for all that languages tell apart in different ways: b and p, l and r, the
/// hissing ones. Vowels are heard in too many ways to be compared.
fn sounds(text: &str) -> Vec<u8> {
    let mut found = Vec::new();
    for word in text.to_ascii_lowercase().split(|c: char| !c.is_ascii_alphabetic()) {
        let mut rest = word.as_bytes();
        while let Some((sound, length)) = sound(rest) {
            // Inside a word the letter is two sounds; at its head it is a hiss.
            if rest[0] == b'x' && rest.len() < word.len() {
                found.push(b'k');
            }
            found.extend(sound);
            // A letter that is written twice is heard once.
            let doubled = length == 1 && rest.get(1) == Some(&rest[0]);
            rest = &rest[length + usize::from(doubled)..];
        }
    }
    found
}

/// The consonant that a word begins with, if it is one, and how many letters write it.
fn sound(word: &[u8]) -> Option<(Option<u8>, usize)> {
    const HISSES: [&str; 8] = ["tsch", "sch", "sh", "zh", "ch", "ts", "tz", "cz"];
    let begins = |sign: &&str| word.starts_with(sign.as_bytes());
    if let Some(hiss) = HISSES.iter().find(|sign| begins(sign)) {
        return Some((Some(b's'), hiss.len()));
    }
    for (sign, sound) in [("ph", b'f'), ("th", b'd'), ("ck", b'k'), ("gh", b'k')] {
        if begins(&sign) {
            return Some((Some(sound), 2));
        }
    }
    let first = *word.first()?;
    let next = word.get(1).copied();
    let vowel = next.is_some_and(|c| b"aeiouy".contains(&c));
    if first == b'n' && next == Some(b'g') && !word.get(2).is_some_and(|c| b"aeiouy".contains(c)) {
        return Some((Some(b'n'), 2));
    }
    let sound = match first {
        b'b' | b'p' => b'p',
        b'f' | b'v' => b'f',
        b'd' | b't' => b't',
        b'l' | b'r' => b'l',
        b's' | b'z' | b'x' => b's',
        b'c' if next.is_some_and(|c| b"eiy".contains(&c)) => b's',
        b'g' if next.is_some_and(|c| b"eiy".contains(&c)) => b'g',
        b'c' | b'g' | b'k' | b'q' => b'k',
        // Between vowels and at the end they only lengthen these.
        b'h' | b'w' if !vowel => return Some((None, 1)),
        b'h' | b'j' | b'm' | b'n' | b'w' => first,
        _ => return Some((None, 1)),
    };
    Some((Some(sound), 1))
}

/// How many sounds two names have in common, in order.
fn common(a: &[u8], b: &[u8]) -> usize {
    let mut before = vec![0; b.len() + 1];
    for x in a {
        let mut row = vec![0; b.len() + 1];
        for (at, y) in b.iter().enumerate() {
            row[at + 1] = if is_one(*x, *y) { before[at] + 1 } else { usize::max(before[at + 1], row[at]) };
        }
        before = row;
    }
    before[b.len()]
}

/// Whether two consonants may be one: those of James and of George may be heard as a hiss, that of Smith as well.
fn is_one(a: u8, b: u8) -> bool {
    let may = |a, b| matches!((a, b), (b'j' | b'g' | b'd', b's') | (b'g', b'k') | (b'd', b't') | (b'w', b'f'));
    a == b || may(a, b) || may(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(chinese: &str, english: &str) -> f32 {
        let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("good tag"));
        let there = likeness((chinese, &zh), (english, &en));
        assert!((there - likeness((english, &en), (chinese, &zh))).abs() < 1e-6, "{chinese} {english}");
        there
    }

    #[test]
    fn a_name_is_known_by_its_spelling() {
        for (chinese, english) in [
            ("周婷婷", "Zhou Tingting"),
            ("周婷婷", "Tingting Zhou"),
            ("周婷婷", "ZHOU Ting-Ting"),
            ("張偉", "Zhang Wei"),
            ("欧阳明", "Ouyang Ming"),
            ("单晓", "Shan Xiao"),
            ("吕青", "Lü Qing"),
            ("吕青", "Lyu Qing"),
            ("盛长乐", "Sheng Changyue"),
            ("Ada Lovelace", "Ada Lovelace"),
        ] {
            assert!(alike(chinese, english) == 1.0, "{chinese} {english}");
        }
    }

    #[test]
    fn a_name_is_known_by_its_sound() {
        for (chinese, english) in [
            ("约翰内斯·开普勒", "Johannes Kepler"),
            ("艾萨克·牛顿", "Isaac Newton"),
            ("保罗·狄拉克", "Paul Dirac"),
            ("阿兰·图灵", "Alan Turing"),
            ("扬·奇肖尔德", "Jan Tschichold"),
            ("詹姆斯·瓦特", "James Watt"),
            ("玛丽·居里", "Marie Curie"),
            ("约翰·麦卡锡", "John McCarthy"),
            ("乔治·德沃尔", "George Devol"),
            ("詹姆斯·麦克斯韦", "James Clerk Maxwell"),
            ("周婷婷", "Zhou Tinting"),
        ] {
            let there = alike(chinese, english);
            assert!((ALIKE..1.0).contains(&there), "{chinese} {english} {there}");
        }
        for (chinese, english) in [
            ("约翰内斯·开普勒", "Albert Einstein"),
            ("艾萨克·牛顿", "Charles Darwin"),
            ("阿兰·图灵", "Claude Shannon"),
            ("周婷婷", "Wang Fei"),
            ("陈晓东", "Zhang Xiaodan"),
        ] {
            let there = alike(chinese, english);
            assert!(there < ALIKE, "{chinese} {english} {there}");
        }
    }

    #[test]
    fn a_name_is_misspelt_by_a_letter_or_two() {
        let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("good tag"));
        for (chinese, english, misspelt) in [
            ("陈晓东", "Chen Xiaodogn", true),
            ("陈晓东", "Xiaodogn Chen", true),
            ("李建国", "Li Janguo", true),
            ("周婷婷", "Zhou Tintin", true),
            ("李建国", "Li Jianguo", false),
            ("李建国", "Lee Jianguo", false),
            ("高佩", "Kao Pei", false),
            ("周婷婷", "Wang Fei", false),
        ] {
            assert_eq!(is_misspelt((chinese, &zh), (english, &en)), misspelt, "{chinese} {english}");
        }
    }

    #[test]
    fn people_are_counted() {
        for (text, tag, wanted) in [
            ("周婷婷、李建国", "zh", Some(2)),
            ("阿兰·图灵", "zh", Some(1)),
            ("文／周婷婷", "zh", None),
            ("Zhou Tingting, Li Jianguo, and Gao Pei", "en", Some(3)),
            ("Zhou Tingting, Editor", "en", None),
            ("by Zhou Tingting", "en", None),
            ("", "en", None),
        ] {
            assert_eq!(count(text, &Lang::new(tag).expect("good tag")), wanted, "{text}");
        }
    }

    #[test]
    fn somebody_may_have_names_in_two_languages() {
        let [zh, en] = ["zh", "en"].map(|tag| Lang::new(tag).expect("good tag"));
        for (chinese, english, two) in [
            ("周婷婷", "Wang Fei", true),
            ("周婷婷", "Tina Chow", false),
            ("阿兰·图灵", "Claude Shannon", true),
            ("阿兰·图灵", "Alan Turing", false),
            ("孔子", "Confucius", false),
        ] {
            assert_eq!(are_two((chinese, &zh), (english, &en)), two, "{chinese} {english}");
        }
    }
}
