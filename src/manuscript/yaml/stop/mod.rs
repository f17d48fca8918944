//! Where a parser stopped, and which slip made it stop there.
//!
//! A parser knows the place where the text no longer fits its grammar, and what it waited for. Which of the usual slips
//! that is shows in the lines around: each family of stops has its rules, and the first that fits speaks. None of the
//! parser's own sentences is said.

mod brackets;
mod indents;
mod keys;
mod quotes;
mod spot;

use std::ops::Range;

use granit_parser::ErrorKind;

use super::slip::{self, Slip};
use crate::message::Message;
pub(super) use brackets::{comma, list};
pub(super) use keys::{item, key, wide_blank};
use spot::Spot;

/// A slip, if it is the one that a rule knows.
type Rule = fn(&Spot<'_>) -> Option<Slip>;

/// The slip behind an error at a byte of the text.
pub(super) fn find(text: &str, at: usize, kind: &ErrorKind) -> Slip {
    let spot = Spot::new(text, at);
    let found = rules(kind).iter().find_map(|rule| rule(&spot));
    found.unwrap_or_else(|| unfit(&spot))
}

/// The rules for a family of stops, the surest first.
fn rules(kind: &ErrorKind) -> &'static [Rule] {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => &[indents::tab],
        E::MappingValueNotAllowed | E::InvalidMappingValueWhitespace => {
            &[indents::blank, keys::broken_key_above, keys::second_colon, keys::glued_item, indents::deeper]
        }
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            &[indents::blank, keys::broken_key, indents::no_item, keys::no_colon]
        }
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar | E::InvalidQuotedScalarIndent => {
            &[quotes::unclosed]
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            &[keys::glued_colon, brackets::wide_comma, quotes::text_after]
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => &[quotes::escape],
        E::CommentNotSeparated => &[quotes::glued_comment],
        E::CommentInterceptedScalar => &[indents::deeper_below, quotes::cut_text],
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => &[quotes::bad_block],
        E::InvalidBlockScalarIndent => &[indents::block],
        E::MissingAnchorOrAliasName => &[reference],
        E::DirectiveDisallowed => &[directive],
        E::RecursionLimitExceeded => &[too_deep],
        E::MisplacedFlowCollectionEnd => &[brackets::stray],
        E::MismatchedFlowCollectionEnd { .. } => &[brackets::mismatch],
        E::BlockSequenceEntryNotAllowed | E::InvalidBlockEntryWhitespace => {
            &[indents::item_on_key_line, indents::item_among_keys, indents::misaligned]
        }
        _ if is_tag(kind) => &[tag],
        _ if is_flow(kind) => BETWEEN_BRACKETS,
        _ => IN_LINES,
    }
}

const BETWEEN_BRACKETS: &[Rule] = &[
    quotes::text_after,
    brackets::wide_comma,
    brackets::wide_close,
    brackets::hidden_rest,
    brackets::unclosed,
    brackets::second_colon,
    brackets::hyphen,
    brackets::missing_comma,
    brackets::missing_entry,
    quotes::bad_start,
];

const IN_LINES: &[Rule] = &[
    indents::blank,
    keys::glued_colon,
    quotes::text_after,
    brackets::text_after,
    quotes::bad_start,
    keys::broken_key,
    indents::item_among_keys,
    indents::no_item,
    indents::uneven_block,
    indents::deeper,
    brackets::hidden_rest,
    brackets::unclosed,
    indents::misaligned,
];

fn is_flow(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(
        kind,
        E::UnexpectedEofFlowSequence
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping
            | E::ExpectedFlowMappingSeparator
            | E::ExpectedFlowSequenceSeparator
            | E::UnclosedFlowCollection { .. }
            | E::BlockEntryInFlowCollection
            | E::InvalidFlowScalarIndent
            | E::PlainScalarStartsWithDashFlowIndicator
            | E::FlowMappingValueAdjacentCollection
            | E::InvalidColonPlacement
    )
}

fn is_tag(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(
        kind,
        E::UndeclaredTagHandle
            | E::ExpectedTagBang
            | E::InvalidGlobalTagCharacter
            | E::InvalidTagTerminator
            | E::MissingTagUri
            | E::UnclosedVerbatimTag
            | E::InvalidTagEscape
            | E::InvalidTagUtf8LeadingByte
            | E::InvalidTagUtf8TrailingByte
            | E::InvalidTagUtf8
    )
}

fn reference(spot: &Spot<'_>) -> Option<Slip> {
    match spot.sign()? {
        '*' => Some(slip::alias(word(spot.text, spot.at))),
        _ => Some(slip::anchor(word(spot.text, spot.at))),
    }
}

fn tag(spot: &Spot<'_>) -> Option<Slip> {
    Some(slip::tag(word(spot.text, spot.at)))
}

fn directive(spot: &Spot<'_>) -> Option<Slip> {
    Some(slip::directive(word(spot.text, spot.at)))
}

fn too_deep(spot: &Spot<'_>) -> Option<Slip> {
    Some(slip::too_deep(word(spot.text, spot.at)))
}

/// Text after a closing mark.
fn after_close(spot: &Spot<'_>, mark: char, hint: Message) -> Slip {
    Slip::error(spot.rest(), msg!("unexpected text after the closing ‘{mark}’", mark), hint)
}

/// None of the known slips.
fn unfit(spot: &Spot<'_>) -> Slip {
    let hint = msg!("quote a value that contains ‘: ’ or ‘ #’, and check the indentation");
    Slip::error(spot.line().range(), msg!("this line does not fit the YAML around it"), hint)
}

/// The word at a byte of the text.
pub(super) fn word(text: &str, at: usize) -> Range<usize> {
    let at = Spot::new(text, at).at;
    let rest = &text[at..];
    let long = rest.find([' ', '\t', '\n', '\r', ',', ']', '}']).unwrap_or(rest.len());
    let shortest = rest.chars().next().map_or(0, char::len_utf8);
    at..at + long.max(shortest)
}
