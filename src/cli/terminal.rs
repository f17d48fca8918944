//! What is printed, where, and in which colours. Results go to stdout, and what `check` finds is one; progress, and what is
//! said of other work, goes to stderr.

#[cfg(feature = "pages")]
mod progress;

use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::Path;
use std::sync::Arc;
#[cfg(feature = "pages")]
use std::sync::OnceLock;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::args::{Color, Form, Global, Speech};
use super::outlet::Outlet;
use super::pipe::Link;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::message::{Locale, Message, visible, visible_styled, without_log_commands};
use crate::report::preflight::Looked;
use crate::report::{self, Page, Report, Whole};
use crate::source::Sources;

/// Columns that excerpts of long lines take where nothing says how many there are, and at most.
const WIDTH: usize = 110;

/// Fewer columns than these hold no excerpt.
const NARROW: usize = 40;

const RED: Style = AnsiColor::Red.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Loudness {
    Quiet,
    Normal,
    Verbose,
}

/// The way out to the person at the terminal.
#[derive(Clone)]
pub(super) struct Terminal {
    color: ColorChoice,
    /// For what goes to stdout.
    result_color: ColorChoice,
    loudness: Loudness,
    locale: Locale,
    /// For what programs read: the language that was asked for, never that of the system.
    machine_locale: Locale,
    outlet: Outlet,
    #[cfg(feature = "pages")]
    bar: Arc<OnceLock<indicatif::ProgressBar>>,
}

impl Terminal {
    /// The way out of this process, or in a worker the one through `link`.
    pub(super) fn new(global: &Global, locale: Locale, link: Option<Arc<Link>>) -> Self {
        let outlet = Outlet::new(link);
        let choice = |styled: bool| if styled { ColorChoice::Always } else { ColorChoice::Never };
        let [result_color, color] = match global.color {
            Color::Auto => outlet.view().styles.map(choice),
            Color::Always => [ColorChoice::Always; 2],
            Color::Never => [ColorChoice::Never; 2],
        };
        let loudness = match (global.quiet, global.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Normal,
        };
        let machine_locale = global.lang.map_or(Locale::English, Speech::locale);
        Self {
            color,
            result_color,
            loudness,
            locale,
            machine_locale,
            outlet,
            #[cfg(feature = "pages")]
            bar: Arc::default(),
        }
    }

    /// Where what this run gives goes.
    pub(super) fn outlet(&self) -> &Outlet {
        &self.outlet
    }

    /// Makes a file that takes its place with the others when the run ends.
    ///
    /// # Errors
    /// [`Error::Write`]; an older file of that name is unchanged.
    pub(super) fn deliver(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.outlet.stage(path, bytes).map_err(|source| Error::Write { path: path.to_owned(), source })
    }

    /// Puts what was made into its place.
    ///
    /// # Errors
    /// As [`Outlet::commit`].
    pub(super) fn commit(&self) -> Result<(), Error> {
        if let Some((folder, why)) = self.outlet.commit()? {
            self.no_cache(&folder, &why);
        }
        Ok(())
    }

    /// Says that a cache does not serve, which costs time alone.
    pub(super) fn no_cache(&self, folder: &Path, why: &io::Error) {
        let reason = crate::message::reason(why);
        self.failed(
            msg!("cache"),
            msg!("nothing is kept in {folder}: {reason}; what was made is in its place all the same", folder, reason),
        );
    }

    /// Whether results go to a terminal.
    pub(super) fn shows_results(&self) -> bool {
        self.outlet.view().terminals[0]
    }

    /// The language in which people are spoken to.
    pub(super) fn locale(&self) -> Locale {
        self.locale
    }

    /// The language of messages in what programs read.
    pub(super) fn machine_locale(&self) -> Locale {
        self.machine_locale
    }

    /// The language of a form of report: what programs read is in that of the system only where it was asked for.
    pub(super) fn locale_of(&self, form: Form) -> Locale {
        match form {
            Form::Human | Form::Short | Form::Html => self.locale,
            Form::Json | Form::Jsonl | Form::Sarif | Form::Github => self.machine_locale,
        }
    }

