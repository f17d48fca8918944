use std::collections::BTreeSet;

use super::super::compare::{Change, Item, changes};
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::address::{canonical, edition, is_plain, localised, neutral, split};
use super::{Places, items_of};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::message::Message;
use crate::model::{BlockKind, Chapter, Inline, InlineKind, Lang, LinkTarget, text, walk};
use crate::outline;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("link-target"),
    group: "references",
    summary: msg!("a link is missing in the translation, or leads elsewhere"),
    default_level: Severity::Error,
    page: page!("link_target"),
    look: Look::Text(run),
};

/// The most letters by which a mistyped part of an address differs; another page differs by more.
const SLIP: usize = 2;

/// How two addresses differ.
#[derive(Debug, PartialEq, Eq)]
enum Difference {
    /// They are one page in two languages.
    Localised,
    /// They name a place of one page by its words in two languages.
    Heading,
    /// Only one names a place of the page.
    Place,
    /// One is the other with its host, in other capitals or with other hyphens.
    SpelledOut,
    /// One is the other with a letter or two mistyped.
    Slip,
    /// They are two pages.
    Page,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    let places = &context.places;
    let nowhere = dead(context, places, found);
    let compared = changes(context, &|unit| items_of(unit, |inline| item(context, places, inline)), true);
    let target = &context.alignment.target;
    habits.kept(&left_out(target), compared.all_kept());
    habits.kept(&added(target), compared.all_kept());
    for change in compared.changes {
        if !change.extra.as_ref().is_some_and(|extra| nowhere.contains(&extra.span)) {
            one(context, &change, &mut habits);
        }
    }
    editions(context, &mut habits);
    habits.report(found);
}

/// A link, compared without what may differ between languages.
fn item(context: &Context<'_>, places: &Places<'_>, inline: &Inline) -> Option<Item> {
    let InlineKind::Link { target, .. } = &inline.kind else { return None };
    let in_book = !context.book.editions.is_empty();
    let written = match target {
        LinkTarget::Id(id) => format!("#{id}"),
        LinkTarget::Url(url) | LinkTarget::Refused(url) | LinkTarget::File { written: url, .. } => canonical(url),
    };
    let key = match target.place() {
        // In a book both languages have the same ids; elsewhere ids are made from the words of headings.
        Some(place) if in_book => return Some(places.item(place, inline.span)),
        Some(place) => places.heading(place, inline.span.file).unwrap_or_else(|| neutral(&written)),
        None => neutral(&written),
    };
    Some(Item { span: inline.span, key, shown: Message::data(written) })
}

fn one(context: &Context<'_>, change: &Change<'_>, habits: &mut Habits) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let (finding, habit) = match (&change.lost, &change.extra) {
        (Some(lost), Some(extra)) => {
            let (theirs, ours) = (lost.shown.to_string(), extra.shown.to_string());
            if theirs == ours {
                return;
            }
            let difference = between(context, (lost, &theirs), (extra, &ours));
            (redirected(&theirs, &ours, &difference, source), habit(&theirs, &ours, &difference))
        }
        (Some(lost), None) => {
            let message =
                msg!("the link to ‘{to}’ is missing in {language}", to = &lost.shown, language = target.name());
            let severity = if is_mentioned(context, lost, change.targets) { Severity::Info } else { Severity::Warning };
            (Diagnostic::new(severity, CHECK.name, message).hint(msg!("add the link")), left_out(target))
        }
        (None, Some(extra)) => {
            let message = msg!(
                "the link to ‘{to}’ has no counterpart in {language}",
                to = &extra.shown,
                language = source.name()
            );
            let hint = msg!("add it to the source, or remove it here");
            (Diagnostic::new(Severity::Info, CHECK.name, message).hint(hint), added(target))
        }
        (None, None) => return,
    };
    habits.deviation(habit, super::at_change(finding, change, source));
}

