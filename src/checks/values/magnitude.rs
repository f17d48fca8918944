use super::super::{Check, Context, Look};
use super::drift::{self, Cause};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("magnitude"),
    group: "values",
    summary: msg!("a number is ten, a hundred or ten thousand times too large or too small"),
    default_level: Severity::Error,
    page: page!("magnitude"),
    look: Look::Text(run),
};

/// The factor from which on 数十亿 no longer agrees with “millions”.
const FAR: f64 = 50.0;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    drift::report(context, CHECK.name, Cause::Magnitude, found);
    for (source, target) in context.translations() {
        if source.lang.is_form_of(target.lang) {
            continue;
        }
        let [theirs, ours] = [source, target].map(|unit| lang::of(unit.lang).scales(&unit.text));
        let ([(x, there)], [(y, here)]) = (&theirs[..], &ours[..]) else { continue };
        if (x / y).max(y / x) < FAR {
            continue;
        }
        let message = drift::differing(&target.text[here.clone()], &source.text[there.clone()], source.lang);
        found.push(
            Diagnostic::warning(CHECK.name, message)
                .at(target.place_of(here.clone()))
                .label(source.place_of(there.clone()), msg!("in {language}", language = source.lang.name()))
                .hint(drift::correct_the_scale()),
        );
    }
}
