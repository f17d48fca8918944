use super::super::compare::changes;
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::address::neutral_name;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::{InlineKind, Lang};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("image"),
    group: "references",
    summary: msg!("a picture is missing in the translation, or differs"),
    default_level: Severity::Error,
    page: page!("image"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    let read = |inline: &crate::model::Inline| match &inline.kind {
        InlineKind::Image(image) => Some(neutral_name(image.written.rsplit('/').next().unwrap_or(&image.written))),
        _ => None,
    };
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for change in &changes(context, &|unit| super::items(unit, read), true).changes {
        let finding = super::finding(CHECK.name, Severity::Error, msg!("picture"), change, source, target);
        let own = change.lost.as_ref().zip(change.extra.as_ref()).and_then(|(a, b)| own_name(&a.key, &b.key, target));
        match own {
            Some(habit) => habits.deviation(habit, finding),
            None => habits.alone(finding),
        }
    }
    habits.report(found);
}

/// What a translation does whose pictures are named as those of the source with something behind: `a.png`, `a_new.png`.
fn own_name(theirs: &str, ours: &str, target: &Lang) -> Option<Message> {
    let ((stem, ending), (own, own_ending)) = (theirs.rsplit_once('.')?, ours.rsplit_once('.')?);
    let added = own.strip_prefix(stem).filter(|added| ending == own_ending && added.starts_with(['.', '_', '-']))?;
    let longer = added.chars().skip(1).all(char::is_alphabetic);
    longer.then(|| msg!("names of pictures end in ‘{added}’ in {language}", added, language = target.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_with_something_behind_its_name_may_be_a_habit() {
        let target = Lang::new("en").expect("a good tag");
        let own = |a, b| own_name(a, b, &target).map(|habit| habit.to_string());
        assert_eq!(own("map.png", "map-new.png").as_deref(), Some("names of pictures end in ‘-new’ in English"));
        for (a, b) in
            [("map.png", "maps.png"), ("map.png", "map-2.png"), ("map.png", "map-new.jpg"), ("map.png", "sea.png")]
        {
            assert_eq!(own(a, b), None, "{a} {b}");
        }
    }
}
