//! Signatures of a release: by `ssh-keygen`, which everyone has who uses git, or by `minisign`. Both are found when they are asked.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::super::errand::Signature;
use crate::release::{SIGNATURES, SUMS};

/// What a signature is made for: one for something else is none of a release.
const NAMESPACE: &str = "dama-pub";

/// Most lines that are shown of what a program says.
const SHOWN: usize = 2;

/// Signs the sums in a folder.
///
/// # Errors
/// What the program says.
pub(super) fn sign(folder: &Path, key: &Path) -> Result<(), String> {
    let key = fs::canonicalize(key).map_err(|why| format!("{}: {why}", key.display()))?;
    let (program, arguments) = match is_minisign(&key) {
        true => ("minisign", vec!["-S", "-s", text(&key)?, "-m", SUMS, "-x", SIGNATURES[1]]),
        false => ("ssh-keygen", vec!["-Y", "sign", "-f", text(&key)?, "-n", NAMESPACE, SUMS]),
    };
    let mut command = Command::new(program);
    // minisign asks for the password of a key on stdout, which is for results of ours.
    command.args(arguments).current_dir(folder).stdout(Stdio::from(io::stderr()));
    let output = command.stderr(Stdio::piped()).output().map_err(|why| not_started(program, &why))?;
    if output.status.success() { Ok(()) } else { Err(last_words(&output)) }
}

/// Looks at the signature in a folder with a public key, or a file of allowed signers.
pub(super) fn look(folder: &Path, key: Option<&Path>) -> Signature {
    let found = SIGNATURES.map(|name| folder.join(name).is_file());
    let Some(key) = key else { return if found.contains(&true) { Signature::Unproved } else { Signature::None } };
    let key = match fs::canonicalize(key) {
        Ok(key) => key,
        Err(why) => return Signature::Unknown(format!("{}: {why}", key.display())),
    };
    let looked = match (is_minisign(&key), found) {
        (true, [_, true]) => by_minisign(folder, &key),
        (false, [true, _]) => by_ssh(folder, &key),
        (true, [true, false]) => return Signature::Other(SIGNATURES[0].to_owned()),
        (false, [false, true]) => return Signature::Other(SIGNATURES[1].to_owned()),
        _ => return Signature::None,
    };
    looked.unwrap_or_else(Signature::Unknown)
}

fn by_minisign(folder: &Path, key: &Path) -> Result<Signature, String> {
    let mut command = Command::new("minisign");
    command.args(["-V", "-p", text(key)?, "-m", SUMS, "-x", SIGNATURES[1]]).current_dir(folder).stdin(Stdio::null());
    let output = command.output().map_err(|why| not_started("minisign", &why))?;
    // The second line is the comment that was signed too: when, and which file.
    let said = joined(&output.stdout);
    Ok(if output.status.success() { Signature::Good(said) } else { Signature::Bad(last_words(&output)) })
}

fn by_ssh(folder: &Path, key: &Path) -> Result<Signature, String> {
    let told = fs::read_to_string(key).map_err(|why| why.to_string())?;
    // A public key alone is one by which anybody may sign.
    let alone = ["ssh-", "ecdsa-", "sk-"].iter().any(|kind| told.starts_with(kind));
    let signers = match alone {
        true => told.lines().map(|line| format!("* {line}\n")).collect(),
        false => told,
    };
    let mut file = tempfile::NamedTempFile::new().map_err(|why| why.to_string())?;
    file.write_all(signers.as_bytes()).and_then(|()| file.flush()).map_err(|why| why.to_string())?;
    let signers = text(file.path())?;
    let run = |arguments: &[&str], stdin: Stdio| {
        let mut command = Command::new("ssh-keygen");
        command.args(arguments).current_dir(folder).stdin(stdin);
        command.output().map_err(|why| not_started("ssh-keygen", &why))
    };
    let found = run(&["-Y", "find-principals", "-f", signers, "-s", SIGNATURES[0]], Stdio::null())?;
    let name = String::from_utf8_lossy(&found.stdout).lines().next().unwrap_or_default().to_owned();
    if !found.status.success() || name.is_empty() {
        return Ok(Signature::Bad("no principal matched the key that signed".to_owned()));
    }
    // A pattern stands for every name.
    let name = if alone { "release".to_owned() } else { name };
    let sums = File::open(folder.join(SUMS)).map_err(|why| why.to_string())?;
    let verify = ["-Y", "verify", "-f", signers, "-I", &name, "-n", NAMESPACE, "-s", SIGNATURES[0]];
    let output = run(&verify, Stdio::from(sums))?;
    let said = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned();
    Ok(if output.status.success() { Signature::Good(said) } else { Signature::Bad(last_words(&output)) })
}

/// Whether a key, public or secret, is minisign's.
fn is_minisign(key: &Path) -> bool {
    fs::read(key).is_ok_and(|bytes| bytes.starts_with(b"untrusted comment:"))
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str().ok_or_else(|| format!("{}: not UTF-8", path.display()))
}

fn not_started(program: &str, why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::NotFound => format!("`{program}` is not installed"),
        _ => format!("{program}: {why}"),
    }
}

/// What a program said when it failed.
fn last_words(output: &Output) -> String {
    let said = [&output.stderr, &output.stdout].map(|bytes| joined(bytes));
    said.into_iter().find(|text| !text.is_empty()).unwrap_or_else(|| output.status.to_string())
}

/// The last lines of a text as one.
fn joined(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(SHOWN)..].join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_and_one_that_fails_are_told_in_words() {
        let why = io::Error::from(io::ErrorKind::NotFound);
        assert_eq!(not_started("minisign", &why), "`minisign` is not installed");
        assert_eq!(joined(b"one\n\n two \nthree\n"), "two; three");
        assert_eq!(joined(b"\n"), "");
    }
}
