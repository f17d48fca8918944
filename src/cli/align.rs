//! `dama-pub align`.

use std::fmt::Write as _;

use super::Outcome;
use super::args::Align;
use super::terminal::Terminal;
use crate::align::lang::zh;
use crate::align::lexicon::Lexicon;
use crate::align::{self, Bead, Scored, Texts};
use crate::error::Error;
use crate::model::Lang;
use crate::project::read_text;

pub(super) fn run(args: &Align, terminal: &Terminal) -> Result<Outcome, Error> {
    let [source, target] = args.pair.as_slice() else { unreachable!("clap takes two paths") };
    let (source, target) = (read_text(source)?, read_text(target)?);
    let (source, target): (Vec<&str>, Vec<&str>) = (source.lines().collect(), target.lines().collect());
    let lang = |lines: &[&str]| Lang::new(if is_chinese(lines) { "zh" } else { "en" }).expect("a good tag");
    let langs = [lang(&source), lang(&target)];
    let texts = Texts { items: [&source, &target], langs: langs.each_ref(), lexicon: Lexicon::shipped() };
    let beads = align::sentences(texts);
    let mut out = String::new();
    for Scored { bead: Bead { source, target }, .. } in beads {
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
