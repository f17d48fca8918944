//! What may be typed of layouts.

use std::path::PathBuf;

use clap::Args;

use crate::cli::choices::LayoutWish;

#[derive(Debug, Args)]
pub(in crate::cli) struct Layout {
    /// What is wanted
    #[arg(value_enum)]
    pub(in crate::cli) wish: LayoutWish,
    /// The name of the layout, to show it or to copy it
    #[arg(required_if_eq_any([("wish", "show"), ("wish", "eject")]))]
    pub(in crate::cli) name: Option<String>,
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(in crate::cli) book: PathBuf,
}
