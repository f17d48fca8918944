//! What is done before a build.

use crate::cli::args::Build;
use crate::cli::shelf::{Shelf, folder, out_of};
use crate::cli::terminal::Terminal;
use crate::project::{Project, sweep};

/// Makes ready for a build: what killed runs have left beside the artifacts is finished, and the cache is opened.
pub(in crate::cli) fn make_ready(args: &Build, terminal: &Terminal) {
    // Whoever does the work says that there is no book.
    let Ok(project) = Project::find(&args.dir) else { return };
    let out = out_of(args, &project);
    if out.is_dir() {
        sweep(&out);
    }
    let Some(folder) = folder(args.cache.as_ref()).filter(|_| !args.draft) else { return };
    match Shelf::open(&folder, project) {
        Ok(shelf) => terminal.outlet().use_shelf(shelf),
        Err(why) => terminal.no_cache(&folder, &why),
    }
}
