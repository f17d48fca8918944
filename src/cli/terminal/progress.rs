//! What long work says of itself while it runs.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{DIM, Loudness, Terminal};
use crate::message::Message;

impl Terminal {
    /// A line for those who want to know more.
    pub(in crate::cli) fn detail(&self, text: Message) {
        if self.loudness == Loudness::Verbose {
            self.err(&format!("{DIM}{}{DIM:#}\n", self.say(&text)));
        }
    }

    /// A progress bar over `length` artifacts; invisible unless stderr is a terminal that wants it.
    pub(in crate::cli) fn progress(&self, length: u64) -> ProgressBar {
        if self.loudness == Loudness::Quiet || !io::stderr().is_terminal() {
            return ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        }
        let bar = ProgressBar::new(length);
        let style = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg} {elapsed}");
        bar.set_style(style.expect("the template is sound"));
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}
