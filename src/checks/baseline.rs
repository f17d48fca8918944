//! The baseline: findings of an old manuscript that are accepted for now, so that new ones stand out.
//!
//! `manuscript/baseline.yaml` has a line for each, sorted, and knows a finding by its check, its file and the text of
//! the blocks that it concerns. So a line number never matters, and a change of the text brings the finding back.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Fingerprints;
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, Severity};
use crate::manuscript::add_text;
use crate::manuscript::yaml::{self, Area, Fields, Node};
use crate::message::{Argument, Message};
use crate::source::{FileId, Files, ReadError, Sources, Span};

/// Where the baseline is kept.
pub const BASELINE_FILE: &str = "manuscript/baseline.yaml";

/// The number of lines shown that no longer occur.
const SHOWN: usize = 5;

const HEAD: &str = "\
# Findings that are accepted for now: `dama-pub check` reports only what is not listed here.
# Written by `dama-pub check --baseline`; lines may be removed.
";

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: String,
    check: String,
    block: String,
}

/// Accepted findings.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    /// The number of accepted findings of each key, and its place in the file.
    entries: BTreeMap<Key, (usize, Option<Span>)>,
}

/// Findings, measured against a baseline.
#[derive(Debug, Default)]
pub struct Measured {
    /// Those that are not in the baseline.
    pub new: Vec<Diagnostic>,
    /// Those that are.
    pub held: Vec<Diagnostic>,
    /// One finding for all that is in the baseline but no longer occurs.
    pub unused: Option<Diagnostic>,
}

/// How many findings there are, which are more than a baseline can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyFindings(usize);

impl Argument for TooManyFindings {
    fn into_message(self) -> Message {
        plural!(
            findings = self.0,
            "the baseline cannot hold {findings} finding; turn some checks off in book.yaml first",
            "the baseline cannot hold {findings} findings; turn some checks off in book.yaml first"
        )
    }
}

impl Baseline {
    /// Reads the baseline of a book; `None` when it has none, or none that can be read.
    pub fn load(files: &dyn Files, sources: &mut Sources) -> Reported<Option<Self>> {
        let mut sink = Vec::new();
        let bytes = match files.read(BASELINE_FILE) {
            Ok(bytes) => bytes,
            Err(ReadError::NotFound) => return Reported::clean(None),
            Err(reason) => return Reported::new(None, vec![unreadable(reason.into_message())]),
        };
        let file = add_text(sources, BASELINE_FILE, bytes, &mut sink);
        let baseline = file.and_then(|file| Self::read(file, sources.get(file).text(), &mut sink));
        Reported::new(baseline, sink)
    }

    fn read(file: FileId, text: &str, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let node = yaml::parse(Area { file, text, base: 0 }, sink)?;
        let mut baseline = Self::default();
        if matches!(node.kind, yaml::Kind::Null) {
            return Some(baseline);
        }
        for node in node.list(msg!("the baseline"), sink) {
            if let Some((key, count, span)) = entry(node, sink) {
                baseline.entries.entry(key).or_insert((0, Some(span))).0 += count;
            }
        }
        Some(baseline)
    }

    /// A baseline that accepts these findings. Those without a place in a file cannot be known again.
    pub fn of(findings: &[Diagnostic], prints: &Fingerprints<'_>, sources: &Sources) -> Self {
        let mut baseline = Self::default();
        for key in findings.iter().filter_map(|finding| key(finding, prints, sources)) {
            baseline.entries.entry(key).or_insert((0, None)).0 += 1;
        }
        baseline
    }

    /// Adds what another one accepts and `kept` says of: the file and the check of a finding.
    #[must_use]
    pub fn keeping(mut self, other: &Self, kept: impl Fn(&str, &str) -> bool) -> Self {
        let entries = other.entries.iter().filter(|(key, _)| kept(&format!("manuscript/{}", key.file), &key.check));
        self.entries.extend(entries.map(|(key, (count, _))| (key.clone(), (*count, None))));
        self
    }

    /// Parts findings, which are sorted, into new and accepted ones.
    pub fn measure(&self, findings: Vec<Diagnostic>, prints: &Fingerprints<'_>, sources: &Sources) -> Measured {
        let mut left = self.entries.clone();
        let mut measured = Measured::default();
        for finding in findings {
            let known =
                key(&finding, prints, sources).and_then(|key| left.get_mut(&key)).filter(|(count, _)| *count > 0);
            match known {
                Some((count, _)) => {
                    *count -= 1;
                    measured.held.push(finding);
                }
                None => measured.new.push(finding),
            }
        }
        let unused: Vec<Span> =
            left.into_values().filter(|(count, _)| *count > 0).filter_map(|(_, span)| span).collect();
        measured.unused = unused_finding(&unused);
        measured
    }

    /// The file, a line for each finding, sorted.
    ///
    /// # Errors
    /// When there are more findings than a YAML file of a manuscript may hold.
    pub fn to_yaml(&self) -> Result<String, TooManyFindings> {
        let mut out = HEAD.to_owned();
        for (Key { file, check, block }, (count, _)) in &self.entries {
            let file = serde_json::to_string(file).expect("a text always serialises");
            let _ = write!(out, "- {{file: {file}, check: {check}, block: \"{block}\"");
            out.push_str(&if *count > 1 { format!(", count: {count}}}\n") } else { "}\n".to_owned() });
        }
        if out.len() > yaml::MAX_BYTES {
            return Err(TooManyFindings(self.len()));
        }
        Ok(out)
    }

