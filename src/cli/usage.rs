//! A command line that cannot be understood, explained in any language.
//!
//! clap renders its errors in English only, but gives their kind and what they are about; from these our messages make
//! the same text.

use std::error::Error as _;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::message::{Argument, List, Locale, Message};

/// What is wrong, what could be meant, how the command is used: in the order and with the line breaks of clap.
pub(super) fn explain(error: &Error, locale: Locale) -> String {
    let mut blocks = vec![msg!("error: {what}", what = what(error))];
    blocks.extend(tips(error).into_iter().map(|tip| msg!("  tip: {tip}", tip)));
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
        blocks.push(msg!("Usage: {usage}", usage));
    }
    blocks.push(msg!("For more information, try '--help'."));
    let blocks: Vec<String> = blocks.iter().map(|block| locale.say(block)).collect();
    blocks.join("\n\n") + "\n"
}

fn what(error: &Error) -> Message {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            with_values(error, msg!("a value is required for '{argument}' but none was supplied", argument))
        }
        ErrorKind::InvalidValue => {
            with_values(error, msg!("invalid value '{value}' for '{argument}'", value, argument))
        }
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => {
                let reason = reason(source);
                msg!("invalid value '{value}' for '{argument}': {reason}", value, argument, reason)
            }
            None => msg!("invalid value '{value}' for '{argument}'", value, argument),
        },
        ErrorKind::UnknownArgument => msg!("unexpected argument '{argument}' found", argument),
        ErrorKind::InvalidSubcommand => {
            msg!("unrecognized command '{command}'", command = text(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::NoEquals => msg!("equal sign is needed when assigning values to '{argument}'", argument),
        ErrorKind::TooManyValues => {
            msg!("unexpected value '{value}' for '{argument}' found; no more were expected", value, argument)
        }
        ErrorKind::TooFewValues => {
            let (wanted, given) = (text(error, ContextKind::MinValues), text(error, ContextKind::ActualNumValues));
            msg!("'{argument}' needs at least {wanted} values; {given} given", argument, wanted, given)
        }
        ErrorKind::WrongNumberOfValues => {
            let wanted = text(error, ContextKind::ExpectedNumValues);
            let given = text(error, ContextKind::ActualNumValues);
            msg!("'{argument}' needs {wanted} values; {given} given", argument, wanted, given)
        }
        ErrorKind::ArgumentConflict => conflict(argument, error.get(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => {
            let missing = texts(error, ContextKind::InvalidArg);
            msg!("required arguments are missing: {missing}", missing = Message::list(List::Items, missing))
        }
        ErrorKind::MissingSubcommand => {
            msg!("'{command}' needs a command", command = text(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidUtf8 => msg!("an argument is not valid UTF-8"),
        _ => Message::data(error.kind().to_string()),
    }
}

fn conflict(argument: String, prior: Option<&ContextValue>) -> Message {
    match prior {
        Some(ContextValue::String(other)) if *other == argument => {
            msg!("the argument '{argument}' cannot be used more than once", argument)
        }
        Some(ContextValue::String(other)) => {
            msg!("the argument '{argument}' cannot be used with '{other}'", argument, other)
        }
        Some(ContextValue::Strings(others)) => {
            let others = Message::list(List::Items, others.iter().map(|other| format!("'{other}'")));
            msg!("the argument '{argument}' cannot be used with {others}", argument, others)
        }
        _ => msg!("the argument '{argument}' cannot be used with other arguments given here", argument),
    }
}

/// A message with the values that are possible, if the error names any.
fn with_values(error: &Error, message: Message) -> Message {
    let values = texts(error, ContextKind::ValidValue);
    if values.is_empty() {
        return message;
    }
    msg!("{message}\n  [possible values: {values}]", message, values = Message::list(List::Items, values))
}

/// What could be meant instead.
fn tips(error: &Error) -> Vec<Message> {
    let mut tips = Vec::new();
    let near = |kind| {
        let near = texts(error, kind).into_iter().map(|name| format!("'{name}'"));
        Message::list(List::Or, near)
    };
    for kind in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue] {
        let names = near(kind);
        if !names.is_empty() {
            tips.push(msg!("did you mean {names}?", names));
        }
    }
    // clap also suggests `--` after an unknown command, where no argument is meant.
    if error.kind() == ErrorKind::UnknownArgument && error.get(ContextKind::Suggested).is_some() {
        let argument = text(error, ContextKind::InvalidArg);
        tips.push(msg!("to pass '{argument}' as a value, use '-- {argument}'", argument));
    }
    tips
}

/// Why a value does not fit. The parsers of values are those of the standard library and our own.
fn reason(source: &(dyn std::error::Error + 'static)) -> Message {
    match source.downcast_ref::<std::num::ParseIntError>() {
        Some(_) => msg!("it is not a whole number in the range"),
        None => source.to_string().into_message(),
    }
}

fn text(error: &Error, kind: ContextKind) -> String {
    error.get(kind).map_or(String::new(), ToString::to_string)
}

fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help::command;

    fn said(args: &[&str]) -> String {
        let error = command(Locale::Chinese).try_get_matches_from(args).expect_err("it cannot be understood");
        explain(&error, Locale::Chinese)
    }

    #[test]
    fn a_slip_in_a_command_is_answered_with_the_nearest_one_alone() {
        let said = said(&["dama-pub", "bild"]);
        assert!(said.starts_with("错误：没有命令'bild'\n\n  提示：是不是'build'？\n\n用法："), "{said}");
    }

    #[test]
    fn what_looks_like_an_option_can_be_a_value() {
        let said = said(&["dama-pub", "build", "--xyzzy"]);
        assert!(said.contains("没有参数'--xyzzy'") && said.contains("要把'--xyzzy'当作值，写'-- --xyzzy'"), "{said}");
    }

    #[test]
    fn possible_values_are_listed() {
        let said = said(&["dama-pub", "build", "--format", "note"]);
        assert!(said.contains("不能是'note'\n  [可选值：pdf、epub、cover]"), "{said}");
    }
}
