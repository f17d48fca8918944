//! `pdf:` of `book.yaml`.

use super::super::yaml::{Entry, Fields, Node};
use super::super::{choices, typed};
use super::ConfigReader;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::Message;
use crate::model::{OutputIntent, PDF_STANDARDS, PdfWishes, Profile, SIGNATURES, Spanned};
use crate::source::Files;

/// Largest ICC profile, in bytes; those of presses have 0.5 to 3 MiB.
const MAX_PROFILE: usize = 16 << 20;

/// The output intent as written: its file is not read yet.
#[derive(Debug, Clone)]
pub(crate) struct WrittenIntent {
    icc: Spanned<String>,
    identifier: String,
}

impl WrittenIntent {
    /// Reads the ICC profile; anything but an output profile for CMYK is reported.
    pub(crate) fn read(self, files: &dyn Files, sink: &mut Vec<Diagnostic>) -> Option<OutputIntent> {
        let path = &self.icc.value;
        let trouble = match files.read(path) {
            Ok(bytes) if bytes.len() > MAX_PROFILE => {
                msg!("{path} is larger than {limit} MiB", path, limit = MAX_PROFILE >> 20)
            }
            Ok(bytes) => match unfit(path, &bytes) {
                None => return Some(OutputIntent { identifier: self.identifier, icc: bytes.into() }),
                Some(trouble) => trouble,
            },
            Err(reason) => msg!("cannot read {path}: {reason}", path, reason),
        };
        let hint = msg!("use the CMYK profile that the printer asks for, by its path in the project");
        sink.push(Diagnostic::error(codes::BOOK_YAML, trouble).at(self.icc.span).hint(hint));
        None
    }
}

/// Why a file is not an ICC output profile for CMYK; ISO 15076-1, 7.2 (the header of 128 bytes).
fn unfit(path: &str, profile: &[u8]) -> Option<Message> {
    let field = |at: usize| profile.get(at..at + 4).map(|bytes| String::from_utf8_lossy(bytes).trim_end().to_owned());
    let stated = profile.get(..4).map(|size| u32::from_be_bytes([size[0], size[1], size[2], size[3]]) as usize);
    if profile.len() < 128 || field(36).as_deref() != Some("acsp") {
        return Some(msg!("{path} is not an ICC profile", path));
    }
    if stated != Some(profile.len()) {
        return Some(msg!("{path} is truncated or damaged: its length differs from the one in its header", path));
    }
    let (class, space) = (field(12)?, field(16)?);
    if class != "prtr" {
        return Some(msg!(
            "{path} is an ICC profile of class `{class}`, not of an output device (`prtr`)",
            path,
            class
        ));
    }
    (space != "CMYK").then(|| msg!("{path} is an ICC profile for {space}, not for CMYK", path, space))
}

