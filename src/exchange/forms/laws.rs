//! What holds of every form: what is written is read as it was, and nothing that is read stops the program.

use proptest::collection::vec;
use proptest::prelude::*;

use super::sample::{package, tagged};
use super::xliff::Version;
use super::{po, tmx, xliff};
use crate::diagnostic::anywhere::config;
use crate::exchange::returned::{Refusal, Returned};
use crate::exchange::unit::{Code, CodeKind, Coded, File, Package, Piece, Sentence, Side, State, Unit};
use crate::message::Locale;

/// Codes whose numbers are not given yet.
fn coded() -> impl Strategy<Value = Coded> {
    let kind = prop_oneof![Just(CodeKind::Note), Just(CodeKind::Code), Just(CodeKind::Strong)];
    let code = (kind, "[a<\"& \u{7}\n]{0,4}").prop_map(|(kind, shown)| Code { id: String::new(), kind, shown });
    let text = prop_oneof!["[甲b &<>'\"\\]]{0,6}", "\\PC{0,5}", any::<String>()].prop_map(Piece::Text);
    let leaf = prop_oneof![3 => text, 1 => code.clone().prop_map(Piece::Single)];
    let piece = leaf.prop_recursive(3, 12, 3, move |inner| {
        (code.clone(), vec(inner, 0..3)).prop_map(|(code, inner)| Piece::Pair(code, inner))
    });
    vec(piece, 1..5)
}

/// Numbers codes in their order.
fn numbered(coded: Coded, next: &mut usize) -> Coded {
    let mut number = |code: Code| {
        *next += 1;
        Code { id: next.to_string(), ..code }
    };
    let mut out = Vec::new();
    for piece in coded {
        match piece {
            Piece::Text(text) => out.push(Piece::Text(text)),
            Piece::Single(code) => out.push(Piece::Single(number(code))),
            Piece::Pair(code, inner) => {
                let code = number(code);
                out.push(Piece::Pair(code, inner));
            }
        }
    }
    for piece in &mut out {
        if let Piece::Pair(_, inner) = piece {
            *inner = numbered(std::mem::take(inner), next);
        }
    }
    out
}

/// Whether a text says something, so that it can be a unit.
fn says(coded: &Coded) -> bool {
    super::inline::says(&tagged(coded))
}

fn unit() -> impl Strategy<Value = Unit> {
    let states = prop_oneof![
        Just(State::Missing),
        Just(State::Draft),
        Just(State::Translated),
        Just(State::Signed),
        any::<Option<String>>().prop_map(|was| State::Stale { was }),
    ];
    (vec((coded(), coded()), 1..4), states, any::<bool>()).prop_map(|(pairs, state, extra_codes)| {
        let mut next = [0, 0];
        let mut sentences: Vec<Sentence> = Vec::new();
        for (source, target) in pairs {
            let [source_next, target_next] = &mut next;
            sentences.push(Sentence { source: numbered(source, source_next), target: numbered(target, target_next) });
        }
        sentences.retain(|sentence| says(&sentence.source) && says(&sentence.target));
        let joined = |side: fn(&Sentence) -> &Coded| sentences.iter().flat_map(|one| side(one).clone()).collect();
        let (source, target): (Coded, Coded) = (joined(|one| &one.source), joined(|one| &one.target));
        let target = (state != State::Missing && !target.is_empty()).then_some(target);
        let state = if target.is_some() { state } else { State::Missing };
        if target.is_none() {
            sentences.clear();
        }
        let source = if source.is_empty() { vec![Piece::Text("书".to_owned())] } else { source };
        let (id, notes) = (String::new(), Vec::new());
        let extra_codes = extra_codes && target.is_some();
        Unit { id, kind: "list item", line: 7, source, target, extra_codes, state, sentences, notes }
    })
}

fn packages() -> impl Strategy<Value = Package> {
    vec(("[a-z/ .:#_书]{1,6}", vec(unit(), 0..4)), 1..3).prop_map(|files| {
        let files = files.into_iter().enumerate().map(|(at, (stem, units))| {
            let units = (0_u8..).zip(units);
            let units = units.map(|(nth, unit)| Unit { id: format!("abc{}", char::from(b'a' + nth)), ..unit });
            let (source, title) = (format!("{stem}.md"), String::new());
            File { stem: format!("{stem}{at}"), source, target: None, title, units: units.collect() }
        });
        Package { files: files.collect(), ..package() }
    })
}

/// What must be read of a package in XLIFF.
fn wanted(package: &Package, version: Version) -> Vec<(String, String, Coding)> {
    let units = package.files.iter().flat_map(|file| file.units.iter().map(move |unit| (file, unit)));
    let wanted = units.map(|(file, unit)| {
        let target = unit.target.as_ref().filter(|_| !unit.extra_codes).map(tagged);
        let state = match unit.state {
            State::Missing => None,
            State::Draft | State::Stale { .. } => Some(State::Stale { was: None }),
            State::Translated => Some(State::Translated),
            State::Signed => Some(State::Signed),
        };
        let source = tagged(&unit.source);
        // A translation that is only begun and says what the source says is none.
        let is_open = match version {
            Version::First => unit.state == State::Draft,
            Version::Second => matches!(unit.state, State::Draft | State::Stale { .. }),
        };
        let is_begun = target.as_ref() != Some(&source) || !is_open;
        let target = target.filter(|_| is_begun);
        let state = state.filter(|_| target.is_some());
        (file.stem.clone(), unit.id.clone(), (Some(source), target, state))
    });
    wanted.collect()
}

