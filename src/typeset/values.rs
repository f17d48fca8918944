//! What a layout knows of the book: the dictionaries `dama.book` and `dama.options`.

use std::collections::BTreeMap;

use typst::Library;
use typst::foundations::{Array, Binding, Datetime, Dict, IntoValue, Label, Module, Scope, Str, Value};
use typst::layout::Abs;
use typst::model::FigureElem;

use super::{
    Job, anchors, convert, equations, glossary, index, native, notation, numbers, options, references, sections, sides,
    terms, titles,
};
use crate::align;
use crate::bibliography::Worded;
use crate::lang::Script;
use crate::layout::Layout;
use crate::model::{BlockKind, Chapter, Cip, HeadLine, InlineKind, Isbn, Lang, Logo, ean, walk};
use crate::outline::{self, Outline, Part};

/// Adds the module `dama` to the library; `covered` is the number of pages where a cover is drawn for them.
pub(super) fn install(library: &mut Library, job: &Job<'_>, lang: &Lang, covered: Option<usize>, worded: &Worded) {
    let mut scope = Scope::new();
    native::define(&mut scope);
    library.styles.set(FigureElem::numbering, Some(native::numbering()));
    let outlines = outlines(job);
    let options = job.layout.options.iter().map(|(name, value)| (Str::from(name.as_str()), options::value(value)));
    scope.define("options", Value::Dict(options.collect()));
    scope.define("book", book(job, lang, &outlines, worded));
    scope.define("main", format!("/{}", job.layout.main));
    scope.define("cover", covered.map_or(Value::None, |pages| cover(job, pages)));
    let languages = sides::languages(job);
    scope.define(terms::NAME, glossary::all(job.book, lang, languages));
    scope.define("index", index::all(job.book, languages));
    scope.define("languages", languages.iter().map(|lang| book(job, lang, &outlines, worded)).collect::<Array>());
    scope.define(sides::NAME, sides::value(languages));
    scope.define(references::NAME, references::value(worded));
    references::install(library, native::works_function());
    scope.define(notation::NAME, notation::value(&job.book.meta.math));
    scope.define(sides::FOLDERS, sides::folders(job.book));
    scope.define(anchors::TARGETS, anchors::targets(&outlines));
    scope.define(anchors::LABELS, anchors::labels(&outlines));
    scope.define(numbers::NAME, numbers::all(&outlines[0].0));
    scope.define(titles::NAME, titles::value(job.book));
    scope.define(sections::NAME, sections::all(&outlines));
    scope.define(equations::NAME, equations::all(&outlines));
    let global = library.global.scope_mut();
    native::restrict(global);
    global.define("dama", Module::new("dama", scope));
    library.std = Binding::detached(library.global.clone());
}

/// The outline of the edition and, for a layout that shows more languages than an edition pairs, those of the others; each
/// with what its labels end in besides.
pub(super) fn outlines<'a>(job: &Job<'a>) -> Vec<(Outline<'a>, String)> {
    let languages = sides::languages(job);
    let edition = align::outline(job.book, job.edition, job.alignments);
    let further: Vec<&Lang> = languages.iter().filter(|lang| !edition.languages().contains(lang)).collect();
    let further = further.into_iter().map(|lang| (Outline::single(job.book, lang), sides::suffix(languages, lang)));
    [(edition, String::new())].into_iter().chain(further).collect()
}

/// What the cover in one piece must fit.
fn cover(job: &Job<'_>, pages: usize) -> Value {
    let made = job.book.meta.cover.clone().unwrap_or_default();
    convert::dict([
        ("pages", i64::try_from(pages).unwrap_or(i64::MAX).into_value()),
        ("spine", Abs::mm(made.spine_of(pages)).into_value()),
    ])
    .into_value()
}