impl ConfigReader<'_> {
    /// The options of the PDFs, and the output intent, whose file is not read yet.
    pub(super) fn pdf(&mut self, entry: Option<Entry>) -> (PdfWishes, Option<WrittenIntent>) {
        let mut wishes = PdfWishes::default();
        let Some(mut fields) = entry.and_then(|e| Fields::open(e.node, typed("pdf"), self.sink)) else {
            return (wishes, None);
        };
        if let Some(entry) = fields.take("profiles") {
            wishes.profiles = self.profiles(entry);
        }
        wishes.standards = fields.take("standards").map(|entry| self.standards(entry.node));
        wishes.marks = fields.take("marks").is_none_or(|entry| self.marks(&entry.node));
        wishes.signature = fields.take("signature").and_then(|entry| self.signature(&entry.node));
        let intent = fields.take("output-intent").and_then(|entry| self.output_intent(entry));
        fields.finish(&typed("pdf"), self.sink);
        (wishes, intent)
    }

    fn profiles(&mut self, entry: Entry) -> Vec<Profile> {
        let names = self.texts(entry.node, "profiles");
        if names.is_empty() {
            self.error(entry.key_span, msg!("`profiles` is empty"), msg!("add `screen`, `print` or both"));
        }
        let mut profiles = Vec::new();
        for name in names {
            match Profile::ALL.into_iter().find(|profile| profile.name() == name.value) {
                Some(profile) => profiles.push(profile),
                None => {
                    let message = msg!("`{name}` is not a kind of PDF", name = &name.value);
                    self.unknown(&name, message, &Profile::ALL.map(Profile::name));
                }
            }
        }
        profiles.sort_unstable();
        profiles.dedup();
        if profiles.is_empty() { PdfWishes::default().profiles } else { profiles }
    }

    fn standards(&mut self, node: Node) -> Vec<Spanned<String>> {
        let mut names = self.texts(node, "standards");
        names.retain(|name| {
            let known = PDF_STANDARDS.contains(&name.value.as_str());
            if !known {
                self.unknown(name, msg!("`{name}` is not a PDF standard", name = &name.value), &PDF_STANDARDS);
            }
            known
        });
        names
    }

    fn marks(&mut self, node: &Node) -> bool {
        match node.value().as_bool() {
            Some(marks) => marks,
            None => {
                self.error(node.span, msg!("`marks` must be `true` or `false`"), msg!("leave it out to print marks"));
                true
            }
        }
    }

    fn signature(&mut self, node: &Node) -> Option<usize> {
        let pages = node.value().as_u64().and_then(|pages| usize::try_from(pages).ok());
        let known = pages.filter(|pages| SIGNATURES.contains(pages));
        if known.is_none() {
            let hint = msg!(
                "write how many pages a folded sheet has: {known}",
                known = SIGNATURES.map(|pages| pages.to_string()).join(", ")
            );
            self.error(node.span, msg!("`signature` is no number of pages that a sheet is folded to"), hint);
        }
        known
    }

    fn output_intent(&mut self, entry: Entry) -> Option<WrittenIntent> {
        let mut fields = Fields::open(entry.node, typed("output-intent"), self.sink)?;
        let icc = fields.text("icc", self.sink);
        let identifier = fields.text("identifier", self.sink);
        fields.finish(&typed("output-intent"), self.sink);
        let (Some(icc), Some(identifier)) = (icc, identifier) else {
            let hint = msg!("write `output-intent: {{icc: profiles/press.icc, identifier: FOGRA39}}`");
            self.error(entry.key_span, msg!("`output-intent` needs `icc` and `identifier`"), hint);
            return None;
        };
        let printable = |name: &str| !name.trim().is_empty() && name.bytes().all(|b| (b' '..=b'~').contains(&b));
        if !printable(&identifier.value) {
            let message = msg!("`{name}` is not the name of a printing condition", name = &identifier.value);
            self.error(identifier.span, message, msg!("use an ASCII name, such as `FOGRA39` or `JC200103`"));
        }
        Some(WrittenIntent { icc, identifier: identifier.value })
    }

    /// Says that a word is none of those that are known.
    pub(super) fn unknown(&mut self, name: &Spanned<String>, message: Message, known: &[&str]) {
        let hint = match nearest(&name.value, known.iter().copied()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("use {choices}", choices = choices(known.iter().copied())),
        };
        self.error(name.span, message, hint);
    }
}

#[cfg(test)]
mod tests {
    use super::unfit;

    fn profile(class: &[u8; 4], space: &[u8; 4]) -> Vec<u8> {
        let mut bytes = vec![0; 132];
        bytes[..4].copy_from_slice(&132_u32.to_be_bytes());
        bytes[12..16].copy_from_slice(class);
        bytes[16..20].copy_from_slice(space);
        bytes[36..40].copy_from_slice(b"acsp");
        bytes
    }

    #[test]
    fn only_output_profiles_for_cmyk_are_fit() {
        assert_eq!(unfit("p.icc", &profile(b"prtr", b"CMYK")), None);
        let why = |bytes: &[u8]| unfit("p.icc", bytes).expect("it is unfit").to_string();
        assert!(why(&profile(b"prtr", b"RGB ")).contains("for RGB"));
        assert!(why(&profile(b"mntr", b"CMYK")).contains("class `mntr`"));
        assert!(why(&profile(b"prtr", b"CMYK")[..131]).contains("truncated"));
        assert!(why(b"acsp").contains("not an ICC profile"));
        assert!(why(&[0; 200]).contains("not an ICC profile"));
    }
}
