use super::enumerated::{self, Lost};
use super::roster::{self, Row, Scores};
use crate::align::{self, Dictionary, Relation, Texts, Unit, UnitKind};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::lang::Script;
use crate::lang::person::{ALIKE, are_two, is_misspelt};
use crate::message::Message;
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("people-differ"),
    group: "language",
    summary: msg!("a person in a list of names is another one, or has another role"),
    default_level: Severity::Error,
    page: page!("people_differ"),
    look: Look::Text(run),
};

/// The least evidence for two roles that are one, and how far it must be above any other.
const SAME_ROLE: f32 = 1.0;
const AHEAD: f32 = 1.5;
/// The fewest names of a list that are spelled as they are read, so that another spelling is a slip.
const SPELLED: usize = 3;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let dictionary = Dictionary::of(&context.book.glossary, &context.alignment.source, &context.alignment.target);
    for (source, target) in context.translations() {
        let names = |kind: &UnitKind<'_>| matches!(kind, UnitKind::Container("names", _));
        if names(&source.kind) && names(&target.kind) {
            let [theirs, ours] = [source, target].map(roster::rows);
            if let (Some(_), Some(_)) = (theirs.first(), ours.first()) {
                Lists::new(context, &theirs, &ours, &dictionary).report(found);
            }
        }
        found.extend(enumeration(context, source, target));
    }
}

/// Those of a line of names who are others in its translation, or are not named there.
fn enumeration(context: &Context<'_>, source: &Unit<'_>, target: &Unit<'_>) -> Vec<Diagnostic> {
    let scripts = [source, target].map(|unit| unit.lang.script());
    let (line, latin) = match scripts {
        [Script::Han, Script::Latin] => (source, target),
        [Script::Latin, Script::Han] => (target, source),
        _ => return Vec::new(),
    };
    let turned = scripts[0] == Script::Latin;
    let language = || context.alignment.source.name();
    let lost = enumerated::differences((&line.text, line.lang), (&latin.text, latin.lang));
    let message = |lost: &Lost<'_>| {
        let [was, is] = if turned { [lost.instead, lost.name] } else { [lost.name, lost.instead] };
        match (was, is) {
            (Some(was), Some(is)) => msg!("‘{is}’ here, where {language} has ‘{was}’", is, language = language(), was),
            (Some(name), None) => msg!("‘{name}’ is named in {language}, and not here", name, language = language()),
            (_, name) => {
                let name = name.unwrap_or_default();
                msg!("‘{name}’ is named here, and not in {language}", name, language = language())
            }
        }
    };
    lost.iter().map(|lost| told(Severity::Warning, message(lost), [source, target])).collect()
}

fn told(severity: Severity, message: Message, [source, target]: [&Unit<'_>; 2]) -> Diagnostic {
    Diagnostic::new(severity, CHECK.name, message)
        .at(target.span)
        .label(source.span, msg!("in {language}", language = source.lang.name()))
        .hint(msg!("name the same people with the same roles in both languages"))
}

/// A list of people and its translation.
struct Lists<'a> {
    context: &'a Context<'a>,
    theirs: &'a [Row<'a>],
    ours: &'a [Row<'a>],
    /// Which part of a row is the name.
    columns: [usize; 2],
    likeness: Scores,
    /// For each row the one with the same name, and the one with the same role.
    named: Vec<Option<usize>>,
    with_role: Vec<Option<usize>>,
    odds: Scores,
}

