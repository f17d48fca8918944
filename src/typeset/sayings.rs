//! What Typst says of formulas, links and fonts, in our words, so that authors read it in their language.
//!
//! Only what authors really see is here; the rest of Typst's messages is about the code of layouts.

use crate::message::Message;

/// A message of Typst: how it begins and ends, and our message with what stands between.
type Saying = (&'static str, &'static str, fn(&str) -> Message);

/// The first that fits counts. Most of our English is Typst's own, so that its documentation can be searched for it.
const SAYINGS: &[Saying] = &[
    ("unknown variable: ", "", |name| msg!("unknown variable: {name}", name)),
    ("unknown symbol modifier", "", |_| msg!("unknown symbol modifier")),
    ("unclosed delimiter", "", |_| msg!("unclosed delimiter")),
    ("unclosed string", "", |_| msg!("unclosed string")),
    ("expected expression", "", |_| msg!("expected expression")),
    ("expected ", "", |what| msg!("expected {what}", what)),
    ("missing argument: ", "", |name| msg!("missing argument: {name}", name)),
    ("unexpected argument: ", "", |name| msg!("unexpected argument: {name}", name)),
    ("unexpected argument", "", |_| msg!("unexpected argument")),
    ("unexpected ", "", unexpected),
    ("", " was ignored during MathML export", |what| msg!("MathML cannot express this: {what}", what)),
    ("unknown font family: ", "", |name| msg!("unknown font family: {name}", name)),
    ("failed to decode image (", ")", |reason| msg!("the picture is damaged: {reason}", reason)),
    ("failed to parse SVG (", ")", |reason| msg!("the SVG picture cannot be read: {reason}", reason)),
    ("URL must not be empty", "", |_| msg!("the address of the link is empty")),
    ("URL is too long", "", |_| msg!("the address of the link is too long")),
    ("file not found (searched at ", ")", |path| msg!("there is no file {path}", path)),
    ("document did not converge within five attempts", "", |_| msg!("layout did not converge within five attempts")),
    ("see ", " additional warning for more details", |_| msg!("see the other warning for details")),
    ("see ", " additional warnings for more details", |_| msg!("see the other warnings for details")),
    ("if you meant to display multiple letters as is, try adding spaces between each letter: `", "`", |letters| {
        msg!(
            "if you meant to display multiple letters as is, try adding spaces between each letter: `{letters}`",
            letters
        )
    }),
    ("or if you meant to display this as text, try placing it in quotes: `", "`", |text| {
        msg!("or if you meant to display this as text, try placing it in quotes: `{text}`", text)
    }),
];

/// Our words for a message of Typst, where we have some.
pub(super) fn known(text: &str) -> Option<Message> {
    SAYINGS.iter().find_map(|(start, end, say)| Some(say(text.strip_prefix(start)?.strip_suffix(end)?)))
}

/// Signs of formulas by Typst's names for them.
const SIGNS: &[(&str, &str)] = &[
    ("hat", "^"),
    ("underscore", "_"),
    ("slash", "/"),
    ("closing paren", ")"),
    ("closing bracket", "]"),
    ("closing brace", "}"),
    ("end of block comment", "*/"),
];

fn unexpected(what: &str) -> Message {
    match SIGNS.iter().find(|(name, _)| *name == what) {
        Some((_, sign)) => msg!("unexpected `{sign}`", sign = *sign),
        None => msg!("unexpected {what}", what),
    }
}

#[cfg(test)]
mod tests {
    use crate::message::Locale;
    use crate::typeset::{Formula, mathml};

    /// Formulas as authors get them wrong, and what they read then.
    const WRONG: &[(&str, &str, &str)] = &[
        ("a + foo", "unknown variable: foo", "没有变量：foo"),
        ("alpha.foo", "unknown symbol modifier", "没有这个符号变体"),
        ("sqrt(a", "unclosed delimiter", "括号没有收尾"),
        ("\"a", "unclosed string", "引号没有收尾"),
        ("a^", "expected expression", "这里应当是表达式"),
        ("^2", "unexpected `^`", "多了一个`^`"),
        ("/2", "unexpected `/`", "多了一个`/`"),
        ("a */ b", "unexpected `*/`", "多了一个`*/`"),
        ("frac(1)", "missing argument: denom", "缺少参数：denom"),
        ("frac(1, 2, 3)", "unexpected argument", "多了一个参数"),
        (
            "frac(a, b, style: \"skewed\")",
            "MathML cannot express this: skewed fraction",
            "MathML不能表示：skewed fraction",
        ),
        ("a #b", "a formula cannot contain Typst code", "公式里不能有Typst代码"),
    ];

    #[test]
    fn what_is_wrong_with_a_formula_is_said_in_both_languages() {
        let formula = |text: &str| Formula { notation: text.to_owned(), written: text.to_owned(), display: false };
        let formulas: Vec<Formula> = WRONG.iter().map(|(text, ..)| formula(text)).collect();
        for ((text, english, chinese), made) in WRONG.iter().zip(mathml(&formulas)) {
            let message = made.expect_err(text);
            let said = [Locale::English, Locale::Chinese].map(|locale| locale.say(&message));
            assert_eq!(said, [*english, *chinese], "{text}");
        }
    }
}
