//! What was typed, understood; and help in the language of whoever asks for it.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Arg, CommandFactory, FromArgMatches};

use super::args::Cli;
use super::usage;
use crate::message::Locale;

/// Reads the command line. Where it asks for help or cannot be understood, that is said, and the exit code given.
pub(super) fn parse(args: Vec<OsString>, system: Locale) -> Result<Cli, ExitCode> {
    let locale = asked(&args).unwrap_or(system);
    let matches = command(locale).try_get_matches_from(args);
    matches.and_then(|found| Cli::from_arg_matches(&found)).map_err(|error| {
        let failed = error.use_stderr();
        // Where the terminal itself is closed there is nowhere to report it.
        let _ = match (locale, failed) {
            (Locale::English, _) => error.print(),
            (_, true) => io::stderr().write_all(usage::explain(&error, locale).as_bytes()),
            (_, false) => anstream::stdout().write_all(finished(&error.render().ansi().to_string(), locale).as_bytes()),
        };
        ExitCode::from(if failed { 2 } else { 0 })
    })
}

/// A page with what clap itself writes around our words: the mark after its headings, and that there are options.
fn finished(text: &str, locale: Locale) -> String {
    let text = text.replace("[OPTIONS]", &format!("[{}]", locale.say(&msg!("Options"))));
    let heads = [msg!("Commands"), msg!("Arguments"), msg!("Options")].map(|head| locale.say(&head));
    heads.iter().fold(text, |text, head| text.replace(&format!("{head}:"), &format!("{head}：")))
}

/// The language that is asked for on the command line, which must be known before the rest of it is understood.
fn asked(args: &[OsString]) -> Option<Locale> {
    let text = |at: usize| args.get(at)?.to_str();
    (0..args.len()).find_map(|at| match text(at)? {
        "--lang" => text(at + 1).map(Locale::of),
        word => word.strip_prefix("--lang=").map(Locale::of),
    })
}

/// The definition of the command line, its help in a language.
pub(super) fn command(locale: Locale) -> clap::Command {
    let mut command = Cli::command();
    if locale == Locale::English {
        return command;
    }
    // Built first, so that the help of `--help` itself is there.
    command.build();
    localised(command, locale)
}

fn localised(command: clap::Command, locale: Locale) -> clap::Command {
    let say = |text: &clap::builder::StyledStr| locale.text(&text.to_string()).into_owned();
    let [about, after] = [command.get_about(), command.get_after_help()].map(|text| text.map(say));
    let mut command = command
        .subcommand_help_heading(locale.say(&msg!("Commands")))
        .subcommand_value_name(locale.say(&msg!("Commands")))
        .help_template(format!(
            "{{before-help}}{{about-with-newline}}\n{}\n\n{{all-args}}{{after-help}}",
            locale.say(&msg!("Usage: {usage}", usage = "{usage}"))
        ))
        .mut_args(|arg| argument(arg, locale))
        .mut_subcommands(|inner| localised(inner, locale));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command
}

/// An argument with its help, its default and the values that it may have.
fn argument(arg: Arg, locale: Locale) -> Arg {
    let mut help = arg.get_help().map_or(String::new(), |text| locale.text(&text.to_string()).into_owned());
    let mut long = help.clone();
    let values: Vec<_> = arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect();
    let takes = arg.get_action().takes_values();
    let default: Vec<String> = arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    if takes && !default.is_empty() && !arg.is_hide_default_value_set() {
        let text = locale.say(&msg!(" [default: {values}]", values = default.join(",")));
        help += &text;
        long += &text;
    }
    if takes && !values.is_empty() {
        let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        help += &locale.say(&msg!(" [possible values: {values}]", values = names.join("|")));
        long += "\n\n";
        long += &locale.say(&msg!("Possible values:"));
        for value in &values {
            let about = value.get_help().map_or(String::new(), |text| locale.text(&text.to_string()).into_owned());
            let colon = if about.is_empty() { "" } else { "：" };
            long += &format!("\n- {}{colon}{about}", value.get_name());
        }
    }
    let heading = locale.say(&if arg.is_positional() { msg!("Arguments") } else { msg!("Options") });
    arg.help(help).long_help(long).hide_default_value(true).hide_possible_values(true).help_heading(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_known_before_the_rest() {
        let args = |words: &[&str]| -> Vec<OsString> { words.iter().map(OsString::from).collect() };
        assert_eq!(asked(&args(&["dama-pub", "build", "--lang", "zh", "--frobnicate"])), Some(Locale::Chinese));
        assert_eq!(asked(&args(&["dama-pub", "--lang=en"])), Some(Locale::English));
        assert_eq!(asked(&args(&["dama-pub", "build"])), None);
        assert_eq!(asked(&args(&["dama-pub", "--lang"])), None);
    }

    #[test]
    fn help_has_no_english_sentence_in_chinese() {
        let mut command = command(Locale::Chinese);
        let commands: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
        let mut pages = vec![command.render_long_help().to_string(), command.render_help().to_string()];
        for name in commands.iter().filter(|name| *name != "help") {
            let inner = command.find_subcommand_mut(name).unwrap();
            pages.extend([inner.render_long_help().to_string(), inner.render_help().to_string()]);
        }
        let english = |line: &&str| {
            let words =
                line.split_whitespace().filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()));
            words.count() > 3 && !line.contains("dama-pub")
        };
        let left: Vec<&str> = pages.iter().flat_map(|page| page.lines()).filter(english).collect();
        assert!(left.is_empty(), "{}", left.join("\n"));
    }
}
