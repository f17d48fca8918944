//! `dama-pub verify`: whether a release is what it was.

#[cfg(feature = "pages")]
mod again;
mod told;

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Outcome;
use super::args::Verify;
use super::errand::{Errand, Reply, Signature};
use super::release::{Clerk, Orders};
use super::terminal::Terminal;
use crate::error::Error;
use crate::message::{List, Message};
use crate::project::{names_of, read_bytes, read_text, show_pieces};
use crate::release::{MANIFEST, Manifest, SIGNATURES, SUMS, Sum, hex, read_sums};
use told::{Kind, Teller};

pub(super) fn run(args: &Verify, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut look = Look { folder: &args.folder, teller: Teller::new(args.format, terminal) };
    let sums = look.sums()?;
    look.files(&sums)?;
    let manifest = look.manifest(&sums)?;
    look.signature(args)?;
    if let Some(manifest) = manifest.filter(|_| args.rebuild) {
        again(&mut look, args, &manifest)?;
    }
    match look.teller.end(&args.folder, sums.len())? {
        true => Ok(Outcome::Clean),
        false => Ok(Outcome::Findings),
    }
}

#[cfg(feature = "pages")]
use again::again;

#[cfg(not(feature = "pages"))]
fn again(_: &mut Look<'_>, _: &Verify, _: &Manifest) -> Result<(), Error> {
    Err(Error::NoPages)
}

/// A folder that is looked at.
struct Look<'a> {
    folder: &'a Path,
    teller: Teller<'a>,
}

impl Look<'_> {
    /// The sums, which are what all else is held against.
    fn sums(&self) -> Result<Vec<Sum>, Error> {
        let path = self.folder.join(SUMS);
        let text = read_text(&path)?;
        read_sums(&text).map_err(|line| {
            Error::Environment(msg!("{path}, line {line}: this is not a SHA-256 and the name of a file", path, line))
        })
    }

    /// Each file by its sum; those that are missing, and those that are one too many.
    fn files(&mut self, sums: &[Sum]) -> Result<(), Error> {
        let there = names_of(self.folder)?;
        for Sum { name, sha256 } in sums {
            if !there.contains(name) {
                self.teller.wrong(Kind::Missing, Some(name), Message::data(name));
                continue;
            }
            let mut hash = Sha256::new();
            show_pieces(&self.folder.join(name), &mut |piece| hash.update(piece))?;
            let found = hex(&hash.finalize());
            if found != *sha256 {
                let line = msg!("{name}: its SHA-256 is {found}, and was {sum}", name, found, sum = sha256);
                self.teller.wrong(Kind::Changed, Some(name), line);
            }
        }
        let known = |name: &str| name == SUMS || SIGNATURES.contains(&name) || sums.iter().any(|sum| sum.name == name);
        for name in there.iter().filter(|name| !known(name)) {
            self.teller.wrong(Kind::Extra, Some(name), Message::data(name));
        }
        Ok(())
    }

    /// What the release says of itself, which must be what the sums say.
    fn manifest(&mut self, sums: &[Sum]) -> Result<Option<Manifest>, Error> {
        if !sums.iter().any(|sum| sum.name == MANIFEST) {
            let line = msg!("{sums} does not name {manifest}", sums = SUMS, manifest = MANIFEST);
            self.teller.wrong(Kind::Missing, Some(MANIFEST), line);
            return Ok(None);
        }
        let path = self.folder.join(MANIFEST);
        let Ok(text) = read_bytes(&path) else { return Ok(None) };
        let manifest = match Manifest::read(&text) {
            Ok(manifest) => manifest,
            Err(reason) => {
                self.teller.wrong(Kind::Damaged, Some(MANIFEST), msg!("{path}: {reason}", path, reason));
                return Ok(None);
            }
        };
        let of_sums: BTreeMap<&str, &str> = sums.iter().map(|sum| (sum.name.as_str(), sum.sha256.as_str())).collect();
        for artifact in &manifest.artifacts {
            if of_sums.get(artifact.name.as_str()) != Some(&artifact.sha256.as_str()) {
                let name = artifact.name.as_str();
                let line = msg!("{name}: {manifest} and {sums} differ", name, manifest = MANIFEST, sums = SUMS);
                self.teller.wrong(Kind::Changed, Some(name), line);
            }
        }
        let Manifest { book, version, date, .. } = &manifest;
        let titles = Message::list(List::Clauses, book.title.values());
        self.teller.note(Kind::Release, msg!("{titles}, {version} ({date})", titles, version, date));
        Ok(Some(manifest))
    }

    fn signature(&mut self, args: &Verify) -> Result<(), Error> {
        let link = self.teller.terminal.outlet().supervisor();
        let mut clerk = Clerk::of(link.map(|link| &**link), Orders::of_verify(args));
        let Reply::Signature(signature) = clerk.run(Errand::Signature, &[])? else { return Ok(()) };
        match signature {
            Signature::None if args.key.is_some() => {
                let line = msg!("there is no signature that this key could have made");
                self.teller.wrong(Kind::Unsigned, None, line);
            }
            Signature::None => {}
            Signature::Other(file) => {
                let line = msg!("it is signed in {file}, which is of another kind than this key", file = file.as_str());
                self.teller.wrong(Kind::Unsigned, Some(&file), line);
            }
            Signature::Unproved => {
                let line = msg!("by whom is not known without the public key: --key FILE");
                self.teller.note(Kind::Signed, line);
            }
            Signature::Good(said) => self.teller.note(Kind::Signed, Message::data(said)),
            Signature::Bad(said) => {
                self.teller.wrong(Kind::Signature, None, msg!("it is not good: {said}", said));
            }
            Signature::Unknown(reason) => {
                return Err(Error::Environment(msg!("the signature cannot be looked at: {reason}", reason)));
            }
        }
        Ok(())
    }
}
