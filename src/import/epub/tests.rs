//! E-books that are packed here, read whole.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::super::inlines;
use super::super::report::Report;
use super::super::{Document, Inline};
use super::*;
use crate::foreign::xml::entities;

/// An e-book with these files of text in its reading order, and other files besides.
fn book(pages: &[(&str, &str)], others: &[(&str, &str)]) -> Vec<u8> {
    let mut manifest = String::new();
    let mut spine = String::new();
    for (name, _) in pages {
        manifest.push_str(&format!("<item id='{name}' href='{name}' media-type='application/xhtml+xml'/>"));
        spine.push_str(&format!("<itemref idref='{name}'/>"));
    }
    for (name, _) in others {
        let (kind, properties) = match name.rsplit('.').next() {
            Some("css") => ("text/css", ""),
            Some("png") => ("image/png", ""),
            _ => ("application/xhtml+xml", " properties='nav'"),
        };
        manifest.push_str(&format!("<item id='{name}' href='{name}' media-type='{kind}'{properties}/>"));
    }
    let package = format!(
        "<package xmlns:dc='d'><metadata><dc:title>On Lamps</dc:title><dc:creator>A. Writer</dc:creator>\
         <dc:language>en-GB</dc:language></metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    );
    let container = "<container><rootfiles><rootfile full-path='O/p.opf'/></rootfiles></container>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("packing in memory does not fail");
        zip.write_all(text.as_bytes()).expect("packing in memory does not fail");
    };
    add("META-INF/container.xml", container);
    add("O/p.opf", &package);
    for (name, text) in pages.iter().chain(others) {
        add(&format!("O/{name}"), text);
    }
    zip.finish().expect("packing in memory does not fail").into_inner()
}

fn page(body: &str) -> String {
    format!(
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN' 'http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd'>\n\
         <html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title><link rel='stylesheet' href='s.css'/></head><body>{body}</body></html>"
    )
}

const CSS: &str =
    ".it { font-style: italic } .b { font-weight: bold } .gone { display: none } .r{vertical-align:super}";

fn one(body: &str) -> (Document, Report) {
    read(&book(&[("a.xhtml", &page(body))], &[("s.css", CSS)]), "b.epub").expect("an e-book")
}

/// The document as it is, short enough for a test to say.
fn shown(blocks: &[Block]) -> String {
    let kinds: Vec<String> = blocks.iter().map(|block| format!("{:?}", block.kind)).collect();
    kinds.join(" ").replace("Text(", "(")
}

/// The characters of a text without white space, with their counts.
fn counted(text: &str) -> BTreeMap<char, i64> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_insert(0) += 1;
    }
    counts
}

/// The text of a page by the simplest reader there is: all that stands between tags of the body.
fn bare(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let mut out = String::new();
    let mut is_tag = false;
    for c in body.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            c if !is_tag => out.push(c),
            _ => {}
        }
    }
    entities::resolved(&out)
}

/// What is missing or too much: source without result and without what the report says is lost.
fn unaccounted(source: &str, document: &Document, report: &Report) -> BTreeMap<char, i64> {
    let mut counts = counted(source);
    let mut told = inlines::words(&document.blocks);
    document.notes.iter().for_each(|note| told.push_str(&inlines::words(&note.blocks)));
    report.entries.iter().for_each(|entry| told.push_str(&entry.lost));
    for (c, count) in counted(&told) {
        *counts.entry(c).or_insert(0) -= count;
    }
    counts.retain(|_, count| *count != 0);
    counts
}

