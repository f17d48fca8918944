//! The contract of layouts: every layout sets every small book in every language without a finding, and its pages
//! look as they did.
//!
//! Layouts are found by listing `layouts/`. Of each book some pages, spread over it, are drawn small and in grey and
//! compared with the images in `tests/ref/pages/`. `UPDATE_REF=1 make test` draws those images anew: look at them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dama_pub::align::align_book;
use dama_pub::diagnostic::Severity;
use dama_pub::manuscript;
use dama_pub::model::{EditionKind, LayoutChoice};
use dama_pub::project::Project;
use dama_pub::source::Sources;
use dama_pub::typeset::{self, BuildDate, Job};
use image::{GrayImage, ImageFormat, Luma};
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

/// The books: one with every kind of block on a few lines, one of real prose, one of charts, one of what is longer than a
/// line, a column or a page, one of callouts and lists.
const BOOKS: [&str; 5] = ["kinds", "lamplight", "charts", "long", "callouts"];

/// The layouts that come with the program.
pub(crate) const LAYOUTS: [&str; 4] = ["book", "handbook", "parallel", "report"];

/// Most pages compared of each edition.
const PAGES: usize = 6;

/// Resolution of the images.
const PIXELS_PER_INCH: f64 = 22.0;

/// Largest image, in bytes.
const LARGEST: usize = 20_000;

/// Tones in an image: few, so that rounding does not show and files stay small.
const TONES: u8 = 16;

/// How far a pixel may be off, of 255, before it differs.
const TOLERANCE: u8 = 48;

/// How many pixels of a thousand may differ.
const SHARE: usize = 4;

#[test]
fn every_layout_sets_every_book() {
    let mut trouble = Vec::new();
    let mut drawn = BTreeMap::new();
    for layout in layouts() {
        for book in BOOKS {
            for (edition, document) in editions(&layout, book, &mut trouble) {
                let pages: Vec<(usize, &Page)> = spread(&document);
                assert!(!pages.is_empty(), "{layout}, {book}, {edition}: there is something on the pages");
                for (number, page) in pages {
                    drawn.insert(format!("{book}-{layout}-{edition}-{number:02}.png"), draw(page));
                }
            }
        }
    }
    assert!(trouble.is_empty(), "{}", trouble.join("\n"));
    let folder = root().join("tests/ref/pages");
    if crate::command::writes_references() {
        update(&folder, &drawn);
    }
    let wrong = compare(&folder, &drawn);
    assert!(wrong.is_empty(), "pages look otherwise (if rightly so: UPDATE_REF=1):\n{}", wrong.join("\n"));
}