/// Whether units mention whom a link leads to: many sites make a link of `@name` by themselves.
fn is_mentioned(context: &Context<'_>, link: &Item, units: &[Unit<'_>]) -> bool {
    let page = link.shown.to_string();
    let mention = format!("@{}", page.trim_end_matches('/').rsplit('/').next().unwrap_or("")).to_lowercase();
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    mention.len() > 1
        && units.iter().any(|unit| {
            let text = context.sources.snippet(unit.span).to_lowercase();
            text.match_indices(&mention).any(|(at, _)| ends(&text[at + mention.len()..]))
        })
}

/// How two links differ, of which one took the other's place.
fn between(context: &Context<'_>, (lost, theirs): (&Item, &str), (extra, ours): (&Item, &str)) -> Difference {
    let [stem, other_stem] = [lost, extra].map(|item| context.stem(item.span.file));
    if same_place(theirs, ours, &stem) || same_place(ours, theirs, &other_stem) {
        return Difference::SpelledOut;
    }
    match difference(theirs, ours) {
        // Both headings are known, and they are no pair.
        Difference::Heading if is_known(lost, theirs) && is_known(extra, ours) => Difference::Page,
        other => other,
    }
}

/// Whether the place that a link leads to is known by another name than the one that is written.
fn is_known(item: &Item, written: &str) -> bool {
    item.key != neutral(written)
}

/// Tells of links that lead to the page of each language.
fn editions(context: &Context<'_>, habits: &mut Habits) {
    let full = |inline: &Inline| match &inline.kind {
        InlineKind::Link { target: LinkTarget::Url(url) | LinkTarget::Refused(url), .. } => {
            Some(Item::of(inline.span, canonical(url)))
        }
        _ => None,
    };
    for change in changes(context, &|unit| items_of(unit, full), false).changes {
        let (Some(lost), Some(extra)) = (&change.lost, &change.extra) else { continue };
        if neutral(&lost.key) == neutral(&extra.key) {
            let source = &context.alignment.source;
            let finding = redirected(&lost.key, &extra.key, &Difference::Localised, source);
            habits.deviation(
                habit(&lost.key, &extra.key, &Difference::Localised),
                super::at_change(finding, &change, source),
            );
        }
    }
}

/// A finding for a link that leads to `ours`, and in the source to `theirs`.
fn redirected(theirs: &str, ours: &str, difference: &Difference, source: &Lang) -> Diagnostic {
    let severity = match difference {
        Difference::Slip => Severity::Error,
        Difference::Page => Severity::Warning,
        _ => Severity::Info,
    };
    let language = source.name();
    let message = msg!("this link leads to ‘{ours}’, but to ‘{theirs}’ in {language}", ours, theirs, language);
    Diagnostic::new(severity, CHECK.name, message)
        .hint(msg!("link to the same address, or to the same page in the other language"))
}

/// What a translation does that has many such differences.
fn habit(theirs: &str, ours: &str, difference: &Difference) -> Message {
    let (from, to) = match difference {
        Difference::Heading => return msg!("links name headings by their words in each language"),
        Difference::Place => return msg!("links name a place of a page in one language only"),
        Difference::Localised => (edition(theirs).unwrap_or(theirs), edition(ours).unwrap_or(ours)),
        _ => differing(theirs, ours),
    };
    msg!("links to ‘{from}…’ lead to ‘{to}…’", from, to)
}

/// How two addresses differ that are not the same page and place.
fn difference(a: &str, b: &str) -> Difference {
    let (one, other) = (neutral(a), neutral(b));
    let ((page, place), (other_page, other_place)) = (split(&one, '#'), split(&other, '#'));
    let same_page = page == other_page && !page.is_empty();
    if same_page && place.is_empty() != other_place.is_empty() {
        Difference::Place
    } else if page == other_page && is_plain(place) != is_plain(other_place) {
        Difference::Heading
    } else if letters(&one) == letters(&other)
        || (place == other_place && spelled_out(split(a, '#').0, split(b, '#').0))
    {
        Difference::SpelledOut
    } else if localised(a, b) {
        Difference::Localised
    } else if is_slip(&one, &other) {
        Difference::Slip
    } else {
        Difference::Page
    }
}

