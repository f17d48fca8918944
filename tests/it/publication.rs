//! The shipped publication, built once for all tests that look at it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::command::root;

/// Path of an artifact of the publication, which is built on first use.
pub(crate) fn artifact(name: &str) -> PathBuf {
    let path = out().join(name);
    assert!(path.is_file(), "{name} was built");
    path
}

/// The folder with all artifacts.
pub(crate) fn out() -> &'static Path {
    static OUT: OnceLock<tempfile::TempDir> = OnceLock::new();
    OUT.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let output = Command::new(env!("CARGO_BIN_EXE_dama-pub"))
            .args(["build", "--out"])
            .arg(dir.path())
            .current_dir(root())
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("dama-pub starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        dir
    })
    .path()
}