    fn say(&self, message: &Message) -> String {
        self.locale.say(message)
    }

    /// Shows findings to a person: a few of each code where there are many.
    pub(super) fn findings(&self, found: &[Diagnostic], sources: &Sources) {
        self.some_of(found, sources, Whole::None);
    }

    /// As [`Self::findings`], saying how all of them are seen.
    pub(super) fn some_of(&self, found: &[Diagnostic], sources: &Sources, whole: Whole) {
        let page = page(columns([self.outlet.view().columns[1]]));
        let color = self.color != ColorChoice::Never;
        self.err(&report::digest(found, (sources, self.locale), (None, whole), color, page));
    }

    /// Prints what the checks found for a person: findings, at most `limit` of a code, and how many there are of each kind.
    ///
    /// # Errors
    /// As [`Self::print`].
    pub(super) fn report(&self, report: &Report<'_>, limit: Option<usize>) -> Result<(), Error> {
        let (color, page) = (self.result_color != ColorChoice::Never, self.result_page());
        let said_in = (report.sources, report.locale);
        let mut text = report::digest(report.open, said_in, (limit, Whole::Check), color, page);
        if self.loudness >= Loudness::Normal {
            text += &report::summary(report, color, page);
        }
        self.print_styled(&text)
    }

    /// Prints what preflight saw in a file, if there is one, and what it found: at most `limit` findings of a code.
    ///
    /// # Errors
    /// As [`Self::print`].
    pub(super) fn preflight(
        &self,
        found: &[Diagnostic],
        file: Option<&Looked>,
        sources: &Sources,
        limit: Option<usize>,
    ) -> Result<(), Error> {
        let color = self.result_color != ColorChoice::Never;
        let file = file.filter(|_| self.loudness >= Loudness::Normal);
        let sheet = file.map_or(String::new(), |file| report::preflight::sheet(file, self.locale, color));
        let asked = (limit, Whole::Check);
        self.print_styled(&(sheet + &report::digest(found, (sources, self.locale), asked, color, self.result_page())))
    }

    /// The page for results. Who reads them through a pager sits at the terminal that stderr goes to.
    fn result_page(&self) -> Page {
        page(columns(self.outlet.view().columns))
    }

    /// A line on how a check went, after its findings: nothing for those who want these alone.
    pub(super) fn verdict(&self, failed: bool, what: Message, details: Message) {
        if self.loudness >= Loudness::Normal {
            self.line(if failed { RED } else { GREEN }, &what, &details);
        }
    }

    /// Columns of the terminal that results go to; `None` where they go to a file or a program and have no style.
    pub(super) fn result_width(&self) -> Option<usize> {
        let width = || columns([self.outlet.view().columns[0]]).unwrap_or(WIDTH).clamp(NARROW, WIDTH);
        (self.result_color != ColorChoice::Never).then(width)
    }

    /// Prints a result on stdout. A reader that has seen enough, such as `head`, is not an error.
    ///
    /// Whatever the text is made of, it commands neither a terminal nor a build log.
    ///
    /// # Errors
    /// [`Error::Write`] when stdout takes no more.
    pub(super) fn print(&self, text: &str) -> Result<(), Error> {
        self.give(&without_log_commands(&visible(text)))
    }

    /// Prints a result in styles of ours.
    ///
    /// # Errors
    /// As [`Self::print`].
    pub(super) fn print_styled(&self, text: &str) -> Result<(), Error> {
        self.give(&without_log_commands(&visible_styled(text)))
    }

    /// Prints what a build log or a shell shall take for commands; whoever made it has escaped what others wrote.
    ///
    /// # Errors
    /// As [`Self::print`].
    pub(super) fn print_commands(&self, text: &str) -> Result<(), Error> {
        self.give(&visible(text))
    }

    /// Prints a report in the form that was asked for.
    ///
    /// # Errors
    /// As [`Self::print`].
    pub(super) fn print_form(&self, form: Form, text: &str) -> Result<(), Error> {
        match form {
            Form::Github => self.print_commands(text),
            _ => self.print(text),
        }
    }

