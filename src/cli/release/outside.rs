//! Programs of others that look at what was made: found when they are asked, and started by whoever may start programs.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::super::errand::{Question, Verdict};
use crate::model::Gate;

/// Most lines that are shown of what a program says of a file.
const SHOWN: usize = 3;

/// Asks each question in its order.
pub(super) fn ask(folder: &Path, questions: &[Question]) -> Vec<Verdict> {
    let mut versions: Vec<(String, Option<String>)> = Vec::new();
    let mut verdicts = Vec::new();
    for question in questions {
        let known = versions.iter().find(|(gate, _)| *gate == question.gate).map(|(_, version)| version.clone());
        let version = known.unwrap_or_else(|| {
            let version = version(&question.gate);
            versions.push((question.gate.clone(), version.clone()));
            version
        });
        let Some(program) = version else {
            verdicts.push(Verdict { asked: false, program: String::new(), errors: 0, warnings: 0, said: Vec::new() });
            continue;
        };
        let Found { errors, warnings, said } = answer(folder, question);
        verdicts.push(Verdict { asked: true, program, errors, warnings, said });
    }
    verdicts
}

/// The name and version of a program, if it can be started.
fn version(gate: &str) -> Option<String> {
    Gate::of(gate).filter(|gate| gate.is_outside())?;
    let output = run(Path::new("."), gate, &["--version"])?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| line.bytes().any(|byte| byte.is_ascii_digit())).unwrap_or_default().trim();
    let line = if line.to_lowercase().contains(gate) { line.to_owned() } else { format!("{gate} {line}") };
    Some(line.trim().to_owned())
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> Option<Output> {
    Command::new(program).args(arguments).current_dir(folder).stdin(Stdio::null()).output().ok()
}

#[derive(Default)]
struct Found {
    errors: usize,
    warnings: usize,
    said: Vec<String>,
}

impl Found {
    /// What a program says in lines that begin with the grade of what they tell.
    fn in_lines(output: &Output) -> Self {
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let mut found = Self::default();
        for line in said.lines().map(str::trim) {
            let grade = ["FATAL", "ERROR", "WARNING"].iter().position(|grade| line.starts_with(grade));
            match grade {
                Some(0 | 1) => found.errors += 1,
                Some(_) => found.warnings += 1,
                None => continue,
            }
            if found.said.len() < SHOWN {
                found.said.push(line.to_owned());
            }
        }
        found.unless_good(output, &said)
    }

    /// A program that ends badly has found something, whatever it says.
    fn unless_good(mut self, output: &Output, said: &str) -> Self {
        if !output.status.success() && self.errors == 0 && self.warnings == 0 {
            self.errors = 1;
            self.said = said.lines().filter(|line| !line.trim().is_empty()).take(SHOWN).map(str::to_owned).collect();
        }
        self
    }

    fn lost(program: &str) -> Self {
        Self { errors: 1, warnings: 0, said: vec![format!("{program}: no answer")] }
    }
}

fn answer(folder: &Path, question: &Question) -> Found {
    let Question { gate, file, flavours } = question;
    let lost = || Found::lost(gate);
    match Gate::of(gate) {
        Some(Gate::Epubcheck) => run(folder, gate, &[file]).map_or_else(lost, |output| Found::in_lines(&output)),
        Some(Gate::Qpdf) => run(folder, gate, &["--check", file]).map_or_else(lost, |output| qpdf(&output)),
        Some(Gate::Verapdf) => {
            let mut found = Found::default();
            for flavour in flavours {
                let one = run(folder, gate, &["--format", "text", "--flavour", flavour, file]);
                let one = one.map_or_else(lost, |output| verapdf(&output));
                found.errors += one.errors;
                found.said.extend(one.said.into_iter().map(|line| format!("{flavour}: {line}")));
            }
            found
        }
        Some(Gate::Ace) => ace(folder, file).unwrap_or_else(lost),
        _ => lost(),
    }
}

/// Of `qpdf --check` 3 is the exit code for warnings.
fn qpdf(output: &Output) -> Found {
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let mut found = Found::default();
    let shown = said.lines().filter(|line| line.contains("WARNING") || line.contains("rror"));
    match output.status.code() {
        Some(0) => return found,
        Some(3) => found.warnings = 1,
        _ => found.errors = 1,
    }
    found.said = shown.filter(|line| !line.contains("No syntax")).take(SHOWN).map(str::to_owned).collect();
    found
}

/// In its short form veraPDF says a line for each file, which begins with PASS or FAIL.
fn verapdf(output: &Output) -> Found {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if said.lines().any(|line| line.starts_with("PASS")) && output.status.success() {
        return Found::default();
    }
    let failed = || said.lines().filter(|line| line.starts_with("FAIL"));
    let mut found =
        Found { errors: failed().count(), warnings: 0, said: failed().take(SHOWN).map(str::to_owned).collect() };
    if found.errors == 0 {
        let all = said + &String::from_utf8_lossy(&output.stderr);
        found.errors = 1;
        found.said = all.lines().filter(|line| !line.trim().is_empty()).take(SHOWN).map(str::to_owned).collect();
    }
    found
}

/// Ace writes a report: its first outcome is that of the book, those inside are what it looked at.
fn ace(folder: &Path, file: &str) -> Option<Found> {
    let dir = tempfile::tempdir().ok()?;
    let out = dir.path().to_str()?;
    let output = run(folder, "ace", &["--silent", "--force", "--outdir", out, file])?;
    let Ok(report) = std::fs::read(dir.path().join("report.json")) else {
        return Some(Found::default().unless_good(&output, &String::from_utf8_lossy(&output.stderr)));
    };
    let report: serde_json::Value = serde_json::from_slice(&report).ok()?;
    let mut found = Found::default();
    failures(&report["assertions"], &mut found);
    if found.errors == 0 && report["earl:result"]["earl:outcome"] == "fail" {
        found.errors = 1;
    }
    Some(found)
}

fn failures(assertions: &serde_json::Value, found: &mut Found) {
    for one in assertions.as_array().into_iter().flatten() {
        if one["assertions"].is_array() {
            failures(&one["assertions"], found);
        } else if one["earl:result"]["earl:outcome"] == "fail" {
            found.errors += 1;
            let rule = one["earl:test"]["dct:title"].as_str().unwrap_or_default();
            let place = one["earl:result"]["earl:pointer"]["cfi"][0].as_str().unwrap_or_default();
            if found.said.len() < SHOWN {
                found.said.push(format!("{rule} {place}").trim().to_owned());
            }
        }
    }
}
