//! Names of people.

/// The most words of a name, and the most bytes.
const WORDS: usize = 4;
const LONGEST: usize = 40;

/// How a text that may be the name of a person is spelled without spaces, marks and capitals: as it stands, and with the
/// first or the last word, the surname, on the other side. None for another text.
pub(super) fn romanised(text: &str) -> Vec<String> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let words: Vec<&str> = text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    if !(1..=WORDS).contains(&words.len()) || !words.iter().all(|word| is_named(word)) {
        return Vec::new();
    }
    let joined = |words: &[&str]| words.iter().map(|word| bare(word)).collect::<String>();
    let mut spelled = vec![joined(&words)];
    if let [first, inner @ .., last] = &words[..] {
        spelled.push(joined(&[&[*last], &[*first][..], inner].concat()));
        spelled.push(joined(&[inner, &[*last], &[*first]].concat()));
    }
    spelled
}

/// Whether a word is written as names are.
fn is_named(word: &str) -> bool {
    let marks = |c: char| matches!(c, '-' | '\'' | '’' | '.' | '‑');
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || marks(c))
}

fn bare(word: &str) -> String {
    let letters = word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic());
    letters.map(|c| if matches!(c, 'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ') { 'u' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surname_may_stand_on_either_side() {
        assert_eq!(romanised("Zhou Ting-Ting"), ["zhoutingting", "tingtingzhou", "tingtingzhou"]);
        assert_eq!(romanised("LÜ, Qing"), ["luqing", "qinglu", "qinglu"]);
        for none in ["", "the lamp", "The lamp", "A Heading of Five Words", "GPT-3"] {
            assert!(romanised(none).is_empty(), "{none}");
        }
    }
}
