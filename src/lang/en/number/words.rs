//! Words of English that are numbers or parts of them.

/// What a word is to a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    /// Zero to nineteen.
    Small(f64),
    /// Twenty to ninety.
    Tens(f64),
    Hundred,
    /// A thousand and more.
    Scale(f64),
    /// A dozen.
    Dozen,
    /// First to nineteenth; twentieth to ninetieth; hundredth and more.
    Ordinal(f64),
    OrdinalTens(f64),
    OrdinalScale(f64),
    Half,
    Quarter,
    /// Once, twice, threefold: a multiple by itself.
    Times(f64),
    /// Doubled, tripling: so many times the old amount.
    Becomes(f64),
    /// Both, single.
    Count(f64),
    /// Dual, couple, noon: a number that is implied and not counted.
    Hint(f64),
    /// The nineties.
    Decade(f64),
    /// Halved, halving.
    Halved,
    Month(f64),
    /// Oct, Sept: a month where a day or a year stands beside it.
    ShortMonth(f64),
    And,
    Article,
    Point,
    Minus,
}

/// A word with what it is, and whether it stands in the plural.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) word: Word,
    pub(super) plural: bool,
    pub(super) len: usize,
}

/// The letters at the start of a text.
pub(super) fn letters(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len())
}

/// The word at the start of a text.
pub(super) fn read(text: &str) -> Option<Read> {
    const LONGEST: usize = 14;
    let len = letters(text);
    if len == 0 || len > LONGEST {
        return None;
    }
    let mut small = [0u8; LONGEST];
    small[..len].copy_from_slice(&text.as_bytes()[..len]);
    small[..len].make_ascii_lowercase();
    let name = std::str::from_utf8(&small[..len]).ok()?;
    let capital = text.starts_with(|c: char| c.is_ascii_uppercase());
    let singular =
        name.strip_suffix("es").filter(|_| name == "halves").map(|_| "half").or_else(|| name.strip_suffix('s'));
    let word = lookup(name, capital).map(|word| (word, false));
    let (word, plural) = word.or_else(|| Some((lookup(singular?, capital).filter(|word| word.has_plural())?, true)))?;
    Some(Read { word, plural, len })
}

impl Word {
    fn has_plural(self) -> bool {
        // “seconds” are time, “ones” and “fives” are not counted with.
        !matches!(self, Self::Small(_) | Self::Tens(_) | Self::Times(_) | Self::And | Self::Article)
            && !matches!(self, Self::Becomes(_) | Self::Month(_) | Self::ShortMonth(_) | Self::Halved | Self::Hint(_))
            && !matches!(self, Self::Decade(_))
            && self != Self::Ordinal(2.0)
    }
}

