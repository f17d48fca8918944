//! A run at its beginning: what it was asked for, and what earlier ones have left.

use std::path::{Path, PathBuf};

use super::{Record, Run};
use crate::cli::args::Build;
use crate::cli::shelf::out_of;
use crate::inputs::{Digest, Settings};
use crate::project::Project;

/// A run at its beginning.
pub(in crate::cli) struct Begun {
    /// The folder of the artifacts.
    pub(in crate::cli) out: PathBuf,
    /// What it was asked for, as far as it changes what is made.
    pub(in crate::cli) asked: Settings,
    /// What earlier runs have left.
    pub(in crate::cli) record: Record,
}

impl Begun {
    pub(in crate::cli) fn new(args: &Build, project: &Project) -> Self {
        let out = out_of(args, project);
        // Who wants to know where the time goes wants everything made.
        let anew = args.force || args.timings.is_some();
        let record = if anew { Record::default() } else { Record::read(&out) };
        Self { out, asked: asked(args), record }
    }

    /// The run before this one that was asked for the same, if nothing has changed since: neither what it read nor what it made.
    pub(in crate::cli) fn unchanged(&self, project: &Project) -> Option<&Run> {
        let run = self.record.run(&self.asked)?;
        let there = run.made.iter().all(|(name, content)| holds(&self.out.join(name), *content));
        (there && !run.made.is_empty() && run.inputs.still_hold(project)).then_some(run)
    }
}

/// Whether a file has this content.
pub(in crate::cli) fn holds(path: &Path, content: Digest) -> bool {
    std::fs::read(path).is_ok_and(|bytes| Digest::of(&bytes) == content)
}

fn asked(args: &Build) -> Settings {
    let kinds = args.profile.iter().map(|kind| crate::model::Profile::from(*kind).name());
    Settings::default()
        .with("editions", args.edition.join(","))
        .with("formats", args.format.iter().map(|format| format!("{format:?}")).collect::<Vec<_>>().join(","))
        .with("kinds", kinds.collect::<Vec<_>>().join(","))
        .with("date", std::env::var_os("SOURCE_DATE_EPOCH").unwrap_or_default().to_string_lossy())
}