const BODIES: [&str; 12] = [
    "<h1 id='t'>Title</h1><p>One <i>two</i> <span class='it'>three</span> <b>four</b>&nbsp;five<br/>six</p><hr/>",
    "<section><h1>T</h1><div>loose <p>inner</p> tail <em>e</em></div><unknown>kept <p>too</p></unknown></section>",
    "<p>A<a epub:type='noteref' href='#n1'>1</a>.</p><aside epub:type='footnote' id='n1'><p>Note <b>one</b></p></aside>",
    "<p>A<a id='r2' href='#n2'><sup>2</sup></a> b</p><h2>Notes</h2><p id='n2'><a href='#r2'>2</a>. Said.</p>",
    "<p>汉<ruby>饕餮<rp>(</rp><rt>tāo tiè</rt><rp>)</rp></ruby></p><p><ruby>一<rt>a</rt>二<rt>b</rt></ruby></p>",
    "<table><caption>Table 1. Oil</caption><tr><th>a</th><th>b</th></tr><tr><td colspan='2'>c<p>d</p>e</td></tr></table>",
    "<figure id='f'><img src='x.png' alt='y'/><figcaption>Figure 2: Lamp</figcaption></figure><p>see <a href='#f'>it</a></p>",
    "<p>a<span epub:type='pagebreak' id='p7'>7</span>b</p><p class='gone'>hidden</p><nav><ol><li>toc</li></ol></nav>",
    "<ul><li>one<ul><li>two</li></ul></li><li><p>three</p></li></ul><ol start='3'><li>x</li></ol><dl><dt>t</dt><dd>d</dd></dl>",
    "<pre class='language-rust'><code>fn a() {\n  b\n}</code></pre><blockquote>q<p>r</p></blockquote><math><mi>x</mi></math>",
    "<svg xmlns='http://www.w3.org/2000/svg'><text>drawn</text></svg><math><mmultiscripts><mi>q</mi></mmultiscripts></math>",
    "<div class='poem'><p>line<br/>two</p></div><details><summary>s</summary><p>d</p></details><video>no video</video><p>a<b>c</p>",
];

#[test]
fn no_character_is_lost_in_silence() {
    for body in BODIES {
        let (document, report) = one(body);
        let formulas: BTreeMap<char, i64> = unaccounted(&bare(&page(body)), &document, &report);
        assert_eq!(formulas, BTreeMap::new(), "{body}\n{}\n{report:?}", shown(&document.blocks));
    }
}

#[test]
fn damaged_books_never_panic() {
    let body = BODIES.concat();
    let whole = page(&body);
    for cut in (0..whole.len()).step_by(7) {
        let half = format!(
            "{}{}",
            &whole[..whole.floor_char_boundary(cut)],
            &whole[whole.ceil_char_boundary(cut + 3).min(whole.len())..]
        );
        let _ = read(&book(&[("a.xhtml", &half)], &[("s.css", &CSS[cut % CSS.len()..])]), "b.epub");
    }
    let packed = book(&[("a.xhtml", &whole)], &[("s.css", CSS)]);
    for at in (0..packed.len()).step_by(11) {
        let mut damaged = packed.clone();
        damaged[at] ^= 0x55;
        let _ = read(&damaged, "b.epub");
    }
}

#[test]
fn notes_of_every_kind_are_notes() {
    for (body, said) in [
        ("<p>A<a epub:type='noteref' href='#n'>1</a></p><aside epub:type='footnote' id='n'><p>N</p></aside>", "N"),
        ("<p>A<a role='doc-noteref' href='#n'>*</a></p><div id='n'>N</div>", "N"),
        ("<p>A<a id='r' href='#n'><sup>1</sup></a></p><p id='n'><a href='#r'>1</a> N</p>", "N"),
        ("<p>A<sup id='r'><a href='#n'>[1]</a></sup></p><ol><li id='n'>N <a href='#r'>↩</a></li></ol>", "N"),
        ("<p>A<a id='r'/><a href='#n'>1</a></p><div class='footnote'><p><a id='n' href='#r'>1</a>. N</p></div>", "N"),
        ("<p>A<sup><a href='#n'>1</a></sup></p><p id='n'>1. N</p>", "N"),
        (
            "<p>A<a epub:type='noteref' href='#n'>1</a></p><aside epub:type='footnote' hidden='hidden' id='n'>N</aside>",
            "N",
        ),
    ] {
        let (document, report) = one(body);
        let notes: Vec<String> =
            document.notes.iter().map(|note| inlines::words(&note.blocks).trim().to_owned()).collect();
        assert_eq!(notes, [said], "{body}\n{}", shown(&document.blocks));
        let mark = BlockKind::Paragraph(vec![Inline::Text("A".to_owned()), Inline::Note("n1".to_owned())]);
        assert_eq!(document.blocks.iter().map(|block| &block.kind).collect::<Vec<_>>(), [&mark], "{body}");
        assert_eq!(unaccounted(&bare(&page(body)), &document, &report), BTreeMap::new(), "{body}");
    }
}