fn book(job: &Job<'_>, lang: &Lang, outlines: &[(Outline<'_>, String)], worded: &Worded) -> Value {
    let meta = &job.book.meta;
    let chapters = job.book.chapters(lang);
    let in_lang = |map: &BTreeMap<Lang, String>| convert::text(map.get(lang).map(String::as_str));
    let (year, month, day) = meta.date;
    let date = Datetime::from_ymd(year, month, day).map_or(Value::None, Value::Datetime);
    let titles = meta.title.iter().map(|(lang, title)| (Str::from(lang.tag()), title.as_str().into_value()));
    let keywords = meta.keywords.get(lang).map(Vec::as_slice).unwrap_or_default();
    convert::dict([
        ("title", convert::text(Some(meta.title_in(lang)))),
        ("subtitle", in_lang(&meta.subtitle)),
        ("description", in_lang(&meta.description)),
        ("publisher", in_lang(&meta.publisher)),
        ("rights", in_lang(&meta.rights)),
        ("logo", logo(job, lang)),
        ("version", convert::text(meta.version.as_deref())),
        ("edition-statement", convert::text(job.book.edition_statement(lang))),
        ("titles", Value::Dict(titles.collect())),
        ("slug", meta.slug.as_str().into_value()),
        ("edition", job.edition.name().into_value()),
        ("layout", meta.layout.as_str().into_value()),
        ("lang", lang.primary().into_value()),
        ("region", convert::text(lang.region().as_deref())),
        ("bcp47", lang.bcp47().into_value()),
        ("tag", lang.tag().into_value()),
        ("chinese", (lang.script() == Script::Han).into_value()),
        ("date", date),
        (
            "identifier",
            convert::text(meta.identifier.get(job.edition.name()).and_then(|numbers| numbers.print.as_deref())),
        ),
        ("isbn", isbn(meta.identifier.get(job.edition.name()).and_then(|numbers| numbers.print.as_deref()))),
        ("cip", cip(meta.cip.get(job.edition.name()))),
        ("people", people(job, lang)),
        ("keywords", strings(keywords)),
        ("themes", themes(job, lang)),
        ("parts", divisions(lang, outlines)),
        ("numbering", numbering(job)),
        ("citation-style", job.book.bibliography.style(lang).into_value()),
        ("references", references::path(worded)),
        ("has-citations", has_list(job, chapters, worded).into_value()),
        ("generator", super::GENERATOR.into_value()),
        ("chapters", self::chapters(job, chapters, &sides::suffix(sides::languages(job), lang), outlines)),
    ])
    .into_value()
}

/// The ISBN of the printed book, if it has one of 13 digits: as typed, and the bars of its EAN-13 as text of 1 and 0.
fn isbn(typed: Option<&str>) -> Value {
    let Some(isbn) = typed.and_then(Isbn::read).filter(Isbn::is_right) else { return Value::None };
    let Some(modules) = ean::modules(&isbn.digits) else { return Value::None };
    let bars: String = modules.iter().map(|dark| if *dark { '1' } else { '0' }).collect();
    let bare = typed.unwrap_or_default().trim().trim_start_matches("urn:isbn:").trim_start_matches("ISBN").trim();
    convert::dict([
        ("text", bare.into_value()),
        ("digits", isbn.digits.as_str().into_value()),
        ("bars", bars.into_value()),
    ])
    .into_value()
}

/// The publisher's mark: its file, and what it says to those who cannot see it.
fn logo(job: &Job<'_>, lang: &Lang) -> Value {
    let meta = &job.book.meta;
    let readable = |logo: &&Logo| !logo.path.is_empty() && job.files.read(&logo.path).is_ok();
    let Some(logo) = meta.logo.as_ref().filter(readable) else { return Value::None };
    let alt = logo.alt.get(lang).or_else(|| meta.publisher.get(lang)).map(String::as_str);
    let path = format!("/{}", logo.path);
    convert::dict([("path", path.into_value()), ("alt", convert::text(alt))]).into_value()
}

fn cip(cip: Option<&Cip>) -> Value {
    let Some(cip) = cip else { return Value::None };
    convert::dict([
        ("record", cip.record.as_str().into_value()),
        ("subjects", convert::text(cip.subjects.as_deref())),
        ("number", cip.number.as_str().into_value()),
    ])
    .into_value()
}

fn strings(items: &[String]) -> Value {
    items.iter().map(|item| item.as_str().into_value()).collect::<Array>().into_value()
}

fn people(job: &Job<'_>, lang: &Lang) -> Value {
    let people = job.book.meta.people.iter().map(|person| {
        let name = person.name.get(lang).or_else(|| person.name.values().next());
        convert::dict([("name", convert::text(name.map(String::as_str))), ("role", person.role.as_str().into_value())])
            .into_value()
    });
    people.collect::<Array>().into_value()
}

fn themes(job: &Job<'_>, lang: &Lang) -> Value {
    let themes = job.book.meta.themes.iter().map(|theme| {
        let title = theme.title.get(lang).or_else(|| theme.title.values().next());
        convert::dict([
            ("id", theme.id.as_str().into_value()),
            ("title", convert::text(title.map(String::as_str))),
            ("color", convert::color(theme.color.as_deref())),
        ])
        .into_value()
    });
    themes.collect::<Array>().into_value()
}