/// An address without capitals and the marks that makers of slugs leave out.
fn letters(url: &str) -> String {
    url.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Whether an address within a chapter is the other one without the page, which is that of the chapter.
fn same_place(short: &str, long: &str, stem: &str) -> bool {
    let ((page, place), (other_page, other_place)) = (split(short, '#'), split(long, '#'));
    let name = other_page.rsplit('/').next().unwrap_or("");
    page.is_empty() && place == other_place && !name.is_empty() && stem.ends_with(name)
}

/// Whether one part of an address has a letter or two mistyped. Figures that differ lead to another page.
fn is_slip(a: &str, b: &str) -> bool {
    let parts = |url: &str| url.split(['/', '.', '?', '&', '=', '#']).map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (parts(a), parts(b));
    let differing: Vec<_> = one.iter().zip(&other).filter(|(x, y)| x != y).collect();
    let [(x, y)] = &differing[..] else { return false };
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let (letters, distance) = (x.chars().count().max(y.chars().count()), strsim::osa_distance(x, y));
    one.len() == other.len() && digits(x) == digits(y) && distance <= SLIP && distance * 3 <= letters
}

fn left_out(target: &Lang) -> Message {
    msg!("{language} leaves out links", language = target.name())
}

fn added(target: &Lang) -> Message {
    msg!("{language} adds links", language = target.name())
}

/// Two addresses without their common end.
fn differing<'s>(a: &'s str, b: &'s str) -> (&'s str, &'s str) {
    let same: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    (&a[..a.len() - same], &b[..b.len() - same])
}

/// Whether one address is the other with its host: `../std/vec` and <https://doc.rust-lang.org/std/vec>.
fn spelled_out(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let path = short.trim_start_matches(['.', '/']);
    !short.contains("://") && long.contains("://") && !path.is_empty() && long.ends_with(path)
}

/// Reports the links of the translation to places of their own chapter that it does not have, each place once, and gives the
/// links. In a book this was reported on reading it.
fn dead(context: &Context<'_>, places: &Places<'_>, found: &mut Vec<Diagnostic>) -> BTreeSet<Span> {
    let mut nowhere = BTreeSet::new();
    let chapters = context.alignment.chapters.iter().filter_map(|pair| pair.target);
    for chapter in chapters.filter(|_| context.book.editions.is_empty()) {
        let ids = ids(chapter);
        let written = context.sources.get(chapter.file).text();
        let mut told = BTreeSet::new();
        walk::chapter_inlines(chapter, &mut |inline| {
            let InlineKind::Link { target: LinkTarget::Id(id), .. } = &inline.kind else { return };
            let known = ids.contains(id)
                || ids.contains(&outline::slug(id))
                || places.heading(id, chapter.file).is_some()
                || written.contains(&format!("=\"{id}\""));
            if known {
                return;
            }
            nowhere.insert(inline.span);
            if !told.insert(id.clone()) {
                return;
            }
            let hint = match nearest(id, ids.iter().map(String::as_str)) {
                Some(near) => msg!("did you mean `{near}`?", near = format!("#{near}")),
                None => msg!("link to a heading of this chapter"),
            };
            let message = msg!("this chapter has no heading or id ‘{id}’", id);
            found.push(Diagnostic::warning(CHECK.name, message).at(inline.span).hint(hint));
        });
    }
    nowhere
}

