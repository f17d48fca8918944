//! `dama-pub align`.

use std::fmt::Write as _;

use super::Outcome;
use super::args::Align;
use super::terminal::Terminal;
use crate::align::sentences::lexicon::Lexicon;
use crate::align::sentences::{self, Bead, zh};
use crate::error::Error;
use crate::project::read_text;

pub(super) fn run(args: &Align, terminal: &Terminal) -> Result<Outcome, Error> {
    let [source, target] = args.pair.as_slice() else { unreachable!("clap takes two paths") };
    let (source, target) = (read_text(source)?, read_text(target)?);
    let (source, target): (Vec<&str>, Vec<&str>) = (source.lines().collect(), target.lines().collect());
    let lexicon = Lexicon::shipped();
    let beads = match (is_chinese(&source), is_chinese(&target)) {
        (true, false) => sentences::chinese_english(&source, &target, lexicon),
        (false, true) => {
            let beads = sentences::chinese_english(&target, &source, lexicon);
            beads.into_iter().map(|bead| Bead { source: bead.target, target: bead.source }).collect()
        }
        (true, true) => return Err(Error::Usage("both texts are Chinese; one must be English".into())),
        (false, false) => return Err(Error::Usage("neither text is Chinese; one must be".into())),
    };
    let mut out = String::new();
    for Bead { source, target } in beads {
        let _ = writeln!(out, "{}:{}", list(source), list(target));
    }
    terminal.print(&out)?;
    Ok(Outcome::Clean)
}

/// Whether most letters of a text are Chinese characters.
fn is_chinese(lines: &[&str]) -> bool {
    let letters = || lines.iter().flat_map(|line| line.chars()).filter(|c| c.is_alphabetic());
    // A Chinese character says as much as some three letters.
    3 * letters().filter(|c| zh::is_han(*c)).count() > letters().filter(|c| !zh::is_han(*c)).count()
}

fn list(lines: std::ops::Range<usize>) -> String {
    let numbers: Vec<String> = lines.map(|line| line.to_string()).collect();
    format!("[{}]", numbers.join(","))
}
