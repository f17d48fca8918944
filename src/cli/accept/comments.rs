//! What becomes of comments on what is signed off.

use crate::align::ChapterPair;
use crate::checks::freshness::{ReviewState, commented, states};
use crate::cli::terminal::Terminal;
use crate::diagnostic::any_error;
use crate::error::Error;
use crate::manuscript::{COMMENTS_FILE, load_comments, write_comments};
use crate::model::{Lang, Reviewed};
use crate::project::Project;
use crate::source::Sources;

/// Takes away the comments on what was signed off; returns how many. The file is read anew, as others may have added to it.
pub(super) fn resolve(
    chosen: &[(&Lang, &ChapterPair<'_>)],
    record: &Reviewed,
    project: &Project,
    terminal: &Terminal,
) -> Result<usize, Error> {
    let mut count = 0;
    project.update(COMMENTS_FILE, &|path, bytes| terminal.outlet().put(path, bytes), || {
        let mut found = Vec::new();
        let mut comments = load_comments(project, &mut Sources::default()).take(&mut found);
        // A line that cannot be read would be lost.
        if comments.is_empty() || any_error(&found) {
            return Ok(None);
        }
        for (target, pair) in chosen {
            let Some(source) = pair.source else { continue };
            let on = commented(pair, comments.chapter(target, &source.stem));
            let states = states(pair, record.chapter(target, &source.stem));
            let settled = |at: usize| on[at].is_some_and(|pair| states[pair] == ReviewState::Reviewed);
            count += (0..on.len()).filter(|at| settled(*at)).count();
            comments.retain(target, &source.stem, |at| !settled(at));
        }
        Ok((count > 0).then(|| write_comments(&comments)))
    })?;
    Ok(count)
}
