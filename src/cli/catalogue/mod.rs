//! `dama-pub catalogue`: many books.
//!
//! The list is made by one worker, which reads `book.yaml` of each book and no more. What is done with the books themselves is done by this program
//! again, once for each book, so that every book has its own limits, and what goes wrong in one costs that one.

mod across;
mod books;
mod child;
mod list;
mod recipes;
mod releases;
mod run;
mod several;
mod status;

use super::Outcome;
use super::args::Global;
use super::args::catalogue::{Action, Catalogue};
use super::terminal::Terminal;
use crate::error::Error;

pub(super) use child::join;
pub(super) use several::{
    build_several, check_several, checks_several, is_of_several, release_several, releases_several,
};

pub(super) fn run(args: &Catalogue, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    match &args.action {
        None => list::run(&args.list, terminal),
        Some(Action::Build(build)) => several::build(build, global, terminal),
        Some(Action::Check(check)) => several::check(check, global, terminal),
        Some(Action::Release(release)) => several::release(release, global, terminal),
        Some(Action::Stats(stats)) => across::stats(stats, global, terminal),
        Some(Action::Terms(terms)) => across::terms(terms, global, terminal),
        Some(Action::Status(status)) => status::run(status, global, terminal),
    }
}
