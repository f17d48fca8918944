//! `dama-pub explain`.

use super::Outcome;
use super::args::Explain;
use super::terminal::Terminal;
use crate::checks;
use crate::diagnostic::nearest;
use crate::error::Error;
use crate::report;

pub(super) fn run(args: &Explain, terminal: &Terminal) -> Result<Outcome, Error> {
    let Some(name) = &args.code else {
        terminal.print_styled(&report::list(terminal.locale(), terminal.result_width()))?;
        return Ok(Outcome::Clean);
    };
    let entry = checks::entry(name).ok_or_else(|| unknown(name))?;
    terminal.print_styled(&report::page(&entry, terminal.locale(), terminal.result_width()))?;
    Ok(Outcome::Clean)
}

fn unknown(name: &str) -> Error {
    let near = nearest(name, checks::entries().map(|entry| entry.code.as_str()));
    let advice = match near {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("`dama-pub explain` lists them all"),
    };
    Error::Usage(msg!("there is no code `{name}`; {advice}", name, advice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_answered_with_the_nearest_name() {
        assert_eq!(
            unknown("mising-block").to_string(),
            "there is no code `mising-block`; did you mean `missing-block`?"
        );
        assert_eq!(
            unknown("mising-image").to_string(),
            "there is no code `mising-image`; did you mean `missing-image`?"
        );
        assert_eq!(unknown("xyzzy").to_string(), "there is no code `xyzzy`; `dama-pub explain` lists them all");
    }
}
