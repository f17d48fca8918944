//! Folders of Markdown: mdBook and its kin.

use std::path::Path;

use crate::cli::args::import::Import;
use crate::error::Error;
use crate::import::Imported;
use crate::import::folder::{self, Tree, Wish};
use crate::lang;
use crate::model::Lang;
use crate::project::Folder;

pub(super) fn takes(path: &Path) -> bool {
    path.is_dir()
}

pub(super) fn read(args: &Import, date: &str) -> Result<Imported, Error> {
    let folders = args.sources.iter().chain(&args.translation).map(|path| Folder::open(path));
    let folders = folders.collect::<Result<Vec<Folder>, Error>>()?;
    let trees: Vec<&dyn Tree> = folders.iter().map(|folder| -> &dyn Tree { folder }).collect();
    let language = |tag: &String| {
        lang::loosely(tag).ok_or_else(|| {
            Error::Usage(msg!(
                "`{tag}` is no language that is known; these are: {known}",
                tag,
                known = lang::supported()
            ))
        })
    };
    let languages = args.language.iter().map(language).collect::<Result<Vec<Lang>, Error>>()?;
    let folders = args.sources.iter().chain(&args.translation).map(|path| super::name(path)).collect();
    let wish = Wish { languages, title: args.title(), date: date.to_owned(), folders };
    folder::import(&trees, &wish).map_err(Error::Usage)
}
