//! Warnings of one chapter that say the same: they have one cause, such as text that nobody has translated yet, or a source of
//! another version. The first tells how many there are, and the others are information.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::source::{FileId, Span};

/// The fewest warnings that have one cause.
const MANY: usize = 4;

/// Leaves one warning of many that say the same of one chapter. Each of the others keeps its place.
pub(super) fn tell_once(found: &mut [Diagnostic]) {
    let mut alike: BTreeMap<(FileId, Code, Message), Vec<(Span, usize)>> = BTreeMap::new();
    for (at, finding) in found.iter().enumerate().filter(|(_, finding)| finding.severity == Severity::Warning) {
        if let Some(place) = &finding.primary {
            let key = (place.span.file, finding.check, finding.message.clone());
            alike.entry(key).or_default().push((place.span, at));
        }
    }
    for mut places in alike.into_values().filter(|places| places.len() >= MANY) {
        places.sort_unstable();
        let others = places.len() - 1;
        for (nth, (_, at)) in places.into_iter().enumerate() {
            if nth == 0 {
                found[at].hints.push(plural!(
                    others,
                    "the same is true of {others} more place of this chapter, told as information",
                    "the same is true of {others} more places of this chapter, told as information"
                ));
            } else {
                found[at].severity = Severity::Info;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    fn levels(messages: &[&str]) -> Vec<Severity> {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md", " ".repeat(99)));
        let finding = |(at, message): (usize, &&str)| {
            Diagnostic::warning("code-block".into(), Message::data(*message)).at(Span::new(file, at..at + 1))
        };
        let mut found: Vec<Diagnostic> = messages.iter().enumerate().map(finding).collect();
        tell_once(&mut found);
        found.iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn many_that_say_the_same_are_told_once() {
        use Severity::{Info, Warning};
        let same = "this comment is in English, not in Chinese";
        assert_eq!(levels(&[same; 5]), [Warning, Info, Info, Info, Info]);
        assert_eq!(levels(&[same; 3]), [Warning; 3]);
        assert_eq!(levels(&[same, same, "the number 3 is missing", same]), [Warning; 4]);
    }
}