fn lookup(name: &str, capital: bool) -> Option<Word> {
    use Word::{
        And, Article, Becomes, Count, Decade, Dozen, Half, Halved, Hint, Hundred, Minus, Month, Ordinal, OrdinalScale,
        OrdinalTens, Point, Quarter, Scale, ShortMonth, Small, Tens, Times,
    };
    Some(match name {
        "zero" | "nought" | "naught" => Small(0.0),
        "one" => Small(1.0),
        "two" => Small(2.0),
        "three" => Small(3.0),
        "four" => Small(4.0),
        "five" => Small(5.0),
        "six" => Small(6.0),
        "seven" => Small(7.0),
        "eight" => Small(8.0),
        "nine" => Small(9.0),
        "ten" => Small(10.0),
        "eleven" => Small(11.0),
        "twelve" => Small(12.0),
        "thirteen" => Small(13.0),
        "fourteen" => Small(14.0),
        "fifteen" => Small(15.0),
        "sixteen" => Small(16.0),
        "seventeen" => Small(17.0),
        "eighteen" => Small(18.0),
        "nineteen" => Small(19.0),
        "twenty" => Tens(20.0),
        "thirty" => Tens(30.0),
        "forty" => Tens(40.0),
        "fifty" => Tens(50.0),
        "sixty" => Tens(60.0),
        "seventy" => Tens(70.0),
        "eighty" => Tens(80.0),
        "ninety" => Tens(90.0),
        "twenties" => Decade(1920.0),
        "thirties" => Decade(1930.0),
        "forties" => Decade(1940.0),
        "fifties" => Decade(1950.0),
        "sixties" => Decade(1960.0),
        "seventies" => Decade(1970.0),
        "eighties" => Decade(1980.0),
        "nineties" => Decade(1990.0),
        "hundred" => Hundred,
        "thousand" => Scale(1e3),
        "lakh" => Scale(1e5),
        "million" | "mil" => Scale(1e6),
        "crore" => Scale(1e7),
        "billion" | "bn" | "bln" => Scale(1e9),
        "trillion" | "tn" | "tln" => Scale(1e12),
        "dozen" | "dz" | "doz" => Dozen,
        "first" => Ordinal(1.0),
        "second" => Ordinal(2.0),
        "third" => Ordinal(3.0),
        "fourth" => Ordinal(4.0),
        "fifth" => Ordinal(5.0),
        "sixth" => Ordinal(6.0),
        "seventh" => Ordinal(7.0),
        "eighth" => Ordinal(8.0),
        "ninth" => Ordinal(9.0),
        "tenth" => Ordinal(10.0),
        "eleventh" => Ordinal(11.0),
        "twelfth" => Ordinal(12.0),
        "thirteenth" => Ordinal(13.0),
        "fourteenth" => Ordinal(14.0),
        "fifteenth" => Ordinal(15.0),
        "sixteenth" => Ordinal(16.0),
        "seventeenth" => Ordinal(17.0),
        "eighteenth" => Ordinal(18.0),
        "nineteenth" => Ordinal(19.0),
        "twentieth" => OrdinalTens(20.0),
        "thirtieth" => OrdinalTens(30.0),
        "fortieth" => OrdinalTens(40.0),
        "fiftieth" => OrdinalTens(50.0),
        "sixtieth" => OrdinalTens(60.0),
        "seventieth" => OrdinalTens(70.0),
        "eightieth" => OrdinalTens(80.0),
        "ninetieth" => OrdinalTens(90.0),
        "hundredth" => OrdinalScale(1e2),
        "thousandth" => OrdinalScale(1e3),
        "millionth" => OrdinalScale(1e6),
        "billionth" => OrdinalScale(1e9),
        "trillionth" => OrdinalScale(1e12),
        "half" => Half,
        "quarter" => Quarter,
        "once" => Times(1.0),
        "twice" | "double" => Times(2.0),
        "doubled" | "doubles" | "doubling" => Becomes(2.0),
        "triple" | "thrice" => Times(3.0),
        "tripled" | "triples" | "tripling" | "trebled" => Becomes(3.0),
        "quadruple" => Times(4.0),
        "quadrupled" | "quadruples" | "quadrupling" => Becomes(4.0),
        "quintupled" => Becomes(5.0),
        "hundredfold" => Times(100.0),
        "thousandfold" => Times(1000.0),
        "both" | "pair" => Count(2.0),
        "dual" | "couple" | "twin" | "biennial" | "biannual" | "bimonthly" | "bilateral" | "bilingual" => Hint(2.0),
        "triennial" | "trilateral" | "trilingual" | "trio" => Hint(3.0),
        "noon" | "midday" => Hint(12.0),
        "midnight" => Hint(0.0),
        "halved" | "halving" => Halved,
        "single" => Count(1.0),
        "january" => Month(1.0),
        "february" => Month(2.0),
        "march" if capital => Month(3.0),
        "april" => Month(4.0),
        "may" if capital => Month(5.0),
        "june" => Month(6.0),
        "july" => Month(7.0),
        "august" if capital => Month(8.0),
        "september" => Month(9.0),
        "october" => Month(10.0),
        "november" => Month(11.0),
        "december" => Month(12.0),
        "jan" if capital => ShortMonth(1.0),
        "feb" if capital => ShortMonth(2.0),
        "mar" if capital => ShortMonth(3.0),
        "apr" if capital => ShortMonth(4.0),
        "jun" if capital => ShortMonth(6.0),
        "jul" if capital => ShortMonth(7.0),
        "aug" if capital => ShortMonth(8.0),
        "sep" | "sept" if capital => ShortMonth(9.0),
        "oct" if capital => ShortMonth(10.0),
        "nov" if capital => ShortMonth(11.0),
        "dec" if capital => ShortMonth(12.0),
        "and" => And,
        "a" | "an" => Article,
        "point" => Point,
        "minus" | "negative" => Minus,
        _ => return counted(name),
    })
}

/// What begins with a number: foursome, fourballs, sevenfold.
fn counted(name: &str) -> Option<Word> {
    const ENDS: [&str; 5] = ["some", "somes", "ball", "balls", "fold"];
    let (number, end) = ENDS.iter().find_map(|end| Some((name.strip_suffix(end)?, *end)))?;
    match lookup(number, false)? {
        Word::Small(value) | Word::Tens(value) if value > 1.0 => {
            Some(if end == "fold" { Word::Times(value) } else { Word::Hint(value) })
        }
        _ => None,
    }
}
