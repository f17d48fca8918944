//! Changing a file that other runs, or the author, may change at the same time.

use super::{Project, Write, lock};
use crate::error::Error;
use crate::source::Files;

impl Project {
    /// Rewrites a file of the project by means of `write`. `change` reads it and returns its new text, or nothing to
    /// leave it as it is; no other run of the program writes in that folder meanwhile.
    ///
    /// # Errors
    /// What `change` says; [`Error::Busy`] when another run does not end writing there, [`Error::Changed`] when the file is
    /// changed by hand in these moments, [`Error::Write`] when it cannot be written.
    pub fn update(
        &self,
        path: &str,
        write: Write<'_>,
        change: impl FnOnce() -> Result<Option<String>, Error>,
    ) -> Result<(), Error> {
        let place = self.resolve(path).unwrap_or_else(|_| self.root.join(path));
        let _lock = lock::folder_of(&place)?;
        let before = self.read(path).ok();
        let Some(text) = change()? else { return Ok(()) };
        if self.read(path).ok() != before {
            return Err(Error::Changed(path.into()));
        }
        write(&place, text.as_bytes()).map_err(|source| Error::Write { path: place.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::project::{BOOK_FILE, write_now};

    const FILE: &str = "manuscript/record.yaml";

    fn project() -> (tempfile::TempDir, Project) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("manuscript")).unwrap();
        fs::write(dir.path().join(BOOK_FILE), "title: x").unwrap();
        let project = Project::find(dir.path()).unwrap();
        (dir, project)
    }

    #[test]
    fn no_two_updates_lose_a_line() {
        let (_dir, project) = project();
        std::thread::scope(|scope| {
            for worker in 0..4 {
                let project = &project;
                scope.spawn(move || {
                    for line in 0..25 {
                        let add = || {
                            let now =
                                project.read(FILE).map_or(String::new(), |bytes| String::from_utf8(bytes).unwrap());
                            Ok(Some(format!("{now}{worker}-{line}\n")))
                        };
                        project.update(FILE, &write_now, add).unwrap();
                    }
                });
            }
        });
        let text = String::from_utf8(project.read(FILE).unwrap()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 100, "{text}");
    }

    #[test]
    fn a_change_by_hand_is_not_written_over() {
        let (dir, project) = project();
        let by_hand = || {
            fs::write(dir.path().join(FILE), "mine").unwrap();
            Ok(Some("new".to_owned()))
        };
        let error = project.update(FILE, &write_now, by_hand).unwrap_err().to_string();
        assert!(error.contains("was changed"), "{error}");
        assert_eq!(project.read(FILE).unwrap(), b"mine");
    }

    #[test]
    fn nothing_is_written_where_nothing_is_to_change() {
        let (_dir, project) = project();
        project.update(FILE, &write_now, || Ok(None)).unwrap();
        assert!(project.read(FILE).is_err(), "there is no such file");
    }
}