/// The parts of the book.
fn divisions(lang: &Lang, outlines: &[(Outline<'_>, String)]) -> Value {
    let words = outline::words(lang);
    let parts = outlines.iter().take(1).flat_map(|(outline, _)| outline.divisions()).map(|division| {
        convert::dict([
            ("name", convert::text(division.name(words).as_deref())),
            ("title", division.title(lang).into_value()),
        ])
        .into_value()
    });
    parts.collect::<Array>().into_value()
}

/// What `book.yaml` says of numbers.
fn numbering(job: &Job<'_>) -> Value {
    let numbering = job.book.meta.numbering;
    convert::dict([
        ("parts", numbering.parts.into_value()),
        ("chapters", numbering.names_chapters().into_value()),
        ("headings", i64::from(numbering.headings).into_value()),
        ("figures", if numbering.by_chapter { "chapter" } else { "book" }.into_value()),
    ])
    .into_value()
}

/// Whether there is a list of references to show: a work of it is cited, or all works are to be listed.
fn has_list(job: &Job<'_>, chapters: &[Chapter], worded: &Worded) -> bool {
    let bibliography = &job.book.bibliography;
    let mut any = bibliography.lists_all();
    for chapter in chapters {
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Cite(items) = &inline.kind {
                any |= items.iter().any(|item| bibliography.work(&item.key).is_some());
            }
        });
    }
    any && !worded.list.is_empty()
}

fn chapters(job: &Job<'_>, chapters: &[Chapter], suffix: &str, outlines: &[(Outline<'_>, String)]) -> Value {
    let chapters = chapters.iter().map(|chapter| {
        let found = outlines.iter().find_map(|(outline, _)| Some((outline, outline.part(chapter)?)));
        Value::Dict(seen(self::chapter(chapter, found, suffix, job.layout), job.layout))
    });
    chapters.collect::<Array>().into_value()
}

/// What a layout sees of a chapter. All that is handed to it is known to each part of the pages: what it does not read, or asks for where it
/// needs it, would set all of them anew at each edit.
fn seen(mut chapter: Dict, layout: &Layout) -> Dict {
    for asked in &layout.asks_for {
        chapter.remove(Str::from(asked.as_str()), Some(Value::None)).ok();
    }
    chapter
}

fn chapter(chapter: &Chapter, found: Option<(&Outline<'_>, &Part<'_>)>, suffix: &str, layout: &Layout) -> Dict {
    let meta = &chapter.meta;
    let words = outline::words(&chapter.lang);
    let ordinal = found.and_then(|(_, part)| part.ordinal);
    let named = found.and_then(|(outline, part)| outline.ordinal_named(part)).is_some();
    let number = found.and_then(|(_, part)| part.number());
    let read = |key: &String| layout.front_matter.contains(key);
    let extra = meta
        .extra
        .iter()
        .filter(|(key, _)| read(key))
        .map(|(key, value)| (Str::from(key.as_str()), convert::yaml(&value.value.value)));
    let optional = |line: &Option<HeadLine>| convert::text(line.as_ref().map(|line| line.value.as_str()));
    convert::dict([
        ("path", format!("/{}", chapter.path).into_value()),
        ("stem", chapter.stem.as_str().into_value()),
        ("label", convert::label(&format!("{}{suffix}", chapter.stem)).map_or(Value::None, Label::into_value)),
        ("title", meta.title.value.as_str().into_value()),
        ("subtitle", optional(&meta.subtitle)),
        ("byline", optional(&meta.byline)),
        ("theme", convert::text(meta.theme.as_ref().map(|theme| theme.value.as_str()))),
        ("role", meta.role.name().into_value()),
        ("number", number.map_or(Value::None, IntoValue::into_value)),
        ("sign", convert::text(ordinal.map(|ordinal| ordinal.sign(words)).as_deref())),
        ("ordinal", convert::text(ordinal.map(|ordinal| ordinal.name(words)).as_deref())),
        ("named", named.into_value()),
        ("part", found.and_then(|(_, part)| part.division).map_or(Value::None, IntoValue::into_value)),
        ("image", convert::text(opening(chapter))),
        ("extra", Value::Dict(extra.collect())),
    ])
}

/// The file of the picture at a chapter's opening.
fn opening(chapter: &Chapter) -> Option<&str> {
    let mut path = None;
    walk::blocks(chapter.meta.image.as_slice(), &mut |block| {
        if let BlockKind::Paragraph(run) = &block.kind {
            walk::inlines(run, &mut |inline| {
                if let InlineKind::Image(image) = &inline.kind {
                    path = path.or(Some(image.path.as_str()));
                }
            });
        }
    });
    path
}
