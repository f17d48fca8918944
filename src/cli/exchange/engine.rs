//! A command of the user that translates what is not translated yet.
//!
//! It is given a line of JSON for each unit and answers with a line for each, in any order. Inline codes are shown as
//! `⟦1⟧`, pairs of codes as `⟦1⟧…⟦/1⟧`; an answer without them is left out. What it says is never signed off and never written
//! into the manuscript by itself: it goes out as a translation to be reviewed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::exchange::{Code, Coded, NoteKind, Package, Piece, State};
use crate::message::{Message, reason};

/// Fills the units without a translation. Gives what went wrong; what was answered before that stays.
pub(super) fn translate(command: &str, package: &mut Package) -> Result<Option<Message>, Error> {
    let asked = questions(package);
    if asked.is_empty() {
        return Ok(None);
    }
    let started = shell(command).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = started.map_err(|why| {
        Error::Environment(msg!("`{command}` cannot be run: {reason}", command, reason = reason(&why)))
    })?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else { return Ok(None) };
    let lines: Vec<String> = asked.values().cloned().collect();
    let asking = std::thread::Builder::new().name("questions".into()).spawn(move || {
        // A command that ends early has said why by then.
        let _ = lines.iter().try_for_each(|line| writeln!(stdin, "{line}"));
    });
    let mut answers: BTreeMap<String, String> = BTreeMap::new();
    let mut strange = 0;
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        match answer(&line) {
            Some((id, target)) if asked.contains_key(&id) => drop(answers.insert(id, target)),
            _ if line.trim().is_empty() => {}
            _ => strange += 1,
        }
    }
    let ended = child.wait();
    if let Ok(asking) = asking {
        let _ = asking.join();
    }
    let spoilt = fill(package, &answers, command);
    let ended_well = ended.as_ref().is_ok_and(std::process::ExitStatus::success);
    let missing = asked.len() - answers.len();
    if ended_well && missing + spoilt + strange == 0 {
        return Ok(None);
    }
    let how = if ended_well { Message::empty() } else { msg!("`{command}` failed", command) };
    let parts = [
        how,
        count(missing, |units| plural!(units, "{units} unit without an answer", "{units} units without an answer")),
        count(spoilt, |units| {
            plural!(
                units,
                "{units} answer with other codes than its source",
                "{units} answers with other codes than their source"
            )
        }),
        count(strange, |lines| plural!(lines, "{lines} line that is no answer", "{lines} lines that are no answers")),
    ];
    Ok(Some(Message::list(crate::message::List::Clauses, parts)))
}

fn count(number: usize, say: fn(usize) -> Message) -> Message {
    if number == 0 { Message::empty() } else { say(number) }
}

fn shell(command: &str) -> Command {
    let (shell, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut started = Command::new(shell);
    started.arg(option).arg(command);
    started
}

/// The questions by the ids of their units.
fn questions(package: &Package) -> BTreeMap<String, String> {
    let langs = package.langs.each_ref().map(|lang| lang.tag());
    let mut asked = BTreeMap::new();
    for file in &package.files {
        for (at, unit) in file.units.iter().enumerate().filter(|(_, unit)| unit.target.is_none()) {
            let id = format!("{}#{}", file.stem, unit.id);
            let terms: Vec<&str> =
                unit.notes.iter().filter(|note| note.kind == NoteKind::Term).map(|note| note.text.as_str()).collect();
            let near = |at: Option<usize>| at.and_then(|at| file.units.get(at)).map(|unit| shown(&unit.source));
            let question = serde_json::json!({
                "id": id,
                "source": shown(&unit.source),
                "source-lang": langs[0],
                "target-lang": langs[1],
                "terms": terms,
                "context": [near(at.checked_sub(1)), near(at.checked_add(1))],
            });
            asked.insert(id, question.to_string());
        }
    }
    asked
}

fn answer(line: &str) -> Option<(String, String)> {
    let answer: serde_json::Value = serde_json::from_str(line).ok()?;
    Some((answer.get("id")?.as_str()?.to_owned(), answer.get("target")?.as_str()?.to_owned()))
}

/// Puts answers into their units; gives how many have other codes than their source.
fn fill(package: &mut Package, answers: &BTreeMap<String, String>, command: &str) -> usize {
    let mut spoilt = 0;
    for file in &mut package.files {
        for unit in &mut file.units {
            let Some(answer) = answers.get(&format!("{}#{}", file.stem, unit.id)) else { continue };
            if unit.target.is_some() || answer.trim().is_empty() {
                continue;
            }
            match read(answer, &unit.source) {
                Some(target) => {
                    unit.target = Some(target);
                    unit.state = State::Stale { was: None };
                    unit.notes.push(super::note::of(format!("pretranslated by {command}")));
                }
                None => spoilt += 1,
            }
        }
    }
    spoilt
}

/// A text with its codes as tokens.
fn shown(text: &Coded) -> String {
    let mut out = String::new();
    for piece in text {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Single(code) => out.push_str(&format!("⟦{}⟧", code.id)),
            Piece::Pair(code, body) => out.push_str(&format!("⟦{0}⟧{1}⟦/{0}⟧", code.id, shown(body))),
        }
    }
    out
}

/// An answer with the codes of its source; `None` where they are not the same, each once.
fn read(answer: &str, source: &Coded) -> Option<Coded> {
    let mut codes: BTreeMap<&str, (&Code, bool)> = BTreeMap::new();
    gather(source, &mut codes);
    let mut open: Vec<(Option<&Code>, Coded)> = vec![(None, Coded::new())];
    let mut rest = answer;
    while let Some((before, after)) = rest.split_once('⟦') {
        push(&mut open, before);
        let (token, behind) = after.split_once('⟧')?;
        rest = behind;
        match token.strip_prefix('/') {
            Some(id) => {
                let (code, body) = open.pop()?;
                let code = code.filter(|code| code.id == id)?;
                open.last_mut()?.1.push(Piece::Pair(code.clone(), body));
            }
            None => match codes.remove(token)? {
                (code, true) => open.push((Some(code), Coded::new())),
                (code, false) => open.last_mut()?.1.push(Piece::Single(code.clone())),
            },
        }
    }
    push(&mut open, rest);
    let (None, text) = open.pop()? else { return None };
    (open.is_empty() && codes.is_empty()).then_some(text)
}

fn push(open: &mut [(Option<&Code>, Coded)], text: &str) {
    if let Some((_, pieces)) = open.last_mut().filter(|_| !text.is_empty()) {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// The codes of a text, each with whether it is a pair.
fn gather<'a>(text: &'a Coded, codes: &mut BTreeMap<&'a str, (&'a Code, bool)>) {
    for piece in text {
        match piece {
            Piece::Text(_) => {}
            Piece::Single(code) => drop(codes.insert(&code.id, (code, false))),
            Piece::Pair(code, body) => {
                codes.insert(&code.id, (code, true));
                gather(body, codes);
            }
        }
    }
}
