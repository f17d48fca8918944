use std::collections::BTreeSet;

use super::super::compare::{Change, changes};
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::Places;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::lang::zh::Chinese;
use crate::lang::{self, Language};
use crate::message::Message;
use crate::model::{BlockKind, Chapter, Inline, InlineKind, Lang, LinkTarget, text, walk};
use crate::outline;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("link-target"),
    group: "references",
    summary: msg!("a link is missing in the translation, or leads elsewhere"),
    default_level: Severity::Error,
    page: page!("link_target"),
    look: Look::Text(run),
};

/// The most letters by which a mistyped address differs; another page differs by more.
const SLIP: usize = 3;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    let places = Places::of(context);
    let compared = changes(context, &|unit| super::items(unit, |inline| address(context, &places, inline)), true);
    let target = &context.alignment.target;
    habits.kept(&left_out(target), compared.all_kept());
    habits.kept(&added(target), compared.all_kept());
    for change in compared.changes {
        one(context, &change, &mut habits);
    }
    habits.report(found);
    for pair in &context.alignment.chapters {
        if let Some(target) = pair.target {
            dead(context, target, found);
        }
    }
}

/// The address of a link without what may differ between languages: the fragment of a page, a slash at its end.
fn address(context: &Context<'_>, places: &Places<'_>, inline: &Inline) -> Option<String> {
    let InlineKind::Link { target, .. } = &inline.kind else { return None };
    Some(match target {
        // In a book both languages have the same ids; elsewhere ids are made from the words of headings.
        LinkTarget::Id(target) | LinkTarget::File { target, .. } if !context.book.editions.is_empty() => {
            places.key(target, inline.span.file)
        }
        LinkTarget::Id(_) => "#".to_owned(),
        LinkTarget::Url(url) | LinkTarget::Refused(url) | LinkTarget::File { written: url, .. } => {
            let page = url.split('#').next().unwrap_or(url).trim_end_matches('/');
            let page = page.strip_suffix(".html").or_else(|| page.strip_suffix(".md")).unwrap_or(page);
            let page = page.strip_suffix("/index").unwrap_or(page);
            let bare = page.strip_prefix("http://").or_else(|| page.strip_prefix("https://"));
            bare.map_or(page.to_owned(), |rest| format!("https://{}", rest.strip_prefix("www.").unwrap_or(rest)))
        }
    })
}

fn one(context: &Context<'_>, change: &Change<'_>, habits: &mut Habits) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let (finding, habit) = match (&change.lost, &change.extra) {
        (Some(lost), Some(extra)) => {
            let (from, to) = differing(&lost.key, &extra.key);
            (redirected(&lost.key, &extra.key, source), msg!("links to ‘{from}…’ lead to ‘{to}…’", from, to))
        }
        (Some(lost), None) => {
            let message = msg!("the link to ‘{to}’ is missing in {language}", to = &lost.key, language = target.name());
            (Diagnostic::warning(CHECK.name, message).hint(msg!("add the link")), left_out(target))
        }
        (None, Some(extra)) => {
            let message =
                msg!("the link to ‘{to}’ has no counterpart in {language}", to = &extra.key, language = source.name());
            let hint = msg!("add it to the source, or remove it here");
            (Diagnostic::new(Severity::Info, CHECK.name, message).hint(hint), added(target))
        }
        (None, None) => return,
    };
    habits.deviation(habit, super::at_change(finding, change, source));
}

/// A finding for a link that leads to `ours`, and in the source to `theirs`.
fn redirected(theirs: &str, ours: &str, source: &Lang) -> Diagnostic {
    let severity = if localised(theirs, ours) || spelled_out(theirs, ours) {
        Severity::Info
    } else if strsim::levenshtein(theirs, ours) <= SLIP {
        Severity::Error
    } else {
        Severity::Warning
    };
    let language = source.name();
    let message = msg!("this link leads to ‘{ours}’, but to ‘{theirs}’ in {language}", ours, theirs, language);
    Diagnostic::new(severity, CHECK.name, message)
        .hint(msg!("link to the same address, or to the same page in the other language"))
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

/// Whether two addresses are one page in two languages: en.wikipedia.org and zh.wikipedia.org, /en/ and /zh-cn/.
fn localised(a: &str, b: &str) -> bool {
    let chinese = |url: &str| url.contains(Chinese.tag());
    let neutral = without_language(a) == without_language(b);
    neutral || (domain(a) == domain(b) && domain(a).is_some() && chinese(a) != chinese(b))
}

/// The parts of an address that name no language.
fn without_language(url: &str) -> Vec<&str> {
    let neutral = |part: &&str| !matches!(*part, "" | "wiki") && !lang::in_address(part);
    url.split(['/', '.']).filter(neutral).collect()
}

/// The last two parts of the host, the last one first.
fn domain(url: &str) -> Option<Vec<&str>> {
    url.split('/').nth(2).map(|host| host.split('.').rev().take(2).collect())
}

/// Reports links inside a chapter that lead to none of its headings and ids. In a book this was reported on reading it.
fn dead(context: &Context<'_>, chapter: &Chapter, found: &mut Vec<Diagnostic>) {
    if !context.book.editions.is_empty() {
        return;
    }
    let mut ids: BTreeSet<String> = BTreeSet::new();
    ids.insert(outline::slug(&chapter.meta.title.value));
    walk::chapter_blocks(chapter, &mut |block| {
        ids.extend(block.id.clone());
        if let BlockKind::Heading { body, .. } = &block.kind {
            ids.insert(outline::slug(&text::plain(body)));
        }
    });
    walk::chapter_inlines(chapter, &mut |inline| {
        let InlineKind::Link { target: LinkTarget::Id(id), .. } = &inline.kind else { return };
        if ids.contains(id)
            || ids.contains(&outline::slug(id))
            || context.sources.get(chapter.file).text().contains(&format!("id=\"{id}\""))
        {
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
