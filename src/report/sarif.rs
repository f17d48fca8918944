//! For code-scanning services: SARIF 2.1.0, the interchange format for results of static analysis.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Report;
use super::programs::pretty;
use crate::checks::{self, Fingerprints};
use crate::codes::Entry;
use crate::diagnostic::{Diagnostic, Edit, Label, Severity};
use crate::message::{Locale, Message};
use crate::source::{FileId, Span};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What paths are relative to.
const ROOT: &str = "%SRCROOT%";

/// The name of our fingerprint among the `partialFingerprints` of a result.
const FINGERPRINT: &str = "damaBlocks/v1";

/// One SARIF log with one run: all findings, those waived or held back with their suppression.
pub fn sarif(report: &Report<'_>) -> String {
    let locale = report.locale;
    let rules: Vec<Value> = checks::entries().map(|entry| rule(&entry, locale)).collect();
    let log = Log { report, prints: report.book.map(|book| Fingerprints::of(book, report.sources)) };
    let value = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "dama-pub",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{"executionSuccessful": true}],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {"description": {"text": locale.say(&msg!("the folder in which dama-pub ran"))}}},
            "results": log.results(),
        }],
    });
    pretty(&value)
}

struct Log<'a> {
    report: &'a Report<'a>,
    prints: Option<Fingerprints<'a>>,
}

/// A code with its page in the language of the report.
fn rule(entry: &Entry, locale: Locale) -> Value {
    let (page, text) = (entry.page, entry.page.text(locale));
    json!({
        "id": entry.code.as_str(),
        "name": pascal(entry.code.as_str()),
        "shortDescription": {"text": locale.say(&entry.summary)},
        "fullDescription": {"text": format!("{}\n\n{}", page.about(locale), page.reasons(locale))},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": level(entry.severity)},
        "properties": {"tags": [entry.group]},
    })
}

fn pascal(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

impl Log<'_> {
    fn results(&self) -> Vec<Value> {
        let open = self.report.open.iter().map(|finding| self.result(finding, "new", json!([])));
        let held = self.report.held.unwrap_or_default().iter().map(|finding| {
            self.result(
                finding,
                "unchanged",
                self.suppression("external", msg!("accepted in manuscript/baseline.yaml")),
            )
        });
        let waived = self.report.waived.iter().map(|waived| {
            let reason = if waived.reason.is_empty() { msg!("no reason given") } else { Message::data(&waived.reason) };
            self.result(&waived.finding, "new", self.suppression("inSource", reason))
        });
        open.chain(held).chain(waived).collect()
    }

    fn result(&self, finding: &Diagnostic, state: &str, suppressions: Value) -> Value {
        let index = checks::entries().position(|entry| entry.code == finding.check);
        let lines: Vec<String> =
            std::iter::once(&finding.message).chain(&finding.hints).map(|line| self.report.locale.say(line)).collect();
        let mut result = json!({
            "ruleId": finding.check.as_str(),
            "level": level(finding.severity),
            "message": {"text": lines.join("\n")},
            "suppressions": suppressions,
        });
        if let Some(index) = index {
            result["ruleIndex"] = json!(index);
        }
        if let Some(label) = &finding.primary {
            result["locations"] = json!([self.location(label, None)]);
            if let Some(prints) = &self.prints {
                result["partialFingerprints"] = json!({FINGERPRINT: prints.get(finding)});
            }
        }
        let related: Vec<Value> =
            finding.labels.iter().enumerate().map(|(id, label)| self.location(label, Some(id + 1))).collect();
        if !related.is_empty() {
            result["relatedLocations"] = json!(related);
        }
        if !finding.edits.is_empty() {
            let why = finding.hints.first().unwrap_or(&finding.message);
            result["fixes"] = json!([{"description": {"text": self.report.locale.say(why)}, "artifactChanges": self.changes(&finding.edits)}]);
        }
        if self.report.held.is_some() {
            result["baselineState"] = json!(state);
        }
        result
    }

    fn location(&self, label: &Label, id: Option<usize>) -> Value {
        let physical = json!({"artifactLocation": self.artifact(label.span.file), "region": self.region(label.span)});
        let mut location = json!({"physicalLocation": physical});
        if let Some(id) = id {
            location["id"] = json!(id);
        }
        if !label.text.is_empty() {
            location["message"] = json!({"text": self.report.locale.say(&label.text)});
        }
        location
    }

    fn changes(&self, edits: &[Edit]) -> Vec<Value> {
        let mut files: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
        for edit in edits {
            let replacement = json!({"deletedRegion": self.region(edit.span), "insertedContent": {"text": edit.text}});
            files.entry(edit.span.file).or_default().push(replacement);
        }
        let change = |(file, replacements): (FileId, Vec<Value>)| json!({"artifactLocation": self.artifact(file), "replacements": replacements});
        files.into_iter().map(change).collect()
    }

    fn artifact(&self, file: FileId) -> Value {
        let path = self.report.sources.get(file).path();
        // A path that climbs out of the folder cannot be relative to it.
        let path = if self.report.prefix.starts_with("..") { path.to_owned() } else { self.report.path(file) };
        if path.starts_with('/') {
            return json!({"uri": format!("file://{}", encoded(&path))});
        }
        json!({"uri": encoded(&path), "uriBaseId": ROOT})
    }

    fn suppression(&self, kind: &str, reason: Message) -> Value {
        json!([{"kind": kind, "status": "accepted", "justification": self.report.locale.say(&reason)}])
    }

    fn region(&self, span: Span) -> Value {
        let file = self.report.sources.get(span.file);
        let range = file.clamp(span.range());
        let (start, end) = (file.position(range.start), file.position(range.end));
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }
}