#[test]
fn links_of_a_table_of_contents_are_no_notes() {
    let (document, _) = one("<p><a id='c1' href='#h1'>1</a></p><h1 id='h1'><a href='#c1'>1</a></h1><p>x</p>");
    assert!(document.notes.is_empty(), "{}", shown(&document.blocks));
}

#[test]
fn works_that_are_cited_are_no_notes() {
    let cited = "<p>A<sup><a epub:type='biblioref' href='#w'>[1]</a></sup></p><ol><li id='w'>[1] Work</li></ol>";
    let (document, _) = one(cited);
    assert!(document.notes.is_empty() && document.blocks.len() == 2, "{}", shown(&document.blocks));
}

#[test]
fn marks_come_from_elements_and_from_style_sheets() {
    for (body, said) in [
        (
            "<p><i>a</i><span class='it b'>c</span></p>",
            "Paragraph([Emphasis([(\"a\")]), Strong([Emphasis([(\"c\")])])])",
        ),
        (
            "<p>x<span class='r'>2</span><i style='font-style:normal'>y</i></p>",
            "Paragraph([(\"x\"), Superscript([(\"2\")]), (\"y\")])",
        ),
        ("<p class='it'>whole</p>", "Paragraph([(\"whole\")])"),
        ("<h2><b>T</b></h2>", "Heading(1, [(\"T\")])"),
        ("<p>灯在\n桥头<q>好</q></p>", "Paragraph([(\"灯在桥头“好”\")])"),
    ] {
        assert_eq!(shown(&one(body).0.blocks), said, "{body}");
    }
}

#[test]
fn links_between_files_lead_to_blocks_and_chapters_are_found() {
    let first = page(
        "<p>Chapter One</p><p>see <a href='b.xhtml#x'>there</a>, <a href='b.xhtml'>all</a>, <a href='c.html'>gone</a></p>",
    );
    let second = page("<p>Text</p><div id='x'><p>Here</p></div>");
    let nav = "<nav epub:type='toc'><a href='a.xhtml'>Chapter One</a><a href='b.xhtml'>Two</a></nav>";
    let packed = book(&[("a.xhtml", &first), ("b.xhtml", &second)], &[("nav.xhtml", nav), ("s.css", CSS)]);
    let (document, report) = read(&packed, "b.epub").expect("an e-book");
    assert_eq!(
        (document.authors.as_slice(), document.language.as_deref()),
        (&["A. Writer".to_owned()][..], Some("en-GB"))
    );
    let ids: Vec<Option<&str>> = document.blocks.iter().map(|block| block.id.as_deref()).collect();
    assert_eq!(ids, [None, None, None, Some("b"), Some("x")], "{}", shown(&document.blocks));
    let text = shown(&document.blocks);
    assert!(text.starts_with("Heading(1, [(\"Chapter One\")])"), "{text}");
    assert!(text.contains("Place(\"x\", [(\"there\")]), (\", \"), Place(\"b\", [(\"all\")]), (\", gone\")"), "{text}");
    assert!(text.contains("Heading(1, [(\"Two\")])"), "{text}");
    assert_eq!(report.entries.iter().filter(|entry| entry.severity == Severity::Warning).count(), 1, "{report:?}");
}

#[test]
fn what_is_no_book_is_refused_with_a_reason() {
    let refused = |bytes: &[u8]| read(bytes, "x.epub").err().map(|why| why.message.to_string());
    assert_eq!(refused(b"hello").as_deref(), Some("this is no zip archive, or one that was cut off"));
    let empty = zip::ZipWriter::new(Cursor::new(Vec::new())).finish().expect("in memory").into_inner();
    assert!(refused(&empty).is_some_and(|why| why.contains(".opf")));
    let locked = "<encryption><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/></encryption>";
    let packed = book(&[("a.xhtml", &page("<p>x</p>"))], &[("../META-INF/encryption.xml", locked)]);
    let mut zip = zip::ZipWriter::new_append(Cursor::new(packed)).expect("an archive");
    zip.start_file("META-INF/encryption.xml", SimpleFileOptions::default()).expect("in memory");
    zip.write_all(locked.as_bytes()).expect("in memory");
    let packed = zip.finish().expect("in memory").into_inner();
    assert_eq!(refused(&packed).as_deref(), Some("the e-book is encrypted"));
}
