//! What a worker has done for a release by the process that watches over it: files put into a folder, other programs asked, the folder put
//! into its place.
//!
//! A worker may write nothing and starts no programs. What may be done, where and with which key follows from the command line alone.

use std::path::PathBuf;

use super::super::args::{Command, Release, Verify};
use super::super::errand::{Errand, Reply};
use super::super::pipe::Link;
use super::{outside, signing};
use crate::error::Error;
use crate::message::Message;
use crate::project::{Parcel, Placed, Project, is_plain};
use crate::release::SIGNATURES;

/// What the command line allows.
#[derive(Debug, Default)]
pub(in crate::cli) struct Orders {
    /// Where folders of releases are made.
    out: Option<PathBuf>,
    sign: Option<PathBuf>,
    replace: bool,
    /// A folder whose signature is looked at, with the key.
    proof: Option<(PathBuf, Option<PathBuf>)>,
}

impl Orders {
    pub(in crate::cli) fn of(command: &Command) -> Self {
        match command {
            Command::Release(args) => Self::of_release(args),
            Command::Verify(args) => Self::of_verify(args),
            _ => Self::default(),
        }
    }

    pub(in crate::cli) fn of_release(args: &Release) -> Self {
        let out = args.out.clone().or_else(|| Some(Project::find(args.book()).ok()?.root().join("release")));
        Self { out, sign: args.sign.clone(), replace: args.replace, proof: None }
    }

    pub(in crate::cli) fn of_verify(args: &Verify) -> Self {
        Self { proof: Some((args.folder.clone(), args.key.clone())), ..Self::default() }
    }
}

/// Whoever does it.
#[derive(Debug, Default)]
pub(in crate::cli) struct Office {
    orders: Orders,
    parcel: Option<Parcel>,
}

impl Office {
    pub(in crate::cli) fn new(orders: Orders) -> Self {
        Self { orders, parcel: None }
    }

    pub(in crate::cli) fn run(&mut self, errand: Errand, bytes: &[u8]) -> Reply {
        match errand {
            Errand::Begin(name) => self.begin(&name),
            Errand::Put(name) => match self.parcel.as_ref().map(|parcel| parcel.put(&name, bytes)) {
                Some(Ok(())) => Reply::Done,
                Some(Err(why)) => Reply::Failed(why.to_string()),
                None => Reply::Refused,
            },
            Errand::Ask(questions) => match &self.parcel {
                Some(parcel) => Reply::Verdicts(outside::ask(parcel.folder(), &questions)),
                None => Reply::Refused,
            },
            Errand::Settle => self.settle(),
            Errand::Signature => match &self.orders.proof {
                Some((folder, key)) => Reply::Signature(signing::look(folder, key.as_deref())),
                None => Reply::Refused,
            },
        }
    }

    fn begin(&mut self, name: &str) -> Reply {
        let Some(out) = self.orders.out.as_ref().filter(|_| is_plain(name)) else { return Reply::Refused };
        match Parcel::begin(&out.join(name)) {
            Ok(parcel) => {
                self.parcel = Some(parcel);
                Reply::Done
            }
            Err(Error::Busy(_)) => Reply::Busy,
            Err(Error::Write { source, .. }) => Reply::Failed(source.to_string()),
            Err(other) => Reply::Failed(other.to_string()),
        }
    }

    fn settle(&mut self) -> Reply {
        let Some(parcel) = self.parcel.take() else { return Reply::Refused };
        if let Some(key) = &self.orders.sign
            && let Err(why) = signing::sign(parcel.folder(), key)
        {
            return Reply::Unsigned(why);
        }
        match parcel.settle(self.orders.replace, &SIGNATURES) {
            Ok(Placed::New) => Reply::Placed(true),
            Ok(Placed::Same) => Reply::Placed(false),
            Ok(Placed::Differs(names)) => Reply::Differs(names),
            Err(why) => Reply::Failed(why.to_string()),
        }
    }
}

/// Whoever has errands done: by this process, or by the one that watches over it.
pub(in crate::cli) enum Clerk<'a> {
    Here(Box<Office>),
    There(&'a Link),
}

impl<'a> Clerk<'a> {
    pub(in crate::cli) fn of(link: Option<&'a Link>, orders: Orders) -> Self {
        link.map_or_else(|| Self::Here(Box::new(Office::new(orders))), Self::There)
    }

    /// # Errors
    /// [`Error::Environment`] when it is not done.
    pub(in crate::cli) fn run(&mut self, errand: Errand, bytes: &[u8]) -> Result<Reply, Error> {
        let reply = match self {
            Self::Here(office) => office.run(errand, bytes),
            Self::There(link) => link.errand(errand, bytes).unwrap_or_else(|why| Reply::Failed(why.to_string())),
        };
        let environment = |message: Message| Err(Error::Environment(message));
        match reply {
            Reply::Failed(why) => environment(msg!("the release cannot be made: {reason}", reason = why)),
            Reply::Unsigned(why) => environment(msg!("SHA256SUMS cannot be signed: {reason}", reason = why)),
            Reply::Busy => environment(msg!("another run of dama-pub is making a release there; wait for it")),
            Reply::Refused => environment(msg!("the release asks for what the command line does not say")),
            good => Ok(good),
        }
    }
}