/// A path as part of a URI.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{Sample, finding_in};

    fn results(sample: &Sample) -> Vec<Value> {
        let log: Value = serde_json::from_str(&sample.with(sarif)).unwrap();
        log["runs"][0]["results"].as_array().unwrap().clone()
    }

    const ZH: &str = "共有12章。\n\n共有15页。\n";

    #[test]
    fn has_both_places_of_a_finding() {
        let found = results(&Sample::checked(ZH, "There are 13 chapters.\n\nThere are 15 pages.\n"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["ruleId"], "number");
        let region = &found[0]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (&region["startLine"], &region["startColumn"], &region["endColumn"]),
            (&json!(4), &json!(11), &json!(13))
        );
        let other = &found[0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(other, "manuscript/zh/a.md");
        assert_eq!(found[0]["suppressions"], json!([]));
        assert!(found[0].get("baselineState").is_none(), "there is no baseline");
    }

    #[test]
    fn fingerprints_do_not_change_when_lines_move() {
        let print = |en: &str| results(&Sample::checked(ZH, en))[0]["partialFingerprints"][FINGERPRINT].clone();
        let here = print("There are 13 chapters.\n\nThere are 15 pages.\n");
        assert!(here.is_string());
        assert_eq!(here, print("\n\n\nThere are 13 chapters.\n\n\nThere are 15 pages.\n"));
        assert_ne!(here, print("There are 14 chapters.\n\nThere are 15 pages.\n"));
    }

    #[test]
    fn what_is_waived_or_accepted_is_suppressed() {
        let waived = "There are 13 chapters. <!-- dama: allow number: 前言另计 -->\n\nThere are 16 pages.\n";
        let mut sample = Sample::checked(ZH, waived);
        sample.held = Some(std::mem::take(&mut sample.open));
        let found = results(&sample);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0]["baselineState"], "unchanged");
        assert_eq!(found[0]["suppressions"][0]["kind"], "external");
        assert_eq!(found[1]["suppressions"][0]["kind"], "inSource");
        assert_eq!(found[1]["suppressions"][0]["justification"], "前言另计");
    }

    #[test]
    fn edits_are_fixes_and_paths_are_encoded() {
        let mut sample = Sample::new("书 a.md", "一,二\n");
        let span = Span::new(sample.file, 3..4);
        sample.open = vec![finding_in(&sample, 3..4).hint(Message::data("use ，")).edit(span, "，")];
        let fix = &results(&sample)[0]["fixes"][0];
        assert_eq!(fix["description"]["text"], "use ，");
        let change = &fix["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "%E4%B9%A6%20a.md");
        assert_eq!(change["replacements"][0]["insertedContent"]["text"], "，");
        assert_eq!(change["replacements"][0]["deletedRegion"]["startColumn"], 2);
    }

    #[test]
    fn rules_are_described_by_their_pages() {
        let log: Value = serde_json::from_str(&Sample::new("a.md", "").with(sarif)).unwrap();
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), checks::entries().count());
        for rule in rules {
            assert!(rule["fullDescription"]["text"].as_str().unwrap().len() > 60, "{}", rule["id"]);
        }
        let entry = checks::entry("number").expect("a check");
        let chinese = rule(&entry, Locale::Chinese);
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(chinese[text]["text"].as_str().unwrap().contains('数'), "{chinese}");
        }
    }
}