#[test]
fn a_copy_of_a_layout_is_a_layout() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for layout in layouts() {
        let project = dir.path().join(&layout);
        crate::command::copy_dir(&root().join("tests/books/kinds"), &project);
        crate::command::copy_dir(&root().join("layouts").join(&layout), &project.join("layouts/mine"));
        let mut told = Vec::new();
        let editions = editions_in(&project, "mine", &mut told);
        assert!(!editions.is_empty() && told.is_empty(), "{layout}: {told:?}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Names of the folders of `layouts/` that hold a layout.
fn layouts() -> Vec<String> {
    let entries = fs::read_dir(root().join("layouts")).expect("layouts/ is there").map(|e| e.expect("an entry"));
    let layouts = entries.filter(|e| e.path().join("layout.yaml").is_file());
    let mut names: Vec<String> = layouts.map(|e| e.file_name().into_string().expect("ASCII names")).collect();
    names.sort();
    assert!(names.len() >= 2, "the layouts are there: {names:?}");
    names
}

fn editions(layout: &str, book: &str, trouble: &mut Vec<String>) -> Vec<(String, PagedDocument)> {
    let mut found = Vec::new();
    let made = editions_in(&root().join("tests/books").join(book), layout, &mut found);
    trouble.extend(found.into_iter().map(|(_, line)| line));
    made
}

/// The pages of every edition that a layout makes, and what is found on the way: how grave, and a line for it.
pub(crate) fn editions_in(
    project: &Path,
    layout: &str,
    told: &mut Vec<(Severity, String)>,
) -> Vec<(String, PagedDocument)> {
    let project = Project::find(project).expect("the book is a project");
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let config = manuscript::load_config(&project, &mut sources).take(&mut found).expect("book.yaml is sound");
    let choice = LayoutChoice::named(layout);
    let layout = dama_pub::layout::read(&project, &mut sources, &choice).take(&mut found).expect("the layout is sound");
    let book = manuscript::load_book(&project, &mut sources, config, Some(&layout.blocks)).take(&mut found);
    let all = book.languages.iter().cloned().map(EditionKind::Single).chain([EditionKind::Bilingual]);
    let alignments = &align_book(&book);
    let mut made = Vec::new();
    for edition in all.filter(|edition| layout.sets(edition)) {
        let date = BuildDate::midnight(book.meta.date);
        let job = Job {
            book: &book,
            edition: &edition,
            layout: &layout,
            files: &project,
            sources: &sources,
            date,
            alignments,
        };
        let document = typeset::document(job).take(&mut found);
        made.extend(document.map(|document| (edition.name().to_owned(), document)));
    }
    told.extend(found.iter().map(|d| {
        let place = d.primary.as_ref().map_or(String::new(), |label| {
            let file = sources.get(label.span.file);
            format!("{}:{}: ", file.path(), file.position(label.span.start))
        });
        (d.severity, format!("{}: {place}{}: {}", layout.name, d.check, d.message))
    }));
    made
}

/// Pages with something on them, spread evenly, each with its number.
fn spread(document: &PagedDocument) -> Vec<(usize, &Page)> {
    let all = document.pages().iter().enumerate().map(|(at, page)| (at + 1, page));
    let filled: Vec<_> = all.filter(|(_, page)| page.frame.items().len() > 0).collect();
    let wanted = filled.len().min(PAGES);
    (0..wanted).map(|n| filled[n * filled.len() / wanted]).collect()
}

/// A page in grey on white.
fn draw(page: &Page) -> GrayImage {
    let options = RenderOptions { pixel_per_pt: Scalar::new(PIXELS_PER_INCH / 72.0), ..RenderOptions::default() };
    let pixels = typst_render::render(page, &options);
    GrayImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let color = pixels.pixel(x, y).expect("a pixel of the image");
        let white = f32::from(255 - color.alpha());
        let [r, g, b] = [color.red(), color.green(), color.blue()].map(f32::from);
        let grey = (0.299 * r + 0.587 * g + 0.114 * b + white) / 255.0;
        let tone = (grey * f32::from(TONES - 1)).round().clamp(0.0, f32::from(TONES - 1));
        Luma([tone as u8 * (255 / (TONES - 1))])
    })
}

fn update(folder: &Path, drawn: &BTreeMap<String, GrayImage>) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the old images can be removed");
    }
    fs::create_dir_all(folder).expect("a folder can be made");
    for (name, image) in drawn {
        save(image, &folder.join(name));
    }
}

fn save(image: &GrayImage, path: &Path) {
    image.save_with_format(path, ImageFormat::Png).expect("the image can be written");
}

/// What differs between the images of a folder and those just drawn.
fn compare(folder: &Path, drawn: &BTreeMap<String, GrayImage>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut known: Vec<String> = fs::read_dir(folder)
        .map(|entries| entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    known.sort();
    wrong
        .extend(known.iter().filter(|name| !drawn.contains_key(*name)).map(|name| format!("{name}: not set any more")));
    for (name, image) in drawn {
        let path = folder.join(name);
        let Ok(bytes) = fs::read(&path) else {
            wrong.push(format!("{name}: no image to compare with"));
            continue;
        };
        let wanted = image::load_from_memory_with_format(&bytes, ImageFormat::Png).expect("a PNG").into_luma8();
        if bytes.len() > LARGEST {
            wrong.push(format!("{name}: {} bytes, more than {LARGEST}", bytes.len()));
        }
        if let Some(difference) = difference(&wanted, image) {
            let (new, marked) = (artifact(name, "new"), artifact(name, "difference"));
            save(image, &new);
            save(&difference, &marked);
            wrong.push(format!("{name}: see {} and {}", new.display(), marked.display()));
        }
    }
    wrong
}

/// An image of what differs, dark where it does; `None` when the two look the same.
fn difference(wanted: &GrayImage, got: &GrayImage) -> Option<GrayImage> {
    if wanted.dimensions() != got.dimensions() {
        return Some(GrayImage::from_pixel(got.width(), got.height(), Luma([0])));
    }
    let marked = GrayImage::from_fn(got.width(), got.height(), |x, y| {
        let off = wanted.get_pixel(x, y)[0].abs_diff(got.get_pixel(x, y)[0]);
        Luma([if off > TOLERANCE { 0 } else { 255 }])
    });
    let differing = marked.pixels().filter(|pixel| pixel[0] == 0).count();
    (differing * 1000 > marked.pixels().len() * SHARE).then_some(marked)
}

fn artifact(name: &str, what: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder.join(name.replace(".png", &format!("-{what}.png")))
}
