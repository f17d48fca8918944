use super::cut::is_cut;
use crate::align::{MetaField, Pair, Unit, UnitKind};
use crate::checks::prose::OBJECT;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::maths;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("length"),
    group: "language",
    summary: msg!("a translation is much shorter or longer than is usual in this book"),
    default_level: Severity::Warning,
    page: page!("length"),
    look: Look::Text(run),
};

/// The shortest text that can be judged, in letters of English or as much Chinese.
const SHORTEST: f32 = 60.0;
/// The fewest pairs from which a book's own ratio can be learned.
const ENOUGH: usize = 12;
/// How many deviations are reported, and how many are a warning.
const TELL: f32 = 3.5;
const WARN: f32 = 5.0;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let pairs: Vec<(&Pair<'_>, f32, f32)> =
        context.pairs().filter_map(|(_, _, pair)| lengths(context, pair).map(|(a, b)| (pair, a, b))).collect();
    let ratios = Ratios::of(&pairs);
    for (pair, theirs, ours) in pairs {
        let Some(far) = ratios.far(theirs, ours).filter(|far| far.abs() >= TELL) else { continue };
        if is_cut(context, pair) {
            continue;
        }
        let severity = if far.abs() >= WARN { Severity::Warning } else { Severity::Info };
        found.push(finding(pair, (ours / theirs / maths::exp(ratios.middle) - 1.0) * 100.0, severity));
    }
}

fn finding(pair: &Pair<'_>, percent: f32, severity: Severity) -> Diagnostic {
    let (source, target) = (&pair.sources[0], &pair.targets[0]);
    let short = percent < 0.0;
    let percent = format!("{:.0}", percent.abs());
    let (message, hint) = if short {
        let message = msg!("{percent} % shorter than translations in this book usually are", percent);
        (message, msg!("check for omissions"))
    } else {
        let message = msg!("{percent} % longer than translations in this book usually are", percent);
        (message, msg!("check for additions, and for text that should have been deleted"))
    };
    Diagnostic::new(severity, CHECK.name, message).at(target.span).label(source.span, msg!("its source")).hint(hint)
}

fn is_prose(unit: &Unit<'_>) -> bool {
    !matches!(
        unit.kind,
        UnitKind::Code | UnitKind::Math | UnitKind::Cell | UnitKind::Meta(MetaField::Title | MetaField::Byline)
    )
}

/// The lengths of both sides, in letters of English; `None` for what is not prose, too short, or not translated.
fn lengths(context: &Context<'_>, pair: &Pair<'_>) -> Option<(f32, f32)> {
    if pair.sources.is_empty() || pair.targets.is_empty() || !pair.sources.iter().chain(&pair.targets).all(is_prose) {
        return None;
    }
    let side = |units: &[Unit<'_>]| {
        let of = |unit: &Unit<'_>| {
            let language = lang::of(unit.lang);
            let prose = context.prose_of(unit);
            let length = || language.length(&prose.text.replace(OBJECT, "")) * language.letters();
            (!prose.is_foreign()).then(length)
        };
        units.iter().map(of).sum::<Option<f32>>()
    };
    let (theirs, ours) = (side(&pair.sources)?, side(&pair.targets)?);
    (theirs.max(ours) >= SHORTEST && theirs.min(ours) > 0.0).then_some((theirs, ours))
}

/// The ratios of lengths in a book.
struct Ratios {
    middle: f32,
    spread: f32,
    enough: bool,
}

impl Ratios {
    fn of(pairs: &[(&Pair<'_>, f32, f32)]) -> Self {
        let mut logs: Vec<f32> = pairs.iter().map(|(_, theirs, ours)| maths::ln(ours / theirs)).collect();
        let enough = logs.len() >= ENOUGH;
        let middle = median(&mut logs);
        let mut off: Vec<f32> = logs.iter().map(|log| (log - middle).abs()).collect();
        // The median of deviations, made comparable with a standard deviation; no book is more even than this.
        Self { middle, spread: (1.4826 * median(&mut off)).max(0.12), enough }
    }

    /// How many deviations a pair is away from the middle: short texts vary more.
    fn far(&self, theirs: f32, ours: f32) -> Option<f32> {
        let noise = (self.spread * self.spread + 4.0 / theirs.max(ours)).sqrt();
        self.enough.then(|| (maths::ln(ours / theirs) - self.middle) / noise)
    }
}

fn median(values: &mut [f32]) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
