//! One number for all that a result is made from.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Inputs, PROGRAM};

/// A SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// That of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Sha256::digest(bytes).into()
    }

    /// Its 64 digits.
    pub fn hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A number by which things are dealt out evenly.
    pub fn number(self) -> u64 {
        u64::from_le_bytes(std::array::from_fn(|n| self.0[n]))
    }
}

impl From<sha2::digest::Output<Sha256>> for Digest {
    fn from(output: sha2::digest::Output<Sha256>) -> Self {
        Self(output.into())
    }
}

/// As it is written: `sha256:` and 64 digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.hex())
    }
}

impl FromStr for Digest {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "it is not `sha256:` and 64 digits";
        let digits = text.strip_prefix("sha256:").unwrap_or(text).as_bytes();
        let (pairs, []) = digits.as_chunks::<2>() else { return Err(WRONG) };
        let mut bytes = [0; 32];
        if pairs.len() != bytes.len() {
            return Err(WRONG);
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16).ok_or(WRONG);
            *byte = u8::try_from(digit(0)? << 4 | digit(1)?).map_err(|_| WRONG)?;
        }
        Ok(Self(bytes))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// What a run was asked for, as far as it changes bytes: names and values.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(BTreeMap<String, String>);

impl Settings {
    /// With one more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Names and values, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// What a form of digest is called, so that none of another form is ever taken for it.
const FORM: &str = "dama-pub/inputs/1";

/// The digest of all that a result is made from: the inputs, the settings, this program.
pub fn digest(inputs: &Inputs, settings: &Settings) -> Digest {
    let mut sum = Sha256::new();
    // Each part with its length before it: no two lists run together to the same bytes.
    let mut add = |part: &str| {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    };
    add(FORM);
    add(PROGRAM);
    for (name, value) in settings.iter() {
        add("setting");
        add(name);
        add(value);
    }
    for (path, seen) in inputs.iter() {
        add("input");
        add(path);
        add(&seen.to_string());
    }
    sum.finalize().into()
}