impl<'a> Lists<'a> {
    fn new(context: &'a Context<'a>, theirs: &'a [Row<'a>], ours: &'a [Row<'a>], dictionary: &Dictionary) -> Self {
        let (columns, likeness) = roster::names(theirs, ours);
        let roles = [(theirs, columns[0]), (ours, columns[1])]
            .map(|(rows, column)| rows.iter().map(|row| row.parts[1 - column].as_str()).collect::<Vec<&str>>());
        let langs = [theirs[0].unit.lang, ours[0].unit.lang];
        let mut odds = align::odds(Texts { items: [&roles[0], &roles[1]], langs, dictionary });
        for (there, row) in odds.iter_mut().enumerate() {
            for (here, score) in row.iter_mut().enumerate() {
                if roles[0][there].is_empty() || roles[1][here].is_empty() {
                    *score = f32::MIN;
                }
            }
        }
        let with_role = roster::matches(&odds, SAME_ROLE, AHEAD);
        Self { context, theirs, ours, columns, named: roster::same_names(&likeness), likeness, with_role, odds }
    }

    fn report(&self, found: &mut Vec<Diagnostic>) {
        let before = found.len();
        for there in 0..self.theirs.len() {
            match (self.named[there], self.with_role[there]) {
                (Some(here), Some(other)) if here != other => found.extend(self.other_role(there, here, other)),
                (Some(here), None) => found.extend(self.role_of_another(there, here)),
                (None, _) => found.extend(self.other_name(there)),
                _ => {}
            }
            found.extend(self.misspelt(there));
        }
        // Where rows were mixed up, the order of the names says no more.
        if found.len() == before {
            found.extend(self.other_order());
        }
    }

    fn name(&self, side: usize, at: usize) -> &'a str {
        let rows = if side == 0 { self.theirs } else { self.ours };
        &rows[at].parts[self.columns[side]]
    }

    fn role(&self, side: usize, at: usize) -> &'a str {
        let rows = if side == 0 { self.theirs } else { self.ours };
        &rows[at].parts[1 - self.columns[side]]
    }

    /// A person whose role stands with `other` in the translation. Two that have changed places are told once.
    fn other_role(&self, there: usize, here: usize, other: usize) -> Option<Diagnostic> {
        let language = self.context.alignment.source.name();
        let back = self.named.iter().position(|named| *named == Some(other));
        let Some(second) = back.filter(|second| self.odds[*second][here] > self.odds[*second][other]) else {
            return Some(self.changed_role(there, here));
        };
        let sure = |there: usize, here: usize| self.likeness[there][here] >= 1.0;
        let severity = if sure(there, here) && sure(second, other) { Severity::Error } else { Severity::Warning };
        let message = msg!(
            "the roles of ‘{one}’ and ‘{other}’ have changed places, compared with {language}",
            one = self.name(1, here),
            other = self.name(1, other),
            language
        );
        let told = second < there && self.with_role[second] == Some(here);
        (!told).then(|| self.finding(severity, message, there, here))
    }

    /// A person who has the role of somebody else in the translation, who has it as well.
    fn role_of_another(&self, there: usize, here: usize) -> Option<Diagnostic> {
        let twice = |(other, named): (usize, &Option<usize>)| {
            let place = named.filter(|place| *place != here)?;
            let same = self.role(1, place) == self.role(1, here) && self.role(0, other) != self.role(0, there);
            let fits = self.odds[other][place] >= SAME_ROLE && self.odds[there][here] < 0.0;
            (same && fits).then(|| self.changed_role(there, here))
        };
        self.named.iter().enumerate().find_map(twice)
    }

    fn changed_role(&self, there: usize, here: usize) -> Diagnostic {
        let language = self.context.alignment.source.name();
        let (name, role, was) = (self.name(1, here), self.role(1, here), self.role(0, there));
        let message = msg!("‘{name}’ is ‘{role}’ here, but ‘{was}’ in {language}", name, role, was, language);
        self.finding(Severity::Warning, message, there, here)
    }

    /// People who stand in another order. Each language may have its own, by strokes or by letters; where single rows were
    /// moved, the alignment tells that.
    fn other_order(&self) -> Option<Diagnostic> {
        let moved = |unit: &Unit<'_>| {
            self.context.pairs().any(|(_, _, pair)| {
                pair.relation == Relation::Moved && pair.sources.iter().any(|source| source.span == unit.span)
            })
        };
        let pairs: Vec<(usize, usize)> =
            self.named.iter().enumerate().filter_map(|(there, here)| Some((there, (*here)?))).collect();
        let back = pairs.windows(2).find(|two| two[0].1 > two[1].1)?;
        let told = self.theirs.iter().any(|row| moved(row.unit));
        (!told).then(|| {
            let language = self.context.alignment.source.name();
            let message = msg!("the people stand in another order than in {language}", language);
            self.finding(Severity::Info, message, back[1].0, back[1].1)
        })
    }

    /// A person in whose place the translation has somebody else. Most others must be known, for some languages call
    /// people by names that sound otherwise.
    fn other_name(&self, there: usize) -> Option<Diagnostic> {
        let here = self.with_role[there].or_else(|| self.in_place(there))?;
        let strangers = !roster::is_known(&self.likeness, [there, here]);
        let known = (0..self.theirs.len()).filter(|at| self.likeness[*at].iter().any(|score| *score >= ALIKE)).count();
        let [was, is] =
            [(self.name(0, there), self.theirs[there].unit.lang), (self.name(1, here), self.ours[here].unit.lang)];
        let many = known >= 2 && 2 * known >= self.theirs.len();
        (strangers && many && self.is_person(0, there) && self.is_person(1, here) && are_two(was, is))
            .then(|| self.renamed(there, here))
    }

    /// The row that the alignment pairs with a row.
    fn in_place(&self, there: usize) -> Option<usize> {
        let span = self.theirs[there].unit.span;
        let (_, target) = self.context.translations().find(|(source, _)| source.span == span)?;
        self.ours.iter().position(|row| row.unit.span == target.span)
    }

    fn is_person(&self, side: usize, at: usize) -> bool {
        let rows = if side == 0 { self.theirs } else { self.ours };
        let name = self.name(side, at);
        name.contains('·') || !lang::of(rows[at].unit.lang).romanised(name).is_empty()
    }

    /// A name that is nearly spelled as it is read, where most others are. One that is written by its sound is spelled by none.
    fn misspelt(&self, there: usize) -> Option<Diagnostic> {
        let here = self.named[there]?;
        let exact = |there: usize| self.likeness[there].iter().any(|score| *score >= 1.0);
        let langs = [self.theirs[there].unit.lang, self.ours[here].unit.lang];
        let [was, is] = [(self.name(0, there), langs[0]), (self.name(1, here), langs[1])];
        let spelled = lang::of(langs[0]).spells(is.0) || lang::of(langs[1]).spells(was.0) || is_misspelt(was, is);
        if exact(there) || !spelled || !self.is_person(0, there) || roster::is_spelled_exactly(&self.likeness, here) {
            return None;
        }
        let rows = 0..self.theirs.len();
        let right = rows.clone().filter(|at| exact(*at)).count();
        let wrong = rows.filter(|at| !exact(*at) && self.is_person(0, *at) && !self.is_heard(*at)).count();
        (right >= SPELLED && 3 * wrong <= right + wrong).then(|| self.renamed(there, here))
    }

    /// Whether the name of a row is written by its sound in one of the languages.
    fn is_heard(&self, there: usize) -> bool {
        let heard = |name: &str, lang: &Lang| lang::of(lang).is_transliterated(name);
        let here = self.named[there].is_some_and(|here| heard(self.name(1, here), self.ours[here].unit.lang));
        here || heard(self.name(0, there), self.theirs[there].unit.lang)
    }

    fn renamed(&self, there: usize, here: usize) -> Diagnostic {
        let (is, was) = (self.name(1, here), self.name(0, there));
        let language = self.context.alignment.source.name();
        let message = msg!("‘{is}’ here, where {language} has ‘{was}’", is, language, was);
        self.finding(Severity::Warning, message, there, here)
    }

    fn finding(&self, severity: Severity, message: Message, there: usize, here: usize) -> Diagnostic {
        told(severity, message, [self.theirs[there].line, self.ours[here].line])
    }
}
