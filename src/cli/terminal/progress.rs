//! What long work says of itself while it runs.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Loudness, Terminal};
use crate::cli::pipe::wire::Step;
use crate::message::visible_in_line;

impl Terminal {
    /// Shows how far work has come, where stderr is a terminal that wants it.
    pub(in crate::cli) fn step(&self, step: Step) {
        if let Some(link) = self.outlet.supervisor() {
            return link.progress(step);
        }
        if let Step::Begins(length) = step {
            // A run has one bar; a second beginning goes on with it.
            let _ = self.bar.set(self.begun(length));
            return;
        }
        let Some(bar) = self.bar.get() else { return };
        match step {
            Step::Begins(_) => {}
            Step::At(what) => bar.set_message(visible_in_line(&what).into_owned()),
            Step::Done => bar.inc(1),
            Step::Ends => bar.finish_and_clear(),
        }
    }

    fn begun(&self, length: u64) -> ProgressBar {
        if self.loudness == Loudness::Quiet || !self.outlet.view().terminals[1] {
            return ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        }
        let bar = ProgressBar::new(length);
        let style = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg} {elapsed}");
        bar.set_style(style.expect("the template is sound"));
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}
