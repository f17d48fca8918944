//! What was signed off when, counted from the versions of the record.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash as _, Hasher as _};

use super::Refusal;
use super::plumbing::Repository;
use crate::manuscript::REVIEWED_FILE;
use crate::report::stats::{Day, History, Signer};

/// The most versions that are counted, the newest.
const VERSIONS: &str = "--max-count=2000";

/// A version of the record.
struct Version {
    commit: String,
    date: String,
    author: String,
}

impl Repository {
    /// What was signed off at the end of each day on which the record changed, and by whom.
    pub(super) fn history(&self) -> Result<History, Refusal> {
        let format = "--format=%ct%x09%aN";
        let all = ["rev-list", "--topo-order", "--reverse", "--encoding=UTF-8", VERSIONS, format, "HEAD", "--"];
        // A checkout without a commit has no history.
        let listed = self.text(&[&all[..], &[REVIEWED_FILE]].concat()).unwrap_or_default();
        let versions: Vec<Version> = versions(&listed);
        let names: Vec<String> =
            versions.iter().map(|version| format!("{}:./{REVIEWED_FILE}", version.commit)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut counted = Counted::default();
        self.objects(&names, &mut |number, text| {
            let text = text.unwrap_or_default();
            counted.take(&versions[number], &String::from_utf8_lossy(&text));
        })?;
        Ok(counted.history())
    }
}

/// What `git rev-list` prints: a line with the commit, a line with time and author.
fn versions(listed: &str) -> Vec<Version> {
    let lines: Vec<&str> = listed.lines().collect();
    let version = |two: &[&str]| {
        let [commit, about] = two else { return None };
        let (seconds, author) = about.split_once('\t')?;
        let time = chrono::DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
        Some(Version {
            commit: commit.strip_prefix("commit ")?.to_owned(),
            date: time.date_naive().to_string(),
            author: author.to_owned(),
        })
    };
    lines.chunks(2).filter_map(version).collect()
}

#[derive(Default)]
struct Counted {
    /// How often each line stood in the version before.
    lines: HashMap<u64, usize>,
    days: BTreeMap<String, BTreeMap<String, usize>>,
    people: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Counted {
    fn take(&mut self, version: &Version, text: &str) {
        let (mut lines, mut signed) = (HashMap::<u64, usize>::new(), BTreeMap::new());
        let (mut lang, mut stem) = ("", "");
        let by = self.people.entry(version.author.clone()).or_default();
        for line in text.lines() {
            if line.starts_with("    - {") {
                let mut hasher = DefaultHasher::new();
                (lang, stem, line).hash(&mut hasher);
                let print = hasher.finish();
                let count = lines.entry(print).or_default();
                *count += 1;
                *signed.entry(lang.to_owned()).or_default() += 1;
                if *count > self.lines.get(&print).copied().unwrap_or(0) {
                    *by.entry(lang.to_owned()).or_default() += 1;
                }
            } else if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with('#')) {
                match name.strip_prefix("  ") {
                    Some(chapter) => stem = chapter,
                    None => lang = name,
                }
            }
        }
        self.lines = lines;
        self.days.insert(version.date.clone(), signed);
    }

    fn history(self) -> History {
        let people = self.people.into_iter().filter(|(_, signed)| !signed.is_empty());
        let mut people: Vec<Signer> = people.map(|(name, signed)| Signer { name, signed }).collect();
        people.sort_by_key(|signer| std::cmp::Reverse(signer.signed.values().sum::<usize>()));
        History { days: self.days.into_iter().map(|(date, signed)| Day { date, signed }).collect(), people }
    }
}