/// The ids of a chapter: those that the author gave, and those that its headings make.
fn ids(chapter: &Chapter) -> BTreeSet<String> {
    let mut ids = BTreeSet::from([outline::slug(&chapter.meta.title.value)]);
    walk::chapter_blocks(chapter, &mut |block| {
        ids.extend(block.id.clone());
        if let BlockKind::Heading { body, .. } = &block.kind {
            ids.insert(outline::slug(&text::plain(body)));
        }
    });
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_names() {
        use Difference::*;
        let site = "https://example.org/guide";
        for (a, b, is) in [
            (format!("{site}#setup-linux"), format!("{site}#setup-windows"), Page),
            (format!("{site}#setup"), format!("{site}#安装"), Heading),
            (format!("{site}#setup"), site.to_owned(), Place),
            (format!("{site}#setup"), format!("{site}#setpu"), Slip),
            (format!("{site}?v=7"), format!("{site}?v=8"), Page),
            (format!("{site}/project"), format!("{site}/projcet"), Slip),
            (format!("{site}/step-1"), format!("{site}/step-2"), Page),
            (format!("{site}/a.pdf"), format!("{site}/a.txt"), Page),
            (format!("{site}/Bridge#a-b"), format!("{site}/bridge#a-_b_"), SpelledOut),
            ("../guide/bridge".to_owned(), format!("{site}/bridge"), SpelledOut),
            ("https://example.org/en/bird".to_owned(), "https://example.org/zh/fish".to_owned(), Page),
            ("https://en.wikipedia.org/wiki/Bird".to_owned(), "https://zh.wikipedia.org/wiki/鸟".to_owned(), Localised),
        ] {
            assert_eq!(difference(&a, &b), is, "{a} {b}");
        }
        assert!(same_place("#use", "/reference/oil#use", "reference__oil"));
        assert!(!same_place("#use", "/reference/oil#use", "reference__salt"));
    }

    fn found(zh: &str, en: &str) -> Vec<(Severity, String)> {
        let mut sources = crate::source::Sources::default();
        let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a good tag"));
        let files = [("zh.md", zh), ("en.md", en)].map(|(path, text)| (path.to_owned(), text.to_owned()));
        let book = crate::manuscript::load_pair(&mut sources, files, langs, None);
        let open = crate::checks::check(&book.value, &sources).open.into_iter();
        open.filter(|found| found.check == CHECK.name)
            .map(|found| (found.severity, found.message.to_string()))
            .collect()
    }

    #[test]
    fn a_heading_has_a_slug_in_each_language() {
        let zh = "## 寒冷\n\n冷来得早。\n\n## 黑暗\n\n暗来得晚，见[寒冷](#寒冷)。\n";
        let en =
            "## The Cold\n\nThe cold came early.\n\n## The Dark\n\nThe dark came later, see [the cold](#the-PLACE).\n";
        assert_eq!(found(zh, &en.replace("PLACE", "cold")), []);
        let other = "this link leads to ‘#the-dark’, but to ‘#寒冷’ in Chinese".to_owned();
        assert_eq!(found(zh, &en.replace("PLACE", "dark")), [(Severity::Warning, other)]);
        let nowhere = "this chapter has no heading or id ‘the-drak’".to_owned();
        assert_eq!(found(zh, &en.replace("PLACE", "drak")), [(Severity::Warning, nowhere)]);
    }

    #[test]
    fn the_page_of_each_language_is_told_once() {
        let [zh, en]: [String; 2] = ["zh-CN", "en-US"].map(|lang| {
            let link = |page: &str| format!("[{page}](https://example.org/{lang}/docs/{page}).\n\n");
            ["bird", "fish", "frog", "goat", "hare"].map(link).concat()
        });
        let habit = "a habit of this translation (5 places): links to ‘https://example.org/zh-CN…’ lead to ‘https://example.org/en-US…’";
        assert_eq!(found(&zh, &en), [(Severity::Info, habit.to_owned())]);
        let levels: Vec<Severity> =
            found(&zh, &en.replace("docs/goat", "docs/wolf")).into_iter().map(|f| f.0).collect();
        assert_eq!(levels.iter().filter(|level| **level == Severity::Warning).count(), 1, "{levels:?}");
    }
}