    /// The number of findings that it accepts.
    pub fn len(&self) -> usize {
        self.entries.values().map(|(count, _)| count).sum()
    }

    /// Whether it accepts none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn key(finding: &Diagnostic, prints: &Fingerprints<'_>, sources: &Sources) -> Option<Key> {
    let path = sources.get(finding.primary.as_ref()?.span.file).path();
    let file = path.strip_prefix("manuscript/").unwrap_or(path).to_owned();
    Some(Key { file, check: finding.check.to_string(), block: prints.get(finding) })
}

fn entry(node: Node, sink: &mut Vec<Diagnostic>) -> Option<(Key, usize, Span)> {
    let mut fields = Fields::open(node, msg!("an accepted finding"), sink)?;
    let whole = fields.span();
    let mut text = |key| fields.text(key, sink);
    let (file, check, block, count) = (text("file"), text("check"), text("block"), text("count"));
    fields.finish(&msg!("an accepted finding"), sink);
    let count = match count {
        None => Some(1),
        Some(written) => written.value.parse().ok().filter(|count| *count > 0),
    };
    match (file, check, block, count) {
        (Some(file), Some(check), Some(block), Some(count)) => {
            Some((Key { file: file.value, check: check.value, block: block.value }, count, whole))
        }
        _ => {
            let message = msg!("this line lacks `file`, `check` or `block`, or its `count` is not a positive number");
            let hint = msg!("remove the line; `dama-pub check --baseline` rewrites the file");
            sink.push(Diagnostic::error(codes::BASELINE, message).at(whole).hint(hint));
            None
        }
    }
}

fn unused_finding(unused: &[Span]) -> Option<Diagnostic> {
    let (first, rest) = unused.split_first()?;
    let message = plural!(
        findings = unused.len(),
        "{findings} accepted finding no longer occurs",
        "{findings} accepted findings no longer occur"
    );
    let finding = Diagnostic::new(Severity::Info, codes::UNUSED_BASELINE, message).at(*first);
    let finding = rest.iter().take(SHOWN - 1).fold(finding, |finding, span| finding.label(*span, Message::empty()));
    Some(finding.hint(msg!("fixed, or the text has changed; `dama-pub check --baseline` rewrites the file")))
}

fn unreadable(reason: Message) -> Diagnostic {
    Diagnostic::error(codes::BASELINE, msg!("cannot read {path}: {reason}", path = BASELINE_FILE, reason))
        .hint(msg!("remove it, or rewrite it with `dama-pub check --baseline`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript::load_pair;
    use crate::model::{Book, Lang};
    use crate::source::SourceFile;

    fn pair(en: &str) -> (Book, Sources) {
        let mut sources = Sources::default();
        let zh = "---\ntitle: 甲\n---\n共有12章。\n\n共有15页。\n";
        let files = [("zh/a.md", zh), ("en/a.md", en)].map(|(name, text)| (name.to_owned(), text.to_owned()));
        let langs = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
        (load_pair(&mut sources, files, langs, None).value, sources)
    }

    fn findings(book: &Book, sources: &Sources) -> Vec<Diagnostic> {
        crate::checks::check(book, sources).open
    }

    const OLD: &str = "---\ntitle: A\n---\nThere are 13 chapters.\n\nThere are 15 pages.\n";

    fn baseline() -> String {
        let (book, sources) = pair(OLD);
        let found = findings(&book, &sources);
        assert_eq!(found.len(), 1, "{found:?}");
        Baseline::of(&found, &Fingerprints::of(&book, &sources), &sources).to_yaml().unwrap()
    }

    fn measured(baseline: &str, en: &str) -> Measured {
        let (book, mut sources) = pair(en);
        let file = sources.add(SourceFile::new(BASELINE_FILE, baseline));
        let mut sink = Vec::new();
        let read = Baseline::read(file, sources.get(file).text(), &mut sink).unwrap();
        assert!(sink.is_empty(), "{sink:?}");
        read.measure(findings(&book, &sources), &Fingerprints::of(&book, &sources), &sources)
    }

    #[test]
    fn has_a_line_for_each_finding() {
        let text = baseline();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("- {file: \"en/a.md\", check: number, block: \""), "{text}");
    }

    #[test]
    fn holds_a_finding_back_wherever_its_block_has_moved() {
        for moved in [OLD.to_owned(), OLD.replace("---\nThere", "---\n\n\n\nThere"), OLD.replace("13 ch", "13\nch")] {
            let measured = measured(&baseline(), &moved);
            assert_eq!((measured.new.len(), measured.held.len(), measured.unused), (0, 1, None), "{moved}");
        }
    }

    #[test]
    fn a_changed_block_brings_the_finding_back() {
        let measured = measured(&baseline(), &OLD.replace("13 chapters", "14 chapters"));
        assert_eq!((measured.new.len(), measured.held.len()), (1, 0));
        assert!(measured.unused.is_some());
    }

    #[test]
    fn a_second_finding_of_another_block_is_new() {
        let measured = measured(&baseline(), &OLD.replace("15 pages", "16 pages"));
        assert_eq!((measured.new.len(), measured.held.len()), (1, 1));
    }

    #[test]
    fn says_what_no_longer_occurs() {
        let measured = measured(&baseline(), &OLD.replace("13 chapters", "12 chapters"));
        assert_eq!(measured.unused.unwrap().message.to_string(), "1 accepted finding no longer occurs");
    }

    #[test]
    fn as_many_are_held_back_as_were_accepted() {
        let twice = baseline().replace("\"}", "\", count: 2}");
        assert!(measured(&twice, OLD).unused.is_some());
    }
}