    fn give(&self, text: &str) -> Result<(), Error> {
        match self.outlet.result(text.as_bytes()) {
            Err(why) if why.kind() != io::ErrorKind::BrokenPipe => Err(Error::Output(why)),
            _ => Ok(()),
        }
    }

    /// A line about something that was made or checked.
    pub(super) fn done(&self, what: Message, details: Message) {
        if self.loudness >= Loudness::Normal {
            self.line(GREEN, &what, &details);
        }
    }

    /// A line about something that could not be made.
    pub(super) fn failed(&self, what: Message, details: Message) {
        self.line(RED, &what, &details);
    }

    /// Something to know for whoever sits at the terminal; not for logs.
    pub(super) fn tip(&self, text: Message) {
        if self.loudness >= Loudness::Normal && self.outlet.view().terminals[1] {
            self.err(&format!("{DIM}{}{DIM:#}\n", self.say(&text)));
        }
    }

    /// A line for those who want to know more.
    pub(super) fn detail(&self, text: Message) {
        if self.loudness == Loudness::Verbose {
            self.err(&format!("{DIM}{}{DIM:#}\n", self.say(&text)));
        }
    }

    /// Trouble of the environment, and a way out where there is one.
    pub(super) fn failure(&self, error: &Error) {
        self.err(&format!("{RED}{}{RED:#}: {}\n", self.say(&msg!("error")), self.say(&error.message())));
        if let Some(hint) = error.hint() {
            self.err(&format!("  {}: {}\n", self.say(&msg!("help")), self.say(&hint)));
        }
    }

    fn line(&self, style: Style, what: &Message, details: &Message) {
        let what = self.say(what);
        // A Chinese character takes two columns, which `{:>9}` does not know.
        let space = " ".repeat(9_usize.saturating_sub(textwrap::core::display_width(&what)));
        self.err(&format!("{style}{space}{what}{style:#} {}\n", self.say(details)));
    }

    fn err(&self, text: &str) {
        let mut styled = AutoStream::new(Vec::new(), self.color);
        styled.write_all(without_log_commands(&visible_styled(text)).as_bytes()).expect("memory takes it");
        self.relay(&styled.into_inner());
    }

    /// Says what is styled already, above the progress bar if there is one.
    pub(super) fn relay(&self, text: &[u8]) {
        #[cfg(feature = "pages")]
        if let Some(bar) = self.bar.get() {
            return bar.suspend(|| self.outlet.said(text));
        }
        self.outlet.said(text);
    }
}

/// Columns of the first of these sizes that is that of a terminal; COLUMNS says it for all.
fn columns<const N: usize>(sizes: [Option<u16>; N]) -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok()).filter(|n| *n > 0);
    said.or_else(|| sizes.into_iter().flatten().next().map(usize::from))
}

/// No more than the terminal has, so that underlines stay under their text.
fn page(columns: Option<usize>) -> Page {
    match columns {
        Some(columns) => Page::fitted(columns.clamp(NARROW, WIDTH)),
        None => Page::open(WIDTH),
    }
}

/// Has defects of the program told through the way out of this process.
pub(super) fn report_defects(link: Option<Arc<Link>>) {
    let outlet = Outlet::new(link);
    std::panic::set_hook(Box::new(move |info| outlet.said(defect(info).as_bytes())));
}

/// What a defect of the program says in place of a backtrace.
fn defect(info: &PanicHookInfo<'_>) -> String {
    let what = info.payload_as_str().unwrap_or("no reason given");
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    format!(
        "this is a defect of dama-pub {}, not of your book: {what} ({place})\n  help: please report it {} with the command that you ran and this line\n  help: `dama-pub doctor --bundle report.zip` gathers what is needed besides, without the text of your book\n",
        env!("CARGO_PKG_VERSION"),
        where_to_report(),
    )
}

/// Where defects are reported.
pub(super) fn where_to_report() -> Message {
    match env!("CARGO_PKG_REPOSITORY") {
        "" => msg!("to those from whom you have the program"),
        address => msg!("at {address}", address = format!("{address}/issues")),
    }
}
