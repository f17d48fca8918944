//! What pandoc says while it reads.

use super::super::report::Kind;
use super::Reader;
use super::source::line_of;
use super::witness::NO_WORDS;
use crate::diagnostic::Severity;

impl Reader<'_> {
    /// What pandoc says that it skipped or could not find.
    pub(super) fn take_log(&mut self, log: &str) {
        for line in &whole(log) {
            if let Some(skipped) = line.strip_prefix("[INFO] Skipped '") {
                let (text, place) = skipped.rsplit_once("' at ").unwrap_or((skipped, ""));
                self.skipped(text, line_of(place));
            } else if let Some(said) = line.strip_prefix("[WARNING] ") {
                let message = msg!("pandoc says: {said}", said);
                let at = line_of(said).map(|line| self.source.place(line)).unwrap_or_default();
                self.tally.tell(Kind::Changed, Severity::Warning, (self.file, &at), message, "");
            }
        }
    }

    fn skipped(&mut self, text: &str, line: Option<usize>) {
        let at = line.map(|line| self.source.place(line)).unwrap_or_default();
        if line.is_some_and(|line| line < self.source.begins()) {
            let message = msg!("settings before the text that pandoc does not know are left out");
            return self.tally.once(Kind::Dropped, Severity::Info, (self.file, &at), message, text);
        }
        if text.trim_start().starts_with("<!--") {
            let message = msg!("comments of the source are left out");
            return self.tally.once(Kind::Dropped, Severity::Info, (self.file, &at), message, text);
        }
        // The tag that began it was told.
        if text.starts_with("</") {
            return;
        }
        let message = msg!("pandoc does not know this, and leaves it out: {text}", text);
        let place = (self.file, at.as_str());
        match has_words(text) {
            true => self.tally.tell(Kind::Dropped, Severity::Error, place, message, text),
            false => self.tally.once(Kind::Dropped, Severity::Info, place, message, text),
        }
    }
}

/// What was said, each on one line: what is skipped may go over several.
fn whole(log: &str) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for line in log.lines() {
        match said.last_mut().filter(|last| last.starts_with("[INFO] Skipped '") && !last.contains("' at ")) {
            Some(last) => last.extend([" ", line]),
            None => said.push(line.to_owned()),
        }
    }
    said
}

/// How commands of LaTeX begin or end that set something.
const SETTINGS: [&str; 12] = [
    "set",
    "new",
    "renew",
    "provide",
    "addto",
    "declare",
    "let",
    "use",
    "require",
    "captionsetup",
    "addcontents",
    "phantom",
];
const LOOKS: [&str; 6] = ["space", "style", "skip", "rule", "penalty", "counter"];

/// Whether a command of LaTeX has words for its arguments, and not names of places or environments.
pub(super) fn has_words(text: &str) -> bool {
    let name: String = text.trim_start_matches('\\').chars().take_while(char::is_ascii_alphabetic).collect();
    let rest = text.trim_start_matches('\\').get(name.len()..).unwrap_or_default();
    let rest = match name.as_str() {
        // Behind the name of an environment stand its title and its columns.
        "begin" | "end" => rest.split_once('}').map_or("", |(_, rest)| rest),
        name if NO_WORDS.contains(&name) || is_setting(name) => "",
        _ => rest,
    };
    let place = |part: &str| part.chars().all(|c| "!htbpHc]|lr".contains(c));
    rest.split(['[', '{']).skip(1).any(|part| !place(part) && part.contains(char::is_alphabetic))
}

fn is_setting(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SETTINGS.iter().any(|begin| name.starts_with(begin)) || LOOKS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_environments_and_places_are_no_words() {
        for (text, words) in [
            ("\\weird{text}", true),
            ("\\begin{theorem}[Pythagoras]", true),
            ("\\begin{algorithm}[htb]", false),
            ("\\end{algorithm}", false),
            ("\\index{lamp!oil}", false),
            ("\\maketitle", false),
            ("\\vspace{2em}", false),
            ("\\SetBgContents{gone}", false),
        ] {
            assert_eq!(has_words(text), words, "{text}");
        }
    }
}
