//! Programs of the user that an import runs where they are there. None is brought along.
//!
//! Each is given copies in a folder of its own, a list of arguments without a shell, nothing to ask, and limits on time, on memory and on
//! what it writes. It ends with all that it has started.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::message::Message;

/// The oldest pandoc that is used.
const OLDEST: u32 = 3;

/// A program by its name, if it can be run.
pub(in crate::cli) fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

/// Runs a program until it ends: whether all went well, `None` if it took too long and was stopped.
pub(super) fn run(command: &mut Command, most: Duration) -> std::io::Result<Option<bool>> {
    command.stdin(Stdio::null());
    // A program that starts others is stopped with them.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let mut child = command.spawn()?;
    limit(&child);
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if begun.elapsed() > most {
            stop(&mut child)?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn stop(child: &mut Child) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        // It fails only where they have ended.
        let group = rustix::process::Pid::from_child(child);
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // It may have ended by itself meanwhile.
    let _ = child.kill();
    child.wait().map(|_| ())
}

/// Takes rights from it that it does not need.
#[cfg(target_os = "linux")]
fn limit(child: &Child) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    for (resource, limit) in [(Resource::Fsize, 512 << 20), (Resource::Data, 4 << 30), (Resource::Core, 0)] {
        // A limit of the system that is lower stays.
        let _ = prlimit(Some(Pid::from_child(child)), resource, most(limit));
    }
}

#[cfg(not(target_os = "linux"))]
fn limit(_: &Child) {}

/// The version of the pandoc that is installed.
pub(in crate::cli) fn pandoc_version() -> Option<String> {
    let asked = Command::new("pandoc").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let said = asked.ok()?.stdout;
    let said = String::from_utf8_lossy(&said);
    Some(said.lines().next()?.split_whitespace().last()?.to_owned())
}

/// Whether a pandoc of this version is used.
pub(in crate::cli) fn is_new_enough(version: &str) -> bool {
    version.split('.').next().and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= OLDEST)
}

/// How pandoc is installed here, in a version that is used. What Debian 12 and Ubuntu 22.04 have of their own is older.
pub(in crate::cli) fn getting_pandoc() -> Message {
    let processor = if std::env::consts::ARCH == "aarch64" { "arm64" } else { "amd64" };
    match std::env::consts::OS {
        "macos" => msg!("install it with `{command}`", command = "brew install pandoc"),
        "windows" => {
            let command = "winget install --source winget --exact --id JohnMacFarlane.Pandoc";
            msg!("install it with `{command}`", command)
        }
        _ => msg!(
            "the packages of Debian 12 and Ubuntu 22.04 are too old: take the file that ends in `{file}` from {address} and install it with `{command}`; or, without rights of an administrator, `{python}`, and put the folder `pypandoc/files` of that environment on PATH",
            file = format!("-1-{processor}.deb"),
            address = "https://github.com/jgm/pandoc/releases/latest",
            command = "sudo apt install ./pandoc-*.deb",
            python = "python3 -m venv ~/pandoc && ~/pandoc/bin/pip install pypandoc_binary"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_first_number() {
        let enough: Vec<bool> = ["2.17.1.1", "3.0", "3.9", "10", "", "x"].into_iter().map(is_new_enough).collect();
        assert_eq!(enough, [false, true, true, true, false, false]);
    }

    #[cfg(unix)]
    #[test]
    fn what_takes_too_long_is_stopped_with_all_that_it_started() {
        let mut endless = Command::new("sh");
        endless.args(["-c", "cat /dev/zero > /dev/null & wait"]);
        let (mut reader, writer) = std::io::pipe().expect("a pipe");
        endless.stdout(Stdio::null()).stderr(writer);
        assert_eq!(run(&mut endless, Duration::from_millis(50)).expect("a shell"), None);
        // The pipe ends when the last process that holds it has ended.
        drop(endless);
        assert_eq!(std::io::Read::read(&mut reader, &mut [0; 8]).expect("the end"), 0);
        assert_eq!(
            run(Command::new("sh").args(["-c", "exit 3"]), Duration::from_secs(60)).expect("a shell"),
            Some(false)
        );
        assert_eq!(run(&mut Command::new("true"), Duration::from_secs(60)).expect("a program"), Some(true));
    }
}
