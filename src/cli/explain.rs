//! `dama-pub explain`.

use super::Outcome;
use super::args::Explain;
use super::terminal::Terminal;
use crate::checks::{self, CHECKS};
use crate::diagnostic::nearest;
use crate::error::Error;
use crate::report;

pub(super) fn run(args: &Explain, terminal: &Terminal) -> Result<Outcome, Error> {
    let Some(name) = &args.check else {
        terminal.print(&report::list(terminal.tongue(), terminal.result_width()))?;
        return Ok(Outcome::Clean);
    };
    let check = checks::named(name).ok_or_else(|| unknown(name))?;
    terminal.print(&report::page(check, terminal.tongue(), terminal.result_width()))?;
    Ok(Outcome::Clean)
}

fn unknown(name: &str) -> Error {
    let near = nearest(name, CHECKS.iter().map(|check| check.name));
    let advice = near.map_or("`dama-pub explain` lists them all".to_owned(), |near| format!("did you mean `{near}`?"));
    Error::Usage(format!("there is no check `{name}`; {advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_answered_with_the_nearest_name() {
        assert_eq!(
            unknown("mising-block").to_string(),
            "there is no check `mising-block`; did you mean `missing-block`?"
        );
        assert_eq!(unknown("xyzzy").to_string(), "there is no check `xyzzy`; `dama-pub explain` lists them all");
    }
}
