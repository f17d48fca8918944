//! Signatures of a release: by `ssh-keygen`, which everyone has who uses git, or by `minisign`. Both are found when they are asked.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::super::errand::Signature;
use crate::release::{SIGNATURES, SUMS};

/// What a signature is made for: one for something else is none of a release.
const NAMESPACE: &str = "dama-pub";

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
    command.args(arguments).current_dir(folder).stdout(Stdio::null());
    // A key with a password asks for it at the terminal.
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
        _ => return Signature::None,
    };
    looked.unwrap_or_else(Signature::Unknown)
}

fn by_minisign(folder: &Path, key: &Path) -> Result<Signature, String> {
    let mut command = Command::new("minisign");
    command.args(["-V", "-p", text(key)?, "-m", SUMS, "-x", SIGNATURES[1]]).current_dir(folder).stdin(Stdio::null());
    let output = command.output().map_err(|why| not_started("minisign", &why))?;
    let said = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned();
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
    format!("{program}: {why}")
}

/// The last line that a program said.
fn last_words(output: &Output) -> String {
    let said = [&output.stderr, &output.stdout].map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
    let line = said.iter().filter_map(|text| text.lines().next_back()).find(|line| !line.is_empty());
    line.map_or_else(|| output.status.to_string(), str::to_owned)
}