type Coding = (Option<crate::exchange::unit::Tagged>, Option<crate::exchange::unit::Tagged>, Option<State>);

fn found(returned: Returned) -> Vec<(String, String, Coding)> {
    assert!(returned.refused.is_empty(), "{:?}", returned.refused);
    let units = returned.units.into_iter().map(|unit| {
        assert!(unit.remarks.is_empty(), "{:?}", unit.remarks);
        let name = (unit.stem.expect("a chapter"), unit.id.expect("an id"));
        (name.0, name.1, (unit.source, unit.target, unit.state))
    });
    units.collect()
}

fn options() -> impl Strategy<Value = xliff::Options> {
    (any::<[bool; 3]>()).prop_map(|[second, fill_source, sentences]| xliff::Options {
        version: if second { Version::Second } else { Version::First },
        fill_source,
        sentences,
        ..xliff::Options::default()
    })
}

/// Texts as they are, and codes by their numbers.
struct Plain;

impl po::Wording for Plain {
    fn markdown(&self, _file: &File, unit: &Unit, side: Side) -> String {
        let coded = if side == Side::Source { Some(&unit.source) } else { unit.target.as_ref() };
        coded.map(|coded| format!("{:?}", tagged(coded)).replace('\0', "")).unwrap_or_default()
    }
}

/// The sample in every form, each with what reads it.
type Reader = fn(&str) -> Result<Returned, Refusal>;

fn files() -> Vec<(String, Reader)> {
    let package = package();
    let mut files: Vec<(String, Reader)> = Vec::new();
    for version in [Version::First, Version::Second] {
        let options = xliff::Options { version, sentences: true, fill_source: true, ..xliff::Options::default() };
        files.push((xliff::write(&package, &options), xliff::read));
    }
    let langs = |text: &str| tmx::read(text, &super::sample::package().langs);
    files.push((tmx::write(&package, &tmx::Options { codes: true }), langs));
    files.push((po::write(&package, &Plain, Locale::English), po::read));
    files
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn xliff_comes_back_as_it_was(package in packages(), options in options()) {
        let written = xliff::write(&package, &options);
        let returned = xliff::read(&written);
        let returned = returned.unwrap_or_else(|refusal| panic!("{}\n{written}", refusal.message));
        prop_assert_eq!(found(returned), wanted(&package, options.version), "{}", written);
    }

    #[test]
    fn memories_come_back_as_they_were(package in packages(), codes in any::<bool>()) {
        let options = tmx::Options { codes };
        let written = tmx::write(&package, &options);
        let returned = tmx::read(&written, &package.langs).expect("a memory");
        prop_assert!(returned.refused.is_empty(), "{:?}", returned.refused);
        let kept = package.files.iter().flat_map(|file| &file.units).filter(|unit| tmx::is_kept(unit, &options));
        let pairs: usize = kept.map(|unit| unit.sentences.len().max(1)).sum();
        prop_assert_eq!(returned.units.len(), pairs);
    }

    #[test]
    fn catalogues_come_back_as_they_were(package in packages()) {
        use po::Wording;
        let returned = po::read(&po::write(&package, &Plain, Locale::English)).expect("a catalogue");
        let units = package.files.iter().flat_map(|file| file.units.iter().map(move |unit| (file, unit)));
        let text = |text: String| (!text.is_empty()).then(|| vec![Piece::Text(text)]);
        let wanted = units.map(|(file, unit)| {
            let [source, target] = [Side::Source, Side::Target].map(|side| text(Plain.markdown(file, unit, side)));
            let state = match unit.state {
                State::Missing => None,
                State::Draft | State::Stale { .. } => Some(State::Stale { was: None }),
                State::Translated | State::Signed => Some(State::Translated),
            };
            (file.stem.clone(), unit.id.clone(), (source, target, state))
        });
        prop_assert_eq!(found(returned), wanted.collect::<Vec<_>>());
    }

    #[test]
    fn damaged_files_are_read_or_refused(
        form in 0_usize..4,
        damage in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let (text, read) = files().swap_remove(form);
        let mut bytes = text.into_bytes();
        for (at, other, byte) in damage {
            let (at, other) = (at.index(bytes.len()), other.index(bytes.len()));
            match byte % 4 {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, b"<>&\"/#;]"[usize::from(byte) % 8]),
                2 => bytes.swap(at, other),
                _ => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len()))),
            }
            bytes.push(b' ');
        }
        let text = String::from_utf8_lossy(&bytes);
        let (units, refused) = match read(&text) {
            Ok(returned) => (returned.units, returned.refused),
            Err(refusal) => (Vec::new(), vec![refusal]),
        };
        let places = units.into_iter().filter_map(|unit| unit.at).chain(refused.into_iter().filter_map(|one| one.at));
        for at in places {
            prop_assert!(text.get(at.clone()).is_some(), "{at:?}");
        }
    }
}

#[test]
fn the_sample_comes_back_as_it_was() {
    for (version, sentences) in [(Version::First, false), (Version::First, true), (Version::Second, true)] {
        for fill_source in [false, true] {
            let options = xliff::Options { version, sentences, fill_source, ..xliff::Options::default() };
            let returned = xliff::read(&xliff::write(&package(), &options)).expect("XLIFF");
            assert_eq!(returned.langs, package().langs.map(|lang| Some(lang.bcp47().to_owned())));
            assert_eq!(found(returned), wanted(&package(), version), "{options:?}");
        }
    }
}
