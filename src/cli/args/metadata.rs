//! What may be typed of records for shops and libraries.

use std::path::PathBuf;

use clap::Args;

use crate::cli::choices::{Form, RecordForm};

#[derive(Debug, Args)]
pub(in crate::cli) struct Metadata {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(in crate::cli) dir: PathBuf,
    /// Print this record
    #[arg(long, value_enum, value_name = "RECORD", conflicts_with = "format")]
    pub(in crate::cli) record: Option<RecordForm>,
    /// Write all records into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "record")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = Form::Human, value_name = "FORM")]
    pub(in crate::cli) format: Form,
}
